"""Exact amounts of time, of events and of a budget in the words of pages."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = 100  # percent
_TENTHS = 10  # seconds below so many are told with one decimal
_FEW_HOURS = 48  # above so many hours days are easier to grasp


def lasting(seconds: Fraction | int, *, cut: bool = False) -> str:
    """Return a length of time in its two largest units, rounded to the smaller one, or with `cut` never up.

    >>> lasting(2592), lasting(Fraction("51.84")), lasting(180000), lasting(Fraction("0.25")), lasting(86400)
    ('43 min 12 s', '52 s', '2 days 2 h', '0.2 s', '1 day')
    """
    rounded: Callable[[Fraction], int] = floor if cut else round
    if seconds >= DAY and not seconds % DAY:
        return _days(int(seconds / HOUR))
    if seconds < _TENTHS:
        return f"{_plain(Fraction(rounded(Fraction(seconds) * 10), 10), 1)} s"
    for unit, small, most, names in (
        (1, 1, MINUTE, ("s", "")),
        (MINUTE, 1, HOUR, ("min", "s")),
        (HOUR, MINUTE, _FEW_HOURS * HOUR, ("h", "min")),
    ):
        steps = rounded(Fraction(seconds) / small)
        if steps * small < most:
            return _two(steps * small, unit, small, names)
    return _days(rounded(Fraction(seconds) / HOUR))


def _two(seconds: int, unit: int, small: int, names: tuple[str, str]) -> str:
    whole, rest = divmod(seconds, unit)
    return f"{whole} {names[0]}" + (f" {rest // small} {names[1]}" if rest else "")


def _days(hours: int) -> str:
    days, rest = divmod(hours, 24)
    return f"{days:,} {'day' if days == 1 else 'days'}" + (f" {rest} h" if rest else "")


@dataclass(frozen=True, slots=True)
class Scale:
    """The one unit in which all amounts of a budget are told, so that they can be compared; `seconds` is its length."""

    unit: str
    seconds: int

    def plain(self, amount: Fraction, rounded: Callable[[Fraction], int] = round) -> str:
        """Return an amount of seconds as a number of the unit with at most one decimal.

        >>> Scale("min", 60).plain(Fraction("290.4"))
        '4.8'
        """
        return _plain(Fraction(rounded(amount / self.seconds * 10), 10), 1)

    def left(self, amount: Fraction) -> str:
        """Return what is left, cut off: it is never rounded up. Below nothing, what is owed is not rounded down."""
        return self.plain(amount, floor)

    def spent(self, amount: Fraction) -> str:
        """Return what is spent, rounded up, so that it and what is left make the whole."""
        return self.plain(amount, ceil)


def scale_of(budget: Fraction) -> Scale:
    """Return the unit for a budget in seconds: hours from ten on, seconds below two minutes, else minutes."""
    if budget >= 10 * HOUR:
        return Scale("h", HOUR)
    return Scale("min", MINUTE) if budget >= 2 * MINUTE else Scale("s", 1)


def events(number: Fraction) -> str:
    """Return a number of events, cut off: half an event is none that may fail."""
    return f"{floor(number):,}"


def times(factor: Fraction) -> str:
    """Return a burn rate: `14.4 times`, `1 time`.

    >>> times(Fraction("14.4")), times(Fraction(1)), times(Fraction(14, 15))
    ('14.4 times', '1 time', '0.9333 times')
    """
    return f"{decimal_text(factor, 4)} {'time' if factor == 1 else 'times'}"


def place(percent: Fraction | float) -> float:
    """Return a number of percent as a style sheet takes it, as short as it can be."""
    found = round(float(percent), 2)
    return int(found) if found.is_integer() else found


def _plain(value: Fraction, decimals: int) -> str:
    text = f"{float(value):,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
