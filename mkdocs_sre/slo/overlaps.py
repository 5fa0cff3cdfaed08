"""Incidents that fail at one time: cut where what they fail of together changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mkdocs_sre.slo.spending import Failing

_Stretch = tuple[datetime, datetime, Fraction]


def capped(failings: Iterable[Failing]) -> tuple[Failing, ...]:
    """Return what fails of one objective with shares that never add up to more than 1.

    What is over is taken from drafts first, then from what began later, as `spent_in` does. What loses a share for some
    of its time comes in pieces, and not at all for the time that others fill.
    """
    ranked = sorted(failings, key=lambda one: (one.draft, one.start, one.pir, one.index))
    parts: list[list[_Stretch]] = [[] for _ in ranked]
    for start, end, active in _stretches(ranked):
        left = Fraction(1)
        for rank in active:
            ratio = min(ranked[rank].ratio, left)
            left -= ratio
            parts[rank].append((start, end, ratio))
            if not left:
                break
    return tuple(piece for one, several in zip(ranked, parts, strict=True) for piece in _pieces(one, several))


def joined(
    failings: Iterable[Failing], together: Callable[[Iterable[Fraction]], Fraction | int]
) -> tuple[Failing, ...]:
    """Return failings of which those of one entry of a review are one at each time; `together` makes one share of theirs."""
    groups: dict[tuple[str, int], list[Failing]] = defaultdict(list)
    for one in failings:
        groups[one.pir, one.index].append(one)
    found: list[Failing] = []
    for several in groups.values():
        parts = [
            (start, end, Fraction(together(several[rank].ratio for rank in active)))
            for start, end, active in _stretches(several)
        ]
        found += _pieces(several[0], parts)
    return tuple(found)


def _stretches(failings: Sequence[Failing]) -> Iterator[tuple[datetime, datetime, list[int]]]:
    """Yield the times in which the same ones fail, from when to when, with the places of these in order."""
    begins, ends = defaultdict[datetime, list[int]](list), defaultdict[datetime, list[int]](list)
    for rank, one in enumerate(failings):
        start, end = one.start.astimezone(UTC), one.end.astimezone(UTC)
        if start < end:
            begins[start].append(rank)
            ends[end].append(rank)
    active: set[int] = set()
    for start, end in pairwise(sorted(begins.keys() | ends.keys())):
        active.difference_update(ends[start])
        active.update(begins[start])
        if active:
            yield start, end, sorted(active)


def _pieces(one: Failing, parts: Sequence[_Stretch]) -> list[Failing]:
    """Return a failing with these shares, in as few pieces as they allow; none where nothing is left of it."""
    found: list[_Stretch] = []
    for start, end, ratio in parts:
        if found and found[-1][1] == start and found[-1][2] == ratio:
            found[-1] = (found[-1][0], end, ratio)
        else:
            found.append((start, end, ratio))
    return [replace(one, start=start, end=end, ratio=ratio) for start, end, ratio in found if ratio]
