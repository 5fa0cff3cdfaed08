"""Everything that is known of a system, each part computed once and when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.graph.availability import availability
from mkdocs_sre.graph.blast import blast_radii
from mkdocs_sre.graph.cuts import cut_sets
from mkdocs_sre.graph.cycles import cold_start_deadlock, shortest_cycles
from mkdocs_sre.graph.declarations import declared_faults
from mkdocs_sre.graph.large import LARGE, Large
from mkdocs_sre.graph.model import DOMAIN, EXTERNAL, INSTANCE, JOURNEY
from mkdocs_sre.graph.needs import Needs
from mkdocs_sre.graph.pairs import double_faults
from mkdocs_sre.graph.ways import Step, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.availability import Availability
    from mkdocs_sre.graph.bits import Numbered
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

    @property
    def rank(self) -> tuple[int, int, int]:
        """What puts the one that takes most down first: journeys, then services of tier 0 or 1, then services."""
        return -self.journeys, -self.critical, -self.services


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
        self._pairs: dict[int, tuple[tuple[int, int], ...]] = {}
        self._availability: dict[int, Availability] = {}

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
    def _needs(self) -> Needs:
        return Needs.of(self.system)

    @cached_property
    def _large(self) -> Large | None:
        """What answers in place of the bitsets when the system is too large for them."""
        return Large(self.system, self.roots) if len(self.system) > LARGE else None

    @cached_property
    def faults(self) -> Numbered:
        """By element, the single faults that take it down, itself among them."""
        return self._needs.single_faults()

    @cached_property
    def declared_faults(self) -> Numbered:
        """Of `faults`, those with something written down on their ways; without the element itself."""
        return declared_faults(self.system, self.faults)

    def faults_of(self, element: int) -> Sequence[int]:
        """Return what takes an element down alone, itself among it, in order; of a large system without all bitsets."""
        return self._large.faults(element) if self._large else self.faults.of(element)

    def takes_down(self, fault: int, element: int) -> bool:
        """Whether the failure of one element alone takes another down; of itself, it does."""
        return fault in self._large.faults(element) if self._large else self.faults.has(element, fault)

    def single_points(self, root: int) -> tuple[SinglePoint, ...]:
        """Return the physical elements that alone take a root down, the root itself left out, in order of elements."""
        return tuple(self.point(root, one) for one in self.single_elements(root))

    def single_elements(self, root: int) -> tuple[int, ...]:
        """Return which elements the single points of a root are, without the cost of the ways to them."""
        return tuple(one for one in self.critical_dependencies(root) if not self[one].replicated)

    def declared_points(self, root: int) -> tuple[int, ...]:
        """Return the single points of a root with something written down on a way to them, in order of elements."""
        if self._large:
            return tuple(one.element for one in self.single_points(root) if one.declared)
        return tuple(one for one in self.declared_faults.of(root) if not self[one].replicated)

    def critical_dependencies(self, root: int) -> tuple[int, ...]:
        """Return what takes a root down alone in the logical universe, which adds replicated services as wholes."""
        return tuple(one for one in self.faults_of(root) if one != root)

    def pairs(self, root: int) -> tuple[tuple[int, int], ...]:
        """Return the double points of failure: physical elements that take a root down together, neither alone; sorted."""
        if root not in self._pairs:
            self._pairs[root] = double_faults(self._needs, root, self.system.physical)
        return self._pairs[root]

    def cuts(self, root: int, order: int) -> tuple[tuple[int, ...], ...]:
        """Return the minimal cut sets of 3 up to `order` physical elements; see `cut_sets`, also for when it raises."""
        return cut_sets(self._needs, root, self.system.physical, order, self.critical_dependencies(root))

    def availability(self, root: int) -> Availability:
        """Return what the availability of a root can be, given that of the elements."""
        if root not in self._availability:
            self._availability[root] = availability(self.system, self._needs, root, self.faults_of(root))
        return self._availability[root]

    @cached_property
    def cycles(self) -> tuple[tuple[int, ...], ...]:
        """One shortest circle of each set of elements that need each other to run, over hard groups; see `shortest_cycles`."""
        return shortest_cycles(self._needs.successors)

    @cached_property
    def cold_start_deadlock(self) -> tuple[int, ...]:
        """What can never start, since it waits for itself in a circle; in order."""
        return cold_start_deadlock(self.system)

    def point(self, root: int, fault: int) -> SinglePoint:
        """Return how something physical takes a root down that it takes down alone."""
        if self._large:
            steps, said = self._large.way(root, fault)
        else:
            steps = way(self.system, lambda element: self.faults.has(element, fault), root, fault)
            said = self.declared_faults.has(root, fault)
        return SinglePoint(root, fault, self._cause(fault, steps), said, steps)

    def _cause(self, fault: int, steps: tuple[Step, ...]) -> Cause:
        kind = self[fault].kind
        if kind == DOMAIN:
            return "domain"
        if kind == EXTERNAL:
            return "external"
        return "shared" if any(step.group.redundant for step in steps) else "unreplicated"

    @cached_property
    def down_sets(self) -> Numbered:
        """By element, what goes down when it alone fails, itself among it."""
        return blast_radii(self._needs, self.faults)

    @cached_property
    def affected_sets(self) -> Numbered:
        """The same with soft groups counted as hard."""
        needs = Needs.of(self.system, soft=True)
        return blast_radii(needs, needs.single_faults())

    def blast_radius(self, element: int) -> BlastRadius:
        """Return what goes down or degrades when an element alone fails."""
        if self._large:
            down, affected = self._large.down(element), self._large.affected(element)
        else:
            down, affected = self.down_sets.of(element), self.affected_sets.of(element)
        without = {element, *down}
        return BlastRadius(
            element,
            tuple(one for one in down if one != element and self[one].counts),
            tuple(one for one in affected if one not in without and self[one].counts),
        )

    def down_with(self, subject: int) -> tuple[int, ...]:
        """Return what goes down with one thing that a risk may name: with any one of its copies, or with it itself.

        Copies and domains are left out, as in a blast radius; in order of elements.
        """
        groups = (group for group in self.system.groups_of[subject] if group.origin == "replicas")
        parts = [member for group in groups for member in group.members] or [subject]
        return tuple(sorted({one for part in parts for one in self.blast_radius(part).down}))

    def foremost(self, element: int) -> bool:
        """Whether it has no copies and nothing needs it, so that users lose it itself."""
        one = self[element]
        return not one.replicated and one.counts and not self.system.groups_with[element]

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
        return tuple(sorted(ranked, key=lambda one: (*one.reach.rank, self[one.subject].id.lower())))

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
