"""What is left of a budget over its window, as reviews of incidents tell it, beside spending it evenly.

Lines lie in an SVG that stretches with the page; words are HTML placed by percentages, so that they never scale. The
table below the picture holds the same data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.slo.amounts import WHOLE, place, scale_of
from mkdocs_sre.pages.slo.bar import by_reviews, left_words
from mkdocs_sre.pages.words import short_day
from mkdocs_sre.slo.decimals import share_percent
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.periods import elapsed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mkdocs_sre.slo.periods import Period
    from mkdocs_sre.slo.spending import Point
    from mkdocs_sre.slo.state import BudgetState

_DEEPEST = Fraction(1)  # below nothing, in budgets: further down the picture is cut, and the number says it
_TOLD = Fraction(1, 10)  # of the height of the picture, which an incident must take to be told in it
_LOW = 80.0  # percent of the height below which there is no room for a word under the line
_APART = 16.0  # percent of the width between two words
_BESIDE = 82.0  # percent of the width behind which a word stands before its place
_LINES = 11.0  # percent of the height between two words at the edge
_SHORT_SECONDS = 2 * DAY  # a window up to so long is told by the clock
MINUS = "\u2212"


@dataclass(frozen=True)
class _Frame:
    """Where times and what is spent stand, in percent from the left and from above; `depth` in budgets, at least 1.

    `zone` is where the days of the window are counted.
    """

    period: Period
    budget: Fraction
    depth: Fraction
    zone: ZoneInfo

    def across(self, time: datetime) -> float:
        """Return the place of a time."""
        share = elapsed(self.period.start, time) / self.period.seconds
        return place(min(max(share, Fraction(0)), Fraction(1)) * WHOLE)

    def down(self, spent: Fraction) -> float:
        """Return how far below the whole budget it stands once so much is spent."""
        return place(min(spent / self.budget, self.depth) / self.depth * WHOLE)

    def day(self, time: datetime) -> str:
        """Return the day of a time, as charts name it."""
        return short_day(time.astimezone(self.zone).date())


def burn_down(state: BudgetState) -> str:
    """Return the picture as HTML; nothing where neither reviews nor several measurements tell when something was spent."""
    if not (state.incidents or state.measured_line):
        return ""
    worst = max(state.spent_by_final + state.spent_by_drafts, state.spent_seconds) / state.budget_seconds
    depth = min(max(worst, Fraction(1)), 1 + _DEEPEST)
    frame = _Frame(state.period, state.budget_seconds, depth, ZoneInfo(state.timezone))
    ends_at = frame.down(state.spent_seconds)
    measured, reviews = state.measured_line, _path(state.incident_line, state, frame)
    return render(
        "burn_down.md.jinja",
        line=_path(measured, state, frame) if measured else reviews,
        reviews=reviews if measured and state.spent_by_final else "",
        by_measure=bool(measured),
        side="under" if measured and ends_at < _LOW else "up",
        drafts=_path(state.draft_line, state, frame) if state.spent_by_drafts else "",
        nothing=frame.down(state.budget_seconds),
        end=frame.across(state.until),
        steps=_steps(state, frame),
        edge=_edge(state, frame),
        notes=_notes(state, frame),
        days=_days(state, frame),
        left=left_words(state),
        ends_at=ends_at,
        apart=not by_reviews(state),
        source="the evidence" if state.source == "evidence" else "measurement",
        ongoing=frame.across(state.until) < WHOLE,
        said=_said(state, frame),
        back=_back(state, frame),
    )


def _path(line: Sequence[Point], state: BudgetState, frame: _Frame) -> str:
    """Return the line from the start of the window to the end of the day."""
    points = [(frame.across(one.time), frame.down(one.spent)) for one in line] or [(0.0, 0.0)]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + f"H{frame.across(state.until)}"


def _steps(state: BudgetState, frame: _Frame) -> list[tuple[float, str]]:
    """Return the heights at which the policy acts, each with a word where there is room."""
    found: list[tuple[float, str]] = []
    told = 0.0
    for at_percent in sorted({Fraction(step.at_percent) for step in state.steps} - {Fraction(0)}):
        at = frame.down(state.budget_seconds * at_percent / WHOLE)
        room = at - told >= _LINES and at < WHOLE
        told = at if room else told
        found.append((at, f"policy: {share_percent(at_percent / WHOLE, 2)} spent" if room else ""))
    return found


def _edge(state: BudgetState, frame: _Frame) -> list[tuple[float, str]]:
    """Return the words at the left edge: the whole budget, nothing, and what is left at each step that has room."""
    scale, budget = scale_of(state.budget_seconds), state.budget_seconds
    found = [(0.0, f"{scale.left(budget)} {scale.unit}"), (frame.down(budget), "0")]
    shares = {Fraction(step.at_percent) / WHOLE for step in state.steps} | {frame.depth}
    for share in sorted(shares):
        at = frame.down(budget * share)
        if share <= frame.depth and all(abs(at - other) >= _LINES for other, _ in found):
            found.append((at, scale.left(budget - budget * share).replace("-", MINUS)))
    return sorted(found)


def _notes(state: BudgetState, frame: _Frame) -> list[tuple[float, float, str, str]]:
    """Return what the larger incidents cost: place, height, on which side the word stands, and the word."""
    scale, found = scale_of(state.budget_seconds), list[tuple[float, float, str, str]]()
    final = together = Fraction(0)
    for one in sorted(state.incidents, key=lambda one: (one.end, one.pir)):
        before = together if one.draft else final
        together += one.cost
        final += 0 if one.draft else one.cost
        at = frame.across(one.end)
        far = all(abs(at - other) >= _APART for other, *_ in found)
        if (
            one.cost >= _TOLD * frame.depth * state.budget_seconds
            and far
            and before < frame.depth * state.budget_seconds
        ):
            words = f"{MINUS}{scale.plain(one.cost)}{' in a draft' if one.draft else ''}"
            found.append((at, frame.down(before), "end" if at > _BESIDE else "", words))
    return found


def _days(state: BudgetState, frame: _Frame) -> list[tuple[float, str, str]]:
    """Return the words below: the first and the last day, and in between days of incidents that have room."""
    period = frame.period
    if period.seconds <= _SHORT_SECONDS:
        return [
            (at, side, f"{time.astimezone(frame.zone):%H:%M}")
            for at, side, time in ((0.0, "l", period.start), (100.0, "r", period.end))
        ]
    words = [(0.0, "l", frame.day(period.start)), (100.0, "r", frame.day(period.end - timedelta(seconds=1)))]
    for one in sorted(state.incidents, key=lambda one: (-one.cost, one.start)):
        at = frame.across(one.start)
        if all(abs(at - other) >= _APART for other, *_ in words):
            words.append((at, "", frame.day(one.start)))
    return words


def _said(state: BudgetState, frame: _Frame) -> str:
    """Return what the picture shows in words."""
    told, spent = [f"{share_percent(state.spent_seconds / frame.budget, 1)} spent as measured"], Fraction(0)
    if state.measurement is None:
        told = []
    for one in state.incidents:
        if not one.draft:
            spent += one.cost
            told.append(f"{share_percent(spent / frame.budget, 1)} spent by reviews after {frame.day(one.end)}")
    return "; ".join(told) or "only drafts tell of anything spent"


def _back(state: BudgetState, frame: _Frame) -> str:
    """Return when a rolling window lets go of its first incident; empty for a calendar one, which ends as a whole."""
    final = [one for one in state.incidents if not one.draft and by_reviews(state)]
    rolling = state.target.window.rolling
    if not final or rolling is None:
        return ""
    first = min(final, key=lambda one: (one.end, one.pir))
    scale = scale_of(frame.budget)
    return f"On {frame.day(first.end + timedelta(seconds=rolling.seconds))} {scale.plain(first.cost)} {scale.unit} come back."
