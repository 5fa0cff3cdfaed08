"""Dates, clock times and zones as people write them at the beginning of a line; every pattern is of linear cost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from types import MappingProxyType

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
# Abbreviations of zones: a word behind a time is a zone only when it is one of these. Most of them name several zones.
ABBREVIATIONS = frozenset(
    [
        *("BST", "IST", "CET", "CEST", "MEZ", "MESZ", "EET", "EEST", "WET", "WEST", "MSK", "EST", "EDT", "CST", "CDT"),
        *("MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST", "AEST", "AEDT", "ACST", "ACDT", "AWST", "NZST", "NZDT"),
        *("JST", "KST", "SGT", "HKT", "PKT", "SAST", "EAT", "WAT", "BRT", "ART", "ET", "CT", "MT", "PT"),
    ]
)
_OTHER_NAMES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "MEZ": ("CET",),
        "MESZ": ("CEST",),
        "ET": ("EST", "EDT"),
        "CT": ("CST", "CDT"),
        "MT": ("MST", "MDT"),
        "PT": ("PST", "PDT"),
    }
)
MAX_OFFSET_HOURS = 14
_NOON = 12
_LAST_HOUR = 24

_DATES = (
    re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})([./-])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{2})(?!\d)"),
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -](?:of )?(?P<name>{_MONTH})\b\.?(?:[ ,-]{{1,2}}(?P<year>\d{{4}})(?![\d:.]))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<name>{_MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])(?:,? (?P<year>\d{{4}})(?![\d:.]))?",
        re.IGNORECASE,
    ),
)
_NO_UNIT = r"(?![ ]?(?:%|°|[KMGTP]i?[Bb]\b|[a-zµ]?s\b|m\b|min|sec|hour|x\b|k\b|€|\$|percent))"
_CLOCK = re.compile(
    r"""(?P<hour>[01]?\d|2[0-4]) (?: (?P<colon>[:h]) | (?P<dot>\.) ) (?P<minute>[0-5]\d)
    (?: [:.] (?P<second>[0-5]\d) (?:[.,]\d{1,9})? )? (?!\d|[:.]\d|%)
    (?: [ ]? (?P<half>[ap])\.?m\b\.? )?
    | (?P<hour12>1[0-2]|0?[1-9]) [ ]? (?P<half12>[ap])\.?m\b\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_UNIT = re.compile(_NO_UNIT)
_ZONE = re.compile(
    r"[ ]?[(\[]?(?:(?P<utc>UTC|GMT|Z)(?![A-Za-z])(?:[ ]?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\d))?"
    r"|(?P<word>[A-Z]{2,4})(?![A-Za-z]))[)\]]?"
)
_OFFSET = re.compile(r"[ ]?(?P<sign>[+-])(?P<hours>\d\d)(?P<colon>:?)(?P<minutes>00|15|30|45)(?!\d)")
_RANGE = re.compile(r"[ ]?(?:[-\u2013\u2014]|to|until|till|bis)[ ]?(?:\d{4}-\d\d-\d\d[ T])?(?=\d)")
_ROUGH = re.compile(
    r"(?:ca\.?|circa|c\.|approx\.|approximately|approx|about|around|roughly|~|≈)[ ]?(?=\d)", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\(?(?:time )?(?:TBC|TBD|TBA)\b\)?|\(?time (?:is )?(?:unknown|unclear|not known)\b\)?|\?\?:\?\?|xx:xx",
    re.IGNORECASE,
)
_UNKNOWN_OR_ODD = re.compile(
    rf"{_UNKNOWN.pattern}|\(?(?:unknown|unclear|not known|to be confirmed)\b\)?|\?+|\d{{1,2}}:\d\d(?!\d)", re.IGNORECASE
)
_OPENING = re.compile(r"[\s(\[<*_`]*+")
_GAPS = MappingProxyType(
    {
        "": re.compile(r"[\s(\[<*_`]*+(?:(?:at|on)\b\s*+)?"),
        "weekday": re.compile(r"[\s,]*+"),
        "date": re.compile(r"(?:T(?=\d)|[\s,:*_`]*+(?:[-\u2013\u2014@(\[|]\s*+)?(?:at\b\s*+)?(?:T(?=\d))?)"),
        "rough": re.compile(r"\s*+"),
        "clock": re.compile(r"[\s,*_`]*+[(\[]?(?:on\b\s*+)?"),
        "unknown": re.compile(r"\s*+"),
    }
)
_CLOSING = re.compile(r"[*_`]*+[)\]>]*+[*_`]*+")


@dataclass(frozen=True, slots=True)
class DateText:
    """A date as written: its readings as year (None where it is left out), month and day."""

    readings: tuple[tuple[int | None, int, int], ...]

    @property
    def has_year(self) -> bool:
        """Whether the year is written."""
        return self.readings[0][0] is not None

    def day(self, near: date) -> date | None:
        """Return the day that is meant, of several readings or years the one nearest to `near`; None if none exists."""
        days = [
            made
            for year, month, day in self.readings
            for one in ((near.year, near.year - 1, near.year + 1) if year is None else (year,))
            if (made := _made(one, month, day)) is not None
        ]
        return min(days, key=lambda one: abs((one - near).days), default=None)

    @property
    def only_day(self) -> date | None:
        """The day that is meant whatever else is known; None when the year is left out or there are two readings."""
        days = {_made(year, month, day) for year, month, day in self.readings if year is not None} - {None}
        return days.pop() if len(days) == 1 else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(slots=True)
class When:
    """A time as written, between two positions of a line; `clock` is hour, minute and second.

    `zone` is an offset, or an abbreviation that is none. `unknown` says that the writer did not know the time, or that
    it does not exist.
    """

    start: int
    end: int
    date: DateText | None = None
    clock: tuple[int, int, int] | None = None
    zone: timezone | str | None = None
    rough: bool = False
    unknown: bool = False
    parts: set[str] = field(default_factory=set)


def when_at(text: str, position: int = 0, *, labelled: bool = False) -> When | None:
    """Return the time that is written at a position of the text; None when none is.

    `labelled` says that the name of an event stands before it, so that `unknown` tells of its time.
    """
    when = When(position, position)
    last = ""
    while True:
        gap = _GAPS[last].match(text, when.end)
        at = gap.end() if gap else when.end
        if not last:
            when.start = at
        last = _part(when, text, at, wide=labelled or "date" in when.parts)
        if not last:
            break
    if when.date is None and when.clock is None and not when.unknown:
        return None
    closing = _CLOSING.match(text, when.end)
    when.end = closing.end() if closing else when.end
    return when


def _part(when: When, text: str, at: int, *, wide: bool) -> str:
    """Take the next part of a time into `when`; return its name, empty when nothing more belongs to it."""
    seen = when.parts
    for name, pattern in (("rough", _ROUGH), ("weekday", _WEEKDAY)):
        if name not in seen and "clock" not in seen and (found := pattern.match(text, at)):
            when.rough = when.rough or name == "rough"
            return _taken(when, name, found.end())
    if "date" not in seen and (dated := date_at(text, at)):
        when.date, end = dated
        return _taken(when, "date", end)
    if "clock" not in seen and not when.unknown and (end := _take_clock(when, text, at)):
        return _taken(when, "clock", end)
    unknown = (_UNKNOWN_OR_ODD if wide else _UNKNOWN).match(text, at)
    if unknown and "clock" not in seen and not when.unknown:
        when.unknown = True
        return _taken(when, "unknown", unknown.end())
    return ""


def _taken(when: When, name: str, end: int) -> str:
    when.parts.add(name)
    when.end = end
    return name


def date_at(text: str, at: int = 0) -> tuple[DateText, int] | None:
    """Return the date that is written at a position, and the position behind it; None when none is."""
    for pattern in _DATES:
        found = pattern.match(text, at)
        if found is None:
            continue
        parts = found.groupdict()
        year = int(parts["year"]) if parts.get("year") else None
        if year is not None and len(parts["year"]) == 2:  # noqa: PLR2004 two digits
            year += 2000
        day = int(parts["day"])
        month = _MONTHS.index(parts["name"][:3].lower()) + 1 if parts.get("name") else int(parts["month"])
        swapped = "/" in found[0] and pattern is not _DATES[0]  # the month may stand first, as in 02/24/2026
        return DateText(((year, month, day), *(((year, day, month),) if swapped else ()))), found.end()
    return None


def _take_clock(when: When, text: str, at: int) -> int:
    """Take the clock time at this position, its zone and the end of its range; return the end, 0 when there is none."""
    found = _CLOCK.match(text, at)
    clock = _clock(found, text) if found else None
    if found is None or clock is None:
        return 0
    when.clock, end = clock, found.end()
    precise = bool(found["second"]) or (at > 0 and text[at - 1] == "T")
    when.zone, end = zone_at(text, end, precise=precise)
    span = _RANGE.match(text, end)
    until = _CLOCK.match(text, span.end()) if span else None
    if until is not None and _clock(until, text) is not None:
        zone, end = zone_at(text, until.end())
        when.zone = when.zone if when.zone is not None else zone
    return end


def _clock(found: re.Match[str], text: str) -> tuple[int, int, int] | None:
    half = (found["half"] or found["half12"] or "").lower()
    hour = int(found["hour"] or found["hour12"])
    if half and not 1 <= hour <= _NOON:
        return None
    if found["dot"] and not half and (len(found["hour"]) == 1 or not _UNIT.match(text, found.end())):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    return None if hour == _LAST_HOUR and (minute or second) else (hour, minute, second)


def zone_at(text: str, at: int, *, precise: bool = False) -> tuple[timezone | str | None, int]:
    """Return the zone written behind a time, and the position behind it.

    `-05:00` is one only behind a precise time, such as RFC 3339 has: behind `14:05` it is the end of a span.
    """
    offset = _OFFSET.match(text, at)
    if offset and (offset["sign"] == "+" or precise or not offset["colon"]):
        zone = _offset(offset)
        if zone is not None:
            return zone, offset.end()
    named = _ZONE.match(text, at)
    if named is None or (named["word"] and named["word"] not in ABBREVIATIONS):
        return None, at
    if named["word"]:
        return named["word"], named.end()
    if not named["sign"]:
        return timezone.utc, named.end()  # noqa: UP017 an offset of the same type as the others
    zone = _offset(named)
    return (zone, named.end()) if zone is not None else (None, at)


def _offset(found: re.Match[str]) -> timezone | None:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > MAX_OFFSET_HOURS or minutes > 59:  # noqa: PLR2004 minutes of an hour
        return None
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if found["sign"] == "-" else length)


_WORD = re.compile(r"(?<![\w:+-])(?=[A-Z]{1,4}(?![A-Za-z])|[+-]\d\d:?\d\d)")


def zone_in(text: str) -> timezone | str | None:
    """Return the first zone that is named in a text such as `Timeline (UTC)`; None when none is."""
    for found in _WORD.finditer(text):
        zone, _ = zone_at(text, found.start(), precise=True)
        if zone is not None:
            return zone
    return None


_DIGIT_OR_MONTH = re.compile(rf"(?<![\w./:-])(?=\d|(?:{_MONTH})\b)", re.IGNORECASE)


def date_in(text: str) -> DateText | None:
    """Return the first date with a year, or else the first date, that is written in a text; None when none is."""
    dates = [found[0] for one in _DIGIT_OR_MONTH.finditer(text) if (found := date_at(text, one.start()))]
    return next((one for one in dates if one.has_year), dates[0] if dates else None)


def is_called(abbreviation: str, name: str | None) -> bool:
    """Whether a zone that calls itself `name` at some time may be written as this abbreviation."""
    return name in _OTHER_NAMES.get(abbreviation, (abbreviation,))
