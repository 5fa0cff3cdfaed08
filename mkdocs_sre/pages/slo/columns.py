"""What the index of objectives says of each: objective, what is left of its budget, where its policy stands, whom it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact
from mkdocs_sre.pages.slo.bar import left_words, small_bar
from mkdocs_sre.pages.slo.policy import standing
from mkdocs_sre.pages.slo.states import worst
from mkdocs_sre.pages.words import length, percent
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState

COLUMNS = ("Service", "Objective", "Budget", "Policy", "Calls")
SOURCES = {"measured": "measured", "evidence": "by evidence", "incidents": "by reviews"}


def column_facts(
    slo: ServiceLevelObjective, states: tuple[BudgetState, ...], site: Site, page: str
) -> tuple[Fact, ...]:
    """Return the facts of an index, each in one cell; of several budgets the one of which most is spent."""
    state = worst(states)
    article = "" if slo.window.rolling else "a "
    further = f" <small>and {len(states) - 1} more</small>" if len(states) > 1 else ""
    return (
        Fact("Service", site.link_id(page, slo.service)),
        Fact("Objective", f"{percent(slo.objective)} over {article}{escape(length(slo.window))}{further}"),
        Fact("Budget", budget_cell(state)),
        Fact("Policy", _policy(state)),
        Fact("Calls", _calls(states)),
    )


def budget_cell(state: BudgetState) -> str:
    """Return what is left of a budget as a bar and a number, and what tells it, in one cell."""
    name = f"{escape(state.target.name)}, " if state.target.path else ""
    spent = f"{share_percent(state.share, 1)} spent {SOURCES[state.source]}"
    return f"{small_bar(state)} {left_words(state)} <small>{name}{spent}</small>"


def _policy(state: BudgetState) -> str:
    """Return the last step that is reached, else how far the first one is."""
    if not state.steps:
        return Chip("no policy", "none").markdown()
    reached = [one for one in state.steps if one.reached]
    if not reached:
        return f"from {percent(state.steps[0].at_percent)} on"
    last = reached[-1]
    decides = f" <small>{escape(last.decides)} decides</small>" if last.decides else ""
    stops = f" {Chip('changes stop', 'bad').markdown()}" if state.stops_changes else ""
    return f"{Chip(f'{percent(last.at_percent)} reached', standing(state)).markdown()}{stops}{decides}"


def _calls(states: tuple[BudgetState, ...]) -> str:
    """Return whether alerts page and open tickets."""
    calls = {one.calls for state in states for one in burn_alerts(state.target)}
    if not calls:
        return Chip("no alert", "none").markdown()
    return " ".join(Chip(one, one).markdown() for one in CALLS if one in calls)
