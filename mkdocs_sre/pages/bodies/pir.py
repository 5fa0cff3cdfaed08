"""The numbers, events and follow-up of a post-incident review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.timing import (
    ACKNOWLEDGED,
    DETECTED,
    IMPACT_STARTED,
    MITIGATED,
    RESOLVED,
    instants,
    zone_named,
)
from mkdocs_sre.pages.actions import actions_table
from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, Fact
from mkdocs_sre.pages.heads.pir import zone_words
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import minutes, percent

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_sre.documents.kinds.pir import Event, ImpactFact, Pir
    from mkdocs_sre.pages.heads import State
    from mkdocs_sre.pages.site import Site

_EVENTS = (
    Column("Time", "sre-num fit0"),
    Column("After", "n", bare=True),
    Column("Event", "grow", bare=True),
    Column("What happened", "wide", bare=True),
)
# The letter that stands for each milestone, and how it is drawn.
_LETTERS = {
    IMPACT_STARTED: ("S", " hot"),
    DETECTED: ("D", ""),
    ACKNOWLEDGED: ("A", ""),
    MITIGATED: ("M", " good"),
    RESOLVED: ("R", " good"),
}
_HELPED: dict[str, State] = {"yes": "ok", "partly": "due", "no": "bad"}


@body("pir")
def pir_body(pir: Pir, site: Site, page: str) -> Body:
    """Return the impact in numbers above the author's text; events, factors, runbooks and actions below it."""
    actions = site.actions_from.get(pir.id.lower(), [])
    caption = f"From the ledger, as of {site.as_of.isoformat()}; the review itself does not change"
    below = (
        section("Events", "events", _events(pir, site)),
        section("What made it possible", "factors", _factors(pir)),
        section("Runbooks used", "runbooks", _runbooks(pir, site, page)),
        section("What it cost the SLOs", "slo-impact", _slo_impact(pir, site, page)),
        section("Actions", "actions", actions_table(site, page, actions, caption) if actions else ""),
    )
    return Body(above=_impact(pir), below="\n".join(part for part in below if part))


def _impact(pir: Pir) -> str:
    facts = [Fact(one.label, escape(_amount(one)), prose(one.note) if one.note else "") for one in pir.impact]
    return render("numbers.md.jinja", facts=facts) if facts else ""


def _amount(fact: ImpactFact) -> str:
    return f"{fact.value} {fact.unit}" if fact.unit else fact.value


def _events(pir: Pir, site: Site) -> str:
    if not pir.events:
        return ""
    name = pir.timezone or site.base.settings.timezone
    times = instants([event.time for event in pir.events], zone_named(name) if name else None)
    started = [time for event, time in zip(pir.events, times, strict=True) if event.key == IMPACT_STARTED and time]
    start = started[0] if started else None
    rows = [_event(pir, event, time, start) for event, time in zip(pir.events, times, strict=True)]
    zone = zone_words(pir, site)
    return table(f"Times in {zone}, counted from the start of impact" if zone else "In order", _EVENTS, rows)


def _event(pir: Pir, event: Event, time: datetime | None, start: datetime | None) -> list[str]:
    other_day = event.time.at.date() != pir.incident_date
    written = f"{event.time.at:%Y-%m-%d %H:%M}" if other_day else f"{event.time.at:%H:%M}"
    letter, form = _LETTERS.get(event.key, ("·", " dot"))
    mark = f'<span class="sre-letter{form}" aria-hidden="true">{letter}</span>'
    words = escape(event.key.replace("_", " ") if event.key in _LETTERS else event.kind)
    named = f"{mark} {words}" if event.key not in _LETTERS else f'<span class="sre-num">{mark} {words}</span>'
    return [written, _after(time, start), named, prose(event.text or "")]


def _after(time: datetime | None, start: datetime | None) -> str:
    if time is None or start is None:
        return ""
    length = time - start
    return f"+{minutes(length)}" if length.total_seconds() > 0 else minutes(length)


def _factors(pir: Pir) -> str:
    items = [
        f"- {f'**{escape(one.factor)}**: ' if one.factor else ''}{prose(one.text)}" for one in pir.contributing_factors
    ]
    return "\n".join(items)


def _runbooks(pir: Pir, site: Site, page: str) -> str:
    columns = (Column("Runbook", "fit"), Column("It helped", "early", bare=True), Column("Why", "wide", bare=True))
    rows = [
        [
            site.link_id(page, one.runbook),
            Chip(one.helped, _HELPED[one.helped]).markdown() if one.helped else "",
            prose(one.note or ""),
        ]
        for one in pir.runbooks_used
    ]
    if rows:
        return table("Whether they helped, as the review says", columns, rows)
    return f"None: {prose(pir.no_runbook)}" if pir.no_runbook else ""


def _slo_impact(pir: Pir, site: Site, page: str) -> str:
    columns = (Column("SLO"), Column("Failing", "n"), Column("From"), Column("To"))
    rows = [
        [
            site.link_id(page, one.slo),
            percent(one.failing_percent),
            escape(one.start.text) if one.start else "start of impact",
            escape(one.end.text) if one.end else "mitigation",
        ]
        for one in pir.slo_impact
    ]
    if rows:
        return table("The share of events that failed, and for how long", columns, rows)
    return f"Nothing: {prose(pir.no_slo_impact)}" if pir.no_slo_impact else ""
