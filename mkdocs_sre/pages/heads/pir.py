"""The head of a post-incident review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, Fact, Head, State, fact, head
from mkdocs_sre.pages.standing import alert_names, follow_up_chips, incident_chip
from mkdocs_sre.pages.words import minutes

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.pages.site import Site

_STATES: dict[str | None, State] = {"final": "ok", "review": "due", "draft": "none"}


@head("pir", columns=("Service", "When", "Mitigated in"), newest_by="When")
def pir_head(pir: Pir, site: Site, page: str) -> Head:
    """Return severity, status, follow-up, what amends it, and when it was for how long."""
    actions = site.actions_from.get(pir.id.lower(), [])
    status = Chip(pir.status, _STATES.get(status_of(pir.status, site.base.settings), "plain"))
    service = site.base.document(pir.service, Service)
    facts = (
        Fact("Service", site.link_id(page, pir.service), f"owner {escape(service.owner)}" if service else ""),
        Fact("When", pir.incident_date.isoformat(), escape(_span(pir, site))),
        *_durations(pir, site),
        *fact("Alerts", alert_names(pir.alerts), _detected_by(pir)),
        *fact("Replaces", site.link_id(page, pir.supersedes) if pir.supersedes else None),
    )
    chips = (incident_chip(pir.severity, site), status, *follow_up_chips(actions, site))
    return Head(chips[:3], facts, banner=_amended(pir, site, page))


def _amended(pir: Pir, site: Site, page: str) -> tuple[str, ...]:
    lines = []
    for addendum in site.addenda_of.get(pir.id.lower(), []):
        said = f": {prose(addendum.corrects)}" if addendum.corrects else ""
        link = site.link_document(page, addendum, addendum.id)
        lines.append(f"<b>Amended by</b> {link} on {addendum.date.isoformat()}{said}")
    if not lines:
        return ()
    final = status_of(pir.status, site.base.settings) == FINAL
    return (*lines, "The text below is as finalised and stays so.") if final else tuple(lines)


def _span(pir: Pir, site: Site) -> str:
    if not pir.events:
        return ""
    first, last = pir.events[0].time, pir.events[-1].time
    until = f" to {last.at:%H:%M}" if last.at.date() == first.at.date() else f" to {last.at:%Y-%m-%d %H:%M}"
    return f"{first.at:%H:%M}{until if last is not first else ''}, {zone_words(pir, site)}".rstrip(", ")


def zone_words(pir: Pir, site: Site) -> str:
    """Return the zone that the events' times are in: the review's own, or the offset of the first of them."""
    name = pir.timezone or (None if pir.events and pir.events[0].time.has_offset else site.base.settings.timezone)
    if name or not pir.events or not pir.events[0].time.has_offset:
        return name or ""
    return str(pir.events[0].time.at.tzinfo)


def _durations(pir: Pir, site: Site) -> tuple[Fact, ...]:
    timing = pir.timing(site.base.settings.timezone)
    detected = f"detected after {minutes(timing.detect)}" if timing.detect is not None else ""
    resolved = f"resolved after {minutes(timing.resolve)}" if timing.resolve is not None else ""
    small = ", ".join(text for text in (detected, resolved) if text)
    if timing.mitigate is not None:
        return (Fact("Mitigated in", minutes(timing.mitigate), small),)
    return fact("Resolved in", minutes(timing.resolve) if timing.resolve is not None else None, detected)


def _detected_by(pir: Pir) -> str:
    words = {"alert": "an alert", "users": "users", "staff": "staff", "partner": "a partner", "other": "somebody else"}
    return f"noticed first by {words[pir.detected_by]}" if pir.detected_by else ""
