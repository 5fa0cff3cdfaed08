"""Reviews as the rules see them: in the order of their incidents, times with the zone of the review or the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.timing import instants, zone_named
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.documents.values import Moment
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.settings import Settings


def zone(pir: Pir, settings: Settings) -> tzinfo | None:
    """Return the zone of the review's times that have no offset; None when nothing tells it."""
    name = pir.timezone or settings.timezone
    return zone_named(name) if name else None


def times(pir: Pir, settings: Settings) -> list[datetime | None]:
    """Return the times of the events in UTC; None where one cannot be known."""
    return instants([event.time for event in pir.events], zone(pir, settings))


def moments(pir: Pir) -> Iterator[tuple[KeyPath, Moment]]:
    """Yield every time that stands in the front matter, with its key path."""
    for index, event in enumerate(pir.events):
        yield ("events", index, "time"), event.time
    for index, cost in enumerate(pir.slo_impact):
        for key, moment in (("from", cost.start), ("to", cost.end)):
            if moment is not None:
                yield ("slo_impact", index, key), moment


def key_or_id(pir: Pir, key: str) -> Location:
    """Return the place of a key, or of the review's id where the key is not written."""
    return pir.at(key if key in pir.origin.values else "id")


def reviews_in_order(base: KnowledgeBase) -> list[Pir]:
    """Return the reviews by the day of their incident, without those that another one replaces."""
    reviews = base.of_kind(Pir)
    replaced = {id_key(base, pir.supersedes) for pir in reviews if pir.supersedes}
    kept = (pir for pir in reviews if pir.id.lower() not in replaced)
    return sorted(kept, key=lambda pir: (pir.incident_date, pir.path))
