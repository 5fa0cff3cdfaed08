"""Sets of indexes as Python integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def members_of(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first.

    >>> list(members_of(0b1010))
    [1, 3]
    """
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
