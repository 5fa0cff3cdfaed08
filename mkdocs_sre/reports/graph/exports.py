"""The part of a graph that is drawn by other tools: what roots lead to, with the single points among it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.model import Group


@dataclass(frozen=True)
class Part:
    """Elements and groups in their order in the system; `single` are single points of failure of the roots."""

    elements: tuple[int, ...]
    groups: tuple[Group, ...]
    single: frozenset[int]


def part_of(graph: Graph, roots: Sequence[int]) -> Part:
    """Return what the roots need, however softly; all of the graph when they are its own roots."""
    inside = set(range(len(graph.system))) if tuple(roots) == tuple(graph.roots) else _below(graph, roots)
    groups = tuple(group for group in graph.system.groups if group.owner in inside)
    single = {one for root in roots for one in graph.single_elements(root)}
    return Part(tuple(sorted(inside)), groups, frozenset(single))


def _below(graph: Graph, roots: Iterable[int]) -> set[int]:
    found, stack = set(roots), list(roots)
    while stack:
        for group in graph.system.groups_of[stack.pop()]:
            new = set(group.members) - found
            found |= new
            stack += new
    return found


def gate(group: Group) -> str:
    """Return what stands on the node between an owner and several members: `2 of 3`; empty for one member.

    A member that stands in for the others is one of two ways.
    """
    members = len(set(group.members))
    if members == 1:
        return ""
    return f"{group.need} of {members}" if members == len(group.members) else "one or the other"
