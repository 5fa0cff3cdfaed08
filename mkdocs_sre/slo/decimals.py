"""Exact fractions as decimal text: what is printed and exported shows no noise of binary fractions."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor


@lru_cache(maxsize=4096)  # the same few burn rates and thresholds stand in thousands of rules
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


def ratio_percent(ratio: Fraction, significant: int = 4) -> str:
    """Return a ratio in percent, rounded to so many significant digits: `1.44 %`.

    >>> ratio_percent(Fraction("0.0144")), ratio_percent(Fraction(1, 3)), ratio_percent(Fraction("0.00001"))
    ('1.44 %', '33.33 %', '0.001 %')
    """
    return f"{decimal_text(ratio * 100, significant)} %"


def share_percent(share: Fraction, decimals: int = 0) -> str:
    """Return a share of a budget in percent, rounded; it never becomes the whole, nor hides that it is more than that.

    >>> share_percent(Fraction("0.7315")), share_percent(Fraction("0.9999")), share_percent(Fraction("1.0001"))
    ('73 %', '99 %', '101 %')
    >>> share_percent(Fraction("1.45692"), 1), share_percent(Fraction(12))
    ('145.7 %', '1,200 %')
    """
    steps = 10**decimals
    exact = share * 100 * steps
    found, whole = round(exact), 100 * steps
    if share < 1 and found >= whole:
        found = floor(exact)
    elif share > 1 and found <= whole:
        found = ceil(exact)
    digits, point, rest = decimal_text(Fraction(found, steps)).partition(".")
    return f"{int(digits):,}{point}{rest} %"
