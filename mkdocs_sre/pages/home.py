"""The home page: runbooks first, then what changed, then everything by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.actions import late_actions
from mkdocs_sre.pages.escape import escape, escape_url, prose
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.rules import RULES_PATH
from mkdocs_sre.pages.site import Page, Site, relative
from mkdocs_sre.pages.standing import action_chip, alert_state, review_chips, tier_of
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.kinds.action_items import Action

HOME = ""  # the folder whose front page is the home page
MAX_RUNBOOKS = 40  # on the page; the index holds them all
MAX_CHANGED = 5  # rows of each list beside them
GROUPS = (("page", "someone is woken"), ("ticket", "within a working day"), ("plain", "procedures and the rest"))

Item = tuple[str, str, str]  # a link, its chips, a line of why
Group = tuple[str, str, list[Item]]


def home_page(site: Site) -> Page:
    """Return the home page."""
    page = site.folder_page(HOME)
    runbooks = site.base.all_of_kind(Runbook)
    markdown = render(
        "home.md.jinja",
        name=site.name or "Reliability",
        groups=_groups(site, page, runbooks),
        all_runbooks=_all_runbooks(site, page, runbooks),
        lists=[one for one in _changed(site, page) if one[1]],
        doors=list(_doors(site, page)),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(page, "Home", markdown)


def _groups(site: Site, page: str, runbooks: list[Runbook]) -> list[Group]:
    found: list[Group] = []
    room = MAX_RUNBOOKS
    for state, words in GROUPS:
        members = sorted((one for one in runbooks if _state(one) == state), key=_by_name)
        items = [_runbook(site, page, one) for one in members[:room]]
        room -= len(items)
        if items:
            found.append((state, f"{words}, {counted(len(members), 'runbook')}", items))
    return found


def _state(runbook: Runbook) -> str:
    return alert_state(runbook.severity) if runbook.origin.intact else "plain"


def _by_name(document: Document) -> tuple[str, str]:
    return document.name.casefold(), document.id


def _runbook(site: Site, page: str, runbook: Runbook) -> Item:
    head = head_of(runbook, site, page)
    chips = [chip.markdown() for chip in head.chips if chip.state in ("bad", "due", "none")]
    says = [prose(head.say.rstrip(".")), head.value("Alerts"), head.value("Owner")]
    return site.link_document(page, runbook), " ".join(chips), " · ".join(text for text in says if text)


def _all_runbooks(site: Site, page: str, runbooks: list[Runbook]) -> str:
    if len(runbooks) <= MAX_RUNBOOKS:
        return ""
    return f"[All {counted(len(runbooks), 'runbook')}]({relative(page, index_path(site, Runbook))})"


def _changed(site: Site, page: str) -> tuple[tuple[str, list[Item]], ...]:
    return (
        ("Late actions", [_late(site, page, one) for one in late_actions(site)[:MAX_CHANGED]]),
        ("Latest reviews", [_review(site, page, one) for one in _latest(site)]),
        ("Runbooks to look at again", _due(site, page)[:MAX_CHANGED]),
    )


def _late(site: Site, page: str, action: Action) -> Item:
    small = _small((action.id, action.owner))
    return site.link_id(page, action.id, action.title), action_chip(action, site).markdown(), small


def _latest(site: Site) -> list[Pir]:
    return sorted(site.base.of_kind(Pir), key=lambda one: (one.incident_date, one.id), reverse=True)[:MAX_CHANGED]


def _due(site: Site, page: str) -> list[Item]:
    runbooks = sorted(site.base.of_kind(Runbook), key=_by_name)
    chips = [(one, review_chips(one, site, tier_of(site, [one.service]))) for one in runbooks]
    return [(site.link_document(page, one), due[0].markdown(), escape(one.owner)) for one, due in chips if due]


def _small(texts: Iterable[str | None]) -> str:
    return " · ".join(escape(text) for text in texts if text)


def _review(site: Site, page: str, pir: Pir) -> Item:
    head = head_of(pir, site, page)
    lasted = head.value("Mitigated in")
    facts = (escape(pir.id), pir.incident_date.isoformat(), f"mitigated in {lasted}" if lasted else "")
    small = ", ".join(one for one in facts if one)
    return site.link_document(page, pir), head.chips[1].markdown(), small


def _doors(site: Site, page: str) -> Iterable[tuple[str, str]]:
    for kind in kinds().values():
        number = len(site.base.all_of_kind(kind))
        if number:
            yield f"[{escape(kind.plural)}]({escape_url(index_path(site, kind))})", counted(number, "document")
    yield f"[Rules]({relative(page, RULES_PATH)})", "what is checked, and why"
