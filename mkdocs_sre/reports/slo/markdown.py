"""Error budgets as Markdown for an issue or a chat message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.freshness.markdown import MAX_CHARACTERS, escaped
from mkdocs_sre.reports.slo.sentences import gate_lines, gate_sentence, left_out, noteworthy, sentences, spent_sentence
from mkdocs_sre.reports.slo.survey import length_text, measured_text, spent_text
from mkdocs_sre.reports.slo.text import summary

if TYPE_CHECKING:
    from mkdocs_sre.reports.slo.survey import Survey
    from mkdocs_sre.slo.state import BudgetState

_HEAD = ("| SLO | Objective | Measured | Spent | Left |", "| --- | ---: | ---: | ---: | ---: |")


def markdown(survey: Survey, *, gate: bool = False) -> str:
    """Return a sentence with the sum, a table, the worst first, and a list for each objective that asks for something."""
    parts = [f"{summary(survey)}.", ""]
    if survey.states:
        parts += [*_HEAD, *(_row(state) for state in survey.states), ""]
    if gate:
        parts += [f"**{escaped(gate_sentence(survey.gate))}.**", ""]
        parts += [f"- {escaped(line)}." for line in gate_lines(survey.gate)]
        parts += [""] if not survey.gate.is_open else []
    lost = left_out(survey, gate=gate)
    parts += [*(f"- {escaped(line)}." for line in lost), ""] if lost else []
    length = sum(len(part) + 1 for part in parts)
    for state in survey.states:
        if noteworthy(state):
            block = [f"### {escaped(state.target.id)}: {escaped(spent_sentence(state))}", ""]
            block += [*(f"- {escaped(sentence)}." for sentence in sentences(state)), ""]
            length += sum(len(line) + 1 for line in block)
            parts += block if length <= MAX_CHARACTERS else []
    return "\n".join(parts)


def _row(state: BudgetState) -> str:
    target = state.target
    cells = (
        escaped(target.id),
        f"{target.objective:f} %",
        measured_text(state),
        spent_text(state),
        length_text(state.left_seconds),
    )
    return f"| {' | '.join(cells)} |"
