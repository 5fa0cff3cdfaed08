"""The table that says of each objective what was promised, what was measured, and whether it was kept."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.reports.freshness.markdown import escaped
from mkdocs_sre.reports.slo.survey import (
    NONE,
    length_text,
    measured_text,
    moment_text,
    spent_text,
)
from mkdocs_sre.reports.text import printable
from mkdocs_sre.slo.decimals import decimal_text

if TYPE_CHECKING:
    from fractions import Fraction

    from mkdocs_sre.reports.slo.survey import Survey
    from mkdocs_sre.slo.state import BudgetState

COLUMNS = (
    "Service",
    "Objective",
    "Promised",
    "Window",
    "From",
    "To",
    "Measured",
    "Budget",
    "Spent",
    "Verdict",
    "Source",
    "Coverage",
)
CSV_COLUMNS = (
    "service",
    "objective",
    "promised_percent",
    "window",
    "from",
    "to",
    "measured_percent",
    "budget_seconds",
    "spent_percent",
    "verdict",
    "source",
    "coverage_percent",
)
CSV_DECIMALS = 6
_FORMULA = ("=", "+", "-", "@", "\t")  # what makes a spreadsheet take text for a formula
_NOTES = (
    "To is the first moment after the window. Measured values are cut off, never rounded up. Coverage is the share of the window up to this day that was measured.",
    "Met: measured for at least 90 % of the days of a window that is over, and no more than its budget spent. Met so far: a window that goes on, or less of it measured. Where less was measured, only what is known counts as spent. Not measured: only post-incident reviews are known, and they tell of less than the budget, or evidence that names no day.",
)


def availability_table(survey: Survey) -> str:
    """Return the table in Markdown, in order of services, with what its words mean below."""
    head = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    rows = [f"| {' | '.join(escaped(cell) for cell in _cells(state))} |" for state in _in_order(survey)]
    title = f"# Availability on {survey.as_of.isoformat()}"
    return "\n".join([title, "", *head, *rows, "", *(line for note in _NOTES for line in (note, ""))])


def availability_csv(survey: Survey) -> str:
    """Return the table as CSV with plain numbers: percent, and seconds of full outage for the budget.

    Text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_values(state) for state in _in_order(survey))
    return out.getvalue()


def _values(state: BudgetState) -> list[str]:
    target, measurement = state.target, state.measurement
    return [
        _plain(target.service),
        _plain(target.id),
        f"{target.objective:f}",
        str(target.window),
        moment_text(state.period.start, state.timezone),
        moment_text(state.period.end, state.timezone),
        _bare_percent(measurement.ratio) if measurement is not None else "",
        decimal_text(state.budget_seconds),
        _bare_percent(state.share),
        state.verdict,
        _plain(_source(state)),
        _bare_percent(state.coverage) if measurement is not None else "",
    ]


def _in_order(survey: Survey) -> list[BudgetState]:
    return sorted(survey.states, key=lambda one: (one.target.service.lower(), one.target.id.lower()))


def _cells(state: BudgetState) -> tuple[str, ...]:
    target = state.target
    coverage = cut_percent(state.coverage, 1) if state.measurement is not None else NONE
    return (
        target.service,
        target.id,
        f"{target.objective:f} %",
        str(target.window),
        moment_text(state.period.start, state.timezone),
        moment_text(state.period.end, state.timezone),
        measured_text(state),
        length_text(state.budget_seconds),
        spent_text(state),
        state.verdict,
        _source(state),
        coverage,
    )


def _source(state: BudgetState) -> str:
    beside = {"measured": "", "evidence": "evidence in the document", "incidents": "post-incident reviews"}[
        state.source
    ]
    if state.measurement is None:
        return beside
    counted = "events counted" if state.measurement.counted else "mean over time"
    counted = "no events" if state.measurement.eventless else counted
    how = f"computed from {', '.join(state.measurement.of)}" if state.measurement.of else counted
    said = f"{', '.join(state.measurement.files)}, {how}"
    return f"{said}; spent by {beside}" if beside else said


def _bare_percent(ratio: Fraction) -> str:
    return cut_percent(ratio, CSV_DECIMALS).removesuffix(" %")


def _plain(cell: str) -> str:
    text = printable(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
