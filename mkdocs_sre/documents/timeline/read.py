"""From a review's body to the lists of its events: dates inherited, zones settled, other incidents told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.timeline.events import NOTED, EventList, EventLists, TimelineEvent
from mkdocs_sre.documents.timeline.groups import MIN_DATED, Group, Role, groups_of
from mkdocs_sre.documents.values import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.body import Body
    from mkdocs_sre.documents.timeline.groups import Entry

HALF_A_DAY = timedelta(hours=12)  # a clock that falls by this much has passed midnight


def event_lists(body: Body, path: str, incident: date) -> EventLists:
    """Return the events that the body of a review tells of, each list with its place.

    `incident` is the day of the incident: that of lines above which no date stands. Of several incidents only the
    first is read; where the others begin is told.
    """
    groups, zone = groups_of(body)
    kept, further = _of_one_incident(groups)
    lists = [_List(group, path, incident, zone).read() for group in kept]
    return EventLists(tuple(lists), tuple(Location(path, one.line, one.column) for one in further))


def _of_one_incident(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Return the groups that tell of the first incident, and the first group of each further one.

    Another incident begins where the dated heading above is another one, or where a name comes again.
    """
    incidents: list[list[Group]] = []
    for group in groups:
        if group.role is Role.DATED or not group.events:
            continue
        last = incidents[-1] if incidents else []
        if not last or group.part != last[0].part or any(group.name == one.name for one in last):
            incidents.append([])
        incidents[-1].append(group)
    kept = incidents[0] if incidents else []
    further = [one[0] for one in incidents[1:]]
    if all(group.role is Role.SUMMARY for group in kept):
        end = further[0].line if further else None
        dated = (one for one in groups if one.role is Role.DATED and one.events >= MIN_DATED)
        kept += [one for one in dated if end is None or one.line < end][:1]
    return sorted(kept, key=lambda group: group.line), further


@dataclass(slots=True)
class _List:
    """The state while the lines of one list become events."""

    group: Group
    path: str
    incident: date
    zone: timezone | str | None

    def read(self) -> EventList:
        group = self.group
        is_summary = group.role is Role.SUMMARY
        return EventList(Location(self.path, group.line, group.column), tuple(self._events(is_summary)), is_summary)

    def _events(self, is_summary: bool) -> Iterator[TimelineEvent]:  # noqa: FBT001
        day = (self.group.date.day(self.incident) if self.group.date else None) or self.incident
        before: datetime | None = None  # what the clock is compared with, where a line gives no date
        for entry in self.group.entries:
            when = entry.told.when
            unknown = when.unknown
            if when.date is not None:
                made = when.date.day(self.incident)
                unknown = unknown or made is None
                day, before = made or day, None
            if entry.told.is_day:
                continue
            at = None if when.clock is None or unknown else _at(day, when.clock)
            if at is not None and before is not None and when.date is None and before - at >= HALF_A_DAY:
                at = _later(at)
                day = day if is_summary or at is None else at.date()
            if at is not None and (before is None or not is_summary):
                before = at
            yield from self._told(entry, at, day, unknown=unknown)

    def _told(self, entry: Entry, at: datetime | None, day: date, *, unknown: bool) -> Iterator[TimelineEvent]:
        told, when = entry.told, entry.told.when
        zone = when.zone or self.group.zone or self.zone
        moment = None
        if at is not None:
            offset = zone if isinstance(zone, timezone) else None
            moment = Moment(at.isoformat(" ", "minutes"), at.replace(tzinfo=offset), offset is not None)
        abbreviation = zone if isinstance(zone, str) and at is not None else ""
        place = Location(self.path, entry.line, when.start + 1)
        for key in told.keys or (NOTED,):
            yield TimelineEvent(
                told.kind or NOTED,
                key,
                moment,
                told.text,
                place,
                at.date() if at else day,
                unknown=unknown,
                rough=when.rough,
                abbreviation=abbreviation,
            )


def _at(day: date, clock: tuple[int, int, int]) -> datetime | None:
    hour, minute, second = clock
    at = datetime.combine(day, time(hour % 24, minute, second))
    return _later(at) if hour == 24 else at  # noqa: PLR2004 midnight at the end of the day


def _later(at: datetime) -> datetime | None:
    try:
        return at + timedelta(days=1)
    except OverflowError:  # the last day of the calendar
        return None
