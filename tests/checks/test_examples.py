"""Every registered rule: its page is whole, its bad example breaks it, its good one does not, its message is reviewed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_sre.checks.registry import FAMILIES, rules
from mkdocs_sre.checks.rule import SECTIONS, Rule
from tests.tree import example_tree

MESSAGES = Path(__file__).parent / "messages.txt"
TESTED_IN_HISTORY = sorted((Path(__file__).parent.parent / "history").glob("*.py"))
IN_GIT_ALONE = ("IMM104", "IMM108", "IMM301")  # tests/history makes the commits that break them
UNTESTABLE_AS_TEXT = frozenset(
    ("DOC106", "DOC107", "DOC108", "DOC110", "DOC112", "DOC113", "FRS106", *IN_GIT_ALONE)
)  # bytes, sizes, links and commits: test_files.py breaks them

by_code = pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))


@by_code
def test_page_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert rule.family in FAMILIES
    assert re.fullmatch(r"[a-z][a-z0-9-]+", rule.name)
    assert rule.summary.endswith((".", "?")), rule.summary
    assert [name for name in re.findall(r"(?m)^## (.+)$", rule.text) if name in SECTIONS] == list(SECTIONS)
    assert all(rule.section(name) for name in SECTIONS)


@by_code
def test_example_breaks_the_rule(rule: Rule) -> None:
    if rule.code in UNTESTABLE_AS_TEXT:
        files = TESTED_IN_HISTORY if rule.code in IN_GIT_ALONE else [Path(__file__).parent / "test_files.py"]
        assert any(rule.code in file.read_text(encoding="utf-8") for file in files)
        return
    tree = example_tree(rule.section("Example"))
    tree.options.setdefault("levels", {})[rule.code] = "error"
    found = [finding for finding in tree.findings() if finding.code == rule.code]
    assert found
    assert all(finding.message and finding.name == rule.name for finding in found)


@by_code
def test_use_instead_keeps_the_rule(rule: Rule) -> None:
    if rule.code in IN_GIT_ALONE:
        pytest.skip("tests/history keeps it, with commits")
    tree = example_tree(rule.section("Use instead"))
    tree.options.setdefault("levels", {})[rule.code] = "error"
    assert [finding for finding in tree.findings() if finding.code == rule.code] == []


def test_messages_are_reviewed(request: pytest.FixtureRequest) -> None:
    lines = []
    for rule in rules().values():
        if rule.code in UNTESTABLE_AS_TEXT:
            continue
        tree = example_tree(rule.section("Example"))
        tree.options.setdefault("levels", {})[rule.code] = str(rule.level) if rule.level else "info"
        lines += [
            f"{one.location} {one.code} {one.name} {one.level} {one.message}; {one.hint}"
            for one in tree.findings()
            if one.code == rule.code
        ]
    text = "\n".join([*lines, ""])
    if request.config.getoption("--accept"):
        MESSAGES.write_text(text, encoding="utf-8")
    assert MESSAGES.read_text(encoding="utf-8") == text, (
        "review the changed messages, then `pytest tests/checks --accept`"
    )
