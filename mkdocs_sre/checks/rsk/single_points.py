"""How risks rate what alone stops users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.graph.model import JOURNEY
from mkdocs_sre.graph.words import listed
from mkdocs_sre.knowledge.tiers import CRITICAL

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph

HARDLY_FELT = 2  # the highest severity that cannot mean that users stop


@rule("RSK109", "underrated-single-point", level=Level.WARNING, since="0.1")
def underrated_single_point(assessment: RiskAssessment, context: Context) -> Iterator[Fault]:
    """What alone stops a journey of tier 0 or 1 is not rated as hardly felt, with severity 1 or 2.

    An assessment that lists journeys under `services` is compared with those, any other with all.

    ## Why
    Tier 1 says that users stop, severity 1 that they hardly feel it. The ranking of risks is wrong when both are
    written about the same failure.

    ## Example
    ```tree
    docs/sre/services/buy.md
        | ---
        | type: service
        | id: buy
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [{service: card-acquirer, criticality: hard}]
        | ---
    docs/sre/services/card-acquirer.md
        | ---
        | type: service
        | id: card-acquirer
        | owner: "@team-payments"
        | tier: 1
        | kind: external
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [buy]
        | risks:
        |   - subject: card-acquirer
        |     title: Every payment goes to one acquirer
        |     severity: 2
        |     likelihood: 3
        |     basis: dependency-sla
        |     mitigations: [Switch to the second acquirer by hand]
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/buy.md
        | ---
        | type: service
        | id: buy
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [{service: card-acquirer, criticality: hard}]
        | ---
    docs/sre/services/card-acquirer.md
        | ---
        | type: service
        | id: card-acquirer
        | owner: "@team-payments"
        | tier: 1
        | kind: external
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [buy]
        | risks:
        |   - subject: card-acquirer
        |     title: Every payment goes to one acquirer
        |     severity: 5
        |     likelihood: 3
        |     basis: dependency-sla
        |     mitigations: [Switch to the second acquirer by hand]
        | ---
    ```

    ## Source
    Requirements: risks are rated by what follows from them.
    """
    graph = context.graph
    if assessment.status == "deprecated" or all(risk.severity > HARDLY_FELT for risk in assessment.risks):
        return
    stopped = _stopped_by(graph, _journeys(assessment, graph))
    for position, risk in enumerate(assessment.risks):
        subject = graph.system.find(risk.subject)
        if risk.severity <= HARDLY_FELT and subject in stopped:
            roots = stopped[subject]
            yield fault(
                assessment.value_at("risks", position, "severity"),
                f"{risk.subject} alone takes {listed(graph[one].id for one in roots)} (tier {graph[roots[0]].tier}) down, "
                f"and its severity is {risk.severity}",
                "rate it by what users lose, or say by dependencies and tiers why they do not",
                *(place for one in roots if (place := graph[one].place) is not None),
            )


def _journeys(assessment: RiskAssessment, graph: Graph) -> list[int]:
    """Return the roots of tier 0 and 1 that an assessment is about, the most critical first."""
    named = {graph.system.find(name) for name in assessment.services}
    if any(one is not None and graph[one].kind == JOURNEY for one in named):
        roots = [one for one in graph.roots if one in named]
    else:
        roots = list(graph.roots)
    tiers = [(tier, one) for one in roots if (tier := graph[one].tier) is not None and tier <= CRITICAL]
    return [one for _, one in sorted(tiers)]


def _stopped_by(graph: Graph, roots: list[int]) -> dict[int, list[int]]:
    """Return, by what a risk would name, the roots that it alone takes down, as far as that is declared."""
    found: dict[int, list[int]] = {}
    for root in roots:
        for subject in dict.fromkeys(map(graph.subject, graph.declared_points(root))):
            found.setdefault(subject, []).append(root)
    return found
