"""Periods: how long a window is, and from when to when it goes on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_sre.documents.values import add_months
from mkdocs_sre.slo.durations import DAY

if TYPE_CHECKING:
    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.documents.windows import Window

# What burn rates of a calendar window are computed with, so that alerts do not change from month to month.
NOMINAL_DAYS = {"month": 30, "quarter": 90}
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC, microsecond=0)
_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a window goes; `end` is the first moment after it. Both have an offset."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> Fraction:
        """How long it is: a month in which the clock is set forward is an hour shorter."""
        return elapsed(self.start, self.end)


def elapsed(start: datetime, end: datetime) -> Fraction:
    """Return how many seconds went by from one moment to another, exactly; both have an offset."""
    # Two times of one zone are subtracted by the clock on the wall, which an hour set forward makes wrong.
    length = end.astimezone(UTC) - start.astimezone(UTC)
    return Fraction(length // timedelta(microseconds=1), 1_000_000)


def nominal_seconds(window: Window) -> int:
    """Return the length of a window in seconds: a month counts 30 days, a quarter 90."""
    return window.rolling.seconds if window.rolling else NOMINAL_DAYS[window.calendar] * DAY


def period_on(window: Window, as_of: date, timezone: str | None) -> Period:
    """Return the window as it stands at the end of a day.

    A rolling window ends with the day, a calendar one is the month or quarter that holds it. The days are those of the
    time zone (IANA), UTC without one. At the ends of the calendar it is shorter.
    """
    if window.rolling:
        return rolling_until(end_of_day(as_of, timezone), window.rolling)
    months = _MONTHS[window.calendar]
    first = date(as_of.year, (as_of.month - 1) // months * months + 1, 1)
    ends = first.year == MAXYEAR and first.month + months > 12  # noqa: PLR2004 months of a year
    return Period(_midnight(first, timezone), LAST if ends else _midnight(add_months(first, months), timezone))


def rolling_until(end: datetime, length: Duration) -> Period:
    """Return the time of a length that ends with a moment, in UTC; it begins with the calendar at the earliest."""
    whole = timedelta(seconds=length.seconds)
    return Period(end - whole if end - FIRST > whole else FIRST, end)


def start_of_day(day: date, timezone: str | None) -> datetime:
    """Return the first moment of a day of a time zone (IANA; UTC without one), in UTC."""
    return _midnight(day, timezone)


def end_of_day(day: date, timezone: str | None) -> datetime:
    """Return the first moment after a day of a time zone (IANA; UTC without one), in UTC; the last one of the calendar at most."""
    return _midnight(day + timedelta(days=1), timezone) if day < date.max else LAST


def _midnight(day: date, timezone: str | None) -> datetime:
    # In UTC, so that the difference of two of them counts the hours that went by, and not those of the clock on the wall.
    try:
        return datetime.combine(day, time(), ZoneInfo(timezone or "UTC")).astimezone(UTC)
    except OverflowError:  # in the first or last hours of the calendar
        return FIRST if day.year == MINYEAR else LAST
