"""The home page: runbooks first, then what changed, then everything by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.escape import escape, escape_url
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.rules import RULES_PATH
from mkdocs_sre.pages.site import Page, Site

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document

HOME_PATH = "index.md"
MAX_RUNBOOKS = 40
MAX_REVIEWS = 5


def home_page(site: Site) -> Page:
    """Return the home page."""
    runbooks = [_row(site, one) for one in _by_name(site, "runbook")[:MAX_RUNBOOKS]]
    reviews = [_row(site, one) for one in reversed(sorted(_by_name(site, "pir"), key=lambda one: one.id)[-MAX_REVIEWS:])]
    markdown = render(
        "home.md.jinja",
        title="Home",
        name=site.name or "Reliability",
        say="Runbooks first. Then what broke lately, and everything else by kind.",
        runbooks=runbooks,
        reviews=reviews,
        indexes=_indexes(site),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(HOME_PATH, "Home", markdown)


def _by_name(site: Site, kind: str) -> list[Document]:
    return sorted(site.base.all_of_kind(kinds()[kind]), key=lambda one: (one.name.casefold(), one.id)) if kind in kinds() else []


def _row(site: Site, document: Document) -> tuple[str, str, str]:
    head = head_of(document, site, HOME_PATH)
    facts = [fact.value for fact in head.facts if fact.label in ("Service", "Owner", "When")]
    return site.link_document(HOME_PATH, document), " ".join(chip.markdown() for chip in head.chips), " · ".join([escape(document.id), *facts])


def _indexes(site: Site) -> list[tuple[str, str]]:
    rows = []
    for kind in kinds().values():
        number = len(site.base.all_of_kind(kind))
        if number:
            rows.append((f"[{escape(kind.plural)}]({escape_url(index_path(kind))})", str(number)))
    return [*rows, (f"[Rules]({RULES_PATH})", "what is checked, and why")]
