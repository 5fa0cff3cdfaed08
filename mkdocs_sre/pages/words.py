"""Numbers, lengths and counts in the words that pages use."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta
    from decimal import Decimal

    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.documents.windows import Window

_SHORT = re.compile(r"(\d+)\s*([smhdw])\b")
_UNITS: Mapping[str, str] = MappingProxyType({"s": "s", "m": "min", "h": "h", "d": "day", "w": "week"})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # whatever the locale
MAX_MINUTES = 120  # above two hours, minutes alone are hard to grasp
MAX_HOURS = 96  # above four days, hours alone are


def number(value: Decimal) -> str:
    """Return a number in plain digits, thousands apart, without needless zeros.

    >>> from decimal import Decimal
    >>> number(Decimal("2360.50"))
    '2,360.5'
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def brief(value: Decimal, most: int = 15) -> str:
    """Return a number as `number` does, or with three digits and an exponent where that takes over `most` characters.

    >>> from decimal import Decimal
    >>> brief(Decimal(2000)), brief(Decimal("1234567890123456789"))
    ('2,000', '1.23e18')
    """
    text = number(value)
    if len(text) <= most:
        return text
    digits, _, exponent = f"{value:.2e}".partition("e")
    return f"{digits.rstrip('0').rstrip('.')}e{int(exponent)}"


def percent(value: Decimal) -> str:
    """Return a number of percent with its sign: `99.9 %`."""
    return f"{number(value)} %"


def brief_percent(value: Decimal) -> str:
    """Return a number of percent with one digit behind the point, however large it is.

    >>> from decimal import Decimal
    >>> brief_percent(Decimal("52.45")), brief_percent(Decimal(50)), brief_percent(Decimal("1e40"))
    ('52.4 %', '50 %', '1e40 %')
    """
    return f"{brief(type(value)(f'{value:.1f}'))} %"  # `round` knows no more than 28 digits


def minutes(length: timedelta) -> str:
    """Return a length in minutes up to two hours, above that in hours and minutes, above four days in days and hours.

    Seconds only below a minute.

    >>> from datetime import timedelta
    >>> minutes(timedelta(minutes=78)), minutes(timedelta(hours=53, minutes=36)), minutes(timedelta(days=90, hours=1))
    ('78 min', '53 h 36 min', '90 days 1 h')
    """
    seconds = int(length.total_seconds())
    if abs(seconds) < 60 and seconds:  # noqa: PLR2004 a minute's seconds
        return f"{seconds} s"
    whole = seconds // 60
    if whole <= MAX_MINUTES:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    if hours >= MAX_HOURS:
        days, hours = divmod(hours, 24)
        return f"{counted(days, 'day')} {hours} h" if hours else counted(days, "day")
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def short_day(day: date, *, year: bool = False) -> str:
    """Return a day as charts name it, where there is no room for a whole date.

    >>> from datetime import date
    >>> short_day(date(2026, 2, 24)), short_day(date(2026, 2, 24), year=True)
    ('24 Feb', '24 Feb 2026')
    """
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def length(duration: Duration | Window | str) -> str:
    """Return a duration, as its author wrote it, in words: `30d` becomes `30 days`, `calendar month` stays.

    >>> length("1h 20m"), length("1d"), length("6 months")
    ('1 h 20 min', '1 day', '6 months')
    """
    return _SHORT.sub(_unit, str(duration))


def _unit(match: re.Match[str]) -> str:
    unit = _UNITS[match[2]]
    return f"{match[1]} {unit}s" if unit in ("day", "week") and match[1] != "1" else f"{match[1]} {unit}"


def counted(count: int, one: str, several: str = "") -> str:
    """Return a count with its noun: `1 action`, `2 actions`."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
