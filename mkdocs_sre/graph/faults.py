"""Which single faults take an element down: one pass over the dependencies answers it for all elements at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph import needs
from mkdocs_sre.graph.bits import members_of
from mkdocs_sre.graph.needs import Needs, running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.bits import Numbered
    from mkdocs_sre.graph.model import Group, System

__all__ = ["faults_of", "lost", "running", "single_faults"]

BLOCK = 4_096  # faults that one pass follows when not all are followed at once: 512 bytes an element


def single_faults(system: System, *, soft: bool = False) -> Numbered:
    """Return, by element, what alone takes it down, itself among it; with `soft`, soft groups count as hard."""
    return Needs.of(system, soft=soft).single_faults()


def faults_of(wiring: Needs, elements: Sequence[int], block: int = BLOCK) -> dict[int, tuple[int, ...]]:
    """Return, of the given elements, the faults that alone take each down, itself among them, in order.

    What `single_faults` says of them, but followed in turns of `block` faults, so that the memory for N elements is
    N * block / 8 bytes. Takes the time of one pass for all, plus as many walks as there are turns.
    """
    cone = wiring.cone(elements)
    within = wiring.within(cone)
    place = {element: at for at, element in enumerate(cone)}
    found: dict[int, list[int]] = {element: [] for element in elements}
    for start in range(0, len(cone), block):
        own = [1 << at - start if start <= at < start + block else 0 for at in range(len(cone))]
        within.spread(own, 0)
        for element, faults in found.items():
            faults += [cone[start + bit] for bit in members_of(own[place[element]])]
    return {element: tuple(faults) for element, faults in found.items()}


def lost(found: Sequence[int], group: Group) -> int:
    """Return the faults that leave fewer members of a group than it needs: those in at least slack + 1 of their sets."""
    return needs.lost(found, group.slack, group.members, 0)
