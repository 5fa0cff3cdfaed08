"""What is valid OpenSLO v1, and what is said of what is not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.documents.location import Location
from mkdocs_sre.slo.imports import SourceDocument
from mkdocs_sre.slo.imports.openslo import check, read
from mkdocs_sre.slo.openslo.naming import object_name, with_ending
from mkdocs_sre.slo.openslo.shapes import LABEL
from tests.slo.openslo.forms import faults_of, sources

SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: pages-answer
spec:
  service: storefront
  indicator:
    metadata:
      name: pages
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: Prometheus
            spec: {query: good_total}
        total:
          metricSource:
            type: Prometheus
            spec: {query: pages_total}
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.99
"""
THRESHOLD = """\
      thresholdMetric:
        metricSource:
          type: Prometheus
          spec: {query: latency_seconds}
"""
POLICY = """\
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: burns
spec:
  conditions:
    - kind: AlertCondition
      metadata: {name: burns}
      spec:
        severity: page
        condition: {kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}
  notificationTargets:
    - targetRef: on-call
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def with_threshold(objective: str) -> str:
    start, rest = SLO.split("      ratioMetric:\n")
    return changed(start + THRESHOLD + rest[rest.index("  timeWindow:") :], "- target: 0.99", objective)


def test_these_are_valid() -> None:
    assert faults_of(SLO) == []
    assert faults_of(POLICY) == []
    assert faults_of(with_threshold("- {target: 0.99, op: lte, value: 0.5}")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pages-answer", "Pages_Answer", "4:9: `metadata.name` `Pages_Answer` is no name: 1 to 63 lower-case letters"),
        ("  name: pages-answer", "  displayName: A", "3:1: `metadata` lacks `name`"),
        ("  service: storefront\n", "", "5:1: `spec` lacks `service`"),
        ("  service:", "  servce:", "6:3: `servce` is no key of `spec`"),
        ("kind: SLO", "kind: Slo", "2:7: `kind` must be one of `SLO`, `SLI`"),
        ("counter: true", "counter: perhaps", "12:18: `spec.indicator.spec.ratioMetric.counter` must be `true`"),
        ("target: 0.99", "target: 99.9", "26:15: `spec.objectives[1].target` must be a number from 0 to below 1"),
        ("target: 0.99", "target: 1", "26:15: `spec.objectives[1].target` must be a number"),
        ("target: 0.99", "target: -0.1", "26:15: `spec.objectives[1].target` must be a number"),
        ("target: 0.99", "target: NaN", "26:15: `spec.objectives[1].target` must be a number"),
        ("target: 0.99", "targetPercent: 100", "26:22: `spec.objectives[1].targetPercent` must be a number from 0"),
        ("target: 0.99", "displayName: A", "26:7: `spec.objectives[1]` must have one of `target` and `targetPercent`"),
        (
            "target: 0.99",
            "{target: 0.99, targetPercent: 99}",
            "26:22: `spec.objectives[1]` has `target` and `targetPercent`; only one",
        ),
        ("target: 0.99", "{target: 0.99, op: lt}", "26:22: `spec.objectives[1].op` compares with a threshold"),
        ("28d", "28 days", "22:17: `spec.timeWindow[1].duration` must be a whole number with one of the units"),
        ("28d", "-1d", "22:17: `spec.timeWindow[1].duration` must be a whole number"),
        ("isRolling: true", "isRolling: false", "22:7: `spec.timeWindow[1]` is neither rolling nor has a `calendar`"),
        (
            "isRolling: true",
            "isRolling: false\n      calendar: {startTime: 2026-02-30 00:00:00, timeZone: Mars}",
            "24:29: `spec.timeWindow[1].calendar.startTime` must be a day and a time",
        ),
        ("budgetingMethod: Occurrences", "budgetingMethod: occurrences", "24:20: `spec.budgetingMethod` must be one of"),
        ("Occurrences", "Timeslices", "26:7: `spec.objectives[1]` lacks `timeSliceTarget`"),
        ("Occurrences", "RatioTimeslices", "26:7: `spec.objectives[1]` lacks `timeSliceWindow`"),
        ("  indicator:", "  indicatorRef: other\n  indicator:", "7:3: `spec` has `indicator` and `indicatorRef`; only"),
        ("target: 0.99", "{target: 0.99, indicatorRef: b}", "8:5: `spec` has an indicator, and so have its"),
        ("        good:", "        bad:\n          metricSource: {spec: {query: a}}\n        good:", "12:9: `spec.indi"),
        ("spec: {query: good_total}", "spec: {}", "16:19: `spec.indicator.spec.ratioMetric.good.metricSource.spec` is"),
        ("        total:\n", "        all:\n", "17:9: `all` is no key of `spec.indicator.spec.ratioMetric`"),
        ("  name: pages-answer", "  name: a\n  labels: {'team?': a}", "5:12: `team?` is no name that `metadata.labels`"),
        ("  name: pages-answer", "  name: a\n  labels: [a]", "5:11: `metadata.labels` must hold keys with values"),
        ("  name: pages-answer", "  name: a\n  annotations: {a: [b]}", "5:20: `metadata.annotations.a` must be text"),
    ],
)  # fmt: skip
def test_a_fault_of_an_slo_is_told_at_its_place(old: str, new: str, fault: str) -> None:
    found = faults_of(changed(SLO, old, new))
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("op: gt, ", "", "11:9: `spec.conditions[1].spec.condition` lacks `op`"),
        ("op: gt", "op: above", "11:41: `spec.conditions[1].spec.condition.op` must be one of `gt`, `lt`, `gte`, `lte`"),
        ("burnrate", "latency", "11:27: `spec.conditions[1].spec.condition.kind` must be `burnrate` and not `latency`"),
        ("        severity: page\n", "", "9:7: `spec.conditions[1].spec` lacks `severity`"),
        ("kind: AlertCondition", "conditionRef: a", "7:7: `spec.conditions[1]` has both `conditionRef` and `spec`"),
        ("targetRef: on-call", "{}", "13:7: `spec.notificationTargets[1]` neither names an AlertNotificationTarget nor"),
        ("  notificationTargets:\n    - targetRef: on-call\n", "", "5:1: `spec` lacks `notificationTargets`"),
        ("  conditions:\n", "  conditions:\n    - conditionRef: a\n", "7:5: `spec.conditions` holds 2 items, not exactly 1"),
    ],
)  # fmt: skip
def test_a_fault_of_a_policy_is_told_at_its_place(old: str, new: str, fault: str) -> None:
    found = faults_of(changed(POLICY, old, new))
    assert any(one.startswith(fault) for one in found), found


def test_the_cure_is_said() -> None:
    hints = {
        one.hint
        for text in (
            changed(SLO, "target: 0.99", "target: 99.9"),
            changed(SLO, "  service:", "  servce:"),
            changed(SLO, "kind: SLO", "kind: slo"),
            changed(SLO, "pages-answer", "PagesAnswer"),
        )
        for one in check(sources(text))
    }
    assert {
        "`target` is a ratio: did you mean `targetPercent: 99.9`?",
        "did you mean `service`?",
        "did you mean `SLO`?",
        "such as `pages-answer`",
    } <= hints


def test_a_threshold_needs_what_it_is_compared_with() -> None:
    assert faults_of(with_threshold("- target: 0.99")) == [
        "20:7: `spec.objectives[1]` lacks `op`",
        "20:7: `spec.objectives[1]` lacks `value`",
    ]


def test_all_faults_are_told_and_in_order() -> None:
    text = changed(changed(SLO, "28d", "a month"), "storefront", "{}")
    assert [one.split(":")[0] for one in faults_of(text)] == ["6", "22"]


@pytest.mark.parametrize("version", ["openslo/v1alpha", "openslo/v2", "openslo.com/v2alpha"])
def test_other_versions_are_not_judged(version: str) -> None:
    [fault] = check(sources(changed(SLO, "openslo/v1", version)))
    assert (fault.location.line, fault.location.column) == (1, 13)
    assert f"`apiVersion` is `{version}`, so the rules of openslo/v1 do not say" in fault.message


KEYS = st.sampled_from(
    ("apiVersion", "kind", "metadata", "name", "spec", "objectives", "indicator", "timeWindow", "alertPolicies", "labels",
     "ratioMetric", "good", "total", "metricSource", "conditions", "op", "target", "duration", "calendar", "unknown")
)  # fmt: skip
SCALARS = st.sampled_from(
    (None, "", "SLO", "AlertPolicy", "openslo/v1", "openslo/v1alpha", "0.99", "1M", "true", "`x`\n")
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "apiVersion": st.sampled_from(("openslo/v1", "openslo/v1alpha", "openslo/v3")),
            "kind": st.sampled_from(("SLO", "SLI", "AlertPolicy", "DataSource", "Service", "None")),
        },
        optional={"metadata": VALUES, "spec": VALUES},
    )
)
def test_no_object_is_too_odd(values: dict[str, object]) -> None:
    source = SourceDocument(values, None, Location("odd.yaml"))
    assert all("\n" not in one.message for one in check([source]))
    made = read([source])
    assert made.documents == () or made.faults == ()


@given(st.text(string.printable, min_size=1, max_size=80), st.text(string.ascii_letters + "._-", max_size=9))
def test_every_id_has_a_name_of_its_own(text: str, ending: str) -> None:
    id_ = f"a{text}"
    assert LABEL.fullmatch(object_name(id_))
    assert LABEL.fullmatch(with_ending(object_name(id_), "page-1h"))
    other = id_ + ending
    assert (object_name(id_) == object_name(other)) == (id_.lower() == other.lower())
