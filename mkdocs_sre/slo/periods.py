"""Periods: how long a window is, and from when to when it goes on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_sre.documents.values import add_months

if TYPE_CHECKING:
    from mkdocs_sre.documents.windows import Window

DAY = 86400
# What burn rates of a calendar window are computed with, so that alerts do not change from month to month.
NOMINAL_DAYS = {"month": 30, "quarter": 90}
_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a window goes; `end` is the first moment after it. Both have an offset."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> Fraction:
        """How long it is: a month in which the clock is set forward is an hour shorter."""
        return Fraction(int((self.end - self.start).total_seconds()))


def nominal_seconds(window: Window) -> int:
    """Return the length of a window in seconds: a month counts 30 days, a quarter 90."""
    return window.rolling.seconds if window.rolling else NOMINAL_DAYS[window.calendar] * DAY


def period_on(window: Window, as_of: date, timezone: str | None) -> Period:
    """Return the window as it stands at the end of a day.

    A rolling window ends with the day, a calendar one is the month or quarter that holds it. The days are those of the
    time zone (IANA), UTC without one.
    """
    zone = ZoneInfo(timezone or "UTC")
    if window.rolling:
        end = end_of_day(as_of, timezone)
        return Period(end - timedelta(seconds=window.rolling.seconds), end)
    months = _MONTHS[window.calendar]
    first = date(as_of.year, (as_of.month - 1) // months * months + 1, 1)
    return Period(_midnight(first, zone), _midnight(add_months(first, months), zone))


def end_of_day(day: date, timezone: str | None) -> datetime:
    """Return the first moment after a day of a time zone (IANA; UTC without one), in UTC."""
    return _midnight(day + timedelta(days=1), ZoneInfo(timezone or "UTC"))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # In UTC, so that the difference of two of them counts the hours that went by, and not those of the clock on the wall.
    return datetime.combine(day, time(), zone).astimezone(ZoneInfo("UTC"))
