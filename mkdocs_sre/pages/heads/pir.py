"""The head of a post-incident review."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.standing import status_of
from mkdocs_sre.documents.timing import FAR_DAYS
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, State, fact, head
from mkdocs_sre.pages.records import record_banners, record_facts
from mkdocs_sre.pages.standing import alert_names, follow_up_chips, incident_chip
from mkdocs_sre.pages.words import minutes

if TYPE_CHECKING:
    from datetime import timedelta

    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.documents.timeline.events import TimelineEvent
    from mkdocs_sre.pages.site import Site

_STATES: dict[str | None, State] = {"final": "ok", "review": "due", "draft": "none"}

FOUND_BY = MappingProxyType(
    {"alert": "an alert", "users": "users", "staff": "staff", "partner": "a partner", "other": "somebody else"}
)


@head("pir", columns=("Service", "When", "Mitigated in", "Found by", "Record"), newest_by="When")
def pir_head(pir: Pir, site: Site, page: str) -> Head:
    """Return severity, status, follow-up, its record, what amends it, and when it was for how long."""
    actions = site.actions_from.get(pir.id.lower(), [])
    status = Chip(pir.status, _STATES.get(status_of(pir.status, site.base.settings), "plain"))
    service = site.base.document(pir.service, Service)
    facts = (
        Fact("Service", site.link_id(page, pir.service), f"owner {escape(service.owner)}" if service else ""),
        Fact("When", pir.incident_date.isoformat(), escape(_span(pir, site))),
        *_durations(pir, site),
        *fact("Alerts", alert_names(pir.alerts, site, page), _detected_by(pir)),
        *fact("Replaces", site.link_id(page, pir.supersedes) if pir.supersedes else None),
        *record_facts(site, pir),
    )
    chips = (incident_chip(pir.severity, site), status, *follow_up_chips(actions, site))
    columns = fact("Found by", FOUND_BY[pir.detected_by] if pir.detected_by else None)
    return Head(chips[:3], facts, banners=tuple(record_banners(site, page, pir)), columns=columns)


def _span(pir: Pir, site: Site) -> str:
    times = [event.time for event in pir.timeline if event.time is not None and _is_near(event, pir)]
    if not times:
        return ""
    first, last = times[0], times[-1]
    until = f" to {last.at:%H:%M}" if last.at.date() == first.at.date() else f" to {last.at:%Y-%m-%d %H:%M}"
    return f"{first.at:%H:%M}{until if last is not first else ''}, {zone_words(pir, site)}".rstrip(", ")


def _is_near(event: TimelineEvent, pir: Pir) -> bool:
    """Whether the day of an event can be believed: what the text says of days long before or after is often mistyped."""
    return bool(pir.events) or abs((event.day - pir.incident_date).days) <= FAR_DAYS


def zone_words(pir: Pir, site: Site) -> str:
    """Return the zone that the events' times are in: the review's own, or the offset of the first of them."""
    first = next((event.time for event in pir.timeline if event.time is not None), None)
    has_offset = first is not None and first.has_offset
    name = pir.timezone or (None if has_offset else site.base.settings.timezone)
    return name or (str(first.at.tzinfo) if first is not None and has_offset else "")


def _durations(pir: Pir, site: Site) -> tuple[Fact, ...]:
    timing = pir.timing(site.base.settings.timezone)
    if timing.mitigate_from_detection is not None or timing.resolve_from_detection is not None:
        return _from_detection(timing.mitigate_from_detection, timing.resolve_from_detection)
    detected = f"detected after {minutes(timing.detect)}" if timing.detect is not None else ""
    resolved = f"resolved after {minutes(timing.resolve)}" if timing.resolve is not None else ""
    small = ", ".join(text for text in (detected, resolved) if text)
    if timing.mitigate is not None:
        return (Fact("Mitigated in", minutes(timing.mitigate), small),)
    return fact("Resolved in", minutes(timing.resolve) if timing.resolve is not None else None, detected)


def _from_detection(mitigated: timedelta | None, resolved: timedelta | None) -> tuple[Fact, ...]:
    """Return how long it took from detection, for a review that does not tell when the impact began."""
    since = "after its detection"
    if mitigated is None:
        return fact("Resolved in", minutes(resolved) if resolved is not None else None, since)
    said = f"{since}; resolved after {minutes(resolved)}" if resolved is not None else since
    return (Fact("Mitigated in", minutes(mitigated), said),)


def _detected_by(pir: Pir) -> str:
    return f"noticed first by {FOUND_BY[pir.detected_by]}" if pir.detected_by else ""
