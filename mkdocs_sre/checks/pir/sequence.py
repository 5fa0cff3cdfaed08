"""Which events of one list cannot have happened when it says; pure arithmetic over times in UTC."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.timing import (
    ACKNOWLEDGED,
    DECLARED,
    DETECTED,
    IMPACT_STARTED,
    MITIGATED,
    RESOLVED,
    milestones,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mkdocs_sre.documents.timeline.events import TimelineEvent

ROUGH = timedelta(minutes=15)  # how far a time such as `ca. 18:30` may be off
# Detection may stand before the impact: an alert that warned in time.
_NEVER_BEFORE = (
    (IMPACT_STARTED, MITIGATED),
    (IMPACT_STARTED, RESOLVED),
    (MITIGATED, RESOLVED),
    (DETECTED, ACKNOWLEDGED),
)
_IN_A_SUMMARY = (
    *_NEVER_BEFORE,
    (DETECTED, DECLARED),
    (DETECTED, MITIGATED),
    (DETECTED, RESOLVED),
    (DECLARED, RESOLVED),
)

Pair = tuple[int, int]  # positions of two events, of which the second should be later and is earlier


class Contradiction(NamedTuple):
    """Positions of two events that cannot both be right: the one that looks wrong, as it is too late or too early."""

    wrong: int
    other: int
    too_late: bool = False


def out_of_order(events: Sequence[TimelineEvent], times: Sequence[datetime | None]) -> list[Contradiction]:
    """Return the neighbours that stand the wrong way round, and then what comes before the thing that it ends."""
    pairs = list(_inversions(events, times))
    told = {index for pair in pairs for index in pair}
    broken = _broken(events, times, _NEVER_BEFORE)
    pairs += [pair for pair in broken if told.isdisjoint(pair)]
    return [Contradiction(index, before) for before, index in pairs]


def out_of_cause(events: Sequence[TimelineEvent], times: Sequence[datetime | None]) -> list[Contradiction]:
    """Return the milestones of a summary that come before their cause, whatever the order in which they are listed.

    A time that contradicts several others is told once, with the first of them.
    """
    left = list(_broken(events, times, _IN_A_SUMMARY))
    at = milestones([event.key for event in events], times)
    start, detected = at.get(IMPACT_STARTED), at.get(DETECTED)
    if start is not None and detected is not None and start < detected and _earlier(events, times, (start, detected)):
        left.insert(0, (start, detected))
    wrong: list[Contradiction] = []
    while left:
        counted = Counter(index for pair in left for index in reversed(pair))
        culprit = counted.most_common(1)[0][0]
        before, index = next(pair for pair in left if culprit in pair)
        other = index if culprit == before else before
        wrong.append(Contradiction(culprit, other, too_late=culprit == before))
        left = [pair for pair in left if culprit not in pair]
    return wrong


def _inversions(events: Sequence[TimelineEvent], times: Sequence[datetime | None]) -> Iterator[Pair]:
    """Yield neighbours, those without a known time left out, of which the second is the earlier one."""
    known = [index for index, time in enumerate(times) if time is not None]
    return (pair for pair in pairwise(known) if _earlier(events, times, pair))


def _broken(
    events: Sequence[TimelineEvent], times: Sequence[datetime | None], rules: Sequence[tuple[str, str]]
) -> Iterator[Pair]:
    at = milestones([event.key for event in events], times)
    for first, second in rules:
        if first in at and second in at and _earlier(events, times, (at[first], at[second])):
            yield at[first], at[second]


def _earlier(events: Sequence[TimelineEvent], times: Sequence[datetime | None], pair: Pair) -> bool:
    """Whether the second of two events is the earlier one, by more than a rough time may be off."""
    first, second = (times[index] for index in pair)
    rough = any(events[index].rough for index in pair)
    return first is not None and second is not None and first - second > (ROUGH if rough else timedelta(0))
