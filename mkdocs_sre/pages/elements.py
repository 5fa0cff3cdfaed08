"""Elements of the dependency graph in words: links, what sort they are, and how their documentation stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.documentation import Documentation, documentation
from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.graph.model import DOMAIN, EXTERNAL, INSTANCE
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.documents.kinds.risk_assessment import Risk
    from mkdocs_sre.pages.site import Site


def element_link(site: Site, page: str, index: int) -> str:
    """Return a Markdown link to the page of an element, by its name; a copy has none and is code."""
    one = site.graph[index]
    if one.kind == INSTANCE:
        return f"<code>{escape(one.id)}</code>"
    return site.link_id(page, one.id, one.name)


def saying(site: Site, page: str) -> Callable[[int], str]:
    """Return how sentences name an element on a page: as a link."""
    return lambda index: element_link(site, page, index)


def sort_words(site: Site, index: int) -> str:
    """Return what an element is, in plain text: `service, tier 1`, `zone`, `external provider`."""
    one = site.graph[index]
    if one.kind == DOMAIN:
        return one.level or "failure domain"
    name = "external provider" if one.kind == EXTERNAL else one.kind
    return f"{name}, tier {one.tier}" if one.kind == "service" and one.tier is not None else name


def documentation_of(site: Site, index: int) -> Documentation:
    """Return what the risk assessments say of an element."""
    return documentation(site.base, site.graph[index].id, site.as_of)


def documentation_words(site: Site, page: str, found: Documentation) -> str:
    """Return the state of a documentation as a chip, and a link to the assessment, in Markdown."""
    chip = documentation_chip(site, found).markdown()
    if found.assessment is None:
        return chip
    return f"{chip} {site.link_document(page, found.assessment, found.assessment.id)}"


def documentation_chip(site: Site, found: Documentation) -> Chip:
    """Return whether a single point is documented, and until when that holds."""
    if found.state == "undocumented":
        return Chip("undocumented", "bad")
    if found.state in ("expired", "incomplete") or found.risk is None:
        return Chip(found.lacks or found.state, "bad")
    if found.state == "accepted":
        return Chip(f"accepted to {found.until.isoformat()}" if found.until else "accepted", "ok")
    return _mitigation(site, found.risk)


def _mitigation(site: Site, risk: Risk) -> Chip:
    waiting = [one for one in _actions(site, risk) if one.is_open and one.due is not None]
    due = min((one.due for one in waiting if one.due is not None), default=None)
    if due is None:
        return Chip("mitigated", "ok")
    late = (site.as_of - due).days
    return (
        Chip(f"mitigation {counted(late, 'day')} late", "bad")
        if late > 0
        else Chip(f"mitigation due {due.isoformat()}", "due")
    )


def _actions(site: Site, risk: Risk) -> Iterable[Action]:
    """Yield the actions that a risk's mitigations name and that a ledger holds."""
    for name in (one.action for one in risk.mitigations if one.action):
        entry = site.base.find(name)
        ledger = entry.document if entry else None
        if entry is not None and isinstance(ledger, ActionItems) and ledger.origin.intact:
            yield from (one for one in ledger.actions if one.id.lower() == entry.id.lower())
