"""What the PromQL of each form of indicator gives, judged by Prometheus itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_sre.slo.error_ratio import ComponentError, bad_events, error_ratio, total_events
from mkdocs_sre.slo.targets import Target
from tests.slo.exports.shop import EVENTS, document, evaluate, targets

GOOD = EVENTS.replace('bad: sum(rate(requests_total{code=~"5.."}', 'good: sum(rate(requests_total{code!~"5.."}')
CLEAN = {'requests_total{code="200"}': "0+1024x200"}
HALF = CLEAN | {'requests_total{code="500"}': "0+1024x200"}
DOWN = {'requests_total{code="500"}': "0+1024x200"}
QUIET = {'requests_total{code="200"}': "5x200"}


def target(front: str, objective: str = "99.9") -> Target:
    return targets(document(front, objective=objective))[0]


@pytest.mark.parametrize("front", [EVENTS, GOOD], ids=["bad", "good"])
@pytest.mark.parametrize(
    ("series", "expected"),
    [(CLEAN, 0), (HALF, 0.5), (DOWN, 1), (QUIET, 0), ({"other": "0+1x200"}, None)],
    ids=["clean", "half", "down", "quiet", "nothing"],
)
def test_events_give_0_without_errors_and_nothing_where_nothing_is_counted(
    promtool: str, tmp_path: Path, front: str, series: dict[str, str], expected: float | None
) -> None:
    ratio = error_ratio(target(front), "5m")
    assert evaluate(promtool, tmp_path, series, {f"max({ratio})": expected}) == ""


@pytest.mark.parametrize("front", [EVENTS, GOOD], ids=["bad", "good"])
def test_counts_of_events_are_those_that_the_ratio_divides(promtool: str, tmp_path: Path, front: str) -> None:
    sli = target(front).sli
    share = f"({bad_events(sli, '5m')}) / ({total_events(sli, '5m')})"
    assert evaluate(promtool, tmp_path, HALF, {share: 0.5}) == ""
    assert evaluate(promtool, tmp_path, CLEAN, {bad_events(sli, "5m"): 0}) == ""
    assert evaluate(promtool, tmp_path, QUIET, {total_events(sli, "5m"): 0}) == ""


def test_parts_that_are_told_apart_by_labels_stay_apart(promtool: str, tmp_path: Path) -> None:
    front = EVENTS.replace("sum(", "sum by (zone) (")
    series = {
        'requests_total{zone="a",code="200"}': "0+1024x200",
        'requests_total{zone="b",code="200"}': "0+1024x200",
        'requests_total{zone="b",code="500"}': "0+1024x200",
    }
    ratio = error_ratio(target(front), "5m")
    expected = {f"max({ratio})": 0.5, f"min({ratio})": 0.0, f"count({ratio})": 2.0}
    assert evaluate(promtool, tmp_path, series, expected) == ""


@pytest.mark.parametrize(("front", "expected"), [(EVENTS, 0.0), (GOOD, 1.0)], ids=["bad", "good"])
def test_parts_with_a_label_that_the_whole_lacks_find_nothing(
    promtool: str, tmp_path: Path, front: str, expected: float
) -> None:
    """As SLO219 says, half of the events being bad."""
    ratio = error_ratio(target(front.replace("sum(", "sum by (code) (", 1)), "5m")
    assert evaluate(promtool, tmp_path, HALF, {ratio: expected}) == ""


def test_a_query_may_end_with_a_comment_and_go_over_lines(promtool: str, tmp_path: Path) -> None:
    front = """\
sli:
  bad: |
    sum(
      rate(requests_total{code=~"5.."}[{{ .window }}])
    ) # of the shop
  total: requests_total
"""
    assert evaluate(promtool, tmp_path, HALF, {error_ratio(target(front), "5m"): 0.5}) == ""


@pytest.mark.parametrize(("op", "bad_share"), [("lt", 0.5), ("lte", 0.0), ("gt", 1.0), ("gte", 0.5)])
def test_a_threshold_counts_slices_in_which_the_measurement_is_on_the_wrong_side(
    promtool: str, tmp_path: Path, op: str, bad_share: float
) -> None:
    """The measurement is 1 and 2 in turns, its value to be compared with is 2."""
    front = f"sli:\n  threshold: {{metric: seconds, op: {op}, value: 2}}\n"
    ratio = error_ratio(target(front), "99m")  # a hundred samples, both ends counted
    assert evaluate(promtool, tmp_path, {"seconds": "1 2 " * 100}, {f"round({ratio}, 0.001)": bad_share}) == ""


def test_a_slice_without_a_measurement_counts_for_nothing(promtool: str, tmp_path: Path) -> None:
    front = "sli:\n  threshold: {metric: up_seconds / total_seconds, op: lt, value: 2}\n"
    series = {"up_seconds": "0 3 " * 100, "total_seconds": "0 1 " * 100}  # 0/0 is no number
    assert evaluate(promtool, tmp_path, series, {error_ratio(target(front), "99m"): 1.0}) == ""


@pytest.mark.parametrize("raw", ["avg_over_time(share[{{.window}}])", "share", 'share{job="cart"}'])
@pytest.mark.parametrize(("kind", "expected"), [("failure", 0.25), ("success", 0.75)])
def test_a_ratio_is_taken_as_it_is(promtool: str, tmp_path: Path, raw: str, kind: str, expected: float) -> None:
    """Of a bare selector the mean over the window is taken."""
    front = f"sli:\n  raw: {raw}\n  raw_type: {kind}\n  source: prometheus\n"
    series = {'share{job="cart"}': "0.2 0.3 " * 100}
    ratio = error_ratio(target(front), "5m")
    assert evaluate(promtool, tmp_path, series, {f"max({ratio})": expected}) == ""


def test_a_ratio_that_is_no_number_is_left_out(promtool: str, tmp_path: Path) -> None:
    """One of them would make the mean over the whole period none."""
    front = "sli:\n  raw: bad / total\n  raw_type: failure\n  source: prometheus\n"
    assert (
        evaluate(promtool, tmp_path, {"bad": "0x200", "total": "0x200"}, {error_ratio(target(front), "5m"): None}) == ""
    )


def test_slices_of_events_are_good_or_bad_as_a_whole(promtool: str, tmp_path: Path) -> None:
    """In every other quarter of an hour 10 % fail, where 5 % may."""
    series = {
        'requests_total{code="200"}': "0+900x600",
        'requests_total{code="500"}': " ".join(f"{start}+0x14 {start}+100x14" for start in range(0, 40 * 1400, 1400)),
    }
    strict = EVENTS + "  slices: {length: 5m, good_percent: 95}\n"
    loose = EVENTS + "  slices: {length: 5m, good_percent: 80}\n"
    expected = {
        f"{error_ratio(target(strict), '4h')} > bool 0.3": 1.0,
        f"{error_ratio(target(strict), '4h')} < bool 0.7": 1.0,
        error_ratio(target(loose), "4h"): 0.0,
    }
    assert evaluate(promtool, tmp_path, series, expected, "8h") == ""


def test_a_window_shorter_than_a_slice_looks_at_one_slice(promtool: str, tmp_path: Path) -> None:
    front = EVENTS + "  slices: {length: 10m, good_percent: 90}\n"
    assert evaluate(promtool, tmp_path, HALF, {error_ratio(target(front), "5m"): 1.0}) == ""


OTHER = EVENTS.replace("requests_total", "payments_total")
PARTS = (document(EVENTS, "cart-a"), document(OTHER, "cart-b"))
BOTH = HALF | {'payments_total{code="200"}': "0+1024x200"}


@pytest.mark.parametrize(
    ("composite", "expected"),
    [
        ("{of: [{slo: cart-a, weight: 3}, {slo: cart-b}]}", 0.375),
        ("{method: worst, of: [{slo: cart-b}, {slo: cart-a}]}", 0.5),
        ("{method: time-slices, of: [{slo: cart-b}, {slo: cart-a}]}", 1.0),
        ("{method: time-slices, of: [{slo: cart-b}]}", 0.0),
    ],
)
def test_composites(promtool: str, tmp_path: Path, composite: str, expected: float) -> None:
    *parts, whole = targets(*PARTS, document(f"sli:\n  composite: {composite}\n", "cart-c"))
    known = {one.id: one for one in parts}
    assert evaluate(promtool, tmp_path, BOTH, {error_ratio(whole, "5m", known.get): expected}) == ""


@pytest.mark.parametrize("names", ["[{slo: nowhere}]", "[{slo: cart-c}]"])
def test_a_composite_of_what_there_is_not_and_of_composites_is_refused(names: str) -> None:
    found = targets(*PARTS, document(f"sli:\n  composite: {{of: {names}}}\n", "cart-c"))
    known = {one.id: one for one in found}
    with pytest.raises(ComponentError) as raised:
        error_ratio(found[-1], "5m", known.get)
    assert raised.value.slo in names
