"""What waits, as text for terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.freshness.survey import counts, cure, reasons
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from mkdocs_sre.history.waiting import Waiting
    from mkdocs_sre.reports.freshness.survey import Survey
    from mkdocs_sre.reports.graph.layout import Look

_COLOURS = {"expired": "33", "overdue": "36", "due-soon": "2", "snoozed": "2"}


def text(survey: Survey, look: Look) -> str:
    """Return what waits by owner: for each document its place and state, then why, then what to do; then the sum."""
    lines = []
    for duty in survey.duties():
        lines += [_painted("1", f"{printable(duty.name)}: {counts(duty.waiting)}", look)]
        for one in duty.shown:
            lines += _lines(one, survey, look)
        lines += [f"  and {duty.more:,} more; --all shows them"] if duty.more else []
        lines.append("")
    return "\n".join([*lines, _sum(survey), ""])


def _lines(one: Waiting, survey: Survey, look: Look) -> list[str]:
    state = _painted(_COLOURS[one.state], one.state.replace("-", " "), look)
    return [
        f"  {_painted('1', printable(survey.place(one)), look)} {state} {printable(one.document.id)}",
        f"      {printable(reasons(one))}",
        f"      {_painted('32', printable(cure(one)), look)}",
    ]


def _sum(survey: Survey) -> str:
    return f"{plural(survey.documents, 'document')} on {survey.as_of.isoformat()}: {counts(survey.waiting)}"


def _painted(style: str, said: str, look: Look) -> str:
    return f"\x1b[{style}m{said}\x1b[0m" if look.colour else said
