"""Pyrra's pairs of windows, which follow from the period alone.

Source: Pyrra, https://github.com/pyrra-dev/pyrra, `slo/rules.go`: its windows for 28 days, scaled to the period, rounded to
whole minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from mkdocs_sre.documents.burn_alerting import Calls

_FOUR_WEEKS = 28 * DAY
_NANOSECONDS = 10**9
# (what it calls, how long it must hold, short window, long window, burn rate) for 28 days
_SCALED: tuple[tuple[Calls, int, int, int, int], ...] = (
    ("page", 2 * MINUTE, 5 * MINUTE, HOUR, 14),
    ("page", 15 * MINUTE, 30 * MINUTE, 6 * HOUR, 7),
    ("ticket", HOUR, 2 * HOUR, DAY, 2),
    ("ticket", 3 * HOUR, 6 * HOUR, 4 * DAY, 1),
)


@dataclass(frozen=True, slots=True)
class PyrraWindow:
    """One pair of windows. `hold`, `short` and `long` are seconds, whole minutes; of a short period some of them are zero.

    `share` is the share of the budget, from 0 to 1, that is spent when the long window has been full of the burn rate.
    """

    calls: Calls
    hold: int
    short: int
    long: int
    factor: int
    share: Fraction


def pyrra_windows(period: int) -> tuple[PyrraWindow, ...]:
    """Return the four pairs for a period in seconds; the critical ones of Pyrra page, its warnings are tickets.

    >>> [(one.long, one.factor) for one in pyrra_windows(28 * DAY)]
    [(3600, 14), (21600, 7), (86400, 2), (345600, 1)]
    """
    return tuple(
        PyrraWindow(
            calls,
            _scaled(period, hold),
            _scaled(period, short),
            _scaled(period, long),
            factor,
            Fraction(factor * _scaled(period, long), period),
        )
        for calls, hold, short, long, factor in _SCALED
    )


def _scaled(period: int, seconds: int) -> int:
    """Return a time of the 28 days for another period: cut to nanoseconds, then rounded to minutes, half a minute up."""
    minute = MINUTE * _NANOSECONDS
    nanoseconds = period * _NANOSECONDS // (_FOUR_WEEKS // seconds)
    return (nanoseconds + minute // 2) // minute * MINUTE
