"""What measurements say of a window: one ratio of good events, and how much of the window they know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.periods import elapsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mkdocs_sre.documents.monitoring import Measurement
    from mkdocs_sre.slo.periods import Period


ENOUGH = Fraction(
    9, 10
)  # of the days that are over: what is missing of them is like the rest, as far as anybody can tell
Span = tuple["datetime", "datetime"]


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a measurement that lies in a window; `share` of the measurement, from 0 to 1."""

    measurement: Measurement
    start: datetime
    end: datetime
    share: Fraction

    @property
    def seconds(self) -> Fraction:
        """How long it is."""
        return elapsed(self.start, self.end)

    @property
    def ratio(self) -> Fraction | None:
        """The ratio of good events, exactly; None where no event was counted."""
        one = self.measurement
        if one.good is not None and one.total is not None:
            return Fraction(one.good) / Fraction(one.total) if one.total else None
        return Fraction(one.good_percent) / 100 if one.good_percent is not None else None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of an objective in a window.

    `ratio` is that of good events, from 0 to 1, exactly. `counted`: it is a quotient of counted events, else a mean
    by time. `spans` are the times that are known, in order, and `files` where they stand; `parts` are the measurements. `good`
    and `total` are None where it is a mean. What is computed from other objectives has no parts and names them in `of`.
    """

    ratio: Fraction
    spans: tuple[Span, ...]
    files: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    good: Fraction | None = None
    total: Fraction | None = None
    of: tuple[str, ...] = ()

    @property
    def covered(self) -> Fraction:
        """How many seconds are known."""
        return sum((elapsed(start, end) for start, end in self.spans), Fraction(0))

    @property
    def counted(self) -> bool:
        """Whether events were counted in all of it."""
        return self.total is not None

    @property
    def eventless(self) -> bool:
        """Whether all that is known is that no event happened, so that none was bad."""
        return self.total == 0


def measured_in(measurements: Iterable[Measurement], period: Period) -> Measured | None:
    """Return what measurements of one objective say of a window; None where they say nothing.

    A measurement counts with the part of it that lies in the window, and not at all when most of it lies outside. Of
    several that overlap the one that ends last counts alone. Events are added up where all were counted; else the ratios
    are weighed by time. A span in which no event happened is known, but weighs nothing; where all are such, the ratio is 1.
    """
    parts = _without_overlaps(_part(one, period) for one in measurements)
    weighed = [(part, ratio) for part in parts if (ratio := part.ratio) is not None]
    spans = tuple((part.start, part.end) for part in parts)
    files = tuple(sorted({part.measurement.file for part in parts}))
    if not parts:
        return None
    if not weighed:
        return Measured(Fraction(1), spans, files, parts, Fraction(0), Fraction(0))
    if all(part.measurement.total is not None for part, _ in weighed):
        total = sum((Fraction(part.measurement.total or 0) * part.share for part, _ in weighed), Fraction(0))
        good = sum((Fraction(part.measurement.good or 0) * part.share for part, _ in weighed), Fraction(0))
        return Measured(good / total, spans, files, parts, good, total)
    seconds = sum((part.seconds for part, _ in weighed), Fraction(0))
    ratio = sum((one * part.seconds for part, one in weighed), Fraction(0)) / seconds
    return Measured(ratio, spans, files, parts)


def knows_enough(measured: Measured | None, gone: Period) -> bool:
    """Return whether at least `ENOUGH` of a time that has gone by is known; its last day is not asked for, being under way."""
    if measured is None:
        return False
    over = gone.end - timedelta(days=1) if gone.seconds > DAY else gone.end
    known = sum((elapsed(start, min(end, over)) for start, end in measured.spans if start < over), Fraction(0))
    return known >= ENOUGH * elapsed(gone.start, over)


def measured_seconds(measured: Measured, gone: Period) -> Fraction:
    """Return what was spent of a budget by what was measured, in seconds of full outage.

    What is known enough of a time speaks for all of it; what is not, only for itself.
    """
    return (1 - measured.ratio) * (gone.seconds if knows_enough(measured, gone) else measured.covered)


def spent_by_part(measured: Measured, spent: Fraction) -> tuple[tuple[Part, Fraction], ...]:
    """Return which part of what was spent each measurement tells of: by its bad events, or where no events are known by its bad time."""
    bad = [_bad(part, counted=measured.counted) for part in measured.parts]
    total = sum(bad, Fraction(0))
    return tuple((part, one / total * spent if total else total) for part, one in zip(measured.parts, bad, strict=True))


def common_spans(several: Iterable[Sequence[Span]]) -> tuple[Span, ...]:
    """Return the times that lie in a span of each; spans of one do not overlap and are in order."""
    common: list[Span] | None = None
    for spans in several:
        common = [*spans] if common is None else _both(common, spans)
    return tuple(common or ())


def _both(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    left = right = 0
    while left < len(first) and right < len(second):
        start, end = max(first[left][0], second[right][0]), min(first[left][1], second[right][1])
        if start < end:
            found.append((start, end))
        if first[left][1] <= second[right][1]:
            left += 1
        else:
            right += 1
    return found


def _bad(part: Part, *, counted: bool) -> Fraction:
    """Return how much of a measurement was bad, in events or in seconds; nothing where no event happened."""
    one = part.measurement
    if counted:
        return Fraction((one.total or 0) - (one.good or 0)) * part.share
    return Fraction(0) if part.ratio is None else (1 - part.ratio) * part.seconds


def _part(one: Measurement, period: Period) -> Part | None:
    start, end = max(one.start, period.start), min(one.end, period.end)
    if one.end <= one.start or end <= start:
        return None
    share = elapsed(start, end) / elapsed(one.start, one.end)
    return Part(one, start, end, share) if share >= Fraction(1, 2) else None


def _without_overlaps(parts: Iterable[Part | None]) -> tuple[Part, ...]:
    found = sorted(
        (part for part in parts if part is not None),
        key=lambda part: (part.measurement.end, part.measurement.start, part.measurement.place),
        reverse=True,
    )
    kept: list[Part] = []
    for part in found:
        if not kept or part.end <= kept[-1].start:
            kept.append(part)
    return tuple(reversed(kept))
