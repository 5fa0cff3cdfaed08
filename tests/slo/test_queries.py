"""Windows in queries, and what is no PromQL."""

from __future__ import annotations

import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_sre.slo.queries import MAX_DEEP, PLACEHOLDER, grouping, has_window, is_selector, parse_fault, with_window

promql = pytest.importorskip("promql_parser")

names = st.from_regex(r"[a-zA-Z_:][a-zA-Z0-9_:]{0,10}", fullmatch=True)
values = st.text(st.characters(codec="utf-8", exclude_characters='"\\\n\0'), max_size=10)
selectors = st.one_of(names, st.builds(lambda name, value: f'{name}{{a="{value}", b!="{{{{x}}}}"}}', names, values))


@pytest.mark.parametrize("written", ["{{.window}}", "{{ .window }}", "{{.window }}", "{{  .window}}"])
def test_the_placeholder_may_have_spaces(written: str) -> None:
    query = f"sum(rate(a_total[{written}])) / sum(rate(b_total[{written}]))"
    assert has_window(query)
    assert with_window(query, "1h30m") == "sum(rate(a_total[1h30m])) / sum(rate(b_total[1h30m]))"
    assert parse_fault(query) is None


@pytest.mark.parametrize("query", ["sum(rate(a[5m]))", "a + b", "sum(a)", "{{window}}", "rate(a[{{.windows}}])", ""])
def test_without_a_window(query: str) -> None:
    assert not has_window(query)
    assert with_window(query, "5m") == query


@given(selectors)
def test_the_rate_of_a_selector_is_promql(selector: str) -> None:
    assert is_selector(selector)
    assert has_window(selector)
    assume(parse_fault(selector) is None)  # `start` and `on` are words of PromQL
    promql.parse(with_window(selector, "5m"))
    assert with_window(f" {selector}\n", "5m") == f"sum(rate({selector.strip()}[5m]))"


@given(st.text(max_size=60), st.from_regex(r"[0-9]+[smhd]", fullmatch=True))
def test_no_placeholder_is_left(text: str, window: str) -> None:
    made = with_window(f"{text}{PLACEHOLDER}{text}", window)
    assert PLACEHOLDER not in made.replace(text, "") or PLACEHOLDER in text
    assert with_window(made, window) == made or is_selector(made)


@given(st.text(st.sampled_from("abx_:(){}[]\"'`=~!<>+-*/%^,.@#\n 0159smhd\\{}"), max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    said = parse_fault(text)
    assert said is None or "\n" not in said
    assert has_window(text) in (True, False)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sum(rate(a[5m])", "unclosed left parenthesis, at character 4, `(rate(a[5m])`"),
        ("sum(a) + sum(b", "unclosed left parenthesis, at character 13, `(b`"),
        ('sum(")(") + sum(b', "unclosed left parenthesis, at character 16, `(b`"),
        ("a\n+ )", "unexpected right parenthesis ')', at character 3 of its line 2, `)`"),
        ("1 + foo(1) + 2", "unknown function with name 'foo', at character 5, `foo(1)`"),
        ("2 * rate(a)", "expected type matrix in call to function 'rate', got vector, at character 5, `rate(a)`"),
        ('a{b~"c"}', "unexpected character inside braces: '~', at character 4, `~\"c\"}`"),
        ("a b", "invalid promql query, at character 3, `b`"),
        ("rate(a[30 days])", "unexpected character inside brackets: 'd', at character 11, `days])`"),
        ("", "no expression found in input, at its end"),
    ],
)
def test_where_the_fault_is(query: str, said: str) -> None:
    assert parse_fault(query) == said


@pytest.mark.parametrize(
    "query",
    [
        "(" * 9_999 + "a" + ")" * 9_999,  # the parser recurses, and would end the process
        "-" * 19_999 + "a",
        "a" + " and a" * 3_000,
        "max_over_time(" * 1_000 + "a" + "[1m:])" * 1_000,
        "a[1h:1e400]",  # the parser panics
        "a offset Inf",
        "a[99999999999999999999y]",
    ],
    ids=range(7),
)
def test_what_the_parser_would_not_survive_is_not_given_to_it(query: str) -> None:
    assert parse_fault(query) is None


def test_the_deepest_query_that_is_read() -> None:
    assert parse_fault("(" * MAX_DEEP + "a" + ")" * (MAX_DEEP - 1)) is not None
    assert parse_fault("(" * (MAX_DEEP + 1) + "a") is None


def test_without_the_parser_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse_fault("sum(") is not None
    monkeypatch.setitem(sys.modules, "promql_parser", None)
    assert parse_fault("sum(") is None


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ('a{b="c"}', set()),
        ("sum(rate(a[{{.window}}]))", set()),
        ("((COUNT by (le, code) (a)))", {"le", "code"}),
        ("sum(a) by (code) # of all", {"code"}),
        ("sum by () (a)", set()),
        ("sum without (code) (a)", None),
        ("topk(3, a)", None),
        ("sum(a) - sum(b)", None),
        ("rate(a[{{.window}}])", None),
        ("sum(a", None),
        ("sum by (code) (" * MAX_DEEP + "a" + ")" * MAX_DEEP, None),
        ("sum(a > 1e99)", None),
    ],
)
def test_the_labels_by_which_a_query_keeps_results_apart(query: str, labels: set[str] | None) -> None:
    assert grouping(query) == labels


def test_without_the_parser_only_selectors_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "promql_parser", None)
    assert grouping("a_total") == frozenset()
    assert grouping("sum(a)") is None
