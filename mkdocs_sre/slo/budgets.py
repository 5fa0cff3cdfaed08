"""Error budgets: how much may fail, how much of that is spent. All ratios are exact fractions, all times seconds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


def budget_seconds(allowed: Fraction, period: Fraction | int) -> Fraction:
    """Return how many seconds of full outage a period allows; `allowed` is the share that may be bad.

    >>> budget_seconds(Fraction("0.001"), 30 * DAY)
    Fraction(2592, 1)
    """
    return allowed * period


def budget_events(allowed: Fraction, period: Fraction | int, events_per_day: Decimal) -> Fraction:
    """Return how many events may be bad over a period at so many events a day.

    >>> from decimal import Decimal
    >>> budget_events(Fraction("0.01"), 30 * DAY, Decimal(37000))
    Fraction(11100, 1)
    """
    return allowed * Fraction(events_per_day) * period / DAY


def spent_share(objective: Decimal, measured: Decimal) -> Fraction:
    """Return which share of the budget a measured value has spent, 1 for all of it; both are in percent.

    More than 1 is overspent by the rest. The objective is below 100 %, as one of 100 % would leave no budget.

    >>> from decimal import Decimal
    >>> spent_share(Decimal("99.9"), Decimal("99.82"))
    Fraction(9, 5)
    """
    return (100 - Fraction(measured)) / (100 - Fraction(objective))


def incident_seconds(failing_percent: Decimal, seconds: Fraction | int) -> Fraction:
    """Return what an incident costs: the share that failed times how long it did, in seconds of full outage."""
    return Fraction(failing_percent) / 100 * seconds


def recovery_seconds(budget: Fraction, shares: Iterable[Fraction]) -> Fraction | None:
    """Return how long each of the expected incidents may last, all of them equally long; None when none costs anything.

    `budget` is in seconds of full outage, `shares` holds for each incident which share of events fails, from 0 to 1.

    Source: Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017.

    >>> recovery_seconds(Fraction(2592), [Fraction(1), Fraction(1, 5)])
    Fraction(2160, 1)
    """
    together = sum(shares, Fraction(0))
    return budget / together if together else None
