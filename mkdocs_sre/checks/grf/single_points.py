"""Single points of failure that nobody has decided about, and those that are only assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.documentation import Documentation, documentation
from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.graph.words import listed, way_in_words
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.tiers import CRITICAL

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.ways import Step


@dataclass(frozen=True, slots=True)
class _Undocumented:
    """A single point that no assessment settles: what a risk would name, and the roots, most critical first.

    `element` takes the first root down; where the subject has copies, it is one of `copies` that do the same.
    """

    subject: int
    element: int
    copies: int
    roots: tuple[int, ...]
    documentation: Documentation


@rule("GRF101", "undocumented-single-point", level=Level.ERROR, since="0.1")
def undocumented_single_point(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A risk assessment says what is done about each single point of failure of a journey of tier 0 or 1.

    The risk is mitigated, with a mitigation, or accepted, with an approver and an end, and its assessment is not
    overdue for review. Without any journey, what nothing depends on counts as one. Only what was written down makes a
    single point: a `criticality`, redundancy or placement somewhere on the way to it; the rest is told by GRF103.

    ## Why
    One failure that stops users is known before it happens. Somebody has either decided to live with it, or is doing
    something about it, or nobody has thought about it; the third is found out during the incident.

    ## Example
    ```tree
    docs/sre/services/buy.md
        | ---
        | type: service
        | id: buy
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [{service: payments, criticality: hard}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | dependencies: [{service: card-acquirer, criticality: hard}]
        | replicas: {need: 1, count: 2}
        | ---
    docs/sre/services/card-acquirer.md
        | ---
        | type: service
        | id: card-acquirer
        | owner: "@team-payments"
        | tier: 1
        | kind: external
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
        | dependencies: [{service: payments, criticality: hard}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | dependencies: [{service: card-acquirer, criticality: hard}]
        | replicas: {need: 1, count: 2}
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
        |     likelihood: 2
        |     basis: dependency-sla
        |     treatment: accept
        |     approver: "@head-of-engineering"
        |     accepted_on: 2026-01-15
        |     expires: 2026-07-15
        | ---
    ```

    ## Source
    Requirements: each single point of failure is listed with its treatment. A minimal cut set of order 1: Vesely and
    others, "Fault Tree Handbook", NUREG-0492, 1981.
    """
    graph = context.graph
    for one in _undocumented(base, context):
        if _critical(graph, one.roots[0]):
            yield _told(graph, one)


@rule("GRF102", "undocumented-lesser-single-point", level=Level.WARNING, since="0.1")
def undocumented_lesser_single_point(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A risk assessment says what is done about each single point of failure of a journey of tier 2 or 3.

    As GRF101, for what takes down only journeys that users can do without for a while.

    ## Why
    A journey that is not urgent still stops. What stops it is worth one line and one decision, so that nobody has to
    find out how long it may be gone.

    ## Example
    ```tree
    docs/sre/services/track.md
        | ---
        | type: service
        | id: track
        | owner: "@team-orders"
        | tier: 2
        | kind: journey
        | dependencies: [{service: carrier-api, criticality: hard}]
        | ---
    docs/sre/services/carrier-api.md
        | ---
        | type: service
        | id: carrier-api
        | owner: "@team-orders"
        | tier: 2
        | kind: external
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/track.md
        | ---
        | type: service
        | id: track
        | owner: "@team-orders"
        | tier: 2
        | kind: journey
        | dependencies: [{service: carrier-api, criticality: soft, fallback: The state that was told last}]
        | ---
    docs/sre/services/carrier-api.md
        | ---
        | type: service
        | id: carrier-api
        | owner: "@team-orders"
        | tier: 2
        | kind: external
        | ---
    ```

    ## Source
    Requirements: each single point of failure is listed with its treatment.
    """
    graph = context.graph
    for one in _undocumented(base, context):
        if not _critical(graph, one.roots[0]):
            yield _told(graph, one)


@rule("GRF103", "assumed-single-points", level=Level.INFO, since="0.1")
def assumed_single_points(base: KnowledgeBase) -> Iterator[Fault]:
    """What a journey cannot do without is written down, not assumed.

    A dependency that says nothing counts as hard, and a service that says nothing of its copies as one. Without any
    journey, what nothing depends on counts as one.

    ## Why
    Where nothing is said, nearly everything is a single point of failure. A list of things that are only assumed hides
    the few that are true.

    ## Example
    ```tree
    docs/sre/services/buy.md
        | ---
        | type: service
        | id: buy
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [checkout]
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
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
        | dependencies: [{service: checkout, criticality: hard}]
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | replicas: {need: 1, count: 2}
        | ---
    ```

    ## Source
    Requirements: what is assumed is told apart from what is declared.
    """
    graph = graph_of(base)
    for root in graph.roots:
        place = graph[root].place
        declared = set(graph.declared_points(root))
        names = [graph[one].id for one in graph.single_elements(root) if one not in declared]
        if names and place is not None:
            many = len(names) != 1
            yield fault(
                place,
                f"{len(names):,} single point{'s' * many} of failure of {graph[root].id} {'are' if many else 'is'} "
                f"only assumed, since nothing on the way says more: {listed(names)}",
                "say `criticality` at the dependencies on the way, and `replicas` or `any_of` where something can stand in",
            )


def _critical(graph: Graph, root: int) -> bool:
    tier = graph[root].tier
    return tier is not None and tier <= CRITICAL


def _undocumented(base: KnowledgeBase, context: Context) -> Iterator[_Undocumented]:
    graph = context.graph
    points = {root: set(graph.declared_points(root)) for root in graph.roots}
    subjects: dict[int, list[int]] = {}
    for element in sorted(set().union(*points.values())):
        subjects.setdefault(graph.subject(element), []).append(element)
    for subject, elements in subjects.items():
        known = documentation(base, graph[subject].id, context.as_of)
        if not known.documented:
            stopped = [root for root in points if not points[root].isdisjoint(elements)]
            roots = sorted(stopped, key=lambda one: (_tier(graph, one), one))
            first = next(one for one in elements if one in points[roots[0]])
            yield _Undocumented(subject, first, len(elements), tuple(roots), known)


def _tier(graph: Graph, root: int) -> float:
    tier = graph[root].tier
    return float("inf") if tier is None else tier


def _told(graph: Graph, point: _Undocumented) -> Fault:
    steps = graph.point(point.roots[0], point.element).way
    subject = graph[point.subject].id
    who = graph[point.element].id if point.copies == 1 else f"each of the {point.copies} copies of {subject}"
    lacking, cure = _lacking(point.documentation, subject, "it" if who == subject else subject)
    return fault(
        _place(graph, steps, point.subject),
        f"{who} alone takes {listed(graph[one].id for one in point.roots)} down, and {lacking}: "
        f"{way_in_words(steps, point.element, lambda one: graph[one].id)}",
        cure,
        *_related(point.documentation),
    )


def _place(graph: Graph, steps: tuple[Step, ...], subject: int) -> Location:
    """Return where the dependency on the subject is written: of the step that leads to it, else of the last one."""
    step = next((one for one in steps if one.towards == subject), steps[-1])
    return next(one for one in (step.group.place, graph[subject].place, graph[steps[0].element].place) if one)


def _lacking(known: Documentation, subject: str, it: str) -> tuple[str, str]:
    """Return what the documentation of a subject lacks, and the cure; `it` is how the sentence names the subject."""
    if known.assessment is None:
        return (
            f"no risk assessment names {it}",
            f"rate it as a risk with `subject: {subject}`, mitigated, or accepted with `approver` and `expires`",
        )
    if known.state == "expired":
        return (
            f"what {known.assessment.id} says of {it} is over ({known.lacks})",
            "review the assessment and decide again",
        )
    return f"{known.assessment.id} rates {it} with {known.lacks}", "add a mitigation, or who accepts it and until when"


def _related(known: Documentation) -> tuple[Location, ...]:
    if known.assessment is None or known.position is None:
        return ()
    return (known.assessment.value_at("risks", known.position, "subject"),)
