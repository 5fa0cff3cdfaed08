"""The events of an incident in time: which of them are milestones, and how long it took from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.documents.timing import Timing, instants, milestones, timing, zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.documents.timeline.events import TimelineEvent
    from mkdocs_sre.pages.site import Site


def events_of(pir: Pir) -> Sequence[TimelineEvent]:
    """Return the events of a review; every page takes them from here."""
    return pir.timeline


@dataclass(frozen=True)
class Incident:
    """Events with their times in UTC (None where unknown), the position of each milestone among them, and durations."""

    events: Sequence[TimelineEvent]
    times: Sequence[datetime | None]
    milestones: Mapping[str, int]
    timing: Timing

    def time(self, milestone: str) -> datetime | None:
        """Return when a milestone was; None when nobody says so."""
        index = self.milestones.get(milestone)
        return None if index is None else self.times[index]


def incident_of(pir: Pir, site: Site) -> Incident:
    """Return what a review says of its incident's course."""
    events = events_of(pir)
    name = pir.timezone or site.base.settings.timezone
    times = instants([event.time for event in events], zone_named(name) if name else None)
    kinds = [event.key for event in events]
    return Incident(events, times, milestones(kinds, times), timing(kinds, times))
