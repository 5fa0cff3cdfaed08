"""Configurations of Alertmanager: routes, receivers, inhibitions, and the text of matchers."""

from __future__ import annotations

import base64
import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.monitoring import Matcher, Monitoring, Routing
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.matchers import MAX_CHARACTERS, parse_matchers

GOOD = """\
global: {resolve_timeout: 5m}
route:
  receiver: default
  group_by: [alertname, cluster]
  group_wait: 30s
  repeat_interval: 3h
  routes:
    - match: {team: cart}
      match_re:
        service: ^(cart|basket)$
      matchers:
        - severity = "critical"
        - env!~"dev|test"
      receiver: cart-pager
      continue: true
      routes:
        - matchers: ['{region="eu", "odd name"!=x}']
    - receiver: silent
receivers:
  - name: default
    email_configs: [{to: ops@example.com}]
  - name: cart-pager
    pagerduty_configs: [{routing_key: x}]
    slack_configs:
      - channel: "#cart"
    webhook_configs: []
  - name: silent
inhibit_rules:
  - source_matchers: [severity="critical"]
    target_match: {severity: warning}
    target_match_re: {team: .+}
    equal: [alertname]
"""


def read(text: str | bytes) -> Monitoring:
    return read_alertmanager("../am.yml", text if isinstance(text, bytes) else text.encode(), "am.yml")


def the_routing(found: Monitoring) -> Routing:
    (routing,) = found.routings
    return routing


def told(found: Monitoring) -> list[tuple[str, int, int]]:
    return [(one.name, one.fault.location.line, one.fault.location.column) for one in found.defects]


def test_a_configuration_is_read_as_it_is_written() -> None:
    found = read(GOOD)
    routing = the_routing(found)
    root = routing.route
    assert root is not None
    assert found.defects == ()
    assert routing.file == "am.yml"
    assert (root.receiver, root.group_by, root.group_wait, root.repeat_interval) == (
        "default",
        ("alertname", "cluster"),
        "30s",
        "3h",
    )
    assert root.matchers == ()
    cart, silent = root.routes
    assert (cart.receiver, cart.goes_on, str(cart.place)) == ("cart-pager", True, "../am.yml:8:7")
    assert cart.matchers == (
        Matcher("team", "=", "cart"),
        Matcher("service", "=~", "^(cart|basket)$"),
        Matcher("severity", "=", "critical"),
        Matcher("env", "!~", "dev|test"),
    )
    assert (cart.routes[0].receiver, cart.routes[0].goes_on) == ("cart-pager", False)
    assert cart.routes[0].matchers == (Matcher("region", "=", "eu"), Matcher("odd name", "!=", "x"))
    assert silent.receiver == "silent"
    means = [(one.name, one.means, one.place.line) for one in routing.receivers]
    assert means == [("default", ("email",), 20), ("cart-pager", ("pagerduty", "slack"), 22), ("silent", (), 27)]
    (inhibition,) = routing.inhibitions
    assert inhibition.sources == (Matcher("severity", "=", "critical"),)
    assert inhibition.targets == (Matcher("severity", "=", "warning"), Matcher("team", "=~", ".+"))
    assert (inhibition.equal, str(inhibition.place)) == (("alertname",), "../am.yml:29:5")


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}" for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("style", ["|", "|-", "|+", "|2", "# comment\n    |"])
def test_a_secret_holds_it_as_text_with_places_in_it(style: str) -> None:
    above = f"kind: Secret\nstringData:\n  other: x\n  alertmanager.yaml: {style}\n"
    bad = GOOD.replace("receiver: cart-pager", "receiver: cart-pagr")
    found = read(above + indented(bad, "    "))
    lines = above.count("\n")
    assert the_routing(found).receivers[0].place.line == lines + 20
    assert told(found) == [("malformed-rule", lines + 14, 4 + 17)]
    assert the_routing(read(above + indented(GOOD, "    "))).inhibitions


@pytest.mark.parametrize("kind", ["Secret", "ConfigMap"])
def test_text_without_lines_of_its_own_has_the_place_of_the_value(kind: str) -> None:
    bad = GOOD.replace("receiver: cart-pager", "receiver: cart-pagr")
    value = base64.b64encode(bad.encode()).decode() if kind == "Secret" else json.dumps(bad)
    found = read(f"kind: {kind}\ndata:\n  alertmanager.yml: {value}\n")
    assert told(found) == [("malformed-rule", 3, 21)]
    assert len(the_routing(found).receivers) == 3


def test_text_in_a_list_of_objects_is_found_and_other_objects_passed_over() -> None:
    secret = "kind: Secret\nstringData:\n  alertmanager.yaml: |\n" + indented(GOOD, "    ")
    listed = "kind: List\nitems:\n- kind: Alertmanager\n  spec: {replicas: 3}\n- " + indented(secret, "  ").lstrip()
    found = read(f"kind: Alertmanager\nspec: {{}}\n---\n{listed}---\nkind: Secret\nstringData: {{a: b}}\n")
    assert found.defects == ()
    assert the_routing(found).receivers[0].place.line == 10 + 20


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("alertmanager.yaml: '%%%'", (3, 22)),
        ("alertmanager.yaml: /w==", (3, 22)),
        ("alertmanager.yaml.gz: aGk=", (3, 25)),
    ],
)
def test_data_that_is_no_text_is_told(value: str, place: tuple[int, int]) -> None:
    found = read(f"kind: Secret\ndata:\n  {value}\n")
    assert (found.routings, told(found)) == ((), [("malformed-rule", *place)])


def test_yaml_in_a_secret_that_cannot_be_read_is_told_where_it_stands() -> None:
    found = read("kind: Secret\nstringData:\n  alertmanager.yaml: |\n    route: {}\n    receivers: [\n")
    assert [(name, line) for name, line, _ in told(found)] == [("unreadable-rule-file", 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("route: [", [("unreadable-rule-file", 2, 1)]),
        ("- a\n", [("unreadable-rule-file", 1, 1)]),
        (b"route: \xff\n", [("unreadable-rule-file", 1, 1)]),
        ("route: a\n", [("malformed-rule", 1, 8)]),
        ("route: {receiver: x}\n", [("malformed-rule", 1, 19)]),
        ("route: {}\n", [("malformed-rule", 1, 8)]),
        ("receivers: {a: b}\n", [("malformed-rule", 1, 12)]),
        ("receivers: [{a: b}]\n", [("malformed-rule", 1, 13)]),
        ("receivers: [{name: a}, {name: a}]\n", [("malformed-rule", 1, 31)]),
        ("receivers: [{name: a, slack_configs: 3}]\n", [("malformed-rule", 1, 38)]),
        ("inhibit_rules: [a]\n", [("malformed-rule", 1, 17)]),
        ("inhibit_rules: [{source_matchers: [a]}]\n", [("malformed-rule", 1, 36)]),
        (
            "inhibit_rules: [{source_match: [a], equal: {a: b}}]\n",
            [("malformed-rule", 1, 32), ("malformed-rule", 1, 44)],
        ),
    ],
)
def test_bad_input_is_told_at_its_place(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert told(read(text)) == expected


def test_a_route_to_a_receiver_that_is_not_there_names_the_nearest() -> None:
    (defect,) = read(GOOD.replace("receiver: cart-pager", "receiver: cart-pagr")).defects
    assert defect.fault.hint == "did you mean `cart-pager`?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("{}", []),
        ("a=b", [("a", "=", "b")]),
        (" a = b ", [("a", "=", "b")]),
        ("severity =~ warning|info", [("severity", "=~", "warning|info")]),
        ('a="b,c", d!=e,', [("a", "=", "b,c"), ("d", "!=", "e")]),
        ('{a="b"}', [("a", "=", "b")]),
        ('"a b"!~"c\\"d"', [("a b", "!~", 'c"d')]),
        ("größe=groß", [("größe", "=", "groß")]),
        ("a=", [("a", "=", "")]),
        ('a=""', [("a", "=", "")]),
        ("a=~^(b|c)$", [("a", "=~", "^(b|c)$")]),
        ("a=~b{2}", [("a", "=~", "b{2}")]),
        ("a==b", [("a", "=", "=b")]),
        ('a=~"\\\\d+"', [("a", "=~", "\\d+")]),
        ('a=~"\\d+\\n"', [("a", "=~", "\\d+\n")]),
        ('a="\\u00e4\\t"', [("a", "=", "ä\t")]),
        ('a="\\ud800"', [("a", "=", "\\ud800")]),
    ],
)
def test_matchers_are_read_in_all_their_forms(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert parse_matchers(text) == [Matcher(*one) for one in expected]


@pytest.mark.parametrize(
    "text",
    ["a", "=b", 'a=b c="d', 'a="b', 'a="b"c', "a~b", ",", "a b=c", 'a=b"', "a=b,,c=d", "x" * (MAX_CHARACTERS + 1)],
)
def test_what_is_no_matcher_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        parse_matchers(text)


VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
OPERATORS = st.sampled_from(["=", "!=", "=~", "!~"])


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(st.lists(st.builds(Matcher, VALUES, OPERATORS, VALUES), min_size=1, max_size=4), st.booleans())
def test_matchers_that_are_quoted_come_back(matchers: list[Matcher], braces: bool) -> None:  # noqa: FBT001 drawn by hypothesis
    text = ", ".join(f"{quoted(one.label)}{one.operator}{quoted(one.value)}" for one in matchers)
    assert parse_matchers(f"{{{text}}}" if braces else text) == matchers


@given(st.text(st.sampled_from('ab="\\,{}!~ \n'), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(one.operator in ("=", "!=", "=~", "!~") for one in parse_matchers(text))


@given(st.one_of(st.binary(max_size=100), st.text(st.sampled_from("route: \n-{}[]&*!|>'\"a="), max_size=60)))
def test_nothing_ends_in_a_traceback(data: bytes | str) -> None:
    for text in (data, GOOD.encode() + (data if isinstance(data, bytes) else data.encode())):
        assert all(one.fault.location.line >= 1 for one in read(text).defects)
