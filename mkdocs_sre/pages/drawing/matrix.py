"""The matrix of severity and likelihood, with a mark for each risk that leads to its row in the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.shapes import number
from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEFT, TOP, CELL, HEIGHT, SCALE = 84.0, 18.0, 52.0, 38.0, 40.0
RADIUS = 8.0
PER_LINE, LINES = 3, 2  # marks of a cell; of more the last says how many


@dataclass(frozen=True, slots=True)
class Mark:
    """A risk on the matrix: the letter that its row has, what it is, where it leads, and whether it is a single point."""

    letter: str
    said: str
    target: str
    single: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The words of both scales, from the lowest up, and the form (`low`, `middle`, `high`) of each cell by its numbers."""

    severity: Sequence[str]
    likelihood: Sequence[str]
    forms: Mapping[tuple[int, int], str]


def matrix_svg(cells: Mapping[tuple[int, int], Sequence[Mark]], scale: Scale, name: str) -> str:
    """Return the matrix as a figure in HTML; `cells` are keyed by severity and likelihood, both from 1."""
    columns, rows = len(scale.likelihood), len(scale.severity)
    width, height = LEFT + columns * CELL + 1, TOP + rows * HEIGHT + SCALE
    parts = ['<text class="col" x="0" y="11">Severity</text>']
    for severity in range(rows, 0, -1):
        y = TOP + (rows - severity) * HEIGHT
        parts += _words(scale.severity[severity - 1], severity, LEFT - 6, y + HEIGHT / 2, "end")
        for likelihood in range(1, columns + 1):
            x = LEFT + (likelihood - 1) * CELL
            form = scale.forms[severity, likelihood]
            box = f'x="{number(x + 1)}" y="{number(y + 1)}" width="{number(CELL - 2)}" height="{number(HEIGHT - 2)}"'
            parts.append(f'<rect class="cell {form}" {box} rx="2"/>')
            parts += _marks(cells.get((severity, likelihood), ()), x, y)
    bottom = TOP + rows * HEIGHT
    for likelihood in range(1, columns + 1):
        middle = LEFT + (likelihood - 0.5) * CELL
        parts += _words(scale.likelihood[likelihood - 1], likelihood, middle, bottom + 12, "middle")
    parts.append(
        f'<text class="col" x="{number(width - 1)}" y="{number(height - 2)}" text-anchor="end">Likelihood</text>'
    )
    said = ". ".join(
        f"{', '.join(mark.letter for mark in cells[at])}: severity {at[0]}, likelihood {at[1]}"
        for at in sorted(cells, reverse=True)
    )
    single = any(mark.single for marks in cells.values() for mark in marks)
    caption = "<figcaption>A heavy ring: a single point of failure.</figcaption>" if single else ""
    return (
        f'<figure class="sre-fig sre-risks" data-search-exclude><svg class="sre-svg" viewBox="0 0 {number(width)} {number(height)}"'
        f' role="group" aria-labelledby="{name}-t {name}-d"><title id="{name}-t">Risks by severity and likelihood</title>'
        f'<desc id="{name}-d">{escape(said)}. The table below holds the same.</desc>{"".join(parts)}</svg>{caption}</figure>\n'
    )


def _words(words: str, value: int, x: float, y: float, anchor: str) -> list[str]:
    """Return a word of a scale, and its number in a second line."""
    place = f'x="{number(x)}" text-anchor="{anchor}"'
    return [
        f'<text class="sub" {place} y="{number(y)}">{escape(words)}</text>',
        f'<text class="sub" {place} y="{number(y + 12)}">{value}</text>',
    ]


def _marks(marks: Sequence[Mark], x: float, y: float) -> list[str]:
    room = PER_LINE * LINES
    shown = list(marks[: room if len(marks) <= room else room - 1])
    lines = 1 if len(marks) <= PER_LINE else LINES
    drawn = []
    full = min(len(marks), PER_LINE)
    for at, mark in enumerate(shown):
        middle_x, middle_y = _place(at, full, lines, x, y)
        form = "mark single" if mark.single else "mark"
        drawn.append(
            f'<a href="{escape(mark.target)}"><title>{escape(mark.said)}</title><circle class="{form}" cx="{number(middle_x)}"'
            f' cy="{number(middle_y)}" r="{number(RADIUS)}"/><text class="letter" x="{number(middle_x)}" y="{number(middle_y + 3.5)}"'
            f' text-anchor="middle">{escape(mark.letter)}</text></a>'
        )
    if len(marks) > room:
        middle_x, middle_y = _place(room - 1, PER_LINE, lines, x, y)
        drawn.append(
            f'<text class="letter" x="{number(middle_x)}" y="{number(middle_y + 3.5)}" text-anchor="middle">+{len(marks) - room + 1}</text>'
        )
    return drawn


def _place(at: int, full: int, lines: int, x: float, y: float) -> tuple[float, float]:
    """Return the middle of a mark; `full` is how many stand in a line."""
    column, line = at % PER_LINE, at // PER_LINE
    step = (CELL - 2) / PER_LINE
    return x + CELL / 2 + step * (column - (full - 1) / 2), y + HEIGHT / 2 + (line - (lines - 1) / 2) * (2 * RADIUS + 1)
