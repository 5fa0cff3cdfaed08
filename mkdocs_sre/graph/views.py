"""The parts of a graph that are drawn: around one element, along what a root cannot do without, and all of it."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.graph.critical_ways import critical_ways
from mkdocs_sre.graph.layers import layered
from mkdocs_sre.graph.model import DOMAIN, EXTERNAL, INSTANCE, JOURNEY, STORES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mkdocs_sre.graph.model import Group
    from mkdocs_sre.graph.outline import Link, Outline

HOPS = 2  # of an ego graph in each direction
EGO_COLUMN = 7  # nodes of one column around an element; what is more stands in the tables below
PATH_COLUMN = 8  # nodes of one column on a journey's path
WHOLE = 60  # elements up to which a graph is drawn whole
WHOLE_COLUMN = 16


@dataclass(frozen=True, slots=True)
class Node:
    """Something that is drawn. `layer` is its column: 0 for what the view is about, more for what that needs, less for what needs it.

    `note` is the second line in the picture, `single` marks a single point of failure, `folded` counts further
    elements that the node stands for (then `element` is None). A node that stands for a team has a `name` of its own.
    """

    key: str
    element: int | None
    layer: int
    note: str = ""
    single: bool = False
    focus: bool = False
    folded: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` needs `target` (keys of nodes). `heavy`: it leads to a single point of failure. `note` stands on it."""

    source: str
    target: str
    hard: bool = True
    heavy: bool = False
    note: str = ""


@dataclass(frozen=True)
class View:
    """Nodes in the order of their layers, and the edges between them. `titles` name the layers; `root` is what it is about."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    titles: dict[int, str] = field(default_factory=dict)
    root: int | None = None

    @property
    def number(self) -> int:
        """How many elements the nodes stand for."""
        return sum(node.folded or 1 for node in self.nodes)


def ego(outline: Outline, focus: int) -> View:
    """Return what stands around an element: what it needs and what needs it, two steps in each direction."""
    needs = _reached(focus, lambda one: [link.target for link in outline.links[one]])
    above = _reached(focus, lambda one: outline.needed_by[one]) - needs
    links = _links(outline, focus, needs | above)
    chosen = _Chosen(_layers(focus, needs, above, links), links)
    titles = {-2: "Need those", -1: "Need it", 1: "It needs", 2: "Those need"}
    if all(outline.graph[one].kind == JOURNEY for one, layer in chosen.layers.items() if layer == -2):  # noqa: PLR2004 the layer of that title
        titles[-2] = "Journeys"
    return _view(outline, focus, chosen, EGO_COLUMN, titles)


def critical_path(outline: Outline, root: int) -> View:
    """Return what a root cannot do without: its hard dependencies at any depth, and domains that hold too much of them."""

    def further(one: int) -> list[int]:
        return [link.target for link in outline.links[one] if link.hard and (link.fatal or not link.of)]

    needs = _reached(root, further, hops=None)
    links = [one for one in _links(outline, root, needs) if one.link.hard]
    return _view(outline, root, _Chosen(_layers(root, needs, set(), links), links), PATH_COLUMN, {})


def whole(outline: Outline) -> View:
    """Return all elements of a small graph, what nothing depends on first; domains are left out, tables tell of them."""
    shown = {at for at, one in enumerate(outline.graph.system.elements) if one.kind not in (INSTANCE, DOMAIN)}
    links = _links(outline, None, shown)
    return _view(outline, None, _Chosen(layered(sorted(shown), _targets(links)), links), WHOLE_COLUMN, {})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A link that is drawn, and whether a single point of failure spreads along it."""

    source: int
    link: Link
    heavy: bool


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is drawn: the column of each element, and the links between them."""

    layers: dict[int, int]
    links: list[_Drawn]


def _links(outline: Outline, focus: int | None, shown: set[int]) -> list[_Drawn]:
    """Return the links between elements that are shown.

    A domain in which what stands above it stands too is joined to that alone.
    """
    first, heavy = critical_ways(outline, focus, shown)
    return [
        _Drawn(one, link, (one, link.target) in heavy)
        for one in sorted(shown)
        for link in outline.links[one]
        if link.target in shown
        and (not link.fatal or link.target not in first or (one, link.target) in first[link.target])
    ]


def _targets(links: Iterable[_Drawn]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one in links:
        found[one.source].append(one.link.target)
    return found


def _reached(start: int, further: Callable[[int], Iterable[int]], hops: int | None = HOPS) -> set[int]:
    distance, queue = {start: 0}, deque([start])
    while queue:
        one = queue.popleft()
        if hops is not None and distance[one] >= hops:
            continue
        for other in further(one):
            if other not in distance:
                distance[other] = distance[one] + 1
                queue.append(other)
    return set(distance)


def _layers(focus: int, needs: set[int], above: set[int], links: Sequence[_Drawn]) -> dict[int, int]:
    """Return the column of each element: as far to the right as what needs it demands, the other way round on the left."""
    inside = [one for one in links if one.source in needs and one.link.target in needs]
    right = layered([focus, *sorted(needs - {focus})], _targets(inside))
    upwards: dict[int, list[int]] = defaultdict(list)
    for one in links:
        if one.source in above and one.link.target in above | {focus}:
            upwards[one.link.target].append(one.source)
    left = layered([focus, *sorted(above)], upwards)
    return {**{one: -layer for one, layer in left.items()}, **right}


def _view(outline: Outline, focus: int | None, chosen: _Chosen, column: int, titles: dict[int, str]) -> View:
    single = _single(outline, focus)
    columns: dict[int, list[Node]] = defaultdict(list)
    for one, layer in chosen.layers.items():
        node = Node(outline.graph[one].id, one, layer, _note(outline, one, chosen.links), one in single, one == focus)
        columns[layer].append(node)
    names: dict[int, str] = {}
    nodes: list[Node] = []
    for layer in sorted(columns):
        shown = _folded(outline, columns[layer], column)
        nodes += shown
        kept = {node.key for node in shown}
        for node in columns[layer]:
            names[node.element or 0] = node.key if node.key in kept else f"more{layer}"
    shown_titles = {layer: text for layer, text in titles.items() if layer in columns}
    return View(tuple(nodes), _edges(chosen.links, names), shown_titles, focus)


def _single(outline: Outline, focus: int | None) -> set[int]:
    """Return the subjects of the single points of an element; of every root where the view has no focus."""
    roots = outline.graph.roots if focus is None else (focus,)
    return set().union(*map(outline.single_subjects, roots)) - {focus}


def _folded(outline: Outline, column: Sequence[Node], most: int) -> list[Node]:
    """Return the nodes of a column; of too many the most telling ones, and one that stands for the rest."""

    def rank(node: Node) -> tuple[bool, bool, float, str]:
        return not node.single, *outline.graph[node.element or 0].precedence

    if len(column) <= most:
        return sorted(column, key=rank)
    ranked = sorted(column, key=rank)
    rest = ranked[most - 1 :]
    layer = rest[0].layer
    more = Node(f"more{layer}", None, layer, "in the tables below", single=False, folded=len(rest))
    return [*ranked[: most - 1], more]


def _edges(links: Iterable[_Drawn], names: dict[int, str]) -> tuple[Edge, ...]:
    """Return the lines between nodes; those of folded elements are one."""
    found: dict[tuple[str, str], Edge] = {}
    for one in links:
        key = names[one.source], names[one.link.target]
        if key[0] == key[1]:
            continue
        note = _note_of(one.link.group)
        known = found.get(key, Edge(*key, hard=False))
        found[key] = Edge(*key, known.hard or one.link.hard, known.heavy or one.heavy, known.note or note)
    return tuple(found.values())


def _note_of(group: Group) -> str:
    """Return what stands on a line: that one of several is enough, or that something is needed only to start."""
    if group.origin != "dependency":
        return ""
    if group.needed == "start":
        return "to start"
    if not (group.hard and group.redundant):
        return ""
    stand_ins = {one for one in group.members if group.members.count(one) > 1}
    alike = len(set(group.members) - stand_ins)
    return f"{group.need} of {alike}, or instead" if stand_ins else f"{group.need} of {alike}"


def _note(outline: Outline, index: int, links: Iterable[_Drawn]) -> str:
    """Return the second line of a node: what it is, and how many copies it needs."""
    one = outline.graph[index]
    if one.kind == JOURNEY:
        return "journey"
    if one.kind == DOMAIN:
        held = [one.link for one in links if one.link.target == index and one.link.of]
        return f"holds {held[0].holds} of {held[0].of}" if len(held) == 1 else one.level or "failure domain"
    if one.kind == EXTERNAL:
        return "external"
    parts = [f"tier {one.tier}"] if one.kind not in STORES and one.tier is not None else []
    group = next((group for group in outline.graph.system.groups_of[index] if group.origin == "replicas"), None)
    if group is not None:
        parts.append(f"{group.need} of {len(set(group.members))}")
    elif one.kind in STORES or not parts:
        parts.append("1 of 1, assumed")
    return ", ".join(parts)
