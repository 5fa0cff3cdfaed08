"""`alerts --annotate`: the right link for each alert, and every other byte as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.cli import main
from mkdocs_sre.reading.annotations import Annotation, AnnotationError, with_annotations
from mkdocs_sre.reading.rule_files import read_rules

Write = Callable[[Mapping[str, str | bytes]], Path]
CONFIGURATION = """\
site_name: T
plugins:
  - sre:
      as_of: 2026-03-09
      alerts:
        rules: "r/*.yaml"
        url_prefix: https://sre.example.com/docs/
        label_values: {kind: [cart]}
"""
RUNBOOK = "---\ntype: runbook\nid: cart-down\nowner: '@team-cart'\n---\n\n# Cart\n"
# Rules in every form that people write, each with the lines that its link becomes.
WRITTEN = """\
# head
groups:
  - name:   node   # aligned
    rules:
    - alert:  NodeDown   # c1
      expr: >-
        up == 0
        and on () foo
      labels:   {severity: "page",team: a}
    - alert: Aligned
      expr: 1
      annotations:
          # about the summary
          summary:   'x'   # why
          description: long
            continued here
    - alert: Empty
      expr: 1
      annotations: {}
    - alert: Nothing
      annotations:   # nothing
      expr: 1
    - {alert: Flow, expr: 1}
    - alert: Block
      annotations:
        description: |
          text
          # no comment

        # a comment
        summary: x
        runbook_url: |-
          https://x

      # about the condition
      expr: 1
    - alert: Left
      annotations:
        runbook_url:
      expr: 1
    - alert: "Quoted"
      annotations: {"summary": "a", 'runbook_url': 'https://x'}
      expr: 1
    - record: a:b
      expr: 1
    - expr: 1
      alert: Last"""
CHANGED = {
    "      expr: >-": "      annotations:\n        runbook_url: URL/nodedown/\n      expr: >-",
    "          # about the summary": "          runbook_url: URL/aligned/\n          # about the summary",
    "      annotations: {}": "      annotations: {runbook_url: URL/empty/}",
    "      annotations:   # nothing": "      annotations: {runbook_url: URL/nothing/}   # nothing",
    "    - {alert: Flow, expr: 1}": "    - {alert: Flow, annotations: {runbook_url: URL/flow/}, expr: 1}",
    "        runbook_url: |-\n          https://x": "        runbook_url: URL/block/",
    "        runbook_url:\n": "        runbook_url: URL/left/\n",
    "'https://x'": "'URL/quoted/'",
    "      alert: Last": "      alert: Last\n      annotations:\n        runbook_url: URL/last/",
}
PREFIX = "https://sre.example.com/docs/alerts"


def run(folder: Path, name: str = "r/a.yaml") -> Result:
    return CliRunner().invoke(main, ["alerts", "-f", str(folder / "mkdocs.yml"), "--annotate", str(folder / name)])


def site(write: Write, rules: str | bytes, **more: str) -> Path:
    files = {"mkdocs.yml": CONFIGURATION, "docs/sre/runbooks/cart-down.md": RUNBOOK, "r/a.yaml": rules}
    return write({**files, **more})


def expected() -> str:
    text = WRITTEN
    for before, after in CHANGED.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after.replace("URL", PREFIX))
    return text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_links_are_set_where_they_stand(write: Write, end: str, mark: str) -> None:
    rules = (mark + WRITTEN).replace("\n", end).encode()
    folder = site(write, rules)
    done = run(folder)
    assert done.stdout_bytes.decode() == (mark + expected()).replace("\n", end)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (0, "9 links changed")
    assert (folder / "r/a.yaml").read_bytes() == rules


def test_what_comes_out_is_right_and_comes_out_again(write: Write) -> None:
    first = run(site(write, WRITTEN)).stdout_bytes
    again = run(site(write, first))
    assert (again.stdout_bytes, again.stderr.splitlines()[-1]) == (first, "0 links changed")


@pytest.mark.parametrize(
    ("link", "stays"),
    [
        ("https://sre.example.com/docs/sre/runbooks/cart-down/", True),
        ("https://sre.example.com/docs/sre/runbooks/{{ $labels.kind }}-down/", True),
        ("https://sre.example.com/docs/sre/runbooks/{{ $labels.other }}/", True),
        ("sre/runbooks/cart-down/", True),
        ("https://sre.example.com/docs/alerts/a/", True),
        ("https://sre.example.com/docs/alerts/b/", False),
        ("https://sre.example.com/docs/alerts/A/", False),
        ("https://sre.example.com/docs/sre/runbooks/cart-down", False),
        ("https://sre.example.com/docs/sre/runbooks/", False),
        ("https://runbooks.example.org/a", False),
    ],
)
def test_right_links_stay(write: Write, link: str, stays: bool) -> None:  # noqa: FBT001 a parameter of the test
    rules = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: 1\n    annotations: {runbook_url: '%s'}\n"
    other = "  - alert: B\n    expr: 1\n    annotations: {runbook_url: https://sre.example.com/docs/alerts/b/}\n"
    done = run(site(write, rules % link + other))
    after = link if stays else "https://sre.example.com/docs/alerts/a/"
    assert (done.exit_code, done.stdout) == (0, rules % after + other)
    assert ("label_values" in done.stderr) == ("other" in link)


@pytest.mark.parametrize(
    "rules",
    [
        "- {alert: A, expr: 1, annotations: &x {summary: a}}\n  - {alert: B, expr: 1, annotations: *x}",
        "- {alert: A, expr: 1, annotations: {runbook_url: &u https://a}}\n  - {alert: B, expr: 1, annotations: {summary: *u}}",
        "- &r {alert: A, expr: 1, annotations: {summary: x}}\n  - {<<: *r, alert: B}",
        "- {alert: A, expr: &e 1, annotations: {runbook_url: *e}}",
    ],
)
def test_what_would_change_more_than_a_link_is_refused(write: Write, rules: str) -> None:
    done = run(site(write, f"groups:\n- name: g\n  rules:\n  {rules}\n"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "by hand" in done.stderr or "write its annotations out" in done.stderr


def test_a_file_that_cannot_be_read_is_told(write: Write) -> None:
    done = run(site(write, "groups: ["))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "a.yaml:2:1 the document is not valid YAML" in done.stderr
    assert run(site(write, WRITTEN), "r/none.yaml").exit_code == 2


def test_a_site_without_addresses_for_alerts_says_what_it_lacks(write: Write) -> None:
    done = run(site(write, WRITTEN, **{"mkdocs.yml": "site_name: T\nplugins: [sre]\n"}))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "`alerts.url_prefix`" in done.stderr
    assert "`alerts.rules`" in done.stderr


def test_a_file_that_is_not_the_sites_is_told_of(write: Write) -> None:
    done = run(site(write, WRITTEN, **{"other.yaml": WRITTEN}), "other.yaml")
    assert (done.exit_code, done.stdout) == (0, expected())
    assert "not among the files of `alerts.rules`" in done.stderr


def test_other_files_beside_it_are_refused(write: Write) -> None:
    folder = site(write, WRITTEN)
    done = CliRunner().invoke(main, ["alerts", "-f", str(folder / "mkdocs.yml"), "--annotate", "a", "b"])
    assert done.exit_code == 2
    assert "--annotate takes one file" in done.stderr


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=12)
RULE = st.fixed_dictionaries(
    {"alert": TEXTS.filter(bool), "expr": TEXTS.filter(bool)},
    optional={"annotations": st.dictionaries(TEXTS | st.just("runbook_url"), TEXTS, max_size=3), "for": TEXTS},
)


@given(st.lists(RULE, min_size=1, max_size=3), st.booleans() | st.none(), st.sampled_from([None, '"', "'"]), TEXTS)
def test_any_file_says_the_same_but_for_its_links(
    rules: list[dict[str, object]],
    flow: bool | None,  # noqa: FBT001 drawn by hypothesis
    style: str | None,
    url: str,
) -> None:
    data = yaml.safe_dump(
        {"groups": [{"name": "g", "rules": rules}]}, allow_unicode=True, default_flow_style=flow, default_style=style
    ).encode()
    before = read_rules("a", data)
    wanted = {rule.place: Annotation("runbook_url", f"https://a/{url}") for rule in before.rules}
    try:
        found = read_rules("a", with_annotations("a", data, wanted)).rules
    except AnnotationError:
        assert any(sign in data.decode() for sign in ("*id", "&id", "? "))  # shared values, and keys in the long form
        return
    assert [rule.annotations for rule in found] == [
        {**rule.annotations, "runbook_url": f"https://a/{url}"} for rule in before.rules
    ]
    assert [(rule.name, rule.expression) for rule in found] == [(rule.name, rule.expression) for rule in before.rules]
