"""Tests that are written beside the rules: they pass with promtool, and fail where the rules are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.exports.series import selector_of, traffic_of
from tests.command.test_slo_export import SITE, Write
from tests.command.test_slo_export import run as export_site
from tests.slo.exports.shop import EVENTS, document, export, run, targets, write

PAIR = "  windows: [{alert: page, short: 5m, long: 1h, budget_percent: 2}]\n"
QUICK = f"alerting:\n{PAIR}"
APART = """\
sli:
  good: sum(rate(seconds_bucket{le="0.3",code!~"5.."}[{{.window}}]))
  total: sum(rate(seconds_count{job="cart"}[{{.window}}]))
"""
FORMS = {
    "bad": EVENTS + QUICK,
    "good": EVENTS.replace("bad:", "good:").replace("=~", "!~") + QUICK,
    "apart": APART + QUICK,
    "bare": 'sli:\n  bad: requests_total{code=~"5..|429", job="cart"}\n  total: requests_total{job="cart"}\n' + QUICK,
    "held": EVENTS + QUICK.replace("percent: 2", "percent: 2, for: 3m"),
    "ticket": EVENTS + QUICK.replace("page", "ticket"),
    "silent": EVENTS,
    "exactly": EVENTS + QUICK.replace("percent: 2", "percent: 50"),  # the share of 21.6 minutes in an hour
    "integer": EVENTS + "alerting:\n  windows: [{alert: page, short: 5m, long: 1h, budget_percent: 6.944444444444444}]\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_they_pass(promtool: str, tmp_path: Path, form: str) -> None:
    made = export(targets(document(FORMS[form])), with_tests=True)
    assert made.losses == ()
    _, tests = write(made, tmp_path)
    assert run(promtool, tmp_path, "test", "rules", tests) == ""


def test_an_alert_that_cannot_fire_is_known_not_to(promtool: str, tmp_path: Path) -> None:
    made = export(targets(document(EVENTS + QUICK, objective="90")), with_tests=True)
    _, tests = write(made, tmp_path)
    assert "a full outage cannot be told from these windows" in (tmp_path / tests).read_text(encoding="utf-8")
    assert run(promtool, tmp_path, "test", "rules", tests) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("(14.4 * 0.001)", "(34 * 0.001)", "a full outage"),  # 2.04 minutes of an hour: fires two minutes later
        ("(14.4 * 0.001)", "(0.9 * 0.001)", "a budget that is spent"),
        ("0 * (sum(rate(requests_total[5m])))", "1 * (sum(rate(requests_total[5m])))", "no error series"),
        ("  - alert: CartAnswersErrorBudgetBurn", "  - alert: Other", "a full outage"),
    ],
)
def test_they_fail_where_the_rules_are_wrong(promtool: str, tmp_path: Path, right: str, wrong: str, told: str) -> None:
    made = export(targets(document(EVENTS + QUICK)), with_tests=True)
    name, tests = write(made, tmp_path)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert right in text
    (tmp_path / name).write_text(text.replace(right, wrong), encoding="utf-8")
    whole = yaml.safe_load((tmp_path / tests).read_text(encoding="utf-8"))
    (one,) = (test for test in whole["tests"] if told in test["name"])
    (tmp_path / tests).write_text(yaml.safe_dump({**whole, "tests": [one]}, width=10_000), encoding="utf-8")
    assert "FAILED" in run(promtool, tmp_path, "test", "rules", tests)


@pytest.mark.parametrize(
    "sli",
    [
        "sli:\n  threshold: {metric: seconds, op: lt, value: 2}\n",
        "sli:\n  bad: sum(increase(a[{{.window}}])) - sum(increase(b[{{.window}}]))\n  total: sum(increase(a[{{.window}}]))\n",
        'sli:\n  bad: sum(rate(a{code="500",code!="500"}[{{.window}}]))\n  total: sum(rate(a[{{.window}}]))\n',
        EVENTS + "  slices: {length: 5m}\n",
    ],
)
def test_where_no_series_can_be_made_it_is_told(sli: str) -> None:
    made = export(targets(document(sli)), with_tests=True)
    assert [file.name for file in made.files] == ["cart-answers.yaml"]
    assert [one.what for one in made.losses] == [
        "no tests are written for it: its queries are no sums of the rate of one counter"
    ]


def test_the_command_writes_them_too(promtool: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(SITE))
    assert export_site("--with-tests").exit_code == 0
    names = sorted(one.name for one in Path("rules/tests").iterdir())
    assert names == ["cart-answers.test.yml", "cart-keeps.test.yml"]
    assert run(promtool, Path("rules"), "test", "rules", "tests/cart-answers.test.yml") == ""


LABELS = st.sampled_from(["code", "job", "method"])
MATCHERS = st.lists(
    st.tuples(LABELS, st.sampled_from(["=", "!=", "=~", "!~"]), st.sampled_from(["500", "5..", "a|b", "(x|y)+", ""])),
    max_size=4,
)


@given(MATCHERS, MATCHERS)
def test_series_are_those_that_are_asked_for(
    part: list[tuple[str, str, str]], total: list[tuple[str, str, str]]
) -> None:
    """The first series is counted by both queries, the rest by that of all events alone."""
    both = []
    for one in (part, total):
        inside = ",".join(f'{label}{sign}"{value}"' for label, sign, value in one)
        both.append(f"requests_total{{{inside}}}")
    sli = targets(document("sli:\n  raw: x\n  source: p\n"))[0].sli.model_copy(
        update={"raw": None, "bad": both[0], "total": both[1]}
    )
    found = traffic_of(sli)
    if found is None:
        return
    selectors = [selector_of(one) for one in both]
    for series, wanted in ((found.first, [True, True]), (found.rest, [False, True])):
        inner = series.partition("{")[2].removesuffix("}")
        labels = dict(one.split("=", 1) for one in inner.split(",") if one)
        values = {name: text.strip('"') for name, text in labels.items()}
        taken = [
            all(one.holds(values.get(one.label, "")) for one in selector.matchers) for selector in selectors if selector
        ]
        assert taken == wanted
