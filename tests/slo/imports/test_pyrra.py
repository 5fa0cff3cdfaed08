"""Pyrra's objects: each sort of indicator, windows, labels, and what is wrong with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.imports.pyrra import prometheus_seconds
from mkdocs_sre.slo.pyrra_windows import pyrra_windows
from mkdocs_sre.slo.targets import targets_of
from tests.slo.imports.reading import faults_of, import_text, read_back

OBJECT = """\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: cart-errors
  namespace: shop
  labels:
    prometheus: k8s
    pyrra.dev/team: cart
    pyrra.dev/service: cart
spec:
  description: Orders are taken.
  target: "99.5"
  window: 4w
  indicator:
    ratio:
      errors: {metric: 'http_requests_total{code=~"5.."}'}
      total: {metric: http_requests_total}
"""
RATIO = OBJECT.partition("    ratio:")[2]


def test_a_ratio_of_selectors(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, OBJECT).documents
    slo = read_back(one)
    assert (slo.id, slo.service, slo.behaviour, str(slo.window)) == ("cart-errors", "cart", "Orders are taken.", "4w")
    assert (slo.sli.bad, slo.sli.total, slo.sli.source) == (
        'http_requests_total{code=~"5.."}',
        "http_requests_total",
        "prometheus",
    )
    assert slo.labels == {"team": "cart"}
    told = {loss.place.line: loss.what for loss in one.losses if loss.place}
    assert sorted(told) == [5, 7, 10]
    assert "`SLOMetricAbsent`" in told[10]


@pytest.mark.parametrize(
    ("indicator", "queries"),
    [
        (
            "latency: {success: {metric: 'h_bucket{le=\"0.2\"}'}, total: {metric: h_count}}",
            {"good": 'h_bucket{le="0.2"}', "total": "h_count"},
        ),
        (
            "latencyNative: {latency: 200ms, total: {metric: h}}",
            {"raw": "histogram_fraction(0, 0.2, sum(rate(h[{{.window}}])))", "raw_type": "success"},
        ),
        (
            "ratio: {errors: {metric: 'errors{a=\"}\"} offset 1m'}, total: {metric: all offset 1m}}",
            {
                "bad": 'sum(rate(errors{a="}"}[{{.window}}] offset 1m))',
                "total": "sum(rate(all[{{.window}}] offset 1m))",
            },
        ),
        (
            "bool_gauge: {metric: up}",
            {"good": "sum(sum_over_time(up[{{.window}}]))", "total": "sum(count_over_time(up[{{.window}}]))"},
        ),
    ],
)
def test_other_indicators(tmp_path: Path, indicator: str, queries: dict[str, str]) -> None:
    (one,) = import_text(tmp_path, OBJECT.replace(f"    ratio:{RATIO}", f"    {indicator}\n")).documents
    assert read_back(one).sli.model_dump(exclude_defaults=True) == {**queries, "source": "prometheus"}


def test_the_burn_rates_are_those_of_pyrra(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, OBJECT).documents
    (target,) = targets_of(read_back(one))
    alerts = burn_alerts(target)
    assert [(each.calls, each.hold, each.short, each.long) for each in alerts] == [
        (each.calls, each.hold, each.short, each.long) for each in pyrra_windows(28 * DAY)
    ]
    assert all(
        abs(each.factor - factor) < Fraction(1, 10**12) for each, factor in zip(alerts, (14, 7, 2, 1), strict=True)
    )


@pytest.mark.parametrize("alerting", ["disabled: true", "burnrates: false"])
def test_alerts_that_are_disabled(tmp_path: Path, alerting: str) -> None:
    (one,) = import_text(tmp_path, f"{OBJECT}  alerting: {{{alerting}, absent: false, name: CartBurns}}\n").documents
    (target,) = targets_of(read_back(one))
    assert burn_alerts(target) == ()
    assert target.alerting is not None
    assert target.alerting.name == "CartBurns"
    assert not any("absent" in loss.what for loss in one.losses)


@pytest.mark.parametrize(
    ("name", "identifier"), [("cart-errors", "cart-errors"), ("errors", "cart-errors"), ("cart", "cart-cart")]
)
def test_the_id_begins_with_the_service_and_is_another(tmp_path: Path, name: str, identifier: str) -> None:
    (one,) = import_text(tmp_path, OBJECT.replace("name: cart-errors", f"name: {name}")).documents
    assert one.id == identifier


def test_what_it_cannot_say_is_told(tmp_path: Path) -> None:
    text = f"{OBJECT}      grouping: [handler]\n  partial_response_strategy: warn\n".replace(
        "pyrra.dev/service: cart", "a: b"
    )
    (one,) = import_text(tmp_path, text).documents
    assert sorted(loss.place.line for loss in one.losses if loss.place) == [4, 5, 7, 9, 10, 18, 19]
    slo = read_back(one)
    assert (slo.service, slo.id) == ("cart-errors", "cart-errors-cart-errors")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"99.5"', '"0.995"', "12:11 `objective` "),
        ('"99.5"', '"100"', "12:11 `objective` "),
        ("window: 4w", "window: 30 fortnights", "13:11 `window` must be a rolling window"),
        ("window: 4w", "window: 1h", "13:11 `spec.window` is too short for the alerts of Pyrra"),
        ("window: 4w", "window: calendar month", "13:11 `spec.window` must be a duration"),
        ("window: 4w", "windows: 4w", "13:3 `windows` is no key of `spec`; did you mean `window`?"),
        ("v1alpha1", "v2", "1:13 `apiVersion: pyrra.dev/v2` is not known"),
        ("metric: http_requests_total}", "metric: sum(x)}", "17:23 `spec.indicator.ratio.total.metric` is no selector"),
        (
            'http_requests_total{code=~"5.."}',
            "http_requests_total",
            "16:24 the query of the bad events is the one of all",
        ),
        ("    ratio:", "    bool_gauge: {metric: up}\n    ratio:", "15:5 `spec.indicator` must have one of "),
        ("  name: cart-errors\n", "", "3:1 `metadata.name` is missing"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in OBJECT
    found = faults_of(tmp_path, OBJECT.replace(old, new))
    assert any(one.startswith(told) for one in found), found


def test_a_short_period_has_no_window_of_no_length(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, OBJECT.replace("4w", "1d")).documents
    alerting = read_back(one).alerting
    assert alerting is not None
    assert [str(each.short) for each in alerting.windows] == ["1m", "1m", "4m", "13m"]
    assert any("of no length" in loss.what for loss in one.losses)


@given(st.integers(7 * DAY, 366 * DAY))
def test_windows_grow_with_the_period_and_keep_their_shares(period: int) -> None:
    for one, usual in zip(pyrra_windows(period), pyrra_windows(28 * DAY), strict=True):
        assert one.hold % 60 == one.short % 60 == one.long % 60 == 0
        assert abs(one.long - Fraction(usual.long * period, 28 * DAY)) <= 31
        assert one.share == Fraction(one.factor * one.long, period)


@pytest.mark.parametrize("text", ["", "5", "0s", "1.5s", "s", "5 m", "-1s"])
def test_what_is_no_duration_of_prometheus(text: str) -> None:
    assert prometheus_seconds(text) is None
