"""When the events of an incident happened, and how long it took from one to another; pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.values import Moment

IMPACT_STARTED, DETECTED, ACKNOWLEDGED, MITIGATED, RESOLVED = MILESTONES = (
    "impact_started",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
)
DECLARED = "declared"  # when the incident got its name and its people; no milestone that a review must have
TOLD = frozenset((*MILESTONES, DECLARED))
FAR_DAYS = 30  # an event further from the incident's date is asked about
SLIP_DAYS = 3  # a date in another year that would be this near in the incident's is a slip of the year
_LAST_COUNTS = frozenset((MITIGATED, RESOLVED))  # after a relapse only the last of several ended the incident


@dataclass(frozen=True, slots=True)
class Timing:
    """How long an incident took. None where an event is missing, has no place in time or stands before its start.

    `detect`, `mitigate` and `resolve` count from the start of impact, `acknowledge` from detection. Where the start of
    impact is not known, `mitigate_from_detection` and `resolve_from_detection` may be.
    """

    detect: timedelta | None = None
    acknowledge: timedelta | None = None
    mitigate: timedelta | None = None
    resolve: timedelta | None = None
    mitigate_from_detection: timedelta | None = None
    resolve_from_detection: timedelta | None = None


@cache
def zone_named(name: str) -> tzinfo | None:
    """Return the time zone with this IANA name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not listed, no path inside the list, a folder of it
        return None


def instants(moments: Sequence[Moment | None], zone: tzinfo | None) -> list[datetime | None]:
    """Return each moment in UTC, in the order given; None where it cannot be known or is None itself.

    A moment without an offset is in `zone`. Where nothing has an offset and there is no zone, all are taken to be in
    one without summer time, so that their order and distances can still be told. An hour that the clock shows twice is
    its second pass when only that keeps a moment from standing before the one above it.
    """
    if zone is None and not any(moment.has_offset for moment in moments if moment is not None):
        zone = UTC
    found: list[datetime | None] = []
    before: datetime | None = None
    for moment in moments:
        found.append(None if moment is None else _instant(moment, zone, before))
        before = found[-1] if moment is not None else before
    return found


def _instant(moment: Moment, zone: tzinfo | None, before: datetime | None) -> datetime | None:
    if not moment.has_offset and zone is None:
        return None
    at = moment.at if moment.has_offset else moment.at.replace(tzinfo=zone)
    first = _in_utc(at)
    if first is None or before is None or first >= before:
        return first
    second = _in_utc(at.replace(fold=1))
    return second if second is not None and second >= before else first


def _in_utc(at: datetime) -> datetime | None:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # in the first or last hours of the calendar
        return None


def milestones(kinds: Sequence[str], times: Sequence[datetime | None]) -> dict[str, int]:
    """Return the position of each milestone, and of `declared`, among the events whose time is known.

    Of several it is the first, of `mitigated` and `resolved` the last.
    """
    found: dict[str, int] = {}
    for index, (kind, time) in enumerate(zip(kinds, times, strict=True)):
        if kind in TOLD and time is not None and (kind not in found or kind in _LAST_COUNTS):
            found[kind] = index
    return found


def timing(kinds: Sequence[str], times: Sequence[datetime | None]) -> Timing:
    """Return how long the incident took whose events are of these kinds and at these times (UTC).

    >>> at = [datetime(2026, 2, 24, 14, minute, tzinfo=UTC) for minute in (2, 9, 41)]
    >>> print(timing(("impact_started", "detected", "mitigated"), at).mitigate)
    0:39:00
    """
    at = {kind: times[index] for kind, index in milestones(kinds, times).items()}
    start, detected = at.get(IMPACT_STARTED), at.get(DETECTED)
    return Timing(
        detect=_between(start, detected),
        acknowledge=_between(detected, at.get(ACKNOWLEDGED)),
        mitigate=_between(start, at.get(MITIGATED)),
        resolve=_between(start, at.get(RESOLVED)),
        mitigate_from_detection=_between(detected, at.get(MITIGATED)) if start is None else None,
        resolve_from_detection=_between(detected, at.get(RESOLVED)) if start is None else None,
    )


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    return None if start is None or end is None or end < start else end - start


def spell(length: timedelta) -> str:
    """Return a length as authors write it; seconds only below an hour.

    >>> spell(timedelta(hours=53, minutes=36))
    '53h 36m'
    """
    seconds = int(length.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = ((hours, "h"), (minutes, "m"), (0 if hours else rest, "s"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or "0m"


def business_days(start: date, end: date) -> int:
    """Return how many days from Monday to Friday lie after `start`, up to and with `end`; 0 when `end` is not later.

    >>> business_days(date(2026, 3, 6), date(2026, 3, 9))  # from a Friday to the Monday after it
    1
    """
    return max(0, _weekdays_to(end) - _weekdays_to(start))


def _weekdays_to(day: date) -> int:
    """Return the number of days from Monday to Friday since the calendar began, which it did on a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def meant_day(day: date, incident: date) -> date | None:
    """Return the day in another year that a date was meant to be; None when nothing speaks for a slip of the year.

    >>> meant_day(date(2025, 1, 1), date(2025, 12, 31))  # the night of New Year's Eve
    datetime.date(2026, 1, 1)
    """
    if abs((day - incident).days) <= FAR_DAYS:
        return None
    for year in (incident.year, incident.year - 1, incident.year + 1):
        try:
            meant = day.replace(year=year)
        except ValueError:  # 29 February, or past the calendar's end
            continue
        if year != day.year and abs((meant - incident).days) <= SLIP_DAYS:
            return meant
    return None
