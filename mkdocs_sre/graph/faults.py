"""Which single faults take an element down: one pass over the dependencies answers it for all elements at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.components import components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.model import Group, System


def running(group: Group) -> bool:
    """Whether a group matters to what already runs."""
    return group.needed != "start"


def single_faults(system: System, *, soft: bool = False) -> list[int]:
    """Return, by element, the set of elements whose failure alone takes it down, itself among them, as a bitset.

    With `soft`, soft groups count as hard. A fault is in the set of an owner when it is in the sets of so many members
    of one group that fewer than needed are left. Elements that depend on each other are repeated until nothing
    changes; that is the greatest fixed point of "works".
    """
    owned = [[group for group in groups if running(group) and (group.hard or soft)] for groups in system.groups_of]
    successors = [[member for group in groups for member in group.members] for groups in owned]
    found = [1 << index for index in range(len(system))]
    for members in components(successors):
        again = True
        while again:
            again = False
            for index in members:
                faults = found[index]
                for group in owned[index]:
                    faults |= lost(found, group)
                if faults != found[index]:
                    found[index] = faults
                    again = len(members) > 1
    return found


def lost(found: Sequence[int], group: Group) -> int:
    """Return the faults that leave fewer members of a group than it needs: those in at least slack + 1 of their sets."""
    if len(group.members) == 1:
        return found[group.members[0]]
    levels = [0] * (group.slack + 1)  # levels[i]: the faults seen in more than i members so far
    for member in group.members:
        carried = found[member]
        for level in range(len(levels)):
            levels[level], carried = levels[level] | carried, levels[level] & carried
    return levels[-1]
