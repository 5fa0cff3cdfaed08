"""What changed or ends soon, as short lists for the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.actions import late_actions
from mkdocs_sre.pages.blocks import items, small
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.gathering import AHEAD_DAYS, due, due_within, owner_of, reviews, risks
from mkdocs_sre.pages.heads import Chip, head_of
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.standing import action_chip, review_chips

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.pages.site import Site

MAX_EACH = 5


def changes(site: Site, page: str) -> list[tuple[str, str]]:
    """Return late actions, runbooks to read again, the latest reviews, and what ends soon; each list with its title."""
    lists = (
        ("Late actions", [_late(site, page, one) for one in late_actions(site)[:MAX_EACH]]),
        ("Runbooks to look at again", [_due(site, page, one) for _, one in due(site, Runbook)[:MAX_EACH]]),
        ("Latest reviews", [_review(site, page, one) for one in reviews(site)[:MAX_EACH]]),
        (f"Ends within {AHEAD_DAYS} days", _ending(site, page)[:MAX_EACH]),
    )
    return [(title, items(found)) for title, found in lists if found]


def _late(site: Site, page: str, action: Action) -> Item:
    said = small(escape(action.id), escape(action.owner or "nobody"))
    return Item(site.link_id(page, action.id, action.title), said, action_chip(action, site).markdown())


def _due(site: Site, page: str, one: ReviewedDocument) -> Item:
    chips = review_chips(one, site)
    return Item(site.link_document(page, one), escape(getattr(one, "owner", "")), chips[0].markdown() if chips else "")


def _review(site: Site, page: str, pir: Pir) -> Item:
    head = head_of(pir, site, page)
    lasted = head.value("Mitigated in")
    facts = (escape(pir.id), pir.incident_date.isoformat(), f"mitigated in {lasted}" if lasted else "")
    return Item(site.link_document(page, pir), ", ".join(one for one in facts if one), head.chips[1].markdown())


def _ending(site: Site, page: str) -> list[Item]:
    """Return acceptances of risks that have ended or will, and documents whose review comes up, the next first."""
    last = site.day_ahead(AHEAD_DAYS)
    found: list[tuple[date, Item]] = []
    for placed in risks(site):
        day = placed.risk.expires
        if placed.risk.treatment == "accept" and day is not None and day <= last:
            words = f"accepted to {day.isoformat()}" if day >= site.as_of else f"acceptance expired {day.isoformat()}"
            chip = Chip(words, "due" if day >= site.as_of else "bad")
            link = site.link_document(page, placed.assessment, placed.risk.title)
            found.append(
                (day, Item(link, small(escape(placed.assessment.id), escape(placed.owner or "")), chip.markdown()))
            )
    for day, one in due_within(site, AHEAD_DAYS):
        link = site.link_document(page, one)
        said = small(escape(one.label), escape(owner_of(site, one) or ""))
        found.append((day, Item(link, said, Chip(f"review by {day.isoformat()}").markdown())))
    return [item for _, item in sorted(found, key=lambda one: (one[0], one[1]))]
