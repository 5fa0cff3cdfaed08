"""Which single faults take an element down on a way that somebody wrote down: one pass answers it for all elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.bits import Numbered
from mkdocs_sre.graph.components import components
from mkdocs_sre.graph.faults import lost, running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.model import System


def declared_faults(system: System, faults: Numbered) -> Numbered:
    """Return, by element, those of its single faults with a criticality, redundancy or placement anywhere on their ways.

    `faults` are those of `single_faults`; the same sets come back with what is only assumed taken out, and without
    the element itself. A fault is declared for an element when it takes down one of its declared groups, or when it
    takes down any other of its groups and is declared for a member that it takes down. Says for all pairs what
    `ways.declared` says for one; the least fixed point, in the same order and at the same cost as the faults.
    """
    owned = [[group for group in groups if group.hard and running(group)] for groups in system.groups_of]
    found = [0] * len(system)
    for members in components([[member for group in groups for member in group.members] for groups in owned]):
        again = True
        while again:
            again = False
            for index in members:
                said = found[index]
                for group in owned[index]:
                    gone = lost(faults.sets, group)
                    said |= gone if group.declared else gone & _any(found, group.members)
                said &= ~(1 << faults.places[index])
                if said != found[index]:
                    found[index] = said
                    again = len(members) > 1
    return Numbered(found, faults.order)


def _any(found: Sequence[int], members: Sequence[int]) -> int:
    said = 0
    for member in members:
        said |= found[member]
    return said
