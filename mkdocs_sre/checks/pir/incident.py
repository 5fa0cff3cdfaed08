"""Reviews as the rules see them: in the order of their incidents, times with the zone of the review or the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.timeline.events import NOTED
from mkdocs_sre.documents.timing import FAR_DAYS, instants, zone_named
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.timeline.events import TimelineEvent
    from mkdocs_sre.documents.values import Moment
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.settings import Settings

MAX_CALLED = 50  # characters of an event's text that name it in a message


def zone(pir: Pir, settings: Settings) -> tzinfo | None:
    """Return the zone of the review's times that have no offset; None when nothing tells it."""
    name = pir.timezone or settings.timezone
    return zone_named(name) if name else None


def times(events: Sequence[TimelineEvent], pir: Pir, settings: Settings) -> list[datetime | None]:
    """Return the times of events of the review in UTC; None where one cannot be known."""
    return instants([event.time for event in events], zone(pir, settings))


def all_events(pir: Pir) -> Iterator[TimelineEvent]:
    """Yield the events of every list of the review, also those that several lists tell."""
    for told in pir.event_lists.lists:
        yield from told.events


def is_doubtful(event: TimelineEvent, pir: Pir) -> bool:
    """Whether the day of an event is so far from its incident that another rule asks about it."""
    return abs((event.day - pir.incident_date).days) > FAR_DAYS


def called(event: TimelineEvent) -> str:
    """Return what an event is called in a message: its kind, or the beginning of what happened."""
    if event.key != NOTED:
        return quoted(event.kind)
    text = event.text if len(event.text) <= MAX_CALLED else f"{event.text[: MAX_CALLED - 1]}…"
    return quoted(text) if text else "an event"


def day_of_incident(pir: Pir) -> tuple[Location, ...]:
    """Return the place of the incident's date, nothing where the file's name or title gives it."""
    marks = pir.origin.marks
    return (pir.value_at("incident_date"),) if isinstance(marks, dict) and "incident_date" in marks else ()


def moments(pir: Pir) -> Iterator[tuple[Location, Moment]]:
    """Yield every time of the review with its place."""
    for event in all_events(pir):
        if event.time is not None:
            yield event.location, event.time
    for index, cost in enumerate(pir.slo_impact):
        for key, moment in (("from", cost.start), ("to", cost.end)):
            if moment is not None:
                yield pir.value_at("slo_impact", index, key), moment


def key_or_id(pir: Pir, key: str) -> Location:
    """Return the place of a key, or of the review's id where the key is not written."""
    return pir.at(key if key in pir.origin.values else "id")


def reviews_in_order(base: KnowledgeBase) -> list[Pir]:
    """Return the reviews by the day of their incident, without those that another one replaces."""
    reviews = base.of_kind(Pir)
    replaced = {id_key(base, pir.supersedes) for pir in reviews if pir.supersedes}
    kept = (pir for pir in reviews if pir.id.lower() not in replaced)
    return sorted(kept, key=lambda pir: (pir.incident_date, pir.path))
