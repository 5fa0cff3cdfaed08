"""Whom to call and where to look, the values that commands need, how far a runbook can be trusted, what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.alerts.names import names_for
from mkdocs_sre.pages.around import HELPED, breaking, suspects, uses_of
from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.communication import communication_section
from mkdocs_sre.pages.decisions import decision_table
from mkdocs_sre.pages.escalation import escalation_line, escalation_section, reference_of
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, head_of
from mkdocs_sre.pages.lists import MOST, columns
from mkdocs_sre.pages.parameters import parameters
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import alert_names, alert_state, web_link
from mkdocs_sre.pages.steps import FORMS, badge, first_command, with_steps
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.trust import trust_strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.kinds.pir import Pir, RunbookUse
    from mkdocs_sre.documents.kinds.runbook import Drill, Runbook
    from mkdocs_sre.pages.site import Site

_PAST = (
    Column("Review", "fit sre-num"),
    Column("Date", "sre-num", bare=True),
    Column("What happened", "wide", bare=True),
    Column("Mitigated in", "sre-num"),
    Column("This page", "early", bare=True),
)
_USED = "Drills, and incidents in which it was used"
_DRILLS = (Column("Day", "sre-num fit"), Column("By", bare=True), Column("What was learned", "wide", bare=True), STATE)


MAX_ALERTS = 8  # in the box that is read first


@body("runbook")
def runbook_body(runbook: Runbook, site: Site, page: str) -> Body:
    """Return people, dashboards and values above the author's text, since steps need them; proof and past below it."""
    above = (
        _first(runbook, site, page),
        parameters(runbook.placeholders),
        decision_table(runbook, site, page),
    )
    drills = [_drill(one, site, page) for one in sorted(runbook.drills, key=lambda one: one.on, reverse=True)]
    service = site.base.document(runbook.service, Service)
    used = uses_of(runbook, site)
    around = (
        (("Suspect first", suspects(service, site, page)), ("Breaks with it", breaking(service, site, page)))
        if service
        else ()
    )
    alerts = names_for(runbook, site)
    below = (
        communication_section(runbook, site, page),
        escalation_section(site, page, reference_of(site, runbook)),
        section("Can I trust this page?", "trust", trust_strip(runbook, site, page)),
        section("Past incidents", "past", _past(used, site, page)),
        section("When it was last used", "drills", table(_USED, _DRILLS, drills) if drills else ""),
        section("Around it", "around", columns(*around)),
        section("Alerts that lead here", "alerts", alert_names(alerts, site, page) if len(alerts) > MAX_ALERTS else ""),
    )
    listed = frozenset(pir.id for pir, _ in used)
    return Body(joined(above), joined(below), listed, with_steps)


def _first(runbook: Runbook, site: Site, page: str) -> str:
    """Return the box that is read first: who keeps it, whom to call next, where to look, for which alerts."""
    known = next((one for one in site.base.settings.owners if one.id == runbook.owner), None)
    contact = f" <small>&#183; {escape(known.contact)}</small>" if known and known.contact else ""
    alerts = names_for(runbook, site)
    more = f" <small>and {len(alerts) - MAX_ALERTS} more</small>" if len(alerts) > MAX_ALERTS else ""
    lines = (
        ("Owner", escape(runbook.owner) + contact),
        ("Escalate", escalation_line(site, page, reference_of(site, runbook))),
        ("Look at", " &#183; ".join(web_link(board.title, board.url) for board in runbook.dashboards)),
        ("Alerts" if len(alerts) > 1 else "Alert", alert_names(alerts[:MAX_ALERTS], site, page) + more),
    )
    # Plain HTML where it can be: reading it as Markdown would cost each runbook more than all else on it.
    linked = any("](" in text for _, text in lines)
    shown = [(label, text) for label, text in lines if text]
    return render(
        "first.md.jinja",
        lines=shown,
        state=alert_state(runbook.severity),
        linked=linked,
        command=_command(runbook),
    )


def _command(runbook: Runbook) -> str:
    """Return the command that may be run first as HTML; empty without one. A line ends in a reference to its end."""
    found = first_command(runbook.origin.body)
    if found is None:
        return ""
    risk = found.step.risk if found.step else None
    text = "&#10;".join("&#32;" * (len(line) - len(line.lstrip())) + escape(line) for line in found.lines)
    form = f' data-risk="{FORMS[risk]}"' if risk else ""
    told = f" {badge(risk)}" if risk else ""
    return f'<p class="sre-do">First command{told}</p> <pre{form}><code>{text}</code></pre>'


def _past(used: Sequence[tuple[Pir, RunbookUse]], site: Site, page: str) -> str:
    rows = []
    for pir, use in used[:MOST]:
        note = f" <small>{prose(use.note)}</small>" if use.note else ""
        rows.append(
            [
                site.link_document(page, pir, pir.id),
                pir.incident_date.isoformat(),
                escape(pir.name) + note,
                head_of(pir, site, page).value("Mitigated in"),
                Chip(*HELPED[use.helped]).markdown() if use.helped else "",
            ]
        )
    return table("Reviews of incidents in which it was followed", _PAST, rows) if rows else ""


def _drill(one: Drill, site: Site, page: str) -> list[str]:
    told = f" {site.link_id(page, one.evidence)}" if one.evidence else ""
    chip = Chip(one.result, "ok" if one.result == "passed" else "bad")
    return [one.on.isoformat(), escape(one.by or ""), (prose(one.notes or "") + told).strip(), chip.markdown()]
