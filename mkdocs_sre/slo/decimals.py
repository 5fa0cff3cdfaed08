"""Exact fractions as decimal text: what is printed and exported shows no noise of binary fractions."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def decimal_text(value: Fraction, significant: int = 15, *, cut: bool = False) -> str:
    """Return a fraction as plain decimal text, without exponent and without needless zeros.

    A value with more significant digits is rounded, or with `cut` cut off.

    >>> from fractions import Fraction
    >>> decimal_text(Fraction("0.0144")), decimal_text(Fraction(14, 15), 10), decimal_text(Fraction(30))
    ('0.0144', '0.9333333333', '30')
    """
    context = Context(prec=significant, rounding=ROUND_DOWN if cut else ROUND_HALF_EVEN)
    text = f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
