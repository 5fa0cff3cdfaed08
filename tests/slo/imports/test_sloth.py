"""Sloth's specs: what they become, what is wrong with them, and that nothing is lost on the way there and back."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.slo.document_text import document_text
from mkdocs_sre.slo.imports.completion import Completion
from mkdocs_sre.slo.imports.sloth import camel_case
from tests.slo.imports.reading import exported, faults_of, import_text, read_back

SPEC = """\
version: prometheus/v1
service: cart
labels:
  owner: team-cart
  tier: "2"
slos:
  - name: requests
    objective: 99.90
    description: Orders are taken.
    labels:
      tier: "1"
    sli:
      events:
        error_query: |
          sum(
            rate(http_requests_total{code=~"5.."}[{{.window}}])
          )
        total_query: sum(rate(http_requests_total[{{ .window }}]))
    alerting:
      name: CartBurns
      annotations:
        runbook: https://example.com/cart
      page_alert:
        labels:
          severity: page
      ticket_alert:
        disable: true
"""
DOCUMENT = """\
---
type: slo
id: cart-requests
service: cart
behaviour: Orders are taken.
sli:
  bad: |
    sum(
      rate(http_requests_total{code=~"5.."}[{{.window}}])
    )
  total: sum(rate(http_requests_total[{{ .window }}]))
  source: prometheus
objective: 99.90
window: 30d
owner: '@team-cart'
alerting:
  name: CartBurns
  annotations:
    runbook: https://example.com/cart
  page:
    labels:
      severity: page
  ticket:
    disabled: true
labels:
  owner: team-cart
  tier: '1'
---

# cart-requests

## Rationale

TODO Why this behaviour, why this target and no higher one, and what users feel when it is missed.
"""
KUBERNETES = """\
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata:
  name: cart
  namespace: shop
spec:
  service: cart
  slos:
    - name: ratio
      objective: 95
      sli:
        raw:
          errorRatioQuery: avg_over_time(cart_errors:ratio[{{.window}}])
      alerting:
        pageAlert: {disable: true}
        ticketAlert: {disable: true}
"""


def test_a_spec_becomes_a_document_for_each_slo(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, SPEC, Completion(owner="@team-cart")).documents
    assert document_text(one) == DOCUMENT
    assert one.losses == ()


def test_an_object_of_kubernetes_says_the_same_in_its_own_spelling(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, KUBERNETES).documents
    slo = read_back(one)
    assert (slo.id, str(slo.objective), slo.sli.raw) == (
        "cart-ratio",
        "95",
        "avg_over_time(cart_errors:ratio[{{.window}}])",
    )
    assert slo.alerting is not None
    assert [slo.alerting.call(call).disabled for call in ("page", "ticket")] == [True, True]
    assert [(loss.slo, loss.place.line if loss.place else 0) for loss in one.losses] == [("cart-ratio", 3)]
    assert slo.behaviour == "Nobody has written yet what users can count on when cart-ratio is met."


def test_both_spellings_of_a_spec_give_the_same_document(tmp_path: Path) -> None:
    spec = re.sub(r"\b[a-z]+(?:_[a-z]+)+(?=:)", lambda key: camel_case(key[0]), SPEC.partition("\n")[2])
    head = "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nspec:\n"
    (one,) = import_text(tmp_path, head + re.sub("(?m)^", "  ", spec)).documents
    (other,) = import_text(tmp_path, SPEC).documents
    assert document_text(one) == document_text(other)


def test_a_list_of_objects_gives_each_of_them(tmp_path: Path) -> None:
    listed = "apiVersion: v1\nkind: List\nitems:\n" + "".join(
        "  - "
        + re.sub("(?m)^(?!apiVersion)", "    ", KUBERNETES.replace("name: ratio", f"name: ratio{n}")).rstrip()
        + "\n"
        for n in (1, 2)
    )
    assert [one.id for one in import_text(tmp_path, listed).documents] == ["cart-ratio1", "cart-ratio2"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("objective: 99.90", "objectve: 99.90", "8:5 `objectve` is no key of `slos[1]`; did you mean `objective`?"),
        ("service: cart", "servce: cart", "2:1 `servce` is no key of the document; did you mean `service`?"),
        (
            "error_query",
            "errors_query",
            "14:9 `errors_query` is no key of `slos[1].sli.events`; did you mean `error_query`?",
        ),
        ("name: CartBurns", "nam: CartBurns", "20:7 `nam` is no key of `slos[1].alerting`; did you mean `name`?"),
        (
            "disable: true",
            "disable: maybe",
            "27:18 `slos[1].alerting.ticket_alert.disable` must be `true` or `false`; correct it",
        ),
        ("prometheus/v1", "prometheus/v2", "1:10 `version: prometheus/v2` is not known; convert it to `prometheus/v1`"),
        ("    objective: 99.90\n", "", "7:5 `slos[1].objective` is missing; write `objective`"),
        ("[{{ .window }}]", "[5m]", "18:22 `slos[1].sli.events.total_query` has no `{{.window}}`"),
        ("      name: CartBurns\n", "", "20:7 `slos[1].alerting.name` is missing, which alerts need"),
        ('    labels:\n      tier: "1"', "    labels: [a]", "10:13 `slos[1].labels` must be a mapping"),
        (
            "      events:",
            "      plugin: {id: x}\n      events:",
            "13:7 `slos[1].sli` must have `events` or `raw`, and not both",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SPEC
    assert any(one.startswith(told) for one in faults_of(tmp_path, SPEC.replace(old, new)))


@pytest.mark.parametrize("number", ["100", "0", "-1", "99.9%", "0.999", "101", "many", "[99]", "1e99", ""])
def test_objectives_that_cannot_be_meant_are_told_at_their_place(tmp_path: Path, number: str) -> None:
    found = faults_of(tmp_path, SPEC.replace("99.90", number))
    assert len(found) == 1
    assert found[0].startswith(("8:16 ", "8:5 "))


def test_good_and_total_must_differ_and_queries_must_parse(tmp_path: Path) -> None:
    same = re.sub(r"error_query: \|\n.*\n.*\n *\)", "error_query: sum(rate(http_requests_total[{{ .window }}]))", SPEC)
    assert "tells nothing" in faults_of(tmp_path, same)[0]
    broken = SPEC.replace(
        "sum(rate(http_requests_total[{{ .window }}]))", "sum(rate(http_requests_total[{{ .window }}])"
    )
    pytest.importorskip("promql_parser")
    assert faults_of(tmp_path, broken)[0].startswith("18:22 the query is not PromQL: ")


def test_a_plugin_that_makes_the_queries_is_refused(tmp_path: Path) -> None:
    plugin = re.sub(r"(?s)      events:.*?    alerting:", "      plugin: {id: sloth-common/x}\n    alerting:", SPEC)
    assert faults_of(tmp_path, plugin) == [
        "13:15 `slos[1].sli.plugin` is code that makes the queries, which is not run here; write `events` or `raw`"
    ]


def test_plugins_of_rules_are_lost_and_told(tmp_path: Path) -> None:
    text = SPEC.replace("slos:\n", "slo_plugins:\n  chain: [{id: x}]\nslos:\n")
    (one,) = import_text(tmp_path, text).documents
    assert [loss.place.line for loss in one.losses if loss.place] == [6]


def test_intervals_of_rules_are_lost_and_told(tmp_path: Path) -> None:
    text = SPEC.replace("    labels:\n", "    interval: {all: 5m}\n    infoLabels: {a: b}\n    labels:\n", 1)
    (one,) = import_text(tmp_path, text).documents
    assert [loss.place.line for loss in one.losses if loss.place] == [10, 11]


def test_names_that_are_no_ids_become_some_and_that_is_told(tmp_path: Path) -> None:
    (one,) = import_text(tmp_path, SPEC.replace("name: requests", 'name: "all / requests"')).documents
    assert one.id == "cart-all-requests"
    assert [loss.place.line for loss in one.losses if loss.place] == [7]


def test_one_id_from_two_places_is_refused(tmp_path: Path) -> None:
    found = faults_of(tmp_path, SPEC + "---\n" + SPEC.replace("service: cart", "service: Cart"))
    assert [one.split(";")[0] for one in found] == ["35:11 this gives the id `Cart-requests` a second time"]


def test_key_spelling_of_kubernetes() -> None:
    assert [camel_case(key) for key in ("error_query", "slo_plugins", "page_alert")] == [
        "errorQuery",
        "sloPlugins",
        "pageAlert",
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: not text.startswith("TODO"))
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}[A-Za-z0-9]", fullmatch=True)
LABELS = st.dictionaries(st.one_of(NAMES, TEXTS), TEXTS, max_size=3)
OBJECTIVES = st.decimals(min_value="1.0001", max_value="99.99999", places=5).map(str)
QUERIES = st.builds(
    "sum{space}({wrap}(requests_total{{code={code}}}[{{{{{blank}.window{blank}}}}}]{wrap_end}){end}".format,
    space=st.sampled_from(["", " ", "\n  "]),
    wrap=st.sampled_from(["rate", "increase"]),
    wrap_end=st.just(")"),
    code=st.sampled_from(['"500"', "'a#b'", '"é: \\"x\\""']),
    blank=st.sampled_from(["", " "]),
    end=st.sampled_from(["", "\n", "\n\n", "  # all of them"]),
)
ALERTS = st.fixed_dictionaries({}, optional={"disable": st.just("true"), "labels": LABELS, "annotations": LABELS})
SLIS = st.one_of(
    st.tuples(QUERIES, QUERIES)
    .filter(lambda two: two[0].split() != two[1].split())
    .map(lambda two: {"events": {"error_query": two[0], "total_query": two[1]}}),
    QUERIES.map(lambda query: {"raw": {"error_ratio_query": query}}),
)
SLOS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "name": NAMES,
        "objective": OBJECTIVES,
        "sli": SLIS,
        "alerting": st.fixed_dictionaries(
            {"name": st.from_regex(r"[A-Za-z]\w{0,9}", fullmatch=True)},
            optional={"labels": LABELS, "annotations": LABELS, "page_alert": ALERTS, "ticket_alert": ALERTS},
        ),
    },
    optional={"description": TEXTS, "labels": LABELS},
)
SPECS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "version": st.just("prometheus/v1"),
        "service": NAMES,
        "slos": st.lists(SLOS, min_size=1, max_size=2, unique_by=lambda one: one["name"].lower()),
    },
    optional={"labels": LABELS},
)


def _without_empty(value: Any) -> Any:
    """Return a spec without the keys whose absence means the same; labels and annotations are left as they are."""
    if not isinstance(value, dict):
        return value
    kept = {key: inner if key in ("labels", "annotations") else _without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in kept.items() if inner not in ("", {})}


@given(SPECS)
@settings(max_examples=50)
def test_specs_come_back_as_they_were(spec: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        made = import_text(Path(folder), yaml.safe_dump(spec, sort_keys=False))
    for one, slo in zip(made.documents, spec["slos"], strict=True):
        (back,) = exported("sloth", read_back(one)).values()
        labels = {**spec.get("labels", {}), **slo.get("labels", {})}
        own = {key: value for key, value in slo.items() if key != "labels"}
        expected = {**spec, "labels": labels, "slos": [_without_empty(own)]}
        assert back == _without_empty(expected)
        assert list(back.get("labels", {})) == list(labels)
