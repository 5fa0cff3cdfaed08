"""Rules for Prometheus: exact, weighted by events, with all that whoever is called needs; promtool takes them all."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.exports.names import clashes
from mkdocs_sre.slo.exports.prometheusrule import object_name
from tests.slo.exports.shop import EVENTS, document, export, rules_of, run, targets, write

QUICK = "alerting:\n  name: CartBurns\n  windows: [{alert: page, short: 5m, long: 1h, budget_percent: 2}]\n"
PAGE = "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too fast."
FRONTS = {
    "events": EVENTS,
    "good": EVENTS.replace("bad:", "good:"),
    "bare": 'sli:\n  bad: errors_total{code="500"}\n  total: requests_total\n',
    "threshold": "sli:\n  threshold: {metric: 'histogram_quantile(0.9, sum by (le) (rate(seconds_bucket[{{.window}}])))', op: lt, value: 0.3}\n",
    "raw": "sli:\n  raw: avg_over_time(share[{{.window}}])\n  source: prometheus\n",
    "gauge": "sli:\n  raw: cart:errors:ratio\n  source: prometheus\n",
    "slices": EVENTS + "  slices: {length: 5m, good_percent: 95}\n",
    "composite": "sli:\n  composite: {method: worst, of: [{slo: cart-events, weight: 0.35}, {slo: cart-raw}]}\n",
    "weighted": "sli:\n  composite: {of: [{slo: cart-events, weight: 0.35}, {slo: cart-raw}]}\n",
}
WINDOWS = ("1h", "6h", "7d", "28d", "30d", "90d", "366d", "calendar month", "calendar quarter")


def shop() -> list[str]:
    forms = [document(front + "alerting: {}\n", f"cart-{name}") for name, front in FRONTS.items()]
    periods = [document(EVENTS + "alerting: {}\n", f"cart-{window.replace(' ', '-')}", window) for window in WINDOWS]
    further = "objectives:\n  - {name: fast, objective: 90, sli: {bad: slow_total, total: requests_total}}\n"
    held = """\
alerting:
  windows:
    - {alert: page, short: 2m, long: 30m, budget_percent: 1, for: 2m}
    - {alert: page, short: 15m, long: 3h, budget_percent: 2}
    - {alert: ticket, short: 3h, long: 36h, budget_percent: 5}
"""
    return [*forms, *periods, document(EVENTS + further, "cart-several"), document(EVENTS + held, "cart-held")]


def test_promtool_takes_the_rules_of_every_form_and_period(promtool: str, tmp_path: Path) -> None:
    found = targets(*shop())
    for form in ("own", "sloth"):
        made = export(found, sloth_form=form == "sloth")
        assert len(made.files) == len(shop())
        assert run(promtool, tmp_path, "check", "rules", "--lint=all", "--lint-fatal", *write(made, tmp_path)) == ""


@pytest.mark.parametrize("sloth_form", [False, True])
def test_a_ratio_that_is_a_gauge_is_averaged(*, sloth_form: bool) -> None:
    (file,) = export(targets(document(FRONTS["gauge"])), sloth_form=sloth_form).files
    said = [rule["expr"] for rule in rules_of(file.text) if "cart:errors:ratio" in rule["expr"]]
    assert said
    assert all("avg_over_time(cart:errors:ratio[" in one and "rate(" not in one for one in said)


def test_an_object_for_kubernetes_holds_the_same_rules() -> None:
    found = targets(*shop())
    files, objects = export(found).files, export(found, "prometheusrule").files
    assert [one.name for one in files] == [one.name for one in objects]
    for file, made in zip(files, objects, strict=True):
        whole = yaml.safe_load(made.text)
        assert (whole["apiVersion"], whole["kind"]) == ("monitoring.coreos.com/v1", "PrometheusRule")
        assert whole["spec"] == yaml.safe_load(file.text)


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", fullmatch=True))
@example("0..0")
@example("0_.0")
def test_names_of_objects_are_names_for_kubernetes(identifier: str) -> None:
    """RFC 1123: parts of small letters, digits and hyphens, which begin and end with a letter or digit."""
    part = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    assert re.fullmatch(rf"{part}(?:\.{part})*", object_name(identifier))


def test_over_a_period_each_event_counts_once(promtool: str, tmp_path: Path) -> None:
    """One hour at 100 requests a second of which 10 % fail, in 23 hours at one a second without errors.

    The mean of the ratios of 5 minutes is 0.417 %, and a little more for the windows that reach over the end of the hour.
    """
    made = export(targets(document(EVENTS + QUICK)))
    (name,) = write(made, tmp_path)
    groups = [group["name"] for group in yaml.safe_load(made.files[0].text)["groups"]]
    ratio, mean = "slo:sli_error:ratio_rate30d", "avg_over_time(slo:sli_error:ratio_rate5m[30d])"
    series = {
        'requests_total{code="200"}': "0+60x700 42000+5400x60 366060+60x679",
        'requests_total{code="500"}': "0x700 0+600x60 36000x679",
    }
    looked = {f"abs(max({ratio}) - 0.0813) < bool 0.0005": 1, f"abs(max({mean}) - 0.00417) < bool 0.0004": 1}
    test = {
        "interval": "1m",
        "input_series": [{"series": one, "values": values} for one, values in series.items()],
        "promql_expr_test": [
            {"expr": expression, "eval_time": "24h", "exp_samples": [{"labels": "{}", "value": value}]}
            for expression, value in looked.items()
        ],
    }
    whole = {"rule_files": [name], "evaluation_interval": "1m", "group_eval_order": groups, "tests": [test]}
    (tmp_path / "weight.test.yml").write_text(yaml.safe_dump(whole), encoding="utf-8")
    assert run(promtool, tmp_path, "test", "rules", "weight.test.yml") == ""


@given(st.decimals("1.001", "99.999", places=3), st.sampled_from(WINDOWS))
def test_numbers_are_exact(objective: Decimal, window: str) -> None:
    (target,) = targets(document(EVENTS + "alerting: {}\n", window=window, objective=str(objective)))
    rules = rules_of(export([target]).files[0].text)
    recorded = {rule["record"]: rule["expr"] for rule in rules if "record" in rule}
    ratio = Fraction(objective) / 100
    assert vector(recorded["slo:objective:ratio"]) == ratio
    assert vector(recorded["slo:error_budget:ratio"]) == 1 - ratio
    written = [
        (Fraction(one[1]), Fraction(one[2]))
        for rule in rules
        if "alert" in rule
        for one in re.finditer(r"> \((\S+) \* (\S+)\)\)", rule["expr"])
    ]
    pairs = [pair for one in burn_alerts(target) for pair in (one, one)]  # short and long window
    assert [allowed for _, allowed in written] == [one.allowed for one in pairs]
    for (factor, _), one in zip(written, pairs, strict=True):
        assert abs(factor - one.factor) <= one.factor / 10**14


def vector(expression: str) -> Fraction:
    found = re.fullmatch(r"vector\(([\d.]+)\)", expression)
    assert found
    return Fraction(found[1])


def alerts(*fronts: str) -> list[dict[str, Any]]:
    rules = rules_of(export(targets(document("".join(fronts)))).files[0].text)
    return [rule for rule in rules if "alert" in rule]


def test_alerts_bring_along_runbook_page_owner_and_severity() -> None:
    page, ticket = alerts(EVENTS, "alerting: {}\ndashboards: [{title: Cart, url: 'https://graphs.example/cart'}]\n")
    assert page["alert"] == ticket["alert"] == "CartAnswersErrorBudgetBurn"
    assert page["labels"]["severity"] == "page"
    assert ticket["labels"]["severity"] == "ticket"
    assert page["labels"]["owner"] == "@team-cart"
    assert page["annotations"]["runbook_url"] == "https://sre.example/runbooks/page/"
    assert page["annotations"]["slo_page"] == "https://sre.example/slos/cart-answers/"
    assert page["annotations"]["dashboard"] == "https://graphs.example/cart"
    assert page["annotations"]["title"] == f"(page) {PAGE}"
    assert page["for"] == "0s"


def test_what_the_author_says_counts_before_what_is_made() -> None:
    own = """\
alerting:
  labels: {severity: loud, team: cart}
  annotations: {summary: "{{ $labels.sloth_slo }} burns", runbook_url: https://elsewhere.example/}
  ticket: {labels: {severity: quiet}, disabled: false}
"""
    page, ticket = alerts(EVENTS, own)
    assert (page["labels"]["severity"], ticket["labels"]["severity"]) == ("loud", "quiet")
    assert "owner" not in page["labels"]
    assert page["annotations"]["summary"] == "{{ $labels.sloth_slo }} burns"
    assert page["annotations"]["runbook_url"] == "https://elsewhere.example/"


def test_alerts_that_are_disabled_are_left_out_and_their_windows_recorded() -> None:
    text = export(targets(document(EVENTS + "alerting: {page: {disabled: true}}\n"))).files[0].text
    rules = rules_of(text)
    assert [rule["labels"]["sloth_severity"] for rule in rules if "alert" in rule] == ["ticket"]
    assert "slo:sli_error:ratio_rate1h" in [rule.get("record") for rule in rules]


def test_a_period_that_is_a_window_too_is_recorded_once() -> None:
    rules = rules_of(export(targets(document(EVENTS + "alerting: {}\n", window="6h"))).files[0].text)
    assert [rule.get("record") for rule in rules].count("slo:sli_error:ratio_rate6h") == 1


def test_what_is_not_taken_over_is_told_with_its_place() -> None:
    front = """\
labels: {bad-name: x, sloth_id: other}
alerting:
  annotations: {summary: "{{ range query `up` }}"}
"""
    made = export(targets(document(EVENTS + front)))
    assert [(one.what.split(",")[0], str(one.place)) for one in made.losses] == [
        ("`bad-name` is no name that Prometheus takes", "sre/slos/000.md:11:10"),
        ("`sloth_id` is a name that the rules themselves need", "sre/slos/000.md:11:23"),
        (
            "the template of `summary` is written as text: only labels and the value are shown by templates",
            "sre/slos/000.md:13:17",
        ),
    ]
    assert "bad-name" not in made.files[0].text


@pytest.mark.parametrize("form", ["own", "sloth"])
def test_names_that_prometheus_refuses_are_left_out_and_told(promtool: str, tmp_path: Path, form: str) -> None:
    long = "a" * 1100
    further = "alerting: {labels: {two words: y}, ticket: {annotations: {a-b: z, note: kept}}}\n"
    front = f"labels:\n  ? {long}\n  : x\n{further}"
    made = export(targets(document(EVENTS + front)), sloth_form=form == "sloth")
    assert run(promtool, tmp_path, "check", "rules", *write(made, tmp_path)) == ""
    said = " ".join(one.what for one in made.losses)
    assert all(f"`{name}` is no name that Prometheus takes" in said for name in (long[:80], "two words", "a-b"))
    assert "note: kept" in made.files[0].text


def test_a_composite_of_nothing_is_left_out_and_told() -> None:
    made = export(targets(document("sli:\n  composite: {of: [{slo: nowhere}]}\n")))
    assert made.files == ()
    assert [one.what for one in made.losses] == [
        "it is left out: it is made of `nowhere`, which is no objective, or made of others itself"
    ]


def test_a_composite_of_a_deprecated_objective_is_told() -> None:
    old = document(EVENTS + "status: deprecated\n", "cart-old")
    both = document("sli:\n  composite: {of: [{slo: cart-answers}, {slo: cart-old}]}\n", "cart-both")
    made = export(targets(document(EVENTS), old, both))
    assert [(one.slo, one.what.split(",")[0], str(one.place)) for one in made.losses] == [
        ("cart-both", "`cart-old` is deprecated and has no rules", "sre/slos/002.md:9:42")
    ]


def test_objectives_that_would_be_taken_for_each_other_are_told() -> None:
    one = document(EVENTS, "a-b-c").replace("service: cart", "service: a")
    other = document(EVENTS, "c").replace("service: cart", "service: a-b")
    found = [(this.id, that.id, what) for this, that, what in clashes(targets(one, other))]
    assert found == [("c", "a-b-c", "the sloth_id `a-b-c`")]
    assert [*clashes(targets(*shop()))] == []


@pytest.mark.parametrize("form", ["own", "sloth"])
def test_whatever_authors_write_promtool_takes_it(promtool: str, tmp_path: Path, form: str) -> None:
    """A file for each text, in the title, the behaviour and the labels, and one run of promtool over all."""
    texts = [
        "{{ query `up` }}",
        "{{{ x",
        "{{{ $value }}",
        "{{-$value}}",
        "{{ $value | humanized }}",
        "{{\u00a0$value }}",
        "{{ $labels.1x }}",
        "}} {{",
        '"',
        "a: b",
        "#x",
        "\\",
        "`",
        "${x}",
        "- x",
        "🙂",
        "a\tb",
        "x" * 900,
        "'",
    ]
    documents = []
    for number, text in enumerate(texts):
        quoted = yaml.safe_dump(text, default_style='"', width=10_000, allow_unicode=True).strip()
        front = f"labels: {{team: {quoted}}}\nalerting:\n  labels: {{}}\n"
        if form == "own":  # Sloth's form takes an author's annotations as they are
            front += f"  annotations: {{summary: {quoted}}}\ntitle: {quoted}\nowner: {quoted}\n"
        behaviour = f"behaviour: {quoted}"
        documents.append(document(EVENTS + front, f"cart-{number}").replace("behaviour: The basket opens.", behaviour))
    made = export(targets(*documents), sloth_form=form == "sloth", owner=lambda target: target.slo.owner or "")
    assert run(promtool, tmp_path, "check", "rules", *write(made, tmp_path)) == ""
    for file, text in zip(made.files, texts, strict=True):
        assert rules_of(file.text)[0]["labels"]["team"] == text
