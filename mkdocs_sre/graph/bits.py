"""Sets of indexes as Python integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
