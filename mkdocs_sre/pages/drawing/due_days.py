"""Days on which documents are due, along a line of time: a row for each, or a bar for each week when there are many.

All numbers are pixels at full size; x stands for days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.history.freshness import GRACE_DAYS
from mkdocs_sre.pages.drawing.shapes import number
from mkdocs_sre.pages.drawing.text import fitted, width
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.words import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Standing = Literal["expired", "overdue", "due-soon", "snoozed", "ok"]
WORDS: Mapping[Standing, str] = MappingProxyType(
    {"expired": "expired", "overdue": "overdue", "due-soon": "due soon", "snoozed": "snoozed", "ok": "in order"}
)  # the worst first
BACK_DAYS, AHEAD_DAYS = 182, 182  # how far the line of time reaches at most; what lies outside stands at its ends
LEAST_DAYS = 45  # and at least, to both sides
EDGE_DAYS = 5  # beyond the first and the last mark
MAX_ROWS = {"wide": 40, "narrow": 12}  # of a row for each document
WEEK = 7
ROW, TOP, TEXT = 24.0, 40.0, 12.0
BAR_HEIGHT, BAR_TOP = 150.0, 56.0
TICK, YEAR = 58.0, 30.0  # between two labels of the axis at least, and what a year takes more
_END = 8.0  # free at both ends of a line of time that no names stand beside


@dataclass(frozen=True, slots=True)
class DueDay:
    """A document: its name, the address of its page, the first day on which it is due, and how it stands.

    Without a day it is due now, and nobody knows since when.
    """

    name: str
    target: str
    day: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of time between two days (ordinals), from `left` over `length` pixels."""

    first: int
    last: int
    today: int
    left: float
    length: float

    def at(self, day: int) -> float:
        """Return the place of a day; of one outside, the end that it lies beyond."""
        inside = min(max(day, self.first), self.last)
        return self.left + self.length * (inside - self.first) / (self.last - self.first)


@dataclass(frozen=True, slots=True)
class _Form:
    """The measures of one of the two drawings."""

    name: Literal["wide", "narrow"]
    width: float
    left: float  # of the line of time
    right: float  # what is free behind it
    row: float
    mark: float  # where in a row the mark stands


_WIDE = _Form("wide", 760, 236, 78, ROW, ROW / 2)
_NARROW = _Form("narrow", 340, _END, _END, 38, 28)


def due_days_figure(found: Sequence[DueDay], as_of: date) -> str:
    """Return the figure as HTML, in a wide and a narrow drawing; empty without any document."""
    if not found:
        return ""
    ordered = sorted(
        found, key=lambda one: (one.day or as_of, one.name.casefold(), one.name, one.target, one.standing, str(one.day))
    )
    drawn = "".join(_drawing(form, ordered, as_of) for form in (_WIDE, _NARROW))
    counts = Counter(one.standing for one in found)
    said = ", ".join(f"{counts[one]} {words}" for one, words in WORDS.items() if counts[one])
    caption = escape(f"As of {as_of.isoformat()}: {said}. The table below holds the same.")
    key = _key(counts, graced=len(found) <= MAX_ROWS["wide"])
    return f'<figure class="sre-fig sre-due-days" data-search-exclude>{drawn}{key}<figcaption>{caption}</figcaption></figure>\n'


def _key(counts: Mapping[Standing, int], *, graced: bool) -> str:
    """Return the key as HTML: only what the drawings use; `graced` is whether a grace is drawn."""
    items = [_explained(16, _mark(one, 8, 8), words) for one, words in WORDS.items() if counts[one]]
    if graced:
        box = '<rect class="grace" x="1" y="3" width="28" height="10"/>'
        items.append(_explained(30, box, f"{GRACE_DAYS} days of grace"))
    return f'<p class="sre-key">{" ".join(items)}</p>'


def _explained(wide: int, drawn: str, words: str) -> str:
    return f'<span><svg viewBox="0 0 {wide} 16" aria-hidden="true" class="sre-svg">{drawn}</svg>{words}</span>'


def _drawing(form: _Form, found: Sequence[DueDay], as_of: date) -> str:
    rows = len(found) <= MAX_ROWS[form.name]
    line = _line(form if rows else replace(form, left=_END, right=_END), found, as_of)
    height = TOP + form.row * len(found) + 6 if rows else BAR_TOP + BAR_HEIGHT + 22
    parts = [*_axis(line, height if rows else BAR_TOP + BAR_HEIGHT)]
    parts += _rows(form, line, found) if rows else _bars(line, found)
    title = "Days on which documents are due" if rows else "Documents by the week in which they are due"
    name = f"sre-due-{form.name}"
    return (
        f'<svg class="sre-svg {form.name}" viewBox="0 0 {number(form.width)} {number(height)}" role="group"'
        f' aria-labelledby="{name}-t"><title id="{name}-t">{title}</title>{"".join(parts)}</svg>'
    )


def _line(form: _Form, found: Sequence[DueDay], as_of: date) -> _Line:
    """Return the line of time that holds every day, or as many of them as it may reach."""
    today = as_of.toordinal()
    days = [one.day.toordinal() for one in found if one.day is not None] or [today]
    first = min(today - LEAST_DAYS, max(min(days) - EDGE_DAYS, today - BACK_DAYS))
    last = max(today + LEAST_DAYS, min(max(days) + EDGE_DAYS, today + AHEAD_DAYS))
    return _Line(first, last, today, form.left, form.width - form.left - form.right)


def _axis(line: _Line, bottom: float) -> Iterator[str]:
    """Yield the first days of months, and the day that counts as today."""
    now = line.at(line.today)
    words = f"as of {short_day(date.fromordinal(line.today))}"
    half = width(words, TEXT, bold=True) / 2
    middle = min(max(now, line.left + half), line.left + line.length - half)
    yield f'<text class="b" x="{number(middle)}" y="12" text-anchor="middle">{words}</text>'
    taken = line.left - TICK
    for day in _months(line):
        x = line.at(day.toordinal())
        yield f'<line class="month" x1="{number(x)}" x2="{number(x)}" y1="{TOP - 6:g}" y2="{number(bottom)}"/>'
        year = day.month == 1 or taken < line.left
        label = short_day(day, year=year)
        ends = x + width(label, TEXT)
        if x - taken >= TICK and ends <= line.left + line.length + _END and not x - 4 <= now <= ends:
            yield f'<text class="sub" x="{number(x)}" y="{TOP - 12:g}">{label}</text>'
            taken = x + (YEAR if year else 0)
    yield f'<line class="today" x1="{number(now)}" x2="{number(now)}" y1="16" y2="{number(bottom)}"/>'


def _months(line: _Line) -> Iterator[date]:
    """Yield the first days of the months on a line."""
    for ordinal in range(max(line.first, 1), min(line.last, date.max.toordinal()) + 1):
        day = date.fromordinal(ordinal)
        if day.day == 1:
            yield day


def _rows(form: _Form, line: _Line, found: Sequence[DueDay]) -> Iterator[str]:
    for index, one in enumerate(found):
        top = TOP + form.row * index
        y = top + form.mark
        day = one.day.toordinal() if one.day is not None else line.today
        x, end = line.at(day), line.at(day + GRACE_DAYS if one.day is not None else day)
        said = f"{one.name}: due {one.day.isoformat() if one.day is not None else 'now'}, {WORDS[one.standing]}"
        yield f'<line class="row" x1="{number(line.left)}" x2="{number(line.left + line.length)}" y1="{number(y)}" y2="{number(y)}"/>'
        if end > x:
            yield f'<rect class="grace" x="{number(x)}" y="{number(y - 5)}" width="{number(end - x)}" height="10"/>'
        yield f'<a href="{escape(one.target)}"><title>{escape(said)}</title>{_named(form, one, top, y)}</a>'
        yield _beyond(line, day, x, y) or _mark(one.standing, x, y)


def _named(form: _Form, one: DueDay, top: float, y: float) -> str:
    """Return the name of a document and the word for how it stands: beside the line where there is room, else above."""
    word = WORDS[one.standing]
    if form.name == "wide":
        room = form.left - 16
        return (
            f'<text x="0" y="{number(y + 4)}">{escape(fitted(one.name, room, TEXT))}</text>'
            f'<text class="sub w-{one.standing}" x="{number(form.width)}" y="{number(y + 4)}" text-anchor="end">{word}</text>'
        )
    room = form.width - width(word, TEXT) - 24
    return (
        f'<text x="0" y="{number(top + 14)}">{escape(fitted(one.name, room, TEXT))}</text>'
        f'<text class="sub w-{one.standing}" x="{number(form.width)}" y="{number(top + 14)}" text-anchor="end">{word}</text>'
    )


def _beyond(line: _Line, day: int, x: float, y: float) -> str:
    """Return an arrow for a day that lies outside of the line; empty for one that it holds."""
    if line.first <= day <= line.last:
        return ""
    way = -1 if day < line.first else 1
    return f'<path class="beyond" d="M{number(x + 5 * way)} {number(y)}l{-9 * way} -5v10z"/>'


def _mark(standing: Standing, x: float, y: float) -> str:
    """Return a mark that has a shape of its own for each way to stand."""
    at = f"{number(x)} {number(y)}"
    if standing == "expired":
        return f'<path class="m-expired" d="M{number(x - 2.7)} {number(y - 6.5)}h5.400l3.800 3.800v5.400l-3.800 3.800h-5.400l-3.800 -3.800v-5.400z"/>'
    if standing == "overdue":
        return f'<path class="m-overdue" d="M{at}m0 -7l7 7l-7 7l-7 -7z"/>'
    form = "m-snoozed" if standing == "snoozed" else "m-ok"
    ring = f'<circle class="{form}" cx="{number(x)}" cy="{number(y)}" r="5"/>'
    return f'{ring}<path class="m-soon" d="M{at}m0 -5a5 5 0 010 10z"/>' if standing == "due-soon" else ring


def _bars(line: _Line, found: Sequence[DueDay]) -> Iterator[str]:
    """Yield a bar for each week, its parts stacked the worst at the bottom, and how many each part holds in its title."""
    weeks: dict[int, Counter[Standing]] = {}
    for one in found:
        day = one.day.toordinal() if one.day is not None else line.today
        inside = min(max(day, line.first), line.last - 1)
        weeks.setdefault((inside - line.today) // WEEK, Counter())[one.standing] += 1
    most = max(sum(one.values()) for one in weeks.values())
    floor = BAR_TOP + BAR_HEIGHT
    for week, counts in sorted(weeks.items()):
        start, end = (line.at(line.today + WEEK * at) for at in (week, week + 1))
        y = floor
        for standing, words in WORDS.items():
            if counts[standing]:
                tall = BAR_HEIGHT * counts[standing] / most
                y -= tall
                box = f'x="{number(start + 1)}" y="{number(y)}" width="{number(max(end - start - 2, 1))}" height="{number(tall)}"'
                yield f'<rect class="m-{standing} bar" {box}><title>{counts[standing]} {words}</title></rect>'
    yield f'<line class="row" x1="{number(line.left)}" x2="{number(line.left + line.length)}" y1="{number(floor)}" y2="{number(floor)}"/>'
    yield f'<text class="sub" x="{number(line.left + line.length)}" y="{number(floor + 16)}" text-anchor="end">at most {most} a week</text>'
    yield from _outside(line, found, floor)


def _outside(line: _Line, found: Sequence[DueDay], floor: float) -> Iterator[str]:
    days = [one.day.toordinal() for one in found if one.day is not None]
    earlier, later = sum(day < line.first for day in days), sum(day > line.last for day in days)
    said = [f"first bar: {earlier} earlier" if earlier else "", f"last bar: {later} later" if later else ""]
    words = "; ".join(one for one in said if one)
    if words:
        yield f'<text class="sub" x="{number(line.left)}" y="{number(floor + 16)}">{words}</text>'
