"""The graph as people draw it: copies folded into the service that they are of, and domains that hold too many of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.graph.faults import running
from mkdocs_sre.graph.model import INSTANCE

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph, SinglePoint
    from mkdocs_sre.graph.model import Group


@dataclass(frozen=True, slots=True)
class Link:
    """An element needs another (`target`), or stands in it.

    `group` is what says so. `holds` counts the copies of the element that stand in a domain, `of` all its copies; both
    are 0 for other links. `fatal`: the loss of the target alone takes the element down.
    """

    target: int
    group: Group
    hard: bool = True
    fatal: bool = True
    holds: int = 0
    of: int = 0


class Outline:
    """Who needs whom, by the indexes of a graph's elements, without copies."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._within: dict[int, frozenset[int]] = {}

    @cached_property
    def links(self) -> list[tuple[Link, ...]]:
        """What each element needs, in order of elements; a copy has no links."""
        elements = self.graph.system.elements
        return [() if one.kind == INSTANCE else self._links(index) for index, one in enumerate(elements)]

    @cached_property
    def needed_by(self) -> list[list[int]]:
        """Who needs each element, each once; who only has some of its copies in a domain is left out."""
        found: list[dict[int, None]] = [{} for _ in self.graph.system.elements]
        for index, links in enumerate(self.links):
            for link in links:
                if link.fatal or not link.of:
                    found[link.target][index] = None
        return [list(one) for one in found]

    def link(self, source: int, target: int) -> Link | None:
        """Return the strongest link between two elements; None when there is none."""
        return next((one for one in self.links[source] if one.target == target), None)

    def single_subjects(self, root: int) -> set[int]:
        """Return what alone takes an element down, copies as the service that they are of; that can be the element itself."""
        return {self.graph.subject(one) for one in self.graph.single_elements(root)}

    def single_points(self, root: int) -> dict[int, SinglePoint]:
        """Return the same with the way to each, by subject: of several copies the way to the first."""
        found: dict[int, SinglePoint] = {}
        for point in self.graph.single_points(root):
            found.setdefault(self.graph.subject(point.element), point)
        return found

    def _links(self, index: int) -> tuple[Link, ...]:
        found: dict[int, Link] = {}
        for group in self.graph.system.groups_of[index]:
            for link in self._copies(group) if group.origin == "replicas" else _members(group):
                known = found.get(link.target)
                if link.target != index and (known is None or (link.hard and not known.hard)):
                    found[link.target] = link
        return tuple(found[target] for target in sorted(found))

    def _copies(self, group: Group) -> list[Link]:
        """Return links to the domains in which copies stand, and to the lowest ones that hold too many of them."""
        counts: Counter[int] = Counter()
        direct: set[int] = set()
        for copy in dict.fromkeys(group.members):
            direct |= self._places(copy)
            counts.update(self.domains(copy))
        number = len(set(group.members))
        fatal = {domain for domain, held in counts.items() if held > group.slack}
        lowest = {one for one in fatal if not any(one in self.domains(other) for other in fatal if other != one)}
        return [
            Link(one, group, fatal=one in fatal, holds=counts[one], of=number)
            for one in sorted((direct if fatal & direct else set()) | lowest)
        ]

    def _places(self, index: int) -> set[int]:
        return {
            member
            for group in self.graph.system.groups_of[index]
            if group.origin == "placement"
            for member in group.members
        }

    def domains(self, index: int) -> frozenset[int]:
        """Return all domains in which an element stands, those around them among them."""
        if index not in self._within:
            found: set[int] = set()
            waiting = [index]
            while waiting:
                new = self._places(waiting.pop()) - found
                found |= new
                waiting += new
            self._within[index] = frozenset(found - {index})
        return self._within[index]


def _members(group: Group) -> list[Link]:
    """Return links to the members of a group. What is needed only to start is drawn too, as something that degrades."""
    hard = group.hard and running(group)
    return [Link(member, group, hard, fatal=hard and not group.slack) for member in dict.fromkeys(group.members)]
