"""A budget as one bar: what is spent from the left, drafts hatched behind it, the policy's steps as marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.text import width
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.slo.amounts import WHOLE, place, scale_of
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.slo.state import BudgetState

_PHONE = 328.0  # pixels: the bar on a narrow phone
_SIZE = 12.0  # pixels of the words below it
_BETWEEN = 6.0  # pixels between two of them


def budget_bar(state: BudgetState) -> str:
    """Return the bar as HTML."""
    steps = sorted({place(Fraction(step.at_percent)) for step in state.steps})
    scale = scale_of(state.budget_seconds)
    start = f"{scale.spent(state.spent_seconds)} {scale.unit} spent"
    end = left_words(state).replace(f" {scale.unit} ", " ")
    return render(
        "budget_bar.md.jinja",
        segments=_segments(state),
        marks=[at for at in steps if 0 < at < WHOLE],
        ticks=_with_room(steps, start, end),
        start=start,
        end=end,
        over=not state.met,
        said=f"{share_percent(state.share, 1)} of the error budget is spent{_drafts(state)}",
    )


def left_words(state: BudgetState) -> str:
    """Return what is left of a budget, or how much more than all of it is spent: `11.6 min left`."""
    scale, left = scale_of(state.budget_seconds), state.left_seconds
    return f"{scale.left(left)} {scale.unit} left" if left >= 0 else f"{scale.spent(-left)} {scale.unit} over"


def small_bar(state: BudgetState) -> str:
    """Return the bar as it stands in a table, beside its number: what is left, in the place of what is spent."""
    left = place(max(WHOLE - state.share * WHOLE, Fraction(0)))
    form = "bad" if not state.met else "due" if state.policy_acts else "ok"
    return f'<span class="sre-left is-{form}" aria-hidden="true"><i style="--w:{left}"></i></span>'


def _drafts(state: BudgetState) -> str:
    drafts = state.spent_by_drafts
    return f", {share_percent(drafts / state.budget_seconds, 1)} more by drafts" if drafts and by_reviews(state) else ""


def by_reviews(state: BudgetState) -> bool:
    """Whether reviews of incidents are what tells how much is spent."""
    return state.source == "incidents"


def _segments(state: BudgetState) -> list[tuple[float, float, bool]]:
    """Return where each part begins, how wide it is, both in percent, and whether it is a draft."""
    parts = [(state.spent_seconds, False)]
    if by_reviews(state):
        parts = [(one.cost, one.draft) for one in sorted(state.incidents, key=lambda one: one.draft)]
    found, at = [], Fraction(0)
    for cost, draft in parts:
        width = min(cost / state.budget_seconds * WHOLE, WHOLE - at)
        if width > 0:
            found.append((place(at), place(width), draft))
        at += width
    return found


def _with_room(steps: Iterable[float], start: str, end: str) -> list[tuple[float, str]]:
    """Return the steps that have room for a word between those at both ends of the bar, on a phone too."""
    taken = width(start, _SIZE, bold=True) + _BETWEEN
    last = _PHONE - width(end, _SIZE, bold=True) - _BETWEEN
    found: list[tuple[float, str]] = []
    for at in steps:
        text = f"{at:g} %"
        middle, half = at / WHOLE * _PHONE, width(text, _SIZE) / 2
        if middle - half >= taken and middle + half <= last:
            found.append((at, text))
            taken = middle + half + _BETWEEN
    return found
