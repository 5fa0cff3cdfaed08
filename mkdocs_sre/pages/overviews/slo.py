"""SLOs: first those that need a decision, of which most is spent before the others; then by the tier of their service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.overviews import Group, Overview, overview
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.slo.policy import standing
from mkdocs_sre.pages.slo.states import states_of, worst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState

LAST = 9  # behind every tier
ACTS, REST, ENDED = "Needs a decision", "Nothing to decide", "No longer in force"


@overview("slo")
def slo_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:  # noqa: ARG001 every overview takes the page
    """Return the SLOs by what has to be done: where a step is reached or the budget overspent, worst first; then the others.

    The others stand in the order of their services, by tier, then by name, so that those of one stand together; damaged
    and deprecated ones come last.
    """
    states = {
        id(one): worst(states_of(one, site))
        for one in documents
        if isinstance(one, ServiceLevelObjective) and one.origin.intact and one.status != "deprecated"
    }
    acting = [one for one in documents if id(one) in states and standing(states[id(one)]) != "ok"]
    acting.sort(key=lambda one: (-states[id(one)].share, *_order(one, site)))
    ended = [one for one in documents if getattr(one, "status", "") == "deprecated" and one.origin.intact]
    rest = [one for one in documents if one not in acting and one not in ended]
    groups = (
        (ACTS, acting),
        (REST, sorted(rest, key=lambda one: _order(one, site))),
        (ENDED, sorted(ended, key=lambda one: _order(one, site))),
    )
    kept = tuple(Group(title, found) for title, found in groups if found)
    alone = len(kept) == 1 and kept[0].title == REST
    numbers = _numbers(tuple(states.values()), site) if states else ""
    return Overview(numbers, (Group("", kept[0].documents),) if alone else kept)


def _order(one: Document, site: Site) -> tuple[int, str, str, str]:
    if not isinstance(one, ServiceLevelObjective) or not one.origin.intact:
        return LAST, "", one.name.casefold(), one.id
    service = site.base.document(one.service, Service)
    return (service.tier if service else LAST, one.service.casefold(), one.name.casefold(), one.id)


def _numbers(states: Sequence[BudgetState], site: Site) -> str:
    """Return how many budgets are overspent, how many policies act, and what all of that is counted from."""
    over = sum(not one.met for one in states)
    acting = sum(one.policy_acts for one in states)
    frozen = sum(one.stops_changes for one in states)
    measured = sum(one.source == "measured" for one in states)
    facts = [
        Fact("Budgets overspent", f"{over:,}", f"of {len(states):,}, as of {site.as_of.isoformat()}"),
        Fact("Policy acts", f"{acting:,}", "a step is reached"),
        *([Fact("Changes stop", f"{frozen:,}", "a step that is reached says so")] if frozen else []),
        Fact("Measured", f"{measured:,}", "the others count reviews of incidents" if measured < len(states) else ""),
    ]
    return render("numbers.md.jinja", facts=facts)
