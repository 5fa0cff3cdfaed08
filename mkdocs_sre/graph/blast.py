"""What goes down when one element fails: the single faults, asked from the other side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.graph.bits import members_of
from mkdocs_sre.graph.needs import lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.needs import Needs


def blast_radii(needs: Needs, faults: Sequence[int]) -> list[int]:
    """Return, by element, all that goes down when it alone fails, itself among them, as a bitset.

    `faults` are the single faults of the same needs, of which this is the transpose. It is not turned bit by bit: what
    an element takes down by plain needs alone is one pass from what is needed to what needs it; a fault that takes a
    group with slack below what is needed takes down, besides, what its owner takes down by plain needs. The last such
    group on the way to whatever goes down shows that this is all.
    """
    found = _by_plain_needs(needs)
    for owner, choices in enumerate(needs.choices):
        for slack, members in choices:
            gone = lost(faults, slack, members, 0)
            for fault in members_of(gone) if gone else ():
                found[fault] |= found[owner]
    return found


def _by_plain_needs(needs: Needs) -> list[int]:
    found = [0] * len(needs)
    owners: list[list[int]] = [[] for _ in found]
    for owner, plain in enumerate(needs.plain):
        for member in plain:
            owners[member].append(owner)
    for stage in reversed(needs.stages):
        for part in reversed(stage):
            down = 0
            for element in part:
                down |= 1 << element
                for owner in owners[element]:
                    down |= found[owner]
            for element in part:
                found[element] = down
    return found


@dataclass(frozen=True)
class Counters:
    """What goes down when given elements fail, told by counting the lost members of groups; for one failure at a time."""

    needs: Needs

    @cached_property
    def _owners(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for owner, members in enumerate(self.needs.plain):
            for member in members:
                found[member].append(owner)
        return found

    @cached_property
    def _choices(self) -> list[tuple[int, int]]:
        """The groups with slack: their owner, and how many members may be lost."""
        return [(owner, slack) for owner, choices in enumerate(self.needs.choices) for slack, _ in choices]

    @cached_property
    def _choices_with(self) -> dict[int, list[int]]:
        """By member, the positions of its groups with slack, as often as it is listed."""
        found: dict[int, list[int]] = defaultdict(list)
        position = 0
        for choices in self.needs.choices:
            for _, members in choices:
                for member in members:
                    found[member].append(position)
                position += 1
        return found

    def down(self, failed: Iterable[int]) -> set[int]:
        """Return all elements that do not work, the failed ones among them. Linear in what these stand in."""
        down = set(failed)
        waiting = list(down)
        gone: dict[int, int] = defaultdict(int)
        while waiting:
            element = waiting.pop()
            short = list(self._owners.get(element, ()))
            for position in self._choices_with.get(element, ()):
                gone[position] += 1
                owner, slack = self._choices[position]
                if gone[position] > slack:
                    short.append(owner)
            for owner in short:
                if owner not in down:
                    down.add(owner)
                    waiting.append(owner)
        return down
