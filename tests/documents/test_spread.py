"""Median, quartiles and the scale of the figure, against the standard library and against laws."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.spread import ENOUGH, Scale, quartile, spread

MINUTE = timedelta(minutes=1)
LENGTHS = st.lists(st.timedeltas(timedelta(0), timedelta(days=4000)), min_size=1, max_size=40)
CLOSE = timedelta(microseconds=2)  # what interpolation may round


def test_nothing_has_no_spread() -> None:
    assert spread([]) is None


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([7], (None, 7, None)),
        ([7, 9], (None, 8, None)),
        ([3, 1, 2], (None, 2, None)),
        ([4, 1, 3, 2], (1.75, 2.5, 3.25)),
        ([5, 5, 5, 5], (5, 5, 5)),
        ([0, 0, 0, 0, 90], (0, 0, 0)),
    ],
)
def test_known_spreads(minutes: list[int], expected: tuple[float | None, float, float | None]) -> None:
    found = spread(one * MINUTE for one in minutes)
    assert found
    marks = tuple(None if one is None else one * MINUTE for one in expected)
    assert (found.lower, found.median, found.upper) == marks


@given(LENGTHS)
def test_median_and_quartiles_are_those_of_the_standard_library(lengths: list[timedelta]) -> None:
    found = spread(lengths)
    assert found
    seconds = [length.total_seconds() for length in lengths]
    assert abs(found.median - timedelta(seconds=median(seconds))) <= CLOSE
    if len(lengths) >= ENOUGH:
        expected = quantiles(seconds, n=4, method="inclusive")
        points = sorted(lengths)
        for number, value in enumerate(expected, start=1):
            assert abs(quartile(points, number) - timedelta(seconds=value)) <= CLOSE


@given(LENGTHS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_points_are_kept(lengths: list[timedelta], random: Random) -> None:
    shuffled = lengths.copy()
    random.shuffle(shuffled)
    found = spread(shuffled)
    assert found == spread(lengths)
    assert found
    assert found.points == tuple(sorted(lengths))
    assert found.count == len(lengths)


@given(LENGTHS)
def test_quartiles_lie_in_order_within_the_points(lengths: list[timedelta]) -> None:
    found = spread(lengths)
    assert found
    marks = [found.points[0], found.lower or found.points[0], found.median, found.upper or found.points[-1]]
    assert [*marks, found.points[-1]] == sorted([*marks, found.points[-1]])


@given(LENGTHS, st.integers(0, 10_000))
def test_moving_all_moves_the_median(lengths: list[timedelta], minutes: int) -> None:
    before, after = spread(lengths), spread(length + minutes * MINUTE for length in lengths)
    assert before
    assert after
    assert abs(after.median - before.median - minutes * MINUTE) <= CLOSE


@given(LENGTHS)
def test_a_scale_keeps_the_order_and_stays_on_the_line(lengths: list[timedelta]) -> None:
    scale = Scale.over(lengths)
    places = [scale.at(length) for length in sorted(lengths)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    assert scale.at(timedelta(0)) == 0
    if max(lengths) > timedelta(0):
        assert places[-1] == 100


@given(LENGTHS, st.floats(5, 40))
def test_ticks_stand_apart(lengths: list[timedelta], gap: float) -> None:
    scale = Scale.over(lengths)
    places = [scale.at(length) for length in scale.ticks(gap)]
    assert places[0] == 0
    assert all(after - before >= gap for before, after in pairwise(places))


def test_a_scale_is_logarithmic_only_where_a_linear_one_would_squeeze() -> None:
    assert not Scale.over([MINUTE, 20 * MINUTE]).logarithmic
    assert Scale.over([MINUTE, 21 * MINUTE]).logarithmic
    assert not Scale.over([timedelta(0), 21 * MINUTE]).logarithmic  # nothing at all stands at the edge anyway
    assert not Scale.over([]).logarithmic
