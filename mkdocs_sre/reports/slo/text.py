"""Error budgets as text for terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.graph.layout import Sheet
from mkdocs_sre.reports.slo.sentences import gate_lines, gate_sentence, left_out, noteworthy, sentences, spent_sentence
from mkdocs_sre.reports.slo.survey import length_text, measured_text, spent_text
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from mkdocs_sre.reports.graph.layout import Look
    from mkdocs_sre.reports.slo.survey import Survey
    from mkdocs_sre.slo.state import BudgetState

HEADINGS = ("SLO", "objective", "measured", "spent", "left", "by")
MAX_NAME = 32  # columns of a name, so that a row fits into 80
_STYLES = {"overspent": "31", "reached": "33"}


def text(survey: Survey, look: Look, *, gate: bool = False) -> str:
    """Return a table, the worst first, then what is to be known of those of which a step is reached, then the sum.

    `gate` says besides whether changes may go out.
    """
    lines = _table(survey, look) if survey.states else []
    sheet = Sheet(look)
    for state in survey.states:
        if noteworthy(state):
            sheet.heading(f"{state.target.id}: {spent_sentence(state)}")
            for sentence in sentences(state):
                sheet.text(sentence)
    if gate:
        sheet.heading(gate_sentence(survey.gate))
        for line in gate_lines(survey.gate):
            sheet.text(line)
    for line in left_out(survey, gate=gate):
        sheet.heading(line)
    details = str(sheet)
    return "\n".join([*lines, "", *([details] if details else []), summary(survey), ""]).lstrip("\n")


def summary(survey: Survey) -> str:
    """Return how many objectives there are, and how many of them are in which state."""
    over = sum(not state.met for state in survey.states)
    reached = sum(state.met and state.policy_acts for state in survey.states)
    within = len(survey.states) - over - reached
    said = f"{over:,} overspent, {reached:,} with a step reached, {within:,} within the budget"
    return f"{plural(len(survey.states), 'objective')} on {survey.as_of.isoformat()}: {said}"


def _table(survey: Survey, look: Look) -> list[str]:
    rows = [_row(state) for state in survey.states]
    width = [max(len(row[column]) for row in [HEADINGS, *rows]) for column in range(len(HEADINGS))]
    found = [_painted("1", _aligned(HEADINGS, width), look)]
    for state, row in zip(survey.states, rows, strict=True):
        style = _STYLES["overspent"] if not state.met else _STYLES["reached"] if noteworthy(state) else ""
        found.append(_painted(style, _aligned(row, width), look))
    return found


def _row(state: BudgetState) -> tuple[str, ...]:
    target = state.target
    name = printable(target.id) + (" (draft)" if target.slo.status == "draft" else "")
    name = name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…"
    objective, measured = f"{target.objective:f} %", measured_text(state)
    return (
        name,
        objective,
        measured,
        spent_text(state),
        length_text(state.left_seconds),
        "reviews" if state.source == "incidents" else state.source,
    )


def _aligned(row: tuple[str, ...], width: list[int]) -> str:
    first, *middle, last = zip(row, width, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(size) for cell, size in middle), last[0]]
    return "  ".join(cells)


def _painted(style: str, said: str, look: Look) -> str:
    return f"\x1b[{style}m{said}\x1b[0m" if look.colour and style else said
