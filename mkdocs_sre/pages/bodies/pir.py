"""The numbers, events and follow-up of a post-incident review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.timing import IMPACT_STARTED
from mkdocs_sre.pages.actions import actions_table
from mkdocs_sre.pages.around import HELPED
from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, Fact
from mkdocs_sre.pages.heads.pir import zone_words
from mkdocs_sre.pages.incident import incident_of
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.spans import LETTERS, timing_figure
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import counted, minutes, percent

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_sre.documents.kinds.pir import Event, ImpactFact, Pir
    from mkdocs_sre.pages.incident import Incident
    from mkdocs_sre.pages.site import Site

_EVENTS = (
    Column("Time", "sre-num fit0"),
    Column("After", "n", bare=True),
    Column("Event", "grow", bare=True),
    Column("What happened", "wide", bare=True),
)
MAX_EVENTS = 40  # rows that stand open; more are folded, under the milestones alone


@body("pir")
def pir_body(pir: Pir, site: Site, page: str) -> Body:
    """Return impact and timing above the author's text; factors, runbooks, cost and actions below it."""
    actions = site.actions_from.get(pir.id.lower(), [])
    caption = f"From the ledger, as of {site.as_of.isoformat()}; the review itself does not change"
    incident = incident_of(pir, site)
    above = (_impact(pir, site), section("Timing", "timing", timing_figure(incident), _events(pir, site, incident)))
    below = (
        section("What made it possible", "factors", _factors(pir)),
        section("Runbooks used", "runbooks", _runbooks(pir, site, page)),
        section("What it cost the SLOs", "slo-impact", _slo_impact(pir, site, page)),
        section("Actions", "actions", actions_table(site, page, actions, caption) if actions else ""),
    )
    return Body(joined(above), joined(below))


def _impact(pir: Pir, site: Site) -> str:
    """Return the numbers as the review has them, each with what an addendum made of it, and those that only one has."""
    amended = {
        one.label.casefold(): one for addendum in site.addenda_of.get(pir.id.lower(), []) for one in addendum.impact
    }
    facts = [
        Fact(
            one.label, escape(_amount(one)), _notes(_amendment(one, amended.pop(one.label.casefold(), None)), one.note)
        )
        for one in pir.impact
    ]
    facts += [Fact(one.label, escape(_amount(one)), _notes("from an addendum", one.note)) for one in amended.values()]
    return render("numbers.md.jinja", facts=facts) if facts else ""


def _amendment(before: ImpactFact, now: ImpactFact | None) -> str:
    """Return what an addendum made of a number; of one that stays, what is said of it now."""
    if now is None:
        return ""
    return f"amended to {_amount(now)}" if _amount(now) != _amount(before) else f"amended: {now.note or 'it stays'}"


def _notes(mark: str, note: str | None) -> str:
    parts = (f"<b>{prose(mark)}</b>" if mark else "", prose(note) if note else "")
    return "; ".join(part for part in parts if part)


def _amount(fact: ImpactFact) -> str:
    return f"{fact.value} {fact.unit}" if fact.unit else fact.value


def _events(pir: Pir, site: Site, incident: Incident) -> str:
    if not pir.events:  # those of the text stand there already
        return ""
    start = incident.time(IMPACT_STARTED)
    rows = [_event(pir, event, time, start) for event, time in zip(pir.events, incident.times, strict=True)]
    zone = zone_words(pir, site)
    caption = f"Times in {zone}, counted from the start of impact" if zone else "In order"
    if len(rows) <= MAX_EVENTS:
        return table(caption, _EVENTS, rows)
    milestones = [rows[index] for index in sorted(incident.milestones.values())]
    folded = f"<summary>All {counted(len(rows), 'event')}</summary>\n{table(caption, _EVENTS, rows)}"
    return (
        f'{table(caption, _EVENTS, milestones) if milestones else ""}\n<details class="sre-fold">{folded}</details>\n'
    )


def _event(pir: Pir, event: Event, time: datetime | None, start: datetime | None) -> list[str]:
    other_day = event.time.at.date() != pir.incident_date
    written = f"{event.time.at:%Y-%m-%d %H:%M}" if other_day else f"{event.time.at:%H:%M}"
    letter, form, _ = LETTERS.get(event.key, ("·", " dot", ""))
    mark = f'<span class="sre-letter{form}" aria-hidden="true">{letter}</span>'
    words = escape(event.key.replace("_", " ") if event.key in LETTERS else event.kind)
    named = f"{mark} {words}" if event.key not in LETTERS else f'<span class="sre-num">{mark} {words}</span>'
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
            Chip(*HELPED[one.helped]).markdown() if one.helped else "",
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
