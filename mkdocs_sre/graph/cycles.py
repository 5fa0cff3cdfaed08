"""What needs itself in a circle, and what can for that reason never start."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mkdocs_sre.graph.components import components
from mkdocs_sre.graph.needs import Needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.model import System


def shortest_cycles(successors: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return one shortest cycle of each strongly connected component that has one, in order of their first elements.

    A cycle begins with its element that is first in order and ends with the one that leads back to it; an element that
    leads to itself is a cycle of one. Of equally short ones it is that with the least first element. Cost: up to one
    search a member of a component; searches end at the shortest cycle known, and what cannot lie on a further cycle is
    taken away first.
    """
    found: list[tuple[int, ...]] = []
    for members in components(successors):
        within = set(members)
        inner = {one: sorted(within.intersection(successors[one])) for one in members}
        loop = next((one for one in members if one in inner[one]), None)
        if loop is not None:
            found.append((loop,))
        elif len(members) > 1:
            found.append(_shortest(members, inner))
    return tuple(sorted(found))


def _shortest(members: Sequence[int], inner: dict[int, list[int]]) -> tuple[int, ...]:
    best: tuple[int, ...] = ()
    left = _Left(inner)
    for start in members:
        if start not in left.successors:
            continue
        cycle = _through(start, left.successors, len(best))
        if cycle and (not best or len(cycle) < len(best)):
            best = cycle
        if len(best) == 2:  # noqa: PLR2004 - there is none shorter, as nothing leads to itself
            break
        left.take(start)
    return best


def _through(start: int, successors: dict[int, list[int]], below: int) -> tuple[int, ...]:
    """Return a shortest cycle through an element, empty when there is none shorter than `below` (0: than anything)."""
    before = {start: start}
    depth = {start: 1}
    queue = deque([start])
    while queue:
        one = queue.popleft()
        if below and depth[one] >= below:
            break
        for other in successors[one]:
            if other == start:
                cycle = [one]
                while cycle[-1] != start:
                    cycle.append(before[cycle[-1]])
                return tuple(reversed(cycle))
            if other not in before and other in successors:
                before[other] = one
                depth[other] = depth[one] + 1
                queue.append(other)
    return ()


class _Left:
    """A graph from which elements are taken, and with each all that no longer lies on a cycle for want of it."""

    def __init__(self, successors: dict[int, list[int]]) -> None:
        self.successors = {one: list(others) for one, others in successors.items()}
        self.predecessors: dict[int, list[int]] = {one: [] for one in successors}
        for one, others in successors.items():
            for other in others:
                self.predecessors[other].append(one)
        self._leading = {one: len(others) for one, others in self.successors.items()}
        self._led = {one: len(others) for one, others in self.predecessors.items()}

    def take(self, element: int) -> None:
        """Take an element away, and what then has no way on or no way in."""
        waiting = [element]
        while waiting:
            one = waiting.pop()
            if one not in self.successors:
                continue
            for other in self.successors.pop(one):
                self._led[other] -= 1
                if not self._led[other]:
                    waiting.append(other)
            for other in self.predecessors.pop(one):
                self._leading[other] -= 1
                if not self._leading[other]:
                    waiting.append(other)


def cold_start_deadlock(system: System) -> tuple[int, ...]:
    """Return what cannot start although nothing has failed, since it waits for itself in a circle; in order.

    That is: not in the least fixed point of "has started" over the hard groups that are needed to start. In the
    greatest one, with nothing failed, everything is up, as a group asks for no more members than it has. Each element
    starts once, and then counts for the groups that wait for it: linear in elements and members.
    """
    needs = Needs.of(system, without="run")
    groups = [
        (owner, len(members) - slack, members)
        for owner in range(len(needs))
        for slack, members in [*((0, (one,)) for one in needs.plain[owner]), *needs.choices[owner]]
    ]
    waits = [0] * len(needs)  # for so many groups
    waiting_for: list[list[int]] = [[] for _ in waits]
    missing = [need for _, need, _ in groups]
    for position, (owner, _, members) in enumerate(groups):
        waits[owner] += 1
        for member in members:
            waiting_for[member].append(position)
    started = [index for index, count in enumerate(waits) if not count]
    for index in started:  # grows as it goes
        for position in waiting_for[index]:
            missing[position] -= 1
            if not missing[position]:
                owner = groups[position][0]
                waits[owner] -= 1
                if not waits[owner]:
                    started.append(owner)
    return tuple(sorted(set(range(len(needs))).difference(started)))
