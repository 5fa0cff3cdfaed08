"""What an objective promises, in one sentence, and its budget in time and in events."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.slo.amounts import events, lasting
from mkdocs_sre.pages.slo.bar import left_words, small_bar
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import length, percent
from mkdocs_sre.slo.decimals import share_percent
from mkdocs_sre.slo.durations import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.indicators import Indicator
    from mkdocs_sre.slo.state import BudgetState
    from mkdocs_sre.slo.targets import Target

_BUDGETS = (
    Column("Objective", "fit"),
    Column("May fail", "sre-num"),
    Column("In events", "sre-num"),
    Column("A week's share", "sre-num"),
    Column("A day's share", "sre-num"),
    Column("Left", "sre-num early", bare=True),
)
_WEEK = 7


def promise(state: BudgetState) -> str:
    """Return the promise as a sentence of HTML: how much of what, over which time, and what that leaves."""
    target = state.target
    over = f"over any {length(target.window)}" if target.window.rolling else f"over each {target.window}"
    held = f"That holds for <b class='sre-num'>{percent(target.objective)}</b> of {escape(counted_of(target.sli))}, <b>{escape(over)}</b>"
    this = "" if target.window.rolling else f" in this {target.window.calendar}"
    leaves = f'<b class="sre-num">{lasting(state.budget_seconds, cut=True)}</b> of full outage'
    return f"{held}, which leaves {leaves}{this}{_in_events(state)}."


def counted_of(sli: Indicator) -> str:
    """Return what an indicator counts, in plain text."""
    if sli.composite is not None:
        return "its parts together"
    if sli.slices is not None and sli.slices.good_percent is not None:
        return f"slices of {length(sli.slices.length)}"
    if sli.threshold is not None:
        return f"slices of {length(sli.slices.length) if sli.slices else '1 min'}"
    return "events" if sli.raw is None else "what its ratio counts"


def _in_events(state: BudgetState) -> str:
    if state.events is None:
        return ""
    return f", or <b>{events(state.events)}</b> of {events(state.events / state.target.allowed)} events"


def budgets_table(states: Sequence[BudgetState]) -> str:
    """Return what each objective of a document allows in its window, in a week and in a day, and what is left."""
    rows = [_row(one) for one in states]
    window = length(states[0].target.window)
    caption = f"Error budget over {'the ' if states[0].target.window.calendar else ''}{window}, as time of full outage"
    return table(caption, _BUDGETS, rows)


def _row(state: BudgetState) -> list[str]:
    target = state.target
    return [
        f"{percent(target.objective)}{_about(target)}",
        lasting(state.budget_seconds, cut=True),
        "" if state.events is None else events(state.events),
        _share(state, _WEEK),
        _share(state, 1),
        f"{small_bar(state)} {_left(state)}",
    ]


def _share(state: BudgetState, days: int) -> str:
    """Return what so many days may spend when the window spends evenly; empty for a shorter window."""
    if state.period.seconds <= days * DAY:
        return ""
    return lasting(state.target.allowed * Fraction(days * DAY), cut=True)


def _left(state: BudgetState) -> str:
    spent = share_percent(state.share, 1)
    return f"{left_words(state)} <small>{spent} spent</small>"


def _about(target: Target) -> str:
    """Return the name of a further objective and what it is about, where that is not what the document is about."""
    if not target.path:
        return ""
    own = prose(target.behaviour) if target.behaviour != target.slo.behaviour else ""
    return f" <small>{' &#183; '.join(text for text in (escape(target.name), own) if text)}</small>"
