"""Everything that is known of a system, each part computed once and when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.graph.bits import members_of
from mkdocs_sre.graph.declarations import declared_faults
from mkdocs_sre.graph.faults import single_faults
from mkdocs_sre.graph.model import DOMAIN, EXTERNAL, INSTANCE, JOURNEY
from mkdocs_sre.graph.ways import Step, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.model import Element, System

Cause = Literal["unreplicated", "domain", "shared", "external"]
CRITICAL = 1  # the least critical tier at which users stop


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Something physical that alone takes a root down. `way` leads from the root to it; all are indexes of elements."""

    root: int
    element: int
    cause: Cause
    declared: bool
    way: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BlastRadius:
    """What goes down with an element, and what only degrades; instances, domains and the element itself left out."""

    element: int
    down: tuple[int, ...]
    degraded: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many journeys, services of tier 0 or 1, services (stores and providers too), and owners go down."""

    journeys: int
    critical: int
    services: int
    owners: int


@dataclass(frozen=True, slots=True)
class RankedPoint:
    """One line of the register: what is single, and for which roots.

    `subject` is what a risk assessment names: the element, or the service whose copies the `elements` are. `points` are
    its single points, by root; `reach` counts what goes down with it.
    """

    subject: int
    elements: tuple[int, ...]
    cause: Cause
    declared: bool
    points: tuple[SinglePoint, ...]
    reach: Reach


class Graph:
    """The analyses of a system. Everything is named by the index of its element; `roots` are given where a file names them."""

    def __init__(self, system: System, roots: Sequence[int] = ()) -> None:
        self.system = system
        self._roots = tuple(roots)

    def __getitem__(self, index: int) -> Element:
        return self.system.elements[index]

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Those that were given, else the journeys, else what nothing depends on. Instances and domains are no roots."""
        if self._roots:
            return self._roots
        elements = self.system.elements
        journeys = tuple(index for index, one in enumerate(elements) if one.kind == JOURNEY)
        return journeys or tuple(
            index for index, one in enumerate(elements) if one.counts and not self.system.groups_with[index]
        )

    @cached_property
    def faults(self) -> list[int]:
        """By element, the single faults that take it down, as bitsets."""
        return single_faults(self.system)

    @cached_property
    def soft_faults(self) -> list[int]:
        """The same with soft groups counted as hard."""
        return single_faults(self.system, soft=True)

    @cached_property
    def declared_faults(self) -> list[int]:
        """Of `faults`, those with something written down on their ways; without the element itself."""
        return declared_faults(self.system, self.faults)

    def single_points(self, root: int) -> tuple[SinglePoint, ...]:
        """Return the physical elements that alone take a root down, the root itself left out, in order of elements."""
        faults = self.faults[root] & self.system.physical & ~(1 << root)
        return tuple(self._point(root, fault) for fault in members_of(faults))

    def critical_dependencies(self, root: int) -> tuple[int, ...]:
        """Return what takes a root down alone in the logical universe, which adds replicated services as wholes."""
        return tuple(members_of(self.faults[root] & ~(1 << root)))

    def _point(self, root: int, fault: int) -> SinglePoint:
        steps = way(self.system, self.faults, root, fault)
        said = bool(self.declared_faults[root] >> fault & 1)
        return SinglePoint(root, fault, self._cause(fault, steps), said, steps)

    def _cause(self, fault: int, steps: tuple[Step, ...]) -> Cause:
        kind = self[fault].kind
        if kind == DOMAIN:
            return "domain"
        if kind == EXTERNAL:
            return "external"
        return "shared" if any(step.group.redundant for step in steps) else "unreplicated"

    @cached_property
    def _down(self) -> list[list[int]]:
        return _transposed(self.faults)

    @cached_property
    def _affected(self) -> list[list[int]]:
        return _transposed(self.soft_faults)

    def blast_radius(self, element: int) -> BlastRadius:
        """Return what goes down or degrades when an element alone fails."""
        down = tuple(one for one in self._down[element] if one != element and self[one].counts)
        gone = {element, *down}
        degraded = tuple(one for one in self._affected[element] if one not in gone and self[one].counts)
        return BlastRadius(element, down, degraded)

    def reach(self, element: int) -> Reach:
        """Return how much goes down with an element; a journey is no service."""
        down = [self[one] for one in self.blast_radius(element).down]
        services = [one for one in down if one.kind != JOURNEY]
        return Reach(
            len(down) - len(services),
            sum(one.tier is not None and one.tier <= CRITICAL for one in services),
            len(services),
            len({one.owner for one in down if one.owner}),
        )

    @cached_property
    def register(self) -> tuple[RankedPoint, ...]:
        """The single points of all roots: most journeys first, then most services of tier 0 and 1, then most services."""
        found: dict[int, list[SinglePoint]] = defaultdict(list)
        for root in self.roots:
            for point in self.single_points(root):
                found[self.subject(point.element)].append(point)
        ranked = [self._ranked(subject, points) for subject, points in found.items()]
        return tuple(sorted(ranked, key=lambda one: (*_rank(one.reach), self[one.subject].id.lower())))

    def subject(self, element: int) -> int:
        """Return the service of an instance, and any other element itself."""
        one = self[element]
        found = self.system.find(one.service) if one.kind == INSTANCE else None
        return element if found is None else found

    def _ranked(self, subject: int, points: list[SinglePoint]) -> RankedPoint:
        elements = tuple(sorted({point.element for point in points}))
        said = any(point.declared for point in points)
        reach = self.reach(elements[0])
        return RankedPoint(subject, elements, points[0].cause, said, tuple(points), reach)

    @cached_property
    def declared_share(self) -> tuple[int, int]:
        """How many dependencies say how critical or redundant they are, and how many there are."""
        groups = [group for group in self.system.groups if group.origin == "dependency"]
        return sum(group.declared for group in groups), len(groups)


def _rank(reach: Reach) -> tuple[int, int, int]:
    return -reach.journeys, -reach.critical, -reach.services


def _transposed(rows: list[int]) -> list[list[int]]:
    """Return, by bit, the rows in which it stands."""
    found: list[list[int]] = [[] for _ in rows]
    for row, bits in enumerate(rows):
        for bit in members_of(bits):
            found[bit].append(row)
    return found
