"""What objects of OpenSLO become as documents, and what is told as lost."""

from __future__ import annotations

import pytest

from tests.slo.openslo.forms import front_matter, imported, losses_of, only
from tests.slo.openslo.test_validity import POLICY, SLO, changed

CONDITION = """\
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: {name: fast}
spec:
  severity: critical
  condition: {kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}
"""
SHARED = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: latency, displayName: Pages are quick, labels: {tier: gold, teams: [a, b]}}
spec:
  description: A page is there within half a second.
  service: storefront
  indicatorRef: latency
  timeWindow: [{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Paris}}]
  budgetingMethod: Timeslices
  objectives:
    - {op: lte, value: 0.5, target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 5m}
    - {displayName: very quick, op: lt, value: 0.1, targetPercent: 90, timeSliceTarget: 0.95, timeSliceWindow: 5m}
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: latency}
spec:
  thresholdMetric:
    metricSource:
      metricSourceRef: metrics
      spec: {query: latency_seconds, region: eu, secretAccessKey: hunter2}
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: metrics}
spec: {type: Datadog, connectionDetails: {token: hunter2}}
---
apiVersion: openslo/v1
kind: Service
metadata: {name: storefront}
"""


def with_policy(policy: str) -> str:
    return f"{SLO}  alertPolicies:\n    - alertPolicyRef: burns\n---\n{policy}"


def test_a_ratio_is_imported() -> None:
    made = imported(SLO)
    assert front_matter(only(made.documents)) == (
        "id: storefront-pages-answer\n"
        "service: storefront\n"
        "behaviour: Nobody has written yet what users can count on when storefront-pages-answer is met.\n"
        "sli:\n  good: good_total\n  total: pages_total\n  source: Prometheus\n"
        "objective: 99\n"
        "window: 28d\n"
    )
    assert losses_of(only(made.documents)) == ["8: `spec.indicator.metadata`: that the indicator is called `pages`"]
    assert (made.faults, made.warnings, made.losses) == ((), (), ())


def test_objects_that_name_each_other_become_one_document() -> None:
    made = imported(SHARED)
    document = only(made.documents)
    assert front_matter(document) == (
        "id: storefront-latency\n"
        "service: storefront\n"
        "behaviour: A page is there within half a second.\n"
        "sli:\n  threshold:\n    metric: latency_seconds\n    op: lte\n    value: 0.5\n"
        "  slices:\n    length: 5m\n    good_percent: 95\n  source: Datadog\n"
        "objective: 99\n"
        "window: calendar month\n"
        "timezone: Europe/Paris\n"
        "labels:\n  tier: gold\n"
        "objectives:\n  - name: very-quick\n    objective: 90\n"
        "    sli:\n      threshold:\n        metric: latency_seconds\n        op: lt\n        value: 0.1\n"
        "      slices:\n        length: 5m\n        good_percent: 95\n      source: Datadog\n"
    )
    assert document.body.startswith("# Pages are quick\n")
    assert losses_of(document) == [
        "21: `spec.thresholdMetric.metricSource.spec`: `region`, `secretAccessKey`",
        "20: `spec.thresholdMetric.metricSource.metricSourceRef`: how the source `metrics` is reached",
        "3: `metadata.labels.teams`: a label has one value, and this one 2",
        "12: `spec.objectives[2].displayName`: the objective's name `very quick`, which becomes `very-quick`",
    ]
    assert [loss.what for loss in made.losses] == ["the Service `storefront`, as services have documents of their own"]


def test_no_secret_is_copied() -> None:
    made = imported(SHARED)
    assert "hunter2" not in front_matter(only(made.documents))
    assert "hunter2" not in str([*made.losses, *only(made.documents).losses])


@pytest.mark.parametrize(
    ("window", "written"),
    [
        ("{duration: 2w, isRolling: true}", "2w"),
        ("{duration: 90m, isRolling: true}", "90m"),
        ("{duration: 1M, isRolling: true}", "30d"),
        ("{duration: 1Q, isRolling: true}", "90d"),
        ("{duration: 1Y, isRolling: true}", "365d"),
        ("{duration: 1Q, calendar: {startTime: 2026-04-01 00:00:00}}", "calendar quarter"),
        ("{duration: 3M, calendar: {startTime: 2026-04-01 00:00:00}}", "calendar quarter"),
        ("{duration: 1w, calendar: {startTime: 2026-04-01 00:00:00}}", "1w"),
        ("{duration: 2M, calendar: {startTime: 2026-04-01 00:00:00}}", "60d"),
    ],
)
def test_windows(window: str, written: str) -> None:
    text = changed(SLO, "- duration: 28d\n      isRolling: true", f"- {window}")
    assert f"\nwindow: {written}\n" in front_matter(only(imported(text).documents))


@pytest.mark.parametrize(
    ("window", "told"),
    [
        ("{duration: 1M, isRolling: true}", "1M follows the calendar, and becomes 30d"),
        ("{duration: 1w, calendar: {startTime: 2026-04-01 00:00:00}}", "become a rolling window of 1w"),
        ("{duration: 1M, calendar: {startTime: 2026-04-15 00:00:00}}", "begins at midnight of its first day"),
        ("{duration: 1Q, calendar: {startTime: 2026-05-01 00:00:00}}", "begins at midnight of its first day"),
        ("{duration: 1m, calendar: {startTime: 2026-04-01 00:00:00}}", "is read as a month, `1M`"),
    ],
)
def test_what_a_window_loses(window: str, told: str) -> None:
    text = changed(SLO, "- duration: 28d\n      isRolling: true", f"- {window}")
    assert any(told in one for one in losses_of(only(imported(text).documents)))


@pytest.mark.parametrize(
    ("duration", "length"), [("0d", "0d"), ("5m", "5m"), ("2Y", "2Y"), ("999999999Y", "999999999Y")]
)
def test_a_window_out_of_bounds_is_a_fault(duration: str, length: str) -> None:
    [fault] = imported(changed(SLO, "28d", duration)).faults
    assert fault.message == f"`spec.timeWindow[1]` is {length} long; windows go from 1 hour to 366 days"
    assert (fault.location.line, fault.location.column) == (22, 7)


def test_a_policy_becomes_a_pair_of_windows() -> None:
    policy = changed(POLICY, "targetRef: on-call", "targetRef: page")
    document = only(imported(with_policy(policy)).documents)
    assert front_matter(document).endswith(
        "alerting:\n  windows:\n    - alert: page\n      short: 5m\n      long: 1h\n"
        "      budget_percent: 2.14285714286\n      for: 5m\n"
    )
    assert losses_of(document)[1:] == [
        "40: alert policy `burns`: the last digits of its share of the budget, which becomes 2.14285714286 %",
        "40: alert policy `burns`: it has no short window, so a twelfth of the long one is taken, 5m",
    ]


def test_what_a_policy_loses() -> None:
    policy = changed(POLICY, "  conditions:", "  alertWhenNoData: true\n  description: Wakes us.\n  conditions:")
    policy = changed(policy, "severity: page", "severity: blocker")
    losses = losses_of(only(imported(with_policy(policy)).documents))
    assert [one.split(": ", 2)[2] for one in losses[2:]] == [
        "`spec.description`",
        "`alertWhenNoData`",
        "that it tells `on-call`",
        "the severity `blocker`, which is not known; it becomes a ticket",
        "it has no short window, so a twelfth of the long one is taken, 5m",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("op: gt", "op: lt", "an alert when the burn rate is low (`lt`)"),
        ("threshold: 14.4", "threshold: 100000", "no share of the budget from 0 to 100 %"),
        ("threshold: 14.4", "threshold: -1", "no share of the budget from 0 to 100 %"),
        (
            "spec:\n  conditions",
            "spec:\n  alertWhenBreaching: false\n  conditions",
            "does not alert when its condition",
        ),
    ],
)
def test_a_policy_that_cannot_be_said_is_told_and_left_out(old: str, new: str, told: str) -> None:
    document = only(imported(with_policy(changed(POLICY, old, new))).documents)
    assert "alerting" not in document.values
    assert any(told in one for one in losses_of(document))


def test_conditions_by_name_and_policies_as_text() -> None:
    start, rest = POLICY.split("    - kind: AlertCondition\n")
    policy = start + "    - {conditionRef: fast, operator: and}\n" + rest[rest.index("  notificationTargets") :]
    made = imported(f"{SLO}  alertPolicies: [burns]\n---\n{policy}{CONDITION}")
    assert [one.message for one in made.warnings] == ["`spec.alertPolicies[1]` is a text, not a reference or an object"]
    assert [one["alert"] for one in only(made.documents).values["alerting"]["windows"]] == ["page"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (changed(SHARED, "indicatorRef: latency", "indicatorRef: other"), "names the SLI `other`, which is in none"),
        (changed(SHARED, "metricSourceRef: metrics", "metricSourceRef: logs"), "names the DataSource `logs`, which is in"),
        (f"{SLO}  alertPolicies:\n    - alertPolicyRef: gone\n", "names the AlertPolicy `gone`, which is in none"),
        (changed(SHARED, "query: latency_seconds, ", ""), "has no `query`, so the objective has nothing to ask for"),
        (changed(SHARED, "{op: lte, value: 0.5, ", "{"), "needs `op` and `value`, as its indicator is a threshold"),
        (with_policy(POLICY + "---\n" + POLICY), "there are two objects `AlertPolicy` called `burns`"),
        (with_policy(changed(POLICY, "conditions:\n", "conditions:\n    - conditionRef: a\n")), "holds 2 items, not exactly"),
        (changed(SLO, "  indicator:", "  indicatorRef: pages\n  indicator:"), "only one of them may stand there"),
        (changed(SLO, "  service:", "  servce:"), "`servce` is no key of `spec`"),
        (changed(SLO, "  objectives:\n    - target: 0.99\n", "  objectives: []\n"), "pages-answer has no objectives"),
    ],
)  # fmt: skip
def test_what_cannot_be_converted_is_a_fault_with_its_place(text: str, fault: str) -> None:
    made = imported(text)
    assert any(fault in one.message and one.location.line > 1 for one in made.faults), made.faults


def test_what_is_not_valid_but_plain_is_a_warning() -> None:
    text = changed(changed(SLO, "pages-answer", "Pages_Answer"), "target: 0.99", "{target: 0.99, op: gt}")
    made = imported(text)
    assert made.faults == ()
    assert [one.location.line for one in made.warnings] == [4, 26]
    assert only(made.documents).id == "storefront-Pages_Answer"


COMPOSITE = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: shop, displayName: The shop}
spec:
  service: storefront
  timeWindow: [{duration: 28d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives:
    - displayName: Search
      target: 0.98
      compositeWeight: 1
      indicator: &search
        metadata: {name: search}
        spec: {ratioMetric: {good: {metricSource: {spec: {query: a}}}, total: {metricSource: {spec: {query: b}}}}}
    - target: 0.99
      compositeWeight: 3
      indicator: *search
"""


def test_a_composite_becomes_a_document_for_each_part_and_one_for_the_whole() -> None:
    made = imported(COMPOSITE)
    assert made.faults == ()
    first, second, whole = made.documents
    assert [one.id for one in made.documents] == ["storefront-shop-Search", "storefront-shop-2", "storefront-shop"]
    assert [f"{one.values['objective']:f}" for one in made.documents] == ["98", "99", "98.75"]
    assert first.values["sli"] == second.values["sli"] == {"good": "a", "total": "b"}
    assert front_matter(whole).split("sli:\n")[1].split("objective:")[0] == (
        "  composite:\n    method: weighted\n    of:\n"
        "      - slo: storefront-shop-Search\n        weight: 1\n"
        "      - slo: storefront-shop-2\n        weight: 3\n"
    )
    assert "8: a composite has no target in OpenSLO; 98.75 %, the mean by weight, is taken" in losses_of(whole)


LEGACY = """\
apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: requests, displayName: Requests}
spec:
  service: my-service
  budgetingMethod: Occurrences
  objectives:
    - target: 0.999
      ratioMetrics:
        good: {source: prometheus, queryType: promql, query: good_total}
        total: {source: prometheus, queryType: promql, query: all_total}
    - target: 0.9
      value: 1
      ratioMetrics:
        bad: {source: prometheus, query: bad_total}
        total: {source: prometheus, query: all_total}
  timeWindows: [{count: 30, unit: Day}]
"""


def test_the_first_version_is_converted_with_a_warning() -> None:
    made = imported(LEGACY)
    assert [f"{one.location}: {one.message}" for one in made.warnings] == [
        "openslo.yaml:1:13: `openslo/v1alpha` is an old form of OpenSLO; the object is converted"
    ]
    assert [front_matter(one).split("behaviour")[0] for one in made.documents] == [
        "id: my-service-requests-0\nservice: my-service\n",
        "id: my-service-requests-1\nservice: my-service\n",
    ]
    assert [one.values["sli"] for one in made.documents] == [
        {"good": "good_total", "total": "all_total", "source": "prometheus"},
        {"bad": "bad_total", "total": "all_total", "source": "prometheus"},
    ]
    assert losses_of(made.documents[1]) == ["13: `spec.objectives[2].value`: a ratio is not compared with a value"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("target: 0.999", "target: 99.9", "`spec.objectives[1].target` must be a ratio from 0 to below 1 and not `99.9`"),
        ("count: 30", "count: 1.5", "`spec.timeWindows[1].count` must be a whole number above 0 and not `1.5`"),
        ("unit: Day", "unit: day", "`spec.timeWindows[1].unit` must be one of `Second`, `Day`, `Week`, `Month`"),
        ("unit: Day", "unit: Second", "is 1m long; windows go from 1 hour"),
        ("query: good_total", "qery: good_total", "`qery` is no key of `spec.objectives[1].ratioMetrics.good`"),
        ("kind: SLO", "kind: SLI", "`kind` must be one of `SLO`, `Service` and not `SLI`"),
    ],
)  # fmt: skip
def test_faults_of_the_first_version(old: str, new: str, fault: str) -> None:
    assert any(fault in one.message for one in imported(changed(LEGACY, old, new)).faults)


def test_objectives_of_one_name_are_told_apart() -> None:
    more = "".join(f"    - {{displayName: {name}, target: 0.9}}\n" for name in ("Good", "good", "good-3", "Good"))
    made = imported(SLO + more)
    assert [one["name"] for one in only(made.documents).values["objectives"]] == [
        "Good",
        "good-2",
        "good-3",
        "Good-4",
    ]


@pytest.mark.parametrize(
    ("counter", "query", "lost"),
    [("true", "good_total", False), ("false", "good_total", True), ("true", "sum(good)", True), ("false", "sum(good)", False)],
)  # fmt: skip
def test_that_metrics_are_counters_is_lost_where_the_query_does_not_say_it(
    counter: str, query: str, *, lost: bool
) -> None:
    text = changed(SLO, "counter: true", f"counter: {counter}").replace("good_total", query)
    assert any(".counter`" in one for one in losses_of(only(imported(text).documents))) is lost
