"""Availabilities as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def cut_percent(ratio: Fraction, decimals: int = 2) -> str:
    """Return a ratio from 0 to 1 in percent, cut off after so many decimals: an availability is never rounded up.

    >>> from fractions import Fraction
    >>> cut_percent(Fraction("0.9985005")), cut_percent(Fraction("0.99999")), cut_percent(Fraction(1))
    ('99.85 %', '99.99 %', '100 %')
    """
    whole, rest = divmod(ratio.numerator * 100 * 10**decimals // ratio.denominator, 10**decimals)
    digits = f"{rest:0{decimals}d}".rstrip("0")
    return f"{whole}.{digits} %" if digits else f"{whole} %"
