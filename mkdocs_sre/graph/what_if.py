"""What follows when given elements fail: what goes down, what only degrades, what is left without a spare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.graph.faults import running
from mkdocs_sre.graph.fixed_points import rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.graph.model import Group, System


@dataclass(frozen=True, slots=True)
class Loss:
    """`element` is hit, since its `group` has lost the members `lost` (each once). All are indexes of elements."""

    element: int
    group: Group
    lost: tuple[int, ...]

    @property
    def spare(self) -> int:
        """How many further members (as often as listed) the group may lose; below 0 when it is short."""
        return self.group.slack - sum(member in self.lost for member in self.group.members)


@dataclass(frozen=True, slots=True)
class Outage:
    """What follows when exactly `failed` have failed.

    `rounds` is what goes down, each round for want of what is gone before it, instances and domains too. `degraded` is
    what works without a soft dependency, or with something that does. `strained` holds the groups that have lost
    members and are enough all the same; `stuck` what runs on, but lacks something that it needs to start.
    """

    failed: tuple[int, ...]
    rounds: tuple[tuple[Loss, ...], ...]
    degraded: tuple[Loss, ...]
    strained: tuple[Loss, ...]
    stuck: tuple[Loss, ...]

    @property
    def down(self) -> tuple[int, ...]:
        """What goes down, the failed elements left out, in order of elements."""
        return tuple(sorted(loss.element for one in self.rounds for loss in one))


def what_if(system: System, failed: Iterable[int]) -> Outage:
    """Return what follows when exactly the given elements fail. Linear in the size of the system."""
    given = tuple(sorted(set(failed)))
    gone = set(given)
    spread = []
    for one in rounds(system, given):
        spread.append(tuple(_loss(index, group, gone) for index, group in one))
        gone.update(index for index, _ in one)
    soft = [(index, group) for one in rounds(system, given, soft=True) for index, group in one]
    affected = gone | {index for index, _ in soft}
    degraded = sorted(
        (one for one in soft if one[0] not in gone and system.elements[one[0]].counts), key=lambda one: one[0]
    )
    return Outage(
        given,
        tuple(spread),
        tuple(_loss(index, group, affected) for index, group in degraded),
        tuple(loss for loss in _touched(system, gone) if running(loss.group) and loss.spare >= 0),
        tuple(
            loss for loss in _touched(system, gone) if not running(loss.group) and loss.group.hard and loss.spare < 0
        ),
    )


def _loss(index: int, group: Group, gone: set[int]) -> Loss:
    return Loss(index, group, tuple(dict.fromkeys(member for member in group.members if member in gone)))


def _touched(system: System, gone: set[int]) -> Iterator[Loss]:
    """Yield what the groups of elements that still work have lost, in order of groups."""
    seen = {id(group) for member in gone for group in system.groups_with[member]}
    for group in system.groups:
        if id(group) in seen and group.owner not in gone:
            yield _loss(group.owner, group, gone)
