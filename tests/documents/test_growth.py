"""Laws of growth: what grows is at its level on the day that is computed, and never when it does not grow."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.growth import days_until_compound, days_until_linear, threshold

amounts = st.decimals(min_value=0, max_value=10**12, places=6)
rates = st.decimals(min_value="0.001", max_value=10**6, places=3)
periods = st.decimals(min_value="0.01", max_value=3660, places=2)
headrooms = st.decimals(min_value=0, max_value=100, places=3)


def near(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= max(abs(left), abs(right)) * Decimal("1e-9")


@given(amounts, headrooms)
def test_threshold_and_headroom_make_up_the_limit(limit: Decimal, headroom_percent: Decimal) -> None:
    assert near(threshold(limit, headroom_percent) + limit * headroom_percent / 100, limit)
    assert 0 <= threshold(limit, headroom_percent) <= limit


@given(amounts, amounts, rates, periods)
def test_linear_growth_is_at_its_level_on_that_day(
    current: Decimal, level: Decimal, amount: Decimal, per_days: Decimal
) -> None:
    days = days_until_linear(current, level, amount, per_days)
    assert days is not None
    assert days >= 0
    assert near(current + amount * days / per_days, max(current, level))


@given(rates, rates, rates, periods)
def test_compound_growth_is_at_its_level_on_that_day(
    current: Decimal, level: Decimal, percent: Decimal, per_days: Decimal
) -> None:
    days = days_until_compound(current, level, percent, per_days)
    assert days is not None
    assert days >= 0
    with localcontext(prec=50):
        assert near(current * (1 + percent / 100) ** (days / per_days), max(current, level))


@given(rates, rates, rates, rates, periods)
def test_more_growth_is_never_later(
    current: Decimal, level: Decimal, rate: Decimal, more: Decimal, per_days: Decimal
) -> None:
    for days_until in (days_until_linear, days_until_compound):
        slow = days_until(current, level, rate, per_days)
        fast = days_until(current, level, rate + more, per_days)
        assert slow is not None
        assert fast is not None
        assert fast <= slow


@given(amounts, amounts, rates, periods)
def test_what_does_not_grow_never_gets_there(
    current: Decimal, level: Decimal, rate: Decimal, per_days: Decimal
) -> None:
    expected = Decimal(0) if current >= level else None
    for days_until in (days_until_linear, days_until_compound):
        assert days_until(current, level, Decimal(0), per_days) == expected
        assert days_until(current, level, -rate, per_days) == expected


def test_a_percentage_of_nothing_is_nothing() -> None:
    assert days_until_compound(Decimal(0), Decimal(1), Decimal(50), Decimal(1)) is None


def test_odd_numbers_do_not_overflow() -> None:
    tiny, huge = Decimal("1e-40"), Decimal("1e40")
    assert days_until_compound(tiny, huge, tiny, huge) is not None
    assert days_until_compound(tiny, huge, Decimal("1e-60"), huge) is None
    assert days_until_linear(tiny, huge, tiny, huge) == Decimal("1e120")
