"""Elements, counts and ratios in the words of a report."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.graph.model import INSTANCE, JOURNEY
from mkdocs_sre.graph.percent import cut_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from mkdocs_sre.graph.analysis import Graph

DECIMALS = 4  # of a percent: 0.0001 % of a year is half a minute
_KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "journey": ("journey", "journeys"),
        "service": ("service", "services"),
        "datastore": ("datastore", "datastores"),
        "queue": ("queue", "queues"),
        "cache": ("cache", "caches"),
        "external": ("external provider", "external providers"),
        "domain": ("failure domain", "failure domains"),
        "instance": ("copy", "copies"),
    }
)


def naming(graph: Graph) -> Callable[[int], str]:
    """Return how sentences name elements: journeys by their title, everything else by its id."""
    return lambda index: graph[index].name if graph[index].kind == JOURNEY else graph[index].id


def full_name(graph: Graph, index: int) -> str:
    """Return an element's title with its id, `Buy a basket (buy-a-basket)`; the id alone where they are the same."""
    element = graph[index]
    return element.id if element.name == element.id else f"{element.title} ({element.id})"


def what_it_is(graph: Graph, index: int) -> str:
    """Return an element's kind with its owner: `datastore of @team-data`, `copy of cart`."""
    element = graph[index]
    if element.kind == INSTANCE:
        return f"copy of {element.service}"
    word = element.level or _KINDS.get(element.kind, (element.kind, ""))[0]
    return f"{word} of {element.owner}" if element.owner else word


def counted(number: int, kind: str) -> str:
    """Return a number with the word for a kind: `2 copies`, `1 service`."""
    one, several = _KINDS.get(kind, (kind, f"{kind}s"))
    return f"{number:,} {one if number == 1 else several}"


def kinds_of(graph: Graph, elements: Iterable[int]) -> list[str]:
    """Return how many of the elements are of which kind, journeys first, copies last: `2 journeys`."""
    counts = Counter(graph[one].kind for one in elements)
    return [counted(counts[kind], kind) for kind in _in_order(counts)]


def shares_of(graph: Graph, elements: Iterable[int]) -> list[str]:
    """Return how many of all that are of one kind the elements are, journeys first: `2 of 4 journeys`."""
    counts = Counter(graph[one].kind for one in elements)
    all_ = Counter(one.kind for one in graph.system.elements)
    return [f"{counts[kind]:,} of {counted(all_[kind], kind)}" for kind in _in_order(counts)]


def _in_order(counts: Counter[str]) -> list[str]:
    return [kind for kind in [*_KINDS, *sorted(counts.keys() - _KINDS.keys())] if counts[kind]]


def percent(ratio: Fraction) -> str:
    """Return a ratio from 0 to 1 in percent, cut off after `DECIMALS` decimals."""
    return cut_percent(ratio, DECIMALS)
