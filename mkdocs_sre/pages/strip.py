"""Durations as dots on lines that share one scale, with the middle half of them as a box.

Places are percentages of an SVG without a view box, so dots stay round at every width.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_sre.documents.spread import Scale, Spread
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.words import counted, minutes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

MAX_POINTS = 400  # of a line; beyond that dots are a smear, and box and numbers tell more
MAX_NAMED = 30  # durations that the description reads out
_DOT = 1.2  # percent; dots nearer than that are stacked
_ROWS = 4
_HEIGHT = 26  # pixels of a line
_TICK = 19.0  # percent of a phone's line that a label takes


@dataclass(frozen=True)
class Line:
    """One line of the figure: what is measured, how it spreads, and durations that are drawn but not counted."""

    label: str
    spread: Spread
    apart: Sequence[timedelta] = field(default=())


def strip_figure(lines: Sequence[Line], caption: str) -> str:
    """Return the figure as HTML. `caption` is plain text; it is told there when the scale is logarithmic."""
    scale = Scale.over(length for line in lines for length in (*line.spread.points, *line.apart))
    shape = " Logarithmic scale." if scale.logarithmic else ""
    ticks = [(scale.at(length), minutes(length)) for length in scale.ticks(_TICK)]
    return render(
        "strip.md.jinja",
        lines=[_drawn(line, scale) for line in lines],
        ticks=ticks,
        height=_HEIGHT,
        caption=escape(caption + shape),
        escape=escape,
    )


def _drawn(line: Line, scale: Scale) -> dict[str, object]:
    found = line.spread
    box = (
        (scale.at(found.lower), scale.at(found.upper)) if found.lower is not None and found.upper is not None else None
    )
    return {
        "label": line.label,
        "said": _said(found),
        "small": _small(found),
        "box": (box[0], round(box[1] - box[0], 2)) if box else None,
        "median": scale.at(found.median),
        "dots": [*_dots(found.points, scale, "dot"), *_dots(line.apart, scale, "dot apart")],
    }


def _dots(lengths: Sequence[timedelta], scale: Scale, form: str) -> list[tuple[float, float, str]]:
    """Return place, height and form of each dot; those at one place stand above and below each other."""
    dots = []
    last, stack = -1.0, 0
    for at in [scale.at(length) for length in sorted(lengths)[:MAX_POINTS]]:
        stack = (stack + 1) % _ROWS if at - last < _DOT else 0
        last = at if not stack else last
        offset = (stack + 1) // 2 * 5 * (-1 if stack % 2 else 1)
        dots.append((at, _HEIGHT / 2 + offset, form))
    return dots


def _small(found: Spread) -> str:
    half = quartiles(found)
    return f"median {minutes(found.median)}" + (f", middle half {half}" if half else f" of {found.count}")


def quartiles(found: Spread) -> str:
    """Return the middle half of the durations in words; nothing for too few."""
    if found.lower is None or found.upper is None:
        return ""
    lower, upper = minutes(found.lower), minutes(found.upper)
    return lower if lower == upper else f"{lower} to {upper}"


def _said(found: Spread) -> str:
    """Return what the line shows, in words for whoever does not see it."""
    named = ", ".join(minutes(length) for length in found.points[:MAX_NAMED])
    more = found.count - MAX_NAMED
    return f"{counted(found.count, 'duration')}: {named}" + (f" and {more} longer ones" if more > 0 else "")
