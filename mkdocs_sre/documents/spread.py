"""How a handful of durations spread: median and quartiles, and a scale on which to draw them; pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import log1p
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENOUGH = 4  # durations below which quartiles would only repeat the durations themselves
WIDE = 20  # times the shortest: past that a linear scale squeezes the short ones into one spot
_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta()
_ROUND = tuple(
    [timedelta(minutes=one) for one in (1, 2, 5, 10, 15, 30)]
    + [timedelta(hours=one) for one in (1, 2, 4, 8)]
    + [timedelta(days=one) for one in (1, 2, 7, 14, 30, 90, 365, 1825)]
)


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations from the shortest to the longest, with their median; quartiles only when there are `ENOUGH`."""

    points: tuple[timedelta, ...]
    median: timedelta
    lower: timedelta | None = None
    upper: timedelta | None = None

    @property
    def count(self) -> int:
        """How many durations there are."""
        return len(self.points)


def spread(lengths: Iterable[timedelta]) -> Spread | None:
    """Return the spread of some durations; None without any.

    >>> found = spread(timedelta(minutes=one) for one in (39, 4, 22, 9, 26))
    >>> print(found.lower, found.median, found.upper)
    0:09:00 0:22:00 0:26:00
    """
    points = tuple(sorted(lengths))
    if not points:
        return None
    enough = len(points) >= ENOUGH
    return Spread(points, quartile(points, 2), *((quartile(points, 1), quartile(points, 3)) if enough else ()))


def quartile(points: Sequence[timedelta], number: int) -> timedelta:
    """Return the first, second or third quartile of sorted durations: the one at (count - 1) * number / 4.

    Between two durations the value is interpolated, which is type 7 of Hyndman and Fan, "Sample Quantiles in
    Statistical Packages", The American Statistician 50 (1996), 361-365. `points` holds at least one.
    """
    below, rest = divmod((len(points) - 1) * number, 4)
    if not rest:
        return points[below]
    return points[below] + (points[below + 1] - points[below]) * rest / 4


@dataclass(frozen=True, slots=True)
class Scale:
    """Where durations from nothing to the longest stand on a line.

    A logarithmic one goes by log(1 + minutes), so that nothing at all has a place too.
    """

    longest: timedelta
    logarithmic: bool = False

    @classmethod
    def over(cls, lengths: Iterable[timedelta]) -> Self:
        """Return the scale for some durations, logarithmic when the longest is over `WIDE` times the shortest."""
        found = [length for length in lengths if length > _NOTHING]
        longest = max(found, default=_NOTHING)
        return cls(longest, longest > WIDE * min(found, default=_NOTHING))

    def at(self, length: timedelta) -> float:
        """Return the place of a duration in percent of the line, with two digits; 0 on a line without length."""
        if self.longest <= _NOTHING:
            return 0.0
        share = length / self.longest
        if self.logarithmic:
            share = log1p(max(length, _NOTHING) / _MINUTE) / log1p(self.longest / _MINUTE)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def ticks(self, gap: float) -> list[timedelta]:
        """Return nothing and round durations that stand at least `gap` percent apart."""
        chosen = [_NOTHING]
        for length in _ROUND:
            if length <= self.longest and self.at(length) - self.at(chosen[-1]) >= gap:
                chosen.append(length)
        return chosen
