"""The budget and the policy of a service level objective above its text; below it what is counted, the alerts, the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.slo.agreement import agreement
from mkdocs_sre.pages.slo.alerts import alerts_part
from mkdocs_sre.pages.slo.ceiling import ceiling
from mkdocs_sre.pages.slo.measured import measured
from mkdocs_sre.pages.slo.policy import policy_list
from mkdocs_sre.pages.slo.spent import spending
from mkdocs_sre.pages.slo.states import states_of, worst
from mkdocs_sre.pages.tables import section

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState


@body("slo")
def slo_body(slo: ServiceLevelObjective, site: Site, page: str) -> Body:
    """Return the parts in the order of the questions: how it stands, what follows, why, what is counted, who is called."""
    states = states_of(slo, site)
    targets = [one.target for one in states]
    above = (
        section("Budget over the window", "budget", spending(slo, states, site, page)),
        section("What the policy asks", "policy", _policy(states)),
    )
    below = (
        section("Alerts", "alerts", alerts_part(targets, site, page)),
        section("What its dependencies allow", "ceiling", ceiling(slo, site, page)),
        section("What is measured", "indicator", measured(targets, site, page)),
        section("Agreement and history", "agreed", agreement(slo, site)),
    )
    listed = frozenset(spent.pir for state in states for spent in state.incidents)
    return Body(joined(above), joined(below), listed)


def _policy(states: tuple[BudgetState, ...]) -> str:
    """Return the policy as it stands for the objective of which most is spent."""
    state = worst(states)
    steps = policy_list(state)
    if not steps or len(states) == 1:
        return steps
    return f"As it stands for {escape(state.target.name)}, of which most is spent.\n{{: .sre-lede }}\n\n{steps}"
