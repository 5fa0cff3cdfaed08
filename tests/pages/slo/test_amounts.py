"""Amounts in words: never more than there is left, never less than there is spent, never the whole when it is not."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.pages.slo.amounts import Scale, events, lasting, scale_of, times
from mkdocs_sre.slo.decimals import ratio_percent, share_percent

UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400}
LENGTHS = st.fractions(min_value=0, max_value=400 * 86400, max_denominator=1000)


def seconds(text: str) -> Fraction:
    """Return what a length in words says, in seconds."""
    found = re.findall(r"([\d,.]+) (s|min|h|days?)\b", text)
    assert found, text
    return sum((Fraction(value.replace(",", "")) * UNITS[unit] for value, unit in found), Fraction(0))


@pytest.mark.parametrize(
    ("given_seconds", "said"),
    [
        (0, "0 s"),
        (Fraction("0.25"), "0.2 s"),
        (Fraction("9.96"), "10 s"),
        (Fraction("51.84"), "52 s"),
        (Fraction("59.7"), "1 min"),
        (2592, "43 min 12 s"),
        (3599, "59 min 59 s"),
        (Fraction("3599.6"), "1 h"),
        (86400, "1 day"),
        (129600, "36 h"),
        (180000, "2 days 2 h"),
        (30 * 86400, "30 days"),
        (2000 * 86400, "2,000 days"),
    ],
)
def test_lengths_are_told_in_their_two_largest_units(given_seconds: Fraction | int, said: str) -> None:
    assert lasting(given_seconds) == said


@given(LENGTHS)
def test_a_length_that_is_cut_is_never_more_than_it_is(length: Fraction) -> None:
    told = seconds(lasting(length, cut=True))
    assert told <= length
    assert length - told < max(Fraction(1, 10), length / 20 + 1)


@given(LENGTHS)
def test_a_rounded_length_is_near(length: Fraction) -> None:
    assert abs(seconds(lasting(length)) - length) <= max(Fraction(1, 20), length / 40 + Fraction(1, 2))


@given(st.fractions(min_value=1, max_value=400 * 86400, max_denominator=1000), st.fractions(0, 3, max_denominator=997))
def test_spent_and_left_make_the_whole_and_flatter_nobody(budget: Fraction, share: Fraction) -> None:
    scale, spent = scale_of(budget), budget * share
    told_spent = Fraction(scale.spent(spent).replace(",", "")) * scale.seconds
    told_left = Fraction(scale.left(budget - spent).replace(",", "")) * scale.seconds
    assert told_spent >= spent
    assert told_left <= budget - spent
    assert abs(told_spent + told_left - budget) <= Fraction(scale.seconds, 10)


@pytest.mark.parametrize(("budget", "unit"), [(36000, "h"), (35999, "min"), (120, "min"), (119, "s"), (0, "s")])
def test_a_budget_has_one_unit(budget: int, unit: str) -> None:
    assert scale_of(Fraction(budget)).unit == unit


@given(st.fractions(0, 5, max_denominator=10**9), st.integers(0, 2))
def test_a_share_is_the_whole_only_when_it_is(share: Fraction, decimals: int) -> None:
    told = Fraction(share_percent(share, decimals).removesuffix(" %"))
    assert (told < 100, told == 100, told > 100) == (share < 1, share == 1, share > 1)
    assert abs(told - share * 100) <= Fraction(1, 10**decimals)


def test_numbers_show_no_noise() -> None:
    assert times(Fraction("13.44")) == "13.44 times"
    assert times(Fraction(1)) == "1 time"
    assert ratio_percent(Fraction("0.01344")) == "1.344 %"
    assert ratio_percent(Fraction(1, 3)) == "33.33 %"
    assert events(Fraction("1080.99")) == "1,080"
    assert Scale("min", 60).plain(Fraction("-0.1")) == "0"


@given(st.decimals("0.000001", 100, places=6))
def test_percentages_are_exact_where_four_digits_can_tell_them(value: Decimal) -> None:
    told = Fraction(ratio_percent(Fraction(value) / 100).removesuffix(" %"))
    assert abs(told - Fraction(value)) <= Fraction(value) / 1000
