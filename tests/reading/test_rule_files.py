"""Rule files: what is read, where it stands, and that bad input is told and loses nothing else."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.monitoring import KEY, Monitoring
from mkdocs_sre.reading.rule_files import MAX_NAME, read_rules
from mkdocs_sre.reading.written import MAX_TEXT
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, MAX_DEFECTS

GOOD = """\
# of the node team
groups:
  - name: node.rules
    rules:
      - alert: NodeDown
        expr: up{job="node"} == 0
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: "{{ $labels.instance }} is down"
          runbook_url: https://sre.example.com/alerts/nodedown/
      - record: job:up:sum
        expr: sum by (job) (up)
"""
OPERATOR = """\
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: cart}
spec:
  groups:
    - name: cart
      rules:
        - {alert: CartDown, expr: vector(1)}
"""


def read(text: str | bytes) -> Monitoring:
    return read_rules("../rules.yaml", text if isinstance(text, bytes) else text.encode(), "rules.yaml")


def names(found: Monitoring) -> list[str]:
    return [rule.name for rule in found.rules]


def told(found: Monitoring) -> list[tuple[str, int, int]]:
    return [(one.name, one.fault.location.line, one.fault.location.column) for one in found.defects]


def one_rule(lines: str) -> Monitoring:
    """Read a group with one rule, whose first line is line 4 of the file and begins in column 5."""
    body = lines.replace("\n", "\n    ")
    return read(f"groups:\n- name: a\n  rules:\n  - {body}\n")


def test_a_rule_is_read_as_it_is_written_with_its_places() -> None:
    found = read(GOOD)
    (rule,) = found.rules
    assert (rule.name, rule.group, rule.file, rule.key) == ("NodeDown", "node.rules", "rules.yaml", "nodedown")
    assert (rule.expression, rule.duration) == ('up{job="node"} == 0', "5m")
    assert rule.labels == {"severity": "critical"}
    assert rule.annotations["summary"] == "{{ $labels.instance }} is down"
    assert str(rule.place) == "../rules.yaml:5:16"
    assert str(rule.at("annotations", "runbook_url")) == "../rules.yaml:12:24"
    assert str(rule.at("annotations", "runbook_url", KEY)) == "../rules.yaml:12:11"
    assert str(rule.at("expr")) == "../rules.yaml:6:15"
    assert str(rule.at("labels", "owner")) == "../rules.yaml:5:16"
    assert found.defects == ()


def test_several_objects_in_one_file_are_read_and_others_passed_over() -> None:
    other = "kind: ConfigMap\ndata: {groups: nothing}\n"
    listed = "kind: List\nitems:\n  - kind: Service\n  - " + OPERATOR.replace("\n", "\n    ").replace("Cart", "Shop")
    found = read(f"{GOOD}\n---\n{other}\n---\n{OPERATOR}\n---\n{listed}")
    assert names(found) == ["NodeDown", "CartDown", "ShopDown"]
    assert found.defects == ()
    assert str(found.rules[1].place) == f"../rules.yaml:{len(GOOD.splitlines()) + 14}:19"


def test_labels_of_a_group_count_for_its_rules_and_a_rules_own_before_them() -> None:
    rules = "    rules:\n    - alert: A\n      expr: 1\n      labels: {severity: page}\n"
    found = read("groups:\n  - name: a\n    labels: {team: cart, severity: info}\n" + rules)
    assert found.rules[0].labels == {"team": "cart", "severity": "page"}
    assert str(found.rules[0].at("labels", "team")) == "../rules.yaml:3:20"
    assert str(found.rules[0].at("labels", "severity")) == "../rules.yaml:7:26"


def test_values_stay_text() -> None:
    found = one_rule("alert: On\nexpr: 1.10\nfor: 010\nlabels: {a: yes, b: 1e3, c: }\nannotations: {d: 2026-01-01}")
    (rule,) = found.rules
    assert (rule.name, rule.expression, rule.duration) == ("On", "1.10", "010")
    assert (rule.labels, rule.annotations) == ({"a": "yes", "b": "1e3", "c": ""}, {"d": "2026-01-01"})


@pytest.mark.parametrize(
    "name", ["disk full", "a/b", "../../etc", "a.b", "x" * 300, "Größe", "报警", "<script>", "index"]
)
def test_any_name_in_one_line_is_one(name: str) -> None:
    found = one_rule(f"alert: '{name}'\nexpr: 1")
    assert (names(found), found.defects) == ([name], ())


@pytest.mark.parametrize("name", ["a\\nb", "a\\0b", "a\\eb", "\\u2028"])
def test_a_name_with_control_characters_is_told_and_left_out(name: str) -> None:
    found = one_rule(f'alert: "{name}"\nexpr: 1')
    assert (names(found), told(found)) == ([], [("malformed-rule", 4, 12)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("groups: [", ("unreadable-rule-file", 2, 1)),
        ("- a\n", ("unreadable-rule-file", 1, 1)),
        ("text\n", ("unreadable-rule-file", 1, 1)),
        ("groups: &a [*a]\n", ("unreadable-rule-file", 1, 9)),
        (b"groups:\n- name: \xff\n", ("unreadable-rule-file", 2, 1)),
        ("groups:\n- name: a\0\n", ("unreadable-rule-file", 2, 10)),
        ("groups: " + "[" * 100 + "]" * 100, ("unreadable-rule-file", 1, 73)),
        (b"#" * (MAX_BYTES + 1), ("unreadable-rule-file", 1, 1)),
        ("groups:\n- name: a\n  name: b\n", ("unreadable-rule-file", 3, 3)),
        ("groups: 3\n", ("malformed-rule", 1, 9)),
        ("groups: {a: b}\n", ("malformed-rule", 1, 9)),
        ("groups: [a]\n", ("malformed-rule", 1, 10)),
        ("group: []\n", ("malformed-rule", 1, 1)),
        ("groups:\n- rules: []\n", ("malformed-rule", 2, 3)),
        ("groups:\n- name: a\n  rule: []\n", ("malformed-rule", 3, 3)),
        ("groups:\n- name: a\n  rules: 3\n", ("malformed-rule", 3, 10)),
        ("groups:\n- name: a\n  rules: [x]\n", ("malformed-rule", 3, 11)),
        ("kind: PrometheusRule\nspec: {group: []}\n", ("malformed-rule", 2, 8)),
        ("kind: [a]\n", ("malformed-rule", 1, 7)),
    ],
)
def test_bad_files_are_told_at_their_place(text: str | bytes, expected: tuple[str, int, int]) -> None:
    found = read(text)
    assert (names(found), told(found)) == ([], [expected])


@pytest.mark.parametrize(
    ("lines", "kept", "place"),
    [
        ("expr: 1", [], (4, 5)),
        ("alert: A", ["A"], (4, 12)),
        ("alert:\nexpr: 1", [], (4, 5)),
        ("alert: ''\nexpr: 1", [], (4, 5)),
        ("alert: A\nexpr: ", ["A"], (4, 12)),
        ("alert: A\nrecord: b\nexpr: 1", ["A"], (5, 13)),
        ("alert: A\nexpr: 1\nlabels: [a]", ["A"], (6, 13)),
        ("alert: A\nexpr: 1\nlabels: a", ["A"], (6, 13)),
        ("alert: A\nexpr: 1\nlabels: {a: [b]}", ["A"], (6, 17)),
        ("alert: A\nexpr: 1\nannotations: {a: {b: c}}", ["A"], (6, 22)),
        ("alert: A\nexpr: 1\nfor: {a: b}", ["A"], (6, 10)),
        ("alert: A\nexpr: 1\nannotation: {a: b}", ["A"], (6, 5)),
        (f"alert: A\nexpr: 1\nannotations: {{a: {'x' * (MAX_TEXT + 1)}}}", ["A"], (6, 22)),
        (f"alert: {'x' * (MAX_NAME + 1)}\nexpr: 1", ["x" * MAX_NAME], (4, 12)),
    ],
)
def test_bad_rules_are_told_at_their_place(lines: str, kept: list[str], place: tuple[int, int]) -> None:
    found = one_rule(lines)
    assert (names(found), told(found)) == (kept, [("malformed-rule", *place)])


def test_a_bad_document_or_rule_does_not_keep_the_others_from_being_read() -> None:
    found = read(f"a: [\n---\n{GOOD}\n---\n{OPERATOR}        - {{expr: 1}}\n        - {{alert: B, expr: 1}}\n")
    assert names(found) == ["NodeDown", "CartDown", "B"]
    assert [name for name, *_ in told(found)] == ["unreadable-rule-file", "malformed-rule"]


def test_a_chart_of_helm_is_told_once() -> None:
    found = read("{{- if .Values.rules }}\ngroups: []\n{{- end }}\n---\n{{ .Values.more }}\n---\n{{ end }}\n")
    assert told(found) == [("unreadable-rule-file", 1, 3)]
    assert "Helm" in found.defects[0].fault.message
    assert len(found.defects[0].fault.related) == 2


def test_a_template_of_prometheus_that_is_not_quoted_says_so() -> None:
    for value in ("{{ $labels.pod }} is down", "{{ $labels.pod }}"):
        (defect,) = one_rule(f"alert: A\nexpr: 1\nannotations:\n  summary: {value}").defects
        assert (defect.fault.location.line, "quote" in defect.fault.hint) == (7, True), defect


def test_faults_are_bounded() -> None:
    found = read("groups:\n- name: a\n  rules:\n" + "  - expr: 1\n" * (MAX_DEFECTS + 5))
    assert len(found.defects) == MAX_DEFECTS + 1
    assert "5 more" in found.defects[-1].fault.message


def test_brackets_without_end_are_refused() -> None:
    assert [(name, line) for name, line, _ in told(read("groups: " + "[" * 40_000))] == [("unreadable-rule-file", 1)]


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    found = read("\n".join([*lines, "groups: *a8", ""]))
    assert [name for name, *_ in told(found)] == ["unreadable-rule-file"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=20)
MAPS = st.dictionaries(TEXTS, TEXTS, max_size=3)


@given(TEXTS.filter(bool), TEXTS.filter(bool), MAPS, MAPS)
def test_whatever_is_dumped_is_read(
    name: str, expression: str, labels: dict[str, str], annotations: dict[str, str]
) -> None:
    rule = {"alert": name, "expr": expression, "labels": labels, "annotations": annotations}
    text = yaml.safe_dump({"groups": [{"name": "g", "rules": [rule]}]}, allow_unicode=True, default_style='"')
    found = read(text)
    assert found.defects == ()
    (made,) = found.rules
    assert (made.name, made.expression, made.labels, made.annotations) == (name, expression, labels, annotations)


@given(st.one_of(st.binary(max_size=200), st.text(st.sampled_from("groups:\n -{}[]&*!|>'\"a"), max_size=60)))
def test_nothing_ends_in_a_traceback(data: bytes | str) -> None:
    for text in (data, GOOD.encode() + (data if isinstance(data, bytes) else data.encode())):
        assert all(one.fault.location.line >= 1 for one in read(text).defects)
