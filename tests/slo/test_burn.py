"""Burn rates: the numbers of the Workbook, and laws that hold for every pair of windows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_sre.slo.budgets import budget_seconds
from mkdocs_sre.slo.burn import BurnAlert, burn_alerts, exhausted_after, usual_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY, HOUR
from mkdocs_sre.slo.targets import targets_of
from tests.slo.objectives import alerts, periods, ratios, slo


@pytest.mark.parametrize(
    ("days", "factors"),
    [
        (30, ["14.4", "6", "3", "1"]),
        (28, ["13.44", "5.6", "2.8", "0.9333333333"]),
        (90, ["43.2", "18", "9", "3"]),
        (7, ["3.36", "1.4", "0.7", "0.2333333333"]),
    ],
)
def test_factors_of_the_usual_windows(days: int, factors: list[str]) -> None:
    usual = usual_alerts(days * DAY, Fraction("0.001"))
    assert [decimal_text(one.factor, 10) for one in usual] == factors
    assert [one.threshold for one in usual] == [one.factor / 1000 for one in usual]


def test_the_workbook_s_table_of_detection() -> None:
    """Chapter 5: 14.4 times over 1 h at 99.9 %: 2 % of the budget, found after 52 s of a full outage, exhausted in 50 h."""
    page = usual_alerts(30 * DAY, Fraction("0.001"))[0]
    assert page.time_to_fire(Fraction(1)) == Fraction("51.84")
    assert page.time_to_fire(Fraction(1, 10)) == Fraction("518.4")
    assert page.time_to_fire(page.threshold) == HOUR
    assert page.time_to_exhaust == 50 * HOUR
    assert page.time_to_reset(Fraction(1)) == Fraction(300) * Fraction("0.9856")


def test_what_can_never_fire() -> None:
    first, second, *_ = usual_alerts(30 * DAY, Fraction("0.1"))
    assert (first.threshold, first.can_fire, first.time_to_fire(Fraction(1))) == (Fraction("1.44"), False, None)
    assert (second.threshold, second.can_fire) == (Fraction("0.6"), True)


def test_only_windows_that_are_not_longer_than_the_period() -> None:
    assert [one.long for one in usual_alerts(DAY, Fraction(1, 100))] == [HOUR, 6 * HOUR, DAY]
    assert [one.long for one in usual_alerts(2 * HOUR, Fraction(1, 100))] == [HOUR]


def test_windows_of_the_author_and_what_is_disabled() -> None:
    pairs = [
        {"alert": "page", "short": "5m", "long": "1h", "budget_percent": "2.5", "for": "90s"},
        {"alert": "ticket", "short": "2h", "long": "1d 2h", "budget_percent": "10"},
    ]
    (target,) = targets_of(slo(alerting={"windows": pairs}))
    page, ticket = burn_alerts(target)
    assert (page.calls, page.short, page.long, page.share, page.hold, page.index) == (
        "page",
        300,
        HOUR,
        Fraction(1, 40),
        90,
        0,
    )
    assert (ticket.long, ticket.hold, ticket.index) == (26 * HOUR, 0, 1)
    assert page.time_to_fire(Fraction(1)) == page.factor / 1000 * HOUR + 90
    (target,) = targets_of(slo(alerting={"windows": pairs, "page": {"disabled": "true"}}))
    assert burn_alerts(target) == (ticket,)
    (target,) = targets_of(slo(alerting={"ticket": {"disabled": "true"}}))
    assert [one.calls for one in burn_alerts(target)] == ["page", "page"]
    assert burn_alerts(targets_of(slo())[0]) == ()


@given(alerts())
def test_at_its_burn_rate_the_long_window_spends_its_share(alert: BurnAlert) -> None:
    budget = budget_seconds(alert.allowed, alert.period)
    assert alert.threshold * alert.long == alert.share * budget
    assert alert.time_to_exhaust * alert.threshold == budget
    assert exhausted_after(alert.period, alert.factor) == alert.time_to_exhaust


@given(alerts(), ratios)
def test_it_fires_when_both_windows_first_hold_the_threshold(alert: BurnAlert, errors: Fraction) -> None:
    after = alert.time_to_fire(errors)
    if after is None:
        assert errors < alert.threshold or not alert.can_fire
        return
    assert after <= alert.long
    held = [errors * min(after, Fraction(length)) / length for length in (alert.short, alert.long)]
    assert min(held) == alert.threshold


@given(alerts(), ratios, ratios)
def test_more_errors_fire_sooner_and_reset_later(alert: BurnAlert, some: Fraction, more: Fraction) -> None:
    some, more = sorted((some, more))
    assume(alert.time_to_fire(some) is not None)
    soon, late = alert.time_to_fire(more), alert.time_to_fire(some)
    assert soon is not None
    assert late is not None
    assert soon <= late
    assert alert.time_to_reset(some) <= alert.time_to_reset(more) < alert.short


@given(alerts(), ratios)
def test_it_ends_when_the_short_window_is_back_at_the_threshold(alert: BurnAlert, errors: Fraction) -> None:
    after = alert.time_to_reset(errors)
    assert after >= 0
    if errors > alert.threshold:
        assert errors * (alert.short - after) / alert.short == alert.threshold


@given(alerts(), st.integers(1, 10**6))
def test_one_bad_event_fires_below_the_fewest(alert: BurnAlert, events: int) -> None:
    assert (events < alert.fewest_events) == (Fraction(1, events) > alert.threshold)


@given(alerts(), st.integers(1, 10**6))
def test_one_bad_event_fires_where_it_is_a_larger_share_than_the_threshold(alert: BurnAlert, a_day: int) -> None:
    events = Fraction(a_day) * alert.long / DAY
    assert alert.fires_on_one(Decimal(a_day)) == (1 / events > alert.threshold)


@given(alerts())
def test_it_can_fire_just_above_the_objective_that_it_names(alert: BurnAlert) -> None:
    assert alert.can_fire == (1 - alert.allowed > alert.fires_above)


@given(periods, ratios)
def test_the_usual_windows_spend_what_they_say(period: int, allowed: Fraction) -> None:
    for one in usual_alerts(period, allowed):
        assert one.threshold * one.long / budget_seconds(allowed, period) in (
            Fraction(2, 100),
            Fraction(5, 100),
            Fraction(1, 10),
        )
