"""Risk assessments beside what the graph says of their subjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.documentation import risks_by_subject
from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.graph.words import listed
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
    from mkdocs_sre.graph.analysis import Graph


@rule("GRF104", "risk-on-no-single-point", level=Level.INFO, since="0.1")
def risk_on_no_single_point(base: KnowledgeBase) -> Iterator[Fault]:
    """The subject of a risk is a single point of failure, or the risk says that it is none.

    ## Why
    Systems change. A second copy or a fallback ends a single point, and the risk that stays behind draws work to where
    none is needed. Other things are rated on purpose: then `single_point: false` says so.

    ## Example
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: orders-db, criticality: hard}]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | replicas: {need: 2, count: 3}
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [orders]
        | risks:
        |   - subject: orders-db
        |     title: The orders database is lost
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [Restored from the backup within an hour]
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: orders-db, criticality: hard}]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | replicas: {need: 2, count: 3}
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [orders]
        | risks:
        |   - subject: orders-db
        |     title: A wrong deletion reaches all copies
        |     single_point: false
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [Restored from the backup within an hour]
        | ---
    ```

    ## Source
    Requirements: a risk that names what is no single point of failure any more is told.
    """
    for assessment, position, subject, down in _rated(base):
        risk = assessment.risks[position]
        if risk.single_point and not down and not graph_of(base).foremost(subject):
            yield fault(
                assessment.value_at("risks", position, "subject"),
                f"{risk.subject} is no single point of failure: nothing goes down {_with_what(graph_of(base), subject)}",
                "drop the risk, or add `single_point: false` when it is rated for another reason",
            )


@rule("GRF114", "denied-single-point", level=Level.WARNING, since="0.1")
def denied_single_point(base: KnowledgeBase) -> Iterator[Fault]:
    """A risk with `single_point: false` is not about a single point of failure.

    ## Why
    Whoever reads that nothing goes down alone plans by it. The dependencies that are written down say otherwise, so
    one of the two is wrong.

    ## Example
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: orders-db, criticality: hard}]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [orders]
        | risks:
        |   - subject: orders-db
        |     title: A wrong deletion reaches all copies
        |     single_point: false
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [Restored from the backup within an hour]
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: orders-db, criticality: hard}]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | replicas: {need: 2, count: 3}
        | ---
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [orders]
        | risks:
        |   - subject: orders-db
        |     title: A wrong deletion reaches all copies
        |     single_point: false
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [Restored from the backup within an hour]
        | ---
    ```

    ## Source
    Requirements: risk assessments and the dependency graph agree.
    """
    graph = graph_of(base)
    for assessment, position, _, down in _rated(base):
        risk = assessment.risks[position]
        if not risk.single_point and down:
            yield fault(
                assessment.value_at("risks", position, "single_point"),
                f"{risk.subject} is a single point of failure: {listed(graph[one].id for one in down)} "
                f"{'go' if len(down) > 1 else 'goes'} down with it alone",
                "take `single_point: false` out, or declare what keeps the others up",
            )


def _rated(base: KnowledgeBase) -> Iterator[tuple[RiskAssessment, int, int, tuple[int, ...]]]:
    """Yield each risk whose subject the graph knows: assessment, position, subject, and what goes down with it alone."""
    graph = graph_of(base)
    risks = risks_by_subject(base)
    for name, rated in risks.items():
        subject = graph.system.find(name)
        if subject is not None:
            down = graph.down_with(subject)
            for assessment, position in rated:
                yield assessment, position, subject, down


def _with_what(graph: Graph, subject: int) -> str:
    return "with one of its copies alone" if graph[subject].replicated else "with it alone"
