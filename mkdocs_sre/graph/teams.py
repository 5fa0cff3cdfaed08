"""The map of a large system: teams, and whose services they cannot do without."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.graph.layers import layered
from mkdocs_sre.graph.model import DOMAIN, INSTANCE, JOURNEY
from mkdocs_sre.graph.views import Edge, Node, View
from mkdocs_sre.graph.words import counted

if TYPE_CHECKING:
    from mkdocs_sre.graph.outline import Outline

NOBODY = "no owner"
MOST_LINES = 3  # from one team; the table holds them all


def owned(outline: Outline) -> dict[str, list[int]]:
    """Return the elements of each owner, domains and copies left out, by the owner's name."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(outline.graph.system.elements):
        if one.kind not in (DOMAIN, INSTANCE):
            found[one.owner or NOBODY].append(index)
    return dict(sorted(found.items()))


def needs_between(outline: Outline) -> dict[tuple[str, str], int]:
    """Return how many hard dependencies lead from one owner's elements to another's, by both names."""
    counts: Counter[tuple[str, str]] = Counter()
    for owner, members in owned(outline).items():
        for index in members:
            for link in outline.links[index]:
                other = outline.graph[link.target]
                if link.hard and other.kind not in (DOMAIN, INSTANCE) and (other.owner or NOBODY) != owner:
                    counts[owner, other.owner or NOBODY] += 1
    return dict(sorted(counts.items()))


def teams(outline: Outline) -> View:
    """Return the owners as nodes, joined by hard dependencies; of each owner the strongest lines alone."""
    members, counts = owned(outline), needs_between(outline)
    names = list(members)
    numbers = {name: at for at, name in enumerate(names)}
    by_source: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (source, target), count in counts.items():
        by_source[source].append((-count, target))
    kept = {name: [target for _, target in sorted(by_source[name])[:MOST_LINES]] for name in names}
    first = sorted(numbers.values(), key=lambda at: (-_journeys(outline, members[names[at]]), names[at]))
    layers = layered(first, {numbers[name]: [numbers[one] for one in targets] for name, targets in kept.items()})
    nodes = [
        Node(name, None, layers[numbers[name]], _note(outline, members[name]), folded=len(members[name]), name=name)
        for name in names
    ]
    edges = [Edge(name, target, note=str(counts[name, target])) for name, targets in kept.items() for target in targets]
    return View(tuple(sorted(nodes, key=lambda one: (one.layer, one.key))), tuple(edges))


def _journeys(outline: Outline, members: list[int]) -> int:
    return sum(outline.graph[one].kind == JOURNEY for one in members)


def _note(outline: Outline, members: list[int]) -> str:
    journeys = _journeys(outline, members)
    services = len(members) - journeys
    parts = [counted(services, "service") if services else "", counted(journeys, "journey") if journeys else ""]
    return ", ".join(part for part in parts if part)
