"""Journeys of users, and what none of them reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.model import DOMAIN, JOURNEY
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.tiers import CRITICAL

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph


@rule("SVC104", "journey-without-needs", level=Level.WARNING, since="0.1")
def journey_without_needs(service: Service) -> Iterator[Fault]:
    """An active journey says which services it goes through.

    ## Why
    A journey does nothing by itself. Without dependencies it never fails on paper, and nobody sees what can stop it.

    ## Example
    ```yaml
    type: service
    id: buy-a-basket
    owner: "@team-checkout"
    tier: 1
    kind: journey
    ```

    ## Use instead
    ```tree
    docs/sre/services/buy-a-basket.md
        | ---
        | type: service
        | id: buy-a-basket
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
        | ---
    ```

    ## Source
    Requirements: critical paths are known, each with the services that it goes through.
    """
    if service.service_kind == JOURNEY and service.status == "active" and not service.dependencies:
        yield fault(
            service.value_at("id"),
            f"the journey {service.id} needs nothing",
            "add `dependencies:` with the services that it goes through",
        )


@rule("SVC105", "service-of-no-journey", level=Level.INFO, since="0.1")
def service_of_no_journey(base: KnowledgeBase) -> Iterator[Fault]:
    """An active service or store of tier 0 or 1 is part of a journey, once journeys are written down.

    Hard or soft, directly or through others.

    ## Why
    Tier 1 says that users stop. When no journey reaches the service, either a journey or a dependency is missing, and
    its failures are not counted for anybody; or the tier is higher than it needs to be.

    ## Example
    ```tree
    docs/sre/services/buy-a-basket.md
        | ---
        | type: service
        | id: buy-a-basket
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [{service: checkout, criticality: hard}]
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | services:
        |   - {id: checkout, owner: "@team-checkout", tier: 1}
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore}
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/buy-a-basket.md
        | ---
        | type: service
        | id: buy-a-basket
        | owner: "@team-checkout"
        | tier: 1
        | kind: journey
        | dependencies: [{service: checkout, criticality: hard}]
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | services:
        |   - id: checkout
        |     owner: "@team-checkout"
        |     tier: 1
        |     dependencies: [{service: orders-db, criticality: hard}]
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore}
        | ---
    ```

    ## Source
    Requirements: a failure is ranked by the journeys that it stops.
    """
    graph = graph_of(base)
    reached = _reached(graph)
    for service in base.of_kind(Service) if reached else ():
        if service.tier > CRITICAL or service.status != "active" or service.service_kind in (DOMAIN, JOURNEY):
            continue
        if graph.system.find(service.id) not in reached:
            yield fault(
                service.value_at("id"),
                f"{service.id} (tier {service.tier}) is part of no journey",
                "add it to the `dependencies` of what needs it, or to a journey, or lower its tier",
            )


def _reached(graph: Graph) -> set[int]:
    """Return the journeys and what they need, hard or soft, at any depth; empty without journeys."""
    stack = [index for index, one in enumerate(graph.system.elements) if one.kind == JOURNEY]
    seen = set(stack)
    while stack:
        for group in graph.system.groups_of[stack.pop()]:
            fresh = set(group.members) - seen
            seen |= fresh
            stack += fresh
    return seen
