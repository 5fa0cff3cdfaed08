"""Documents as OpenSLO: what is written, and what is told as lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from tests.slo.openslo.forms import document, exported, faults_of, front_matter, imported, losses_of, text_of

EVENTS = {"good": "good_total", "total": "all_total", "source": "prometheus"}


def slo(**keys: Any) -> ServiceLevelObjective:
    values = {
        "id": "payments-authorise",
        "title": "Customers can pay",
        "service": "payments",
        "behaviour": "A card is charged once.",
        "sli": EVENTS,
        "objective": Decimal("99.95"),
        "window": "28d",
    }
    return document({**values, **keys})


def losses(one: ServiceLevelObjective, *others: ServiceLevelObjective) -> list[str]:
    return [f"{loss.place}: {loss.what}" for loss in exported(one, *others).losses if loss.slo == one.id]


def test_an_objective_is_written_whole() -> None:
    page = {"alert": "page", "short": "5m", "long": "1h", "budget_percent": Decimal(2), "for": "2m"}
    alerting = {"name": "PaymentsBurn", "runbook": "payments-errors", "windows": [page]}
    made = exported(
        slo(alerting=alerting, labels={"team": "pay"}),
        page_url=lambda target: f"https://docs.example/{target.id}/",
        runbook_url=lambda _, calls: f"https://docs.example/runbooks/#{calls}",
    )
    [file] = made.files
    assert file.name == "payments-authorise.yaml"
    assert (
        file.text
        == """\
# Written by `mkdocs-sre slo export --to openslo` from slo.md.
# Change the page and write it anew; what is changed here is lost.
apiVersion: openslo/v1
kind: SLO
metadata:
  name: payments-authorise
  displayName: Customers can pay
  labels:
    team: pay
  annotations:
    mkdocs-sre/alert-name: PaymentsBurn
    mkdocs-sre/runbook: payments-errors
    mkdocs-sre/page-url: https://docs.example/payments-authorise/
spec:
  description: A card is charged once.
  service: payments
  indicator:
    metadata:
      name: payments-authorise
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: prometheus
            spec:
              query: good_total
        total:
          metricSource:
            type: prometheus
            spec:
              query: all_total
  timeWindow:
  - duration: '28d'
    isRolling: true
  budgetingMethod: Occurrences
  objectives:
  - target: 0.9995
  alertPolicies:
  - kind: AlertPolicy
    metadata:
      name: payments-authorise-page-1h
      annotations:
        mkdocs-sre/short-window: '5m'
        mkdocs-sre/budget-percent: '2'
        mkdocs-sre/runbook-url: 'https://docs.example/runbooks/#page'
    spec:
      alertWhenBreaching: true
      conditions:
      - kind: AlertCondition
        metadata:
          name: payments-authorise-page-1h
        spec:
          severity: page
          condition:
            kind: burnrate
            op: gt
            threshold: 13.44
            lookbackWindow: '1h'
            alertAfter: '2m'
      notificationTargets:
      - kind: AlertNotificationTarget
        metadata:
          name: page
        spec:
          target: page
"""
    )
    assert [loss.what for loss in made.losses] == [
        "`alerting`: OpenSLO has no short window beside the long one; annotations keep it"
    ]
    assert exported(slo(alerting=alerting, labels={"team": "pay"})) == exported(
        slo(alerting=alerting, labels={"team": "pay"})
    )


def test_the_usual_windows_make_a_policy_each() -> None:
    text = text_of(exported(slo(alerting={})))
    assert [line.split()[1] for line in text.split("\n") if "threshold:" in line] == [
        "13.44", "5.6", "2.8", "0.933333333333333"
    ]  # fmt: skip
    assert [line.split()[1] for line in text.split("\n") if "lookbackWindow:" in line] == [
        "'1h'",
        "'6h'",
        "'1d'",
        "'3d'",
    ]
    assert faults_of(text) == []


def test_losses_have_the_place_of_their_key() -> None:
    told = losses(slo(owner="@team-payments", review_in="90d", timezone="Europe/London"))
    assert told == [
        "slo.md:14:1: `timezone`: a rolling window has none in OpenSLO",
        "slo.md:2:1: only the page says `owner`, `review_in`",
    ]


def test_labels_of_alerts_stay_on_the_page_with_whatever_else_has_no_place() -> None:
    own = {"labels": {"a": "b"}, "page": {"labels": {"a": "b"}}}
    further = [{"name": "peak", "objective": Decimal(99), "alerting": own}]
    told = losses(slo(alerting=own, objectives=further, sla="99.5"))
    kept = ", ".join(f"`{path}alerting.{key}`" for path in ("", "objectives[1].") for key in ("labels", "page.labels"))
    assert [one for one in told if "only" in one] == [f"slo.md:2:1: only the page says {kept}, `sla`"]


def test_objectives_that_share_the_queries_share_an_slo() -> None:
    further = [
        {"name": "peak", "objective": Decimal(99)},
        {"name": "night", "objective": Decimal(90), "behaviour": "B."},
    ]
    text = text_of(exported(slo(objectives=further)))
    assert text.count("kind: SLO") == 2
    assert "  - target: 0.9995\n  - displayName: peak\n    target: 0.99\n" in text
    assert "mkdocs-sre/further-objective-of: payments-authorise\n    mkdocs-sre/name: night\n" in text
    [back] = imported(text).documents
    assert front_matter(back).split("objectives:\n")[1] == (
        "  - name: peak\n    objective: 99\n  - name: night\n    objective: 90\n    behaviour: B.\n"
    )


def test_a_further_objective_alone_is_a_document_of_its_own() -> None:
    further = [{"name": "night", "objective": Decimal(90), "behaviour": "B."}]
    text = text_of(exported(slo(objectives=further)))
    [back] = imported(text[text.index("---\n") :]).documents
    assert back.id == "payments-authorise-night"


def composite(**keys: Any) -> ServiceLevelObjective:
    of = [{"slo": "payments-authorise", "weight": Decimal(2)}, {"slo": "payments-quick"}]
    return slo(id="payments-all", sli={"composite": {"method": "worst", "of": of}}, objective=Decimal(99), **keys)


def test_a_composite_holds_the_indicators_that_it_is_made_of() -> None:
    threshold = {"metric": "latency_seconds", "op": "lt", "value": Decimal("0.5")}
    parts = slo(), slo(id="payments-quick", sli={"threshold": threshold}, objective=Decimal(95))
    made = exported(composite(), *parts)
    assert faults_of(text_of(made)) == []
    whole = made.files[0].text
    assert whole.count("compositeWeight: ") == 2
    assert "- displayName: payments-quick\n    op: lt\n    value: 0.5\n    target: 0.95\n" in whole
    assert losses(composite(), *parts) == [
        "slo.md:13:1: `objective`: a composite has no target in OpenSLO; an annotation keeps it",
        "slo.md:8:5: `sli.composite.method`: OpenSLO knows weights only; an annotation keeps it",
    ]
    back = imported(whole)
    [document_] = back.documents
    assert front_matter(document_).split("sli:\n")[1] == (
        "  composite:\n    method: worst\n    of:\n      - slo: payments-authorise\n        weight: 2\n"
        "      - slo: payments-quick\n        weight: 1\nobjective: 99\nwindow: 28d\n"
    )
    assert losses_of(document_) == []


def test_a_composite_of_unknown_objectives_is_not_written() -> None:
    made = exported(composite(), slo())
    assert [file.name for file in made.files] == ["payments-authorise.yaml"]
    assert "`sli.composite.of[2]`: `payments-quick` is not known, so the objective is not written" in [
        loss.what for loss in made.losses
    ]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"behaviour": "b" * 1051}, "`behaviour`: OpenSLO takes 1,050 characters, the rest is cut"),
        ({"title": "t" * 64}, "`title`: OpenSLO takes 63 characters, so it is not written"),
        ({"labels": {"Team": "pay"}}, "`labels.Team`: OpenSLO's labels have lower-case names"),
        ({"sli": {**EVENTS, "slices": {"length": "30s"}}}, "`sli.slices`: OpenSLO has no slices of 30s, so events are counted"),
        ({"window": "1h 1s"}, "`window`: OpenSLO counts windows in whole minutes, so the objective is not written"),
        ({"status": "draft"}, "only the page says `status`"),
        (
            {"sli": {"good": "sum(rate(a[{{ .window }}]))", "total": "b"}},
            "`sli`: queries keep `{{.window}}` where the window stands, which other programs must be told",
        ),
    ],
)  # fmt: skip
def test_what_is_lost_is_told_and_the_rest_is_valid(keys: dict[str, Any], told: str) -> None:
    made = exported(slo(**keys))
    assert [loss.what for loss in made.losses] == [told]
    assert faults_of(text_of(made)) == []


def test_hostile_text_stays_text() -> None:
    hostile = 'a: &b [{{x}}]\n---\nkind: "SLO" # `'
    one = slo(behaviour=hostile, sli={"good": hostile, "total": "b"}, labels={"team": "yes"})
    text = text_of(exported(one))
    [back] = imported(text).documents
    assert (back.values["behaviour"], back.values["sli"]["good"], back.values["labels"]) == (
        hostile,
        hostile,
        {"team": "yes"},
    )
