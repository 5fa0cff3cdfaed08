"""The same answers for systems of which no two elements can be kept side by side in bitsets: N * N / 8 bytes are too many."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.graph.blast import Counters
from mkdocs_sre.graph.faults import faults_of
from mkdocs_sre.graph.needs import Needs
from mkdocs_sre.graph.ways import Step, declared, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.model import System

LARGE = 30_000  # elements: a bitset of so many for each of them takes 120 MB


class Large:
    """Faults and blast radii of a system, worked out for the element that is asked for; of the roots, for all at once."""

    def __init__(self, system: System, roots: Sequence[int]) -> None:
        self._system = system
        self._roots = roots

    @cached_property
    def _needs(self) -> Needs:
        return Needs.of(self._system)

    @cached_property
    def _hard(self) -> Counters:
        return Counters(self._needs)

    @cached_property
    def _soft(self) -> Counters:
        return Counters(Needs.of(self._system, soft=True))

    @cached_property
    def _known(self) -> dict[int, tuple[int, ...]]:
        return faults_of(self._needs, self._roots)

    def faults(self, element: int) -> tuple[int, ...]:
        """Return what takes an element down alone, itself among it, in order."""
        if element not in self._known:
            self._known.update(faults_of(self._needs, [element]))
        return self._known[element]

    def down(self, element: int) -> list[int]:
        """Return what goes down when an element alone fails, itself among it, in order."""
        return sorted(self._hard.down([element]))

    def affected(self, element: int) -> list[int]:
        """Return the same with soft groups counted as hard."""
        return sorted(self._soft.down([element]))

    def way(self, root: int, fault: int) -> tuple[tuple[Step, ...], bool]:
        """Return a shortest way from a root to a fault, and whether anything is written down on any way between them."""
        down = self._hard.down([fault])
        taken = down.__contains__
        return way(self._system, taken, root, fault), declared(self._system, taken, root, fault)
