"""What each element needs, in the form that the passes over a system go through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

from mkdocs_sre.graph.bits import Numbered
from mkdocs_sre.graph.components import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.model import Group, Needed, System

MANY = 8  # members that may be lost: from here on a count of each fault in binary is quicker than a set for each number
Choice = tuple[int, tuple[int, ...]]  # how many members (as often as listed) may be lost, and the members


class Faults(Protocol):
    """Sets of faults of any form: `|` is what is in either, `&` what is in both."""

    def __or__(self, other: Self, /) -> Self: ...

    def __and__(self, other: Self, /) -> Self: ...


Set = TypeVar("Set", bound=Faults)


def running(group: Group) -> bool:
    """Whether a group matters to what already runs."""
    return group.needed != "start"


def starting(group: Group) -> bool:
    """Whether a group matters to what is to start."""
    return group.needed != "run"


@dataclass(frozen=True)
class Needs:
    """By element, what it needs: the members of which it can lose none (`plain`), and the groups with slack (`choices`)."""

    plain: list[list[int]]
    choices: list[Sequence[Choice]]

    @classmethod
    def of(cls, system: System, *, soft: bool = False, without: Needed = "start") -> Needs:
        """Return the needs of a system's hard groups, with `soft` of all, but for those only needed to start (or to run)."""
        plain: list[list[int]] = [[] for _ in system.elements]
        choices: dict[int, list[Choice]] = {}
        for group in system.groups:
            if (group.hard or soft) and group.needed != without:
                members = group.members
                if group.need < len(members):
                    choices.setdefault(group.owner, []).append((len(members) - group.need, members))
                else:
                    plain[group.owner] += members
        return cls(plain, [choices.get(element, ()) for element in range(len(plain))])

    @cached_property
    def successors(self) -> list[list[int]]:
        """By element, the members of all its groups."""
        return [
            [*plain, *(member for _, members in choices for member in members)] if choices else plain
            for plain, choices in zip(self.plain, self.choices, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.plain)

    @cached_property
    def stages(self) -> list[list[list[int]]]:
        """The strongly connected components, each after all that it needs, split into those of its plain needs alone.

        The parts of one stand in the same order as far as plain needs go. What is in one part goes down together.
        """
        return [[members] if len(members) == 1 else self._parts(members) for members in components(self.successors)]

    @cached_property
    def order(self) -> list[int]:
        """The elements as they stand in the stages: what is needed before what needs it, but for circles."""
        return [element for stage in self.stages for part in stage for element in part]

    @cached_property
    def firsts(self) -> Sequence[int]:
        """By place in the order, where the stage begins that stands there."""
        if len(self.stages) == len(self):
            return range(len(self))
        found: list[int] = []
        for stage in self.stages:
            found += [len(found)] * sum(map(len, stage))
        return found

    @cached_property
    def starts(self) -> list[int]:
        """By place in the order, where the part of a stage begins that stands there."""
        found: list[int] = []
        for stage in self.stages:
            for part in stage:
                found += [len(found)] * len(part)
        return found

    def single_faults(self) -> Numbered:
        """Return, by element, the faults that alone take it down, itself among them.

        The bits are numbered by `order`, so that a set is only as long as what an element can need: on the average half
        of N * N / 8 bytes for N elements.
        """
        numbered = Numbered([0] * len(self), self.order)
        for element, place in enumerate(numbered.places):
            numbered.sets[element] = 1 << place
        self.spread(numbered.sets, 0)
        return numbered

    def _parts(self, members: list[int]) -> list[list[int]]:
        place = {member: at for at, member in enumerate(members)}
        plain = [[place[one] for one in self.plain[member] if one in place] for member in members]
        return [[members[at] for at in part] for part in components(plain)]

    def cone(self, elements: Iterable[int]) -> list[int]:
        """Return the elements and all that they need, at whatever depth, in order."""
        seen = set(elements)
        waiting = list(seen)
        while waiting:
            for other in self.successors[waiting.pop()]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return sorted(seen)

    def within(self, cone: Sequence[int]) -> Needs:
        """Return the needs of a cone alone, its elements numbered in its order."""
        place = {element: at for at, element in enumerate(cone)}
        return Needs(
            [[place[one] for one in self.plain[element]] for element in cone],
            [
                [(slack, tuple(place[one] for one in members)) for slack, members in self.choices[element]]
                for element in cone
            ],
        )

    def spread(self, found: list[Set], nothing: Set) -> list[Set]:
        """Let faults spread, in place, until nothing changes: the greatest fixed point of "works". Return `found`.

        `found` holds, by element, the faults that it starts with. A fault spreads to an element when it is in the sets
        of so many members of one group that fewer than needed are left. Linear where nothing needs itself in a circle.
        """
        for stage in self.stages:
            element = stage[0][0]
            if len(stage) > 1 or len(stage[0]) > 1:
                self._spread_round(stage, found, nothing)
            elif self.successors[element]:
                found[element] = self.faults(found, element, nothing)
        return found

    def _spread_round(self, stage: Sequence[Sequence[int]], found: list[Set], nothing: Set) -> None:
        """Let faults spread among elements that need each other in a circle, round by round."""
        again = True
        while again:
            again = False
            for part in stage:
                now = nothing
                for element in part:
                    now = now | self.faults(found, element, nothing)
                for element in part:
                    again = again or now != found[element]
                    found[element] = now

    def faults(self, found: Sequence[Set], element: int, nothing: Set) -> Set:
        """Return the faults of an element so far, and what takes one of its groups below what is needed."""
        now = reduce(or_, map(found.__getitem__, self.plain[element]), found[element])
        for slack, members in self.choices[element]:
            now = now | lost(found, slack, members, nothing)
        return now


def lost(found: Sequence[Set], slack: int, members: Sequence[int], nothing: Set) -> Set:
    """Return the faults that are in the sets of more than `slack` of the members; one listed twice counts twice."""
    if slack + 1 == len(members):  # all of them
        return reduce(and_, map(found.__getitem__, members))
    if slack >= MANY and isinstance(nothing, int):
        return cast("Set", _counted(cast("Iterable[int]", map(found.__getitem__, members)), slack))
    levels = [nothing] * (slack + 1)  # levels[i]: the faults seen in more than i members so far
    for member in members:
        carried = found[member]
        for level in range(slack + 1):
            if carried == nothing:
                break  # nothing is seen in one member more: of a thousand copies each has its own faults
            levels[level], carried = levels[level] | carried, levels[level] & carried
    return levels[slack]


def _counted(sets: Iterable[int], slack: int) -> int:
    """Return the bits that are in more than `slack` of the sets: added up in binary, all bits at once."""
    digits: list[int] = []  # digits[i]: the bits whose number so far has the digit 2 ** i
    for one in sets:
        carried, place = one, 0
        while carried:
            if place == len(digits):
                digits.append(0)
            digits[place], carried = digits[place] ^ carried, digits[place] & carried
            place += 1
    more, same = 0, -1  # the bits whose number is greater by the digits so far; and those whose digits are the same
    for place in reversed(range(max(len(digits), slack.bit_length()))):
        digit = digits[place] if place < len(digits) else 0
        if slack >> place & 1:
            same &= digit
        else:
            more |= same & digit
            same &= ~digit
    return more
