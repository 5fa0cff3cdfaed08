"""Budgets in time and in events, and what a measured value or an incident spends of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.budgets import budget_events, budget_seconds, incident_seconds, recovery_seconds, spent_share
from mkdocs_sre.slo.durations import DAY
from tests.slo.objectives import periods, ratios

percents = st.decimals(min_value=0, max_value=100, places=6)
objectives = st.decimals(min_value=Decimal("1.000001"), max_value=Decimal("99.999999"), places=6)


@pytest.mark.parametrize(
    ("objective", "days", "minutes"),
    [("99.9", 30, "43.2"), ("99.99", 30, "4.32"), ("99.95", 30, "21.6"), ("99", 7, "100.8"), ("99.999", 365, "5.256")],
)
def test_minutes(objective: str, days: int, minutes: str) -> None:
    allowed = 1 - Fraction(objective) / 100
    assert budget_seconds(allowed, days * DAY) == Fraction(minutes) * 60


def test_a_measured_value_below_the_objective_overspends() -> None:
    """Requirements: 99.9 % and 99.82 % measured are 180 % spent, and no 18 % remaining."""
    assert spent_share(Decimal("99.9"), Decimal("99.82")) == Fraction(180, 100)
    assert spent_share(Decimal("99.9"), Decimal("99.9")) == 1
    assert spent_share(Decimal("99.9"), Decimal(100)) == 0


def test_an_incident_costs_its_share_of_the_time() -> None:
    assert incident_seconds(Decimal(25), 3600) == 900
    assert recovery_seconds(Fraction(2592), []) is None


@given(ratios, periods, st.decimals(min_value=1, max_value=10**9, places=3))
def test_events_and_time_are_the_same_share(allowed: Fraction, period: int, a_day: Decimal) -> None:
    all_events = Fraction(a_day) * period / DAY
    assert budget_events(allowed, period, a_day) / all_events == budget_seconds(allowed, period) / period == allowed


@given(objectives, percents, percents)
def test_what_is_spent_adds_up(objective: Decimal, first: Decimal, second: Decimal) -> None:
    """The share of the mean of two equal times is the mean of their shares."""
    shares = spent_share(objective, first), spent_share(objective, second)
    mean = spent_share(objective, (first + second) / 2)
    assert mean == (shares[0] + shares[1]) / 2


@given(objectives, percents)
def test_an_outage_that_takes_a_measured_value_down_costs_the_share_it_spent(
    objective: Decimal, measured: Decimal
) -> None:
    period = 30 * DAY
    cost = incident_seconds(100 - measured, period)
    assert cost / budget_seconds(1 - Fraction(objective) / 100, period) == spent_share(objective, measured)


@given(ratios, st.lists(ratios, min_size=1, max_size=5))
def test_incidents_of_the_length_that_may_be_spend_all(allowed: Fraction, failing: list[Fraction]) -> None:
    budget = budget_seconds(allowed, 30 * DAY)
    length = recovery_seconds(budget, failing)
    assert length is not None
    assert sum(share * length for share in failing) == budget
