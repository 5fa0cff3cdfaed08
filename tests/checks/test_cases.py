"""Rules against documents: each Markdown file beside this one holds cases, the expected code on its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_sre.checks.registry import rules
from tests.checks.test_examples import IN_GIT_ALONE
from tests.tree import Tree, parse_tree

HERE = Path(__file__).parent
_CASE = re.compile(r"(?m)^# (.+)$")


def cases() -> list[tuple[str, str]]:
    found = []
    for file in sorted(HERE.glob("*/*.md")):
        parts = _CASE.split(re.sub(r"<!--.*?-->\n", "", file.read_text(encoding="utf-8"), count=1))
        found += [
            (f"{file.parent.name}/{file.stem}: {name}", text)
            for name, text in zip(parts[1::2], parts[2::2], strict=True)
        ]
    return found


def _tree(text: str) -> Tree:
    return parse_tree("\n".join(line for line in text.splitlines() if line.startswith("    ")))


@pytest.mark.parametrize(("name", "text"), cases(), ids=[name for name, _ in cases()])
def test_case(name: str, text: str) -> None:
    tree = _tree(text)
    silent = {
        code for line in re.findall(r"(?m)^expect: nothing of (.+)$", text) for code in line.replace(",", " ").split()
    }
    looked_at = silent | {code for _, _, code in tree.expected}
    assert looked_at, f"{name}: a case expects a code on a line, or `expect: nothing of CODE`"
    assert looked_at <= set(rules()), looked_at
    found = {(one.location.path, one.location.line, one.code) for one in tree.findings() if one.code in looked_at}
    assert found == tree.expected


def test_every_rule_has_a_case_that_breaks_it_and_one_that_does_not() -> None:
    broken: set[str] = set()
    kept: set[str] = set()
    for _, text in cases():
        tree = _tree(text)
        codes = {code for _, _, code in tree.expected}
        broken |= codes
        kept |= silent_codes(text) | {code for code in codes if _some_document_keeps(tree, code)}
    files = (HERE / "test_files.py").read_text(encoding="utf-8")
    tested = {code for code in rules() if code in files} | set(IN_GIT_ALONE)
    assert set(rules()) - broken - tested == set()
    assert set(rules()) - kept - tested == set()


def silent_codes(text: str) -> set[str]:
    return {
        code for line in re.findall(r"(?m)^expect: nothing of (.+)$", text) for code in line.replace(",", " ").split()
    }


def _some_document_keeps(tree: Tree, code: str) -> bool:
    """Whether a case that breaks a rule also holds a file that does not."""
    return bool(set(tree.files) - {path for path, _, broken in tree.expected if broken == code})
