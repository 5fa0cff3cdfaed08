"""Exact numbers as messages say them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Callable

_UNITS = ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes"), (1, "seconds"))
_FEWEST_DECIMALS = 2
_MOST_DECIMALS = 12


def length(seconds: Fraction | int) -> str:
    """Return a length of time in its largest unit of which there are at least two, rounded to four digits.

    >>> length(Fraction("259.2")), length(86400), length(60)
    ('4.32 minutes', '24 hours', '60 seconds')
    """
    size, unit = next((one for one in _UNITS if seconds >= 2 * one[0]), _UNITS[-1])
    return f"{decimal_text(Fraction(seconds) / size, 4)} {unit}"


def below(ratio: Fraction) -> str:
    """Return the nearest number of percent below a ratio from 0 to 1, with two decimals or as few more as it takes.

    >>> below(Fraction("0.9998842")), below(Fraction("0.9998"))
    ('99.98', '99.97')
    """
    return _step(ratio, lambda scaled: ceil(scaled) - 1, 0)


def above(ratio: Fraction) -> str:
    """Return the nearest number of percent above a ratio from 0 to 1, with two decimals or as few more as it takes.

    >>> above(Fraction("0.930555")), above(Fraction("0.99999"))
    ('93.06', '99.9991')
    """
    return _step(ratio, lambda scaled: floor(scaled) + 1, 100)


def at_least(ratio: Fraction) -> str:
    """Return the least number of percent that is not below a ratio, with two decimals or as few more as it takes.

    >>> at_least(Fraction("0.0694444")), at_least(Fraction(1, 10))
    ('6.95', '10')
    """
    return _step(ratio, ceil, 100)


def at_most(ratio: Fraction) -> str:
    """Return the greatest number of percent that is not above a ratio, with two decimals or as few more as it takes.

    >>> at_most(Fraction("0.9998842")), at_most(Fraction(9, 10))
    ('99.98', '90')
    """
    return _step(ratio, floor, 0)


def _step(ratio: Fraction, step: Callable[[Fraction], int], edge: int) -> str:
    """Return the first of the stepped numbers of percent, decimals growing, that is not at the edge."""
    decimals = _FEWEST_DECIMALS
    while step(ratio * 100 * 10**decimals) == edge * 10**decimals and decimals < _MOST_DECIMALS:
        decimals += 1
    return decimal_text(Fraction(step(ratio * 100 * 10**decimals), 10**decimals), 20)
