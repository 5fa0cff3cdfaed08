"""What still works when given elements have failed, and round by round how it got there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.faults import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs_sre.graph.model import Group, System


def rounds(
    system: System, failed: Iterable[int], *, soft: bool = False, counts: Callable[[Group], bool] = running
) -> list[list[tuple[int, Group]]]:
    """Return what goes down after the failed elements, round by round, each with the first of its groups that is short.

    All of a round go down for want of what earlier rounds lost. With `soft`, soft groups count as hard; `counts` says
    which groups matter at all.
    """
    lost: dict[int, int] = {}  # by identity of a group: how many of its members are down
    down = set(failed)
    front, found = sorted(down), []
    while front:
        hit: dict[int, Group] = {}
        for index in front:
            for group in system.groups_with[index]:
                if group.owner in down or not (group.hard or soft) or not counts(group):
                    continue
                lost[id(group)] = lost.get(id(group), 0) + group.members.count(index)
                if lost[id(group)] > group.slack:
                    hit.setdefault(group.owner, group)
        front = sorted(hit)
        down.update(front)
        if front:
            found.append([(index, hit[index]) for index in front])
    return found


def down(system: System, failed: Iterable[int], *, soft: bool = False) -> set[int]:
    """Return all elements that do not work when exactly the given ones have failed, those among them."""
    given = set(failed)
    return given | {index for one in rounds(system, given, soft=soft) for index, _ in one}
