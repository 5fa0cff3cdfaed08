"""Where alerts lead, as text for terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.alerts.routing import receivers
from mkdocs_sre.reports.alerts.survey import BROKEN
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.alerts.alert import Link
    from mkdocs_sre.reports.alerts.survey import Row, Survey
    from mkdocs_sre.reports.graph.layout import Look

MOST = 120  # characters of a text of an author's that is shown
_SLIPS = {"case": "wrong upper and lower case", "slash": "slash missing or too many", "scheme": "no scheme"}
_OUTCOMES = {
    "runbook": "runbook",
    "page": "page, no runbook",
    "nothing": "NOTHING there",
    "no-anchor": "NO such heading",
    "elsewhere": "elsewhere",
    "none": "no link",
}


def text(survey: Survey, look: Look) -> str:
    """Return each rule with its place, severity and owner, then where it leads and whom it calls; then the sums."""
    lines: list[str] = []
    for row in survey.rows:
        lines += _rule(row, survey, look)
    if survey.rows:
        lines.append("")
    lines += [line for one in survey.orphans for line in _orphan(one.id, survey.place(one.place), one.alert)]
    if survey.orphans:
        lines.append("")
    return "\n".join([*lines, *_sums(survey), ""])


def _rule(row: Row, survey: Survey, look: Look) -> Iterator[str]:
    alert = row.alert
    severity = _cut(row.rule.labels.get("severity", "") or "no severity")
    place = _painted("1", printable(survey.place(row.rule.place)), look)
    yield f"{place} {_painted('1', _cut(alert.name), look)} {severity} {_cut(alert.owner or 'no owner')}"
    for link in row.links:
        said = _led(link, row, survey)
        yield f"    {_painted('31', said, look) if link.outcome in BROKEN else said}"
    if alert.runbook is not None and not any(link.runbook is not None for link in row.links):
        yield f"    has the runbook {printable(survey.shown(alert.runbook.path))}"
    if alert.key in survey.pages:
        yield f"    page {printable(survey.pages[alert.key])}"
    if row.called or survey.routed:
        yield f"    calls {printable(receivers(row.called)) or 'nobody'}"


def _led(link: Link, row: Row, survey: Survey) -> str:
    said = _OUTCOMES[link.outcome]
    if link.outcome == "page" and link.target == row.alert.path:
        said = "its own page"
    elif link.outcome in ("runbook", "page", "no-anchor"):
        said += f" {printable(survey.shown(link.target))}"
    if link.slip:
        said += f" ({_SLIPS[link.slip]})"
    return f"{said} <- {_cut(link.text)}" if link.text else said


def _orphan(name: str, place: str, alert: str) -> Iterator[str]:
    probably = f"; probably for {_cut(alert)}" if alert else ""
    yield f"{printable(place)} no alert leads to {printable(name)}{probably}"


def _sums(survey: Survey) -> Iterator[str]:
    sums = survey.totals()
    parts = [
        (sums["rules_to_runbook"], "lead to a runbook"),
        (sums["rules_to_page_with_runbook"], "lead to their own page, and from there to a runbook"),
        (sums["rules_to_page"] - sums["rules_to_page_with_runbook"], "to a page without a runbook"),
        (sums["rules_to_nothing"], "to nothing"),
        (sums["rules_to_no_anchor"], "to no heading"),
        (sums["rules_elsewhere"], "elsewhere"),
        (sums["rules_without_link"], "nowhere, without a link"),
    ]
    said = ", ".join(f"{number:,} {what}" for number, what in parts if number)
    head = f"{plural(sums['rules'], 'rule')} of {plural(sums['alerts'], 'alert')}"
    yield f"{head}: {said}" if said else head
    if sums["rules_with_slip"]:
        yield f"{plural(sums['rules_with_slip'], 'rule')} with a slip in the link"
    if sums["paging_alerts"]:
        wakes = f"{plural(sums['paging_alerts'], 'paging alert')}"
        yield f"{wakes}: {sums['paging_without_runbook']:,} without runbook, {sums['paging_without_owner']:,} without owner"
    if sums["orphan_runbooks"]:
        yield f"{plural(sums['orphan_runbooks'], 'runbook')} that no alert leads to"


def _cut(said: str) -> str:
    line = printable(" ".join(said.split()))
    return line if len(line) <= MOST else f"{line[: MOST - 1]}…"


def _painted(style: str, said: str, look: Look) -> str:
    return f"\x1b[{style}m{said}\x1b[0m" if look.colour else said
