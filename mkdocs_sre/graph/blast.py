"""What goes down when one element fails: the single faults, asked from the other side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from mkdocs_sre.graph.bits import Numbered
from mkdocs_sre.graph.needs import lost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.graph.needs import Needs


def blast_radii(needs: Needs, faults: Numbered) -> Numbered:
    """Return, by element, all that goes down when it alone fails, itself among them.

    `faults` are the single faults of the same needs, of which this is the transpose. It is not turned bit by bit: each
    set is made of those of what the element takes down directly, from what is needed last to what is needed first.
    The bits are numbered backwards, so that here, too, a set is only as long as what can be in it.
    """
    leading = _leading(needs, faults)
    places = [len(needs) - 1 - place for place in faults.places]
    found = [0] * len(needs)
    for stage in reversed(needs.stages):
        element = stage[0][0]
        if len(stage) > 1 or len(stage[0]) > 1:
            _round_back(stage, found, leading, places)
        else:
            found[element] = reduce(or_, map(found.__getitem__, leading[element]), 1 << places[element])
    return Numbered(found, needs.order[::-1])


def _round_back(stage: list[list[int]], found: list[int], leading: list[list[int]], places: list[int]) -> None:
    """Work out, round by round, what goes down with elements that take each other down."""
    again = True
    while again:
        again = False
        for part in reversed(stage):
            down = 0
            for element in part:
                down |= reduce(or_, map(found.__getitem__, leading[element]), 1 << places[element])
            for element in part:
                again = again or down != found[element]
                found[element] = down


def _leading(needs: Needs, faults: Numbered) -> list[list[int]]:
    """Return, by element, elements that it takes down, such that all others are led to from these.

    They are those that need it plainly, and the owners of groups with slack that it takes below what is needed. The
    latter are left out when they are led to from something else that the element takes down, and that stands in an
    earlier stage than the owner: from that, they are told. So each owner is led to by way of ever earlier stages.
    """
    found: list[list[int]] = [[] for _ in faults.sets]
    for owner, plain in enumerate(needs.plain):
        for member in plain:
            found[member].append(owner)
    for owner, choices in enumerate(needs.choices):
        if choices:
            _lead(needs, owner, faults, needs.firsts[faults.places[owner]], found)
    return found


def _lead(needs: Needs, owner: int, faults: Numbered, first: int, found: list[list[int]]) -> None:
    """Note from which elements the owner of groups with slack is led to; its stage begins with the bit `first`."""
    sets, order, places = faults.sets, faults.order, faults.places
    told = reduce(or_, [sets[member] for member in needs.plain[owner] if places[member] < first], 0)
    for slack, members in needs.choices[owner]:
        gone = lost(sets, slack, members, 0)
        inside = gone >> first
        gone ^= inside << first
        while inside:  # one of each part is enough, as its elements go down together
            last = first + inside.bit_length() - 1
            found[order[last]].append(owner)
            inside &= (1 << needs.starts[last] - first) - 1
        gone &= ~told
        told |= gone
        while gone:
            element = order[gone.bit_length() - 1]
            found[element].append(owner)
            gone ^= gone & sets[element]


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
