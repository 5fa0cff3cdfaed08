"""Dependency graphs as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_sre.graph.diagrams import TooLargeError
from mkdocs_sre.graph.model import JOURNEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.what_if import Loss, Outage

PAIR = 2  # the order of a double point of failure
MOST_PAIRED = 5_000  # elements of a graph in which pairs are looked for at all roots; above, some seconds a root


def graph_json(graph: Graph, roots: Sequence[int], order: int) -> Iterator[str]:
    """Yield `{roots: {ID: …}, blast_radius: {ID: {down, degraded}}, cold_start_deadlock}`, ids sorted, in pieces.

    A root has `self_spof` (whether it can fail on its own), `spofs`, `critical_dependencies`, `order2` (null where
    `pairs_of` is None), from order 3 on `order3plus` (null where `cuts_of` is), and `availability`: ratios, null where
    not everything that a bound needs is stated, or where it would take too long.
    """
    named = are_named(graph, roots)
    yield '{\n"roots": {'
    yield from _entries((graph[root].id, _root(graph, root, order, named=named)) for root in roots)
    yield '},\n"blast_radius": {'
    yield from _entries((element.id, _blast(graph, index)) for index, element in enumerate(graph.system.elements))
    yield f'}},\n"cold_start_deadlock": {json.dumps(_ids(graph, graph.cold_start_deadlock))}\n}}\n'


def _entries(entries: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Yield the entries of an object, a line each: of a large graph all together would fill the memory."""
    separator = "\n"
    for name, value in entries:
        yield f"{separator}{json.dumps(name)}: {json.dumps(value)}"
        separator = ",\n"
    yield "\n" if separator != "\n" else ""


def _root(graph: Graph, root: int, order: int, *, named: bool) -> dict[str, Any]:
    found = {
        "self_spof": not graph[root].replicated and graph[root].kind != JOURNEY,
        "spofs": _ids(graph, graph.single_elements(root)),
        "critical_dependencies": _ids(graph, graph.critical_dependencies(root)),
        "order2": _cuts(graph, pairs_of(graph, root, named=named)),
    }
    if order > PAIR:
        found["order3plus"] = _cuts(graph, cuts_of(graph, root, order))
    return {**found, "availability": _availability(graph, root)}


def are_named(graph: Graph, roots: Sequence[int]) -> bool:
    """Whether roots are some that were asked for: one alone, or not all that the graph has."""
    return len(roots) == 1 or tuple(roots) != graph.roots


def pairs_of(graph: Graph, root: int, *, named: bool) -> tuple[tuple[int, int], ...] | None:
    """Return the double points of failure; None for a root that nobody named in a graph of over `MOST_PAIRED` elements."""
    return graph.pairs(root) if named or len(graph.system) <= MOST_PAIRED else None


def cuts_of(graph: Graph, root: int, order: int) -> tuple[tuple[int, ...], ...] | None:
    """Return the minimal cuts of 3 up to `order` failures; None when they are too many, or too entangled, to be told."""
    try:
        return graph.cuts(root, order)
    except TooLargeError:
        return None


def _availability(graph: Graph, root: int) -> dict[str, float | None]:
    known = graph.availability(root)
    return {
        "exact_independent": _ratio(known.exact),
        "upper_independent": _ratio(known.upper_independent),
        "upper_any": _ratio(known.upper_any),
        "lower_independent": _ratio(known.lower_independent),
        "lower_any": _ratio(known.lower_any),
        "lower_any_mcs": _ratio(known.lower_any_mcs),
    }


def _ratio(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _blast(graph: Graph, element: int) -> dict[str, list[str]]:
    radius = graph.blast_radius(element)
    return {"down": _ids(graph, radius.down), "degraded": _ids(graph, radius.degraded)}


def _ids(graph: Graph, elements: Iterable[int]) -> list[str]:
    return sorted(graph[one].id for one in elements)


def _cuts(graph: Graph, cuts: Iterable[Iterable[int]] | None) -> list[list[str]] | None:
    return None if cuts is None else sorted(_ids(graph, cut) for cut in cuts)


def outage_json(graph: Graph, outage: Outage) -> str:
    """Return `{failed, down, degraded, rounds, strained, stuck}` of what follows when elements fail.

    `down` and `degraded` are ids as in a blast radius; each round lists `{id, lost, left, need}`, as `strained` and
    `stuck` do: what the id has lost, and how many of how many needed members are left.
    """
    report = {
        "failed": [graph[one].id for one in outage.failed],
        "down": _ids(graph, (one for one in outage.down if graph[one].counts)),
        "degraded": _ids(graph, (loss.element for loss in outage.degraded)),
        "rounds": [[_loss(graph, loss) for loss in one] for one in outage.rounds],
        "strained": [_loss(graph, loss) for loss in outage.strained],
        "stuck": [_loss(graph, loss) for loss in outage.stuck],
    }
    return json.dumps(report, indent=1, ensure_ascii=True) + "\n"


def _loss(graph: Graph, loss: Loss) -> dict[str, Any]:
    left = len(set(loss.group.members)) - len(loss.lost)
    lost = [graph[one].id for one in loss.lost]
    return {"id": graph[loss.element].id, "lost": lost, "left": left, "need": loss.group.need}
