"""The dependency arithmetic against networkx and against itself, as JSON: `python -m benchmarks.graph WHAT`.

`WHAT` is `speed` (single points and blast radii of 5,000 services), `pairs` (order 2 in a cone of 2,000 elements),
`growth` (the single pass of 1,000 and 20,000 elements) or `memory` (all of 20,000 elements). All systems are drawn from
one seed.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
import time
from typing import TYPE_CHECKING

from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.bits import members_of
from mkdocs_sre.graph.model import DOMAIN, INSTANCE, Builder, Element, Group, System
from mkdocs_sre.graph.needs import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICES = 5_000
CONE = 2_000  # elements, in which pairs are looked for
SMALL, MANY = 1_000, 20_000  # elements
LAYER = 50  # services, each of which needs such of lower layers
FLAT = 400  # services of a layer, in a system with few of them
NEEDS = (3, 7)  # dependencies of a service, at least and at most
SOFT = 0.15  # of the dependencies
REPLICATED = 20  # one of so many services has copies
COPIES = 3
ZONES = 3
ROUNDS = 7  # of what takes some milliseconds; the least of them counts
SLOW_ROUNDS = 3  # of what takes seconds


def layered(services: int, *, layer: int = LAYER, either: float = 0.05, seed: int = 1) -> System:
    """Return a system of services in layers: each needs three to seven services of any layers below its own.

    Of the dependencies the share `either` is met by any of two, 15 % are soft, the others plain. One of twenty services has three copies,
    of which two must work, each in one of three zones of one region.
    """
    drawn = random.Random(seed)  # noqa: S311 - the same system each time is what is wanted
    builder = Builder()
    region = builder.add(Element("region", DOMAIN))
    zones = [builder.add(Element(f"zone-{number}", DOMAIN)) for number in range(ZONES)]
    for zone in zones:
        builder.group(Group(zone, (region,), origin="placement"))
    made = [
        builder.add(Element(f"service-{number:05d}", replicated=number % REPLICATED == 0)) for number in range(services)
    ]
    for number, service in enumerate(made):
        if number % REPLICATED == 0:
            _copies(builder, service, zones)
        lower = made[(number // layer + 1) * layer :]
        for _ in range(drawn.randint(*NEEDS) if len(lower) > 1 else 0):
            kind = drawn.random()
            if kind < either:
                builder.group(Group(service, tuple(drawn.sample(lower, 2)), 1))
            else:
                builder.group(Group(service, (drawn.choice(lower),), hard=kind >= either + SOFT))
    return builder.system()


def _copies(builder: Builder, service: int, zones: list[int]) -> None:
    name = builder.elements[service].id
    copies = [builder.add(Element(f"{name}-{number}", INSTANCE, service=name)) for number in range(COPIES)]
    builder.group(Group(service, tuple(copies), COPIES - 1, origin="replicas"))
    for copy, zone in zip(copies, zones, strict=True):
        builder.group(Group(copy, (zone,), origin="placement"))


def least_seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least process time of some calls, garbage of earlier ones collected before each."""
    found = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def single_points_and_radii(system: System, *, soft: bool) -> None:
    """Answer, from a fresh system, what alone takes each element down, and what goes down (with `soft`, or degrades) with each.

    Both as bitsets, one for each element: the physical single faults without the element itself, and all that is down.
    """
    graph = Graph(system)
    faults = graph.faults
    physical = sum(1 << place for place, element in enumerate(faults.order) if not graph[element].replicated)
    points = [(found ^ 1 << place) & physical for found, place in zip(faults.sets, faults.places, strict=True)]
    radii = graph.down_sets.sets
    affected = graph.affected_sets.sets if soft else radii
    if not len(points) == len(radii) == len(affected) == len(system):
        raise SystemExit("an element is missing")


def speed() -> dict[str, float]:
    """Measure single points and blast radii of all against `networkx.ancestors` of each element of the same graph."""
    return {**_speed("", layered(SERVICES)), **_speed("flat_", layered(SERVICES, layer=FLAT))}


def _speed(name: str, system: System) -> dict[str, float]:
    import networkx as nx  # noqa: PLC0415 - only this measurement needs it, and not its memory in others

    edges = nx.DiGraph((group.owner, member) for group in system.groups for member in group.members)
    edges.add_nodes_from(range(len(system)))
    down, degraded, ancestors = [], [], []
    for _ in range(SLOW_ROUNDS):  # in turns, since the machine is shared
        down.append(least_seconds(lambda: single_points_and_radii(system, soft=False)))
        ancestors.append(least_seconds(lambda: [nx.ancestors(edges, one) for one in edges], 1))
        degraded.append(least_seconds(lambda: single_points_and_radii(system, soft=True)))
    return {
        f"{name}down_seconds": min(down),
        f"{name}degraded_seconds": min(degraded),
        f"{name}ancestors_seconds": min(ancestors),
        f"{name}ancestors": sum(len(nx.ancestors(edges, one)) for one in edges) / len(edges),
    }


def recomputed(graph: Graph, needs: Needs, root: int) -> set[tuple[int, int]]:
    """Return the pairs of a root the plain way: for each candidate the whole pass over the cone, with it failed."""
    cone = needs.cone([root])
    local, top = needs.within(cone), cone.index(root)
    own = [0 if graph[element].replicated else 1 << at for at, element in enumerate(cone)]
    found = local.spread(own.copy(), 0)
    slack = {one for choices in local.choices for _, members in choices for one in members}
    alone = found[top] | 1 << top
    candidates = {fault for member in slack for fault in members_of(found[member] & ~alone)}
    pairs = set()
    for fault in candidates:
        failed = own.copy()
        failed[fault] = (1 << len(cone)) - 1
        others = local.spread(failed, 0)[top] & ~alone & ~(1 << fault)
        pairs |= {(cone[min(fault, other)], cone[max(fault, other)]) for other in members_of(others)}
    return pairs


def pairs() -> dict[str, float]:
    """Measure the double points of a root with a cone of about 2,000 elements against recomputing for each candidate."""
    system = layered(2 * CONE, either=0.5)
    graph, needs = Graph(system), Needs.of(system)
    root = min(range(len(system)), key=lambda one: (abs(len(needs.cone([one])) - CONE), one))
    found = graph.pairs(root)
    if set(found) != recomputed(graph, needs, root):
        raise SystemExit("the pairs differ")
    quick, slow = [], []
    for _ in range(SLOW_ROUNDS):  # in turns, since the machine is shared
        quick.append(least_seconds(lambda: Graph(system).pairs(root)))
        slow.append(least_seconds(lambda: recomputed(graph, needs, root), 1))
    return {
        "cone": len(needs.cone([root])),
        "pairs": len(found),
        "pairs_seconds": min(quick),
        "recomputed_seconds": min(slow),
    }


def growth() -> dict[str, float]:
    """Measure the single pass over a small and a large system."""
    small, many = (layered(elements * REPLICATED // (REPLICATED + COPIES)) for elements in (SMALL, MANY))
    return {
        "small_elements": len(small),
        "small_seconds": least_seconds(lambda: Graph(small).faults),
        "many_elements": len(many),
        "many_seconds": least_seconds(lambda: Graph(many).faults),
    }


def memory() -> dict[str, float]:
    """Measure the most memory that this process has held after all of 20,000 elements, the interpreter included."""
    system = layered(MANY * REPLICATED // (REPLICATED + COPIES))
    graph = Graph(system)
    for root in graph.roots:
        graph.critical_dependencies(root)
    for element in range(len(system)):
        graph.blast_radius(element)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"elements": len(system), "peak_megabytes": peak}


if __name__ == "__main__":
    print(json.dumps({"speed": speed, "pairs": pairs, "growth": growth, "memory": memory}[sys.argv[1]]()))
