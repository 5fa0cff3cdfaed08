"""The parts of a graph that are drawn: around one element, along a journey's critical paths, and all of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """Something that is drawn. `layer` is its column: 0 for what the view is about, more for what that needs, less for what needs it.

    `note` is the second line in the picture, `single` marks a single point of failure, `folded` counts further
    elements that the node stands for (then `element` is None).
    """

    key: str
    element: int | None
    layer: int
    note: str = ""
    single: bool = False
    focus: bool = False
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` needs `target` (keys of nodes). `heavy`: it leads to a single point of failure."""

    source: str
    target: str
    hard: bool = True
    heavy: bool = False
    note: str = ""


@dataclass(frozen=True)
class View:
    """Nodes in the order of their layers, and the edges between them. `titles` name the layers."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    titles: dict[int, str] = field(default_factory=dict)
    about: str = ""
