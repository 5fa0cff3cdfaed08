"""What incidents spend of an error budget: the share that failed times how long, each moment counted once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_sre.slo.periods import elapsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.periods import Period


@dataclass(frozen=True, slots=True)
class Failing:
    """What a review says about an objective: which share of its events failed, from 0 to 1, from when to when.

    `draft` is whether the review is not final; `index` its place under the review's `slo_impact`.
    """

    pir: str
    index: int
    draft: bool
    ratio: Fraction
    start: datetime
    end: datetime
    place: Location


@dataclass(frozen=True, slots=True)
class Untimed:
    """What a review says about an objective without its times being known; `lacks` says which: `from`, `to` or both.

    Times of which the end stands before the start are no times.
    """

    pir: str
    index: int
    draft: bool
    lacks: tuple[str, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Spent:
    """What an incident spends inside a window: `cost` is in seconds of full outage.

    `start` and `end` are those of the incident inside the window. The cost is less than the share times the length where
    incidents at one time would add up to more than everything.
    """

    failing: Failing
    start: datetime
    end: datetime
    cost: Fraction

    @property
    def pir(self) -> str:
        """The id of the review."""
        return self.failing.pir

    @property
    def draft(self) -> bool:
        """Whether the review is not final."""
        return self.failing.draft

    @property
    def failing_percent(self) -> Fraction:
        """The share of events that failed, from 0 to 100."""
        return self.failing.ratio * 100

    @property
    def place(self) -> Location:
        """Where the review says it."""
        return self.failing.place

    @property
    def seconds(self) -> Fraction:
        """How long it lasted inside the window."""
        return elapsed(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Point:
    """How much of a budget is spent at a time, in seconds of full outage; between two of them the line is straight."""

    time: datetime
    spent: Fraction


def spent_in(failings: Iterable[Failing], period: Period) -> tuple[tuple[Spent, ...], tuple[Point, ...]]:
    """Return what each incident spends inside a window, in order of time, and the line of all of them together.

    Shares that fail at one time add up, since each incident counts events of its own, but to no more than everything:
    what is over is taken from drafts first, then from what began later. The line goes from the start of the window
    to the end of its last incident; it is empty without one.
    """
    inside = [one for one in failings if one.ratio and max(one.start, period.start) < min(one.end, period.end)]
    ranked = sorted(inside, key=lambda one: (one.draft, one.start, one.pir, one.index))
    begins, ends = defaultdict[datetime, list[int]](list), defaultdict[datetime, list[int]](list)
    for rank, one in enumerate(ranked):
        begins[_utc(max(one.start, period.start))].append(rank)
        ends[_utc(min(one.end, period.end))].append(rank)
    over = [Fraction(0)] * len(ranked)
    line = [Point(_utc(period.start), Fraction(0))] if ranked else []
    active: set[int] = set()
    together = Fraction(0)
    for time in sorted(begins.keys() | ends.keys()):
        length = elapsed(line[-1].time, time)
        if together > 1:
            _take(over, ((rank, ranked[rank].ratio) for rank in sorted(active, reverse=True)), together - 1, length)
        if length:
            line.append(Point(time, line[-1].spent + min(together, Fraction(1)) * length))
        for rank in ends[time]:
            active.remove(rank)
            together -= ranked[rank].ratio
        for rank in begins[time]:
            active.add(rank)
            together += ranked[rank].ratio
    spent = [_spent(one, period, over[rank]) for rank, one in enumerate(ranked)]
    return tuple(sorted(spent, key=lambda one: (one.start, one.pir, one.failing.index))), tuple(line)


def _take(over: list[Fraction], active: Iterable[tuple[int, Fraction]], excess: Fraction, length: Fraction) -> None:
    """Note for the last of those that fail at one time what is over, in seconds of full outage."""
    for rank, ratio in active:
        taken = min(ratio, excess)
        over[rank] += taken * length
        excess -= taken
        if not excess:
            return


def _spent(one: Failing, period: Period, over: Fraction) -> Spent:
    start, end = _utc(max(one.start, period.start)), _utc(min(one.end, period.end))
    return Spent(one, start, end, one.ratio * elapsed(start, end) - over)


def passed_at(line: Sequence[Point], spent: Fraction) -> datetime | None:
    """Return when a line comes to so many seconds; None: never. Where it has spent that from the start, its start."""
    for before, after in pairwise(line):
        if after.spent >= spent:
            rise = after.spent - before.spent
            share = (spent - before.spent) / rise if rise > 0 and spent > before.spent else Fraction(0)
            return before.time + timedelta(microseconds=int(elapsed(before.time, after.time) * share * 1_000_000))
    return None


def _utc(time: datetime) -> datetime:
    # Two times of one zone are compared by the clock on the wall, which an hour set forward makes wrong.
    return time.astimezone(UTC)
