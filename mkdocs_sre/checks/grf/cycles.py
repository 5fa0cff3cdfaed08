"""What needs itself in a cycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.cycles import shortest_cycles
from mkdocs_sre.graph.faults import running
from mkdocs_sre.graph.model import DOMAIN
from mkdocs_sre.graph.needs import starting
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.model import Group

SHOWN = 6  # elements of a cycle that a message spells out


@rule("GRF105", "dependency-cycle", level=Level.WARNING, since="0.1")
def dependency_cycle(base: KnowledgeBase) -> Iterator[Fault]:
    """Services do not need each other in a cycle.

    Of services that are tied together by hard dependencies one shortest cycle is told. A cycle that cannot even be
    started is told by GRF106.

    ## Why
    In a cycle every failure of one is a failure of all, none can be changed or tested without the others, and it is
    no longer clear which to bring back first.

    ## Example
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: payments, criticality: hard, needed: run}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | dependencies: [{service: orders, criticality: hard, needed: run}]
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
        | dependencies: [{service: payments, criticality: hard, needed: run}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | dependencies: [{service: orders, criticality: soft, fallback: Payments without an order wait for it}]
        | ---
    ```

    ## Source
    Requirements: cycles of hard dependencies are told with a shortest one as witness. Strongly connected components:
    Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2), 1972.
    """
    graph = graph_of(base)
    locked = set(graph.cold_start_deadlock)
    for cycle in graph.cycles:
        groups = _groups(graph, cycle, running)
        same = locked.issuperset(cycle) and all(starting(group) for group in groups)
        if not same and not _domains(graph, cycle):
            yield fault(
                _place(graph, cycle, groups),
                f"{_spelled(graph, cycle, 'needs')}: when one of them fails, all do",
                "make one of these dependencies soft, or take it out",
                *_others(groups),
            )


@rule("GRF106", "cold-start-deadlock", level=Level.ERROR, since="0.1")
def cold_start_deadlock(base: KnowledgeBase) -> Iterator[Fault]:
    """Everything can be started when nothing runs.

    A dependency is needed to start unless it says `needed: run`.

    ## Why
    Services that wait for each other run for years, as they were started one after the other once. After the loss of a
    region they are all started at the same time, and none ever gets up.

    ## Example
    ```tree
    docs/sre/services/vault.md
        | ---
        | type: service
        | id: vault
        | owner: "@team-platform"
        | tier: 1
        | dependencies: [{service: registry, criticality: hard, needed: start}]
        | ---
    docs/sre/services/registry.md
        | ---
        | type: service
        | id: registry
        | owner: "@team-platform"
        | tier: 1
        | dependencies: [{service: vault, criticality: hard, needed: start}]
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/vault.md
        | ---
        | type: service
        | id: vault
        | owner: "@team-platform"
        | tier: 1
        | dependencies: [{service: registry, criticality: hard, needed: run}]
        | ---
    docs/sre/services/registry.md
        | ---
        | type: service
        | id: registry
        | owner: "@team-platform"
        | tier: 1
        | dependencies: [{service: vault, criticality: hard, needed: start}]
        | ---
    ```

    ## Source
    Requirements: cold-start deadlocks are told: what is up in the greatest but not in the least fixed point.
    """
    graph = graph_of(base)
    locked = set(graph.cold_start_deadlock)
    for cycle in _waiting(graph, locked):
        if not _domains(graph, cycle):
            groups = _groups(graph, cycle, starting)
            yield fault(
                _place(graph, cycle, groups),
                f"nothing of this can be started from cold: {_spelled(graph, cycle, 'waits for')}",
                "say `needed: run` where one can start without the other, or give one a fallback",
                *_others(groups),
            )


@rule("GRF107", "domain-cycle", level=Level.ERROR, since="0.1")
def domain_cycle(base: KnowledgeBase) -> Iterator[Fault]:
    """Failure domains stand in larger ones, not in each other and not in themselves.

    ## Why
    A zone is part of a region, which is part of a provider. In a cycle nothing is the larger one, and what is lost
    with what cannot be told.

    ## Example
    ```yaml
    type: service
    services:
      - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone, placed_in: [region]}
      - {id: region, owner: "@team-platform", tier: 0, kind: domain, level: region, placed_in: [zone-a]}
    ```

    ## Use instead
    ```yaml
    type: service
    services:
      - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone, placed_in: [region]}
      - {id: region, owner: "@team-platform", tier: 0, kind: domain, level: region}
    ```

    ## Source
    Requirements: failure domains nest.
    """
    cure = "take `placed_in` out of the largest of them"
    for service in base.of_kind(Service):
        for position, name in enumerate(service.placed_in if service.service_kind == DOMAIN else ()):
            if id_key(base, name) == service.id.lower():
                yield fault(service.value_at("placed_in", position), f"{service.id} stands in itself", cure)
    graph = graph_of(base)
    for cycle in shortest_cycles(_successors(graph, lambda group: group.origin == "placement")):
        groups = _groups(graph, cycle, running)
        yield fault(_place(graph, cycle, groups), _spelled(graph, cycle, "stands in"), cure, *_others(groups))


def _successors(graph: Graph, counts: Callable[[Group], bool]) -> list[list[int]]:
    return [
        [member for group in groups if group.hard and counts(group) for member in group.members]
        for groups in graph.system.groups_of
    ]


def _waiting(graph: Graph, locked: set[int]) -> tuple[tuple[int, ...], ...]:
    """Return a shortest cycle of each strongly connected component of what waits for each other to start."""
    if not locked:
        return ()
    successors = _successors(graph, starting)
    return shortest_cycles(
        [[one for one in others if one in locked] if at in locked else [] for at, others in enumerate(successors)]
    )


def _domains(graph: Graph, cycle: Sequence[int]) -> bool:
    return all(graph[one].kind == DOMAIN for one in cycle)


def _groups(graph: Graph, cycle: Sequence[int], counts: Callable[[Group], bool]) -> list[Group]:
    """Return, for each element of a cycle, the group by which it needs the next one."""
    return [
        next(
            group
            for group in graph.system.groups_of[one]
            if group.hard and counts(group) and following in group.members
        )
        for one, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True)
    ]


def _place(graph: Graph, cycle: Sequence[int], groups: Sequence[Group]) -> Location:
    places = [*(group.place for group in groups), *(graph[one].place for one in cycle)]
    return next(one for one in places if one is not None)


def _others(groups: Sequence[Group]) -> list[Location]:
    return [group.place for group in groups if group.place is not None][1:]


def _spelled(graph: Graph, cycle: Sequence[int], verb: str) -> str:
    """Return a cycle as a sentence, the middle of a long one left out: `a needs b, which needs a`."""
    names = [graph[one].id for one in (*cycle, cycle[0])]
    if len(cycle) > SHOWN:
        left_out = len(cycle) - SHOWN + 1
        return f"{f', which {verb} '.join([f'{names[0]} {verb} {names[1]}', *names[2 : SHOWN - 1]])}, and so on over {left_out} more to {names[-1]}"
    return f"{names[0]} {verb} " + f", which {verb} ".join(names[1:])
