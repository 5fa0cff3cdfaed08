"""Why a document must be looked at again, and how urgently: what happened since, and what the calendar says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from mkdocs_sre.history.freshness import GRACE_DAYS, days_overdue, is_expired

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["ok", "due-soon", "overdue", "expired"]
Signal = Literal["version", "incident", "alert", "dependencies", "drill-failed", "drill", "review"]
STATES: tuple[State, ...] = get_args(State)  # from the best to the worst
SIGNALS: tuple[Signal, ...] = get_args(Signal)  # from the strongest to the weakest
MAX_DAYS_AHEAD = 30  # a review is due soon for at most so long before its day
MAX_SNOOZE_DAYS = 90  # ahead of today
PART_AHEAD = 5  # and for at most this part of its cadence: a fifth


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a document again.

    `due` is the day from which it counts, None when nobody knows it (then it is overdue, and never expires); `text` says
    it in plain words, without a full stop; `cure` says what clears it. `related` are ids that the text names.
    """

    signal: Signal
    state: State
    due: date | None
    text: str
    cure: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh one document is: the worst state of its reasons, and those, the strongest signal first.

    `due` is the day on which its calendar review (or drill) is due next, whether past or ahead; None without one.
    `expires` is the last day of grace of the first reason to expire. While snoozed, `state` is `ok`, the reasons stay,
    and `snoozed_until` says until when.
    """

    state: State = "ok"
    reasons: tuple[Reason, ...] = ()
    due: date | None = None
    expires: date | None = None
    snoozed_until: date | None = None


@dataclass(frozen=True, slots=True)
class AlertChange:
    """The day on which the expression or threshold of an alert was last changed."""

    alert: str
    changed_on: date


def days_ahead(cadence_days: int) -> int:
    """Return for how many days before its day a review is due soon: min(30, 20 % of the cadence), rounded down.

    >>> days_ahead(90), days_ahead(365), days_ahead(4)
    (18, 30, 0)
    """
    return min(MAX_DAYS_AHEAD, cadence_days // PART_AHEAD)


def calendar_state(since: date, due: date, as_of: date) -> State:
    """Return the state of what was done on the day `since` and is to be done again by the day `due`.

    On the due day itself it is due soon, after it overdue, and after the grace expired.
    """
    if as_of <= due:
        return "due-soon" if (due - as_of).days <= days_ahead((due - since).days) else "ok"
    return "expired" if is_expired(due, as_of) else "overdue"


def event_state(happened: date | None, as_of: date) -> State:
    """Return the state of what has to be looked at because of an event: overdue from its day on, and after the grace expired.

    An event whose day nobody knows never expires; one after `as_of` has not happened yet.
    """
    if happened is None:
        return "overdue"
    if as_of < happened:
        return "ok"
    return "expired" if days_overdue(happened, as_of) > GRACE_DAYS else "overdue"


def counted_from(committed: date | None, as_of: date) -> date | None:
    """Return the day of the commit that brought what the documents tell of; None when nobody knows it, or it is after `as_of`.

    Where the day that counts as today is before the commit, the documents tell of the event all the same: it is overdue,
    and its grace has not begun.
    """
    return committed if committed is not None and committed <= as_of else None


def judged(reasons: Iterable[Reason], due: date | None = None, snoozed_until: date | None = None) -> Freshness:
    """Return how fresh a document is for these reasons; those that are fine are left out.

    `due` is the day of its next review or drill. `snoozed_until` is given only while it is snoozed.
    """
    counted = [one for one in reasons if one.state != "ok"]
    if not counted:
        return Freshness(due=due, expires=_later(due, GRACE_DAYS) if due else None, snoozed_until=snoozed_until)
    counted.sort(key=lambda one: SIGNALS.index(one.signal))
    worst: State = max((one.state for one in counted), key=STATES.index)
    days = [day for day in (*(one.due for one in counted), due) if day is not None]
    expires = _later(min(days), GRACE_DAYS) if days else None
    return Freshness("ok" if snoozed_until else worst, tuple(counted), due, expires, snoozed_until)


def last_snooze(as_of: date) -> date:
    """Return the last day until which a document may be snoozed."""
    return _later(as_of, MAX_SNOOZE_DAYS)


def _later(day: date, days: int) -> date:
    """Return the day so many days later, or the end of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
