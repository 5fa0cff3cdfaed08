"""Sets of indexes as Python integers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW = 8  # so many bits are taken off the number one by one, which copies it for each; of more it is written out once


def members_of(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first.

    >>> list(members_of(0b1010))
    [1, 3]
    """
    if bits.bit_count() <= FEW:
        while bits:
            low = bits & -bits
            yield low.bit_length() - 1
            bits ^= low
        return
    text = f"{bits:b}"
    last = len(text) - 1
    at = text.rfind("1")
    while at >= 0:
        yield last - at
        at = text.rfind("1", 0, at)


@dataclass(frozen=True)
class Numbered:
    """A set of elements for each element, as a bitset in which `order` says what element each bit stands for."""

    sets: list[int]
    order: Sequence[int]

    @cached_property
    def places(self) -> list[int]:
        """The bit of each element: the inverse of `order`."""
        found = [0] * len(self.order)
        for place, element in enumerate(self.order):
            found[element] = place
        return found

    def has(self, index: int, element: int) -> bool:
        """Whether an element is in the set of another."""
        return bool(self.sets[index] >> self.places[element] & 1)

    def count(self, index: int) -> int:
        """Return how many elements are in the set of one."""
        return self.sets[index].bit_count()

    def of(self, index: int) -> list[int]:
        """Return the elements in the set of one, in order of elements."""
        return sorted(self.order[bit] for bit in members_of(self.sets[index]))
