"""What a review tells of its incident, wherever it stands: events, lists of them, and durations that it states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from mkdocs_sre.documents.timing import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.values import Duration, Moment

NOTED = "noted"  # the kind of an event that is no milestone


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened in the incident.

    `kind` is what the review calls it, `key` that word in the form of `timing.MILESTONES`. `time` is None where it is
    not known; `day` may be known all the same. `unknown` says that the review owns to not knowing it. `rough` marks a
    time such as `ca. 18:30`, `abbreviation` is a zone such as `BST` that is no offset.
    """

    kind: str
    key: str
    time: Moment | None
    text: str
    location: Location
    day: date
    unknown: bool = False
    rough: bool = False
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class EventList:
    """One telling of the incident and where it begins: a list in the order of time, or a summary of its milestones."""

    location: Location
    events: tuple[TimelineEvent, ...]
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class EventLists:
    """Every telling in one file, and where those begin that were not read, as they tell of another incident."""

    lists: tuple[EventList, ...] = ()
    further: tuple[Location, ...] = ()

    def merged(self) -> tuple[TimelineEvent, ...]:
        """Return the events of all lists as one: a milestone as a summary tells it, else as the first list does.

        The events of one list keep their order; those of several are sorted by what their clocks show, as far as these
        can be compared.
        """
        if len(self.lists) == 1:
            return self.lists[0].events
        events = list(_told_once(sorted(self.lists, key=lambda one: not one.is_summary)))
        offsets = {event.time.has_offset for event in events if event.time is not None}
        if len(offsets) <= 1:
            zone = UTC if True in offsets else None
            events.sort(key=lambda event: event.time.at if event.time else datetime.combine(event.day, time.min, zone))
        return tuple(events)


def _told_once(lists: Iterable[EventList]) -> Iterator[TimelineEvent]:
    before: set[str] = set()
    for one in lists:
        known = frozenset(before)
        for event in one.events:
            if event.key not in known:
                yield event
                if event.key in TOLD and event.time is not None:
                    before.add(event.key)


@dataclass(frozen=True, slots=True)
class StatedDuration:
    """A duration that the review states: `name` is detect, acknowledge, mitigate or resolve.

    `in_body` says that it stands in the text and not under `durations`.
    """

    name: str
    length: Duration
    location: Location
    in_body: bool = False
