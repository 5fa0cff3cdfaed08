"""Rules against documents: each Markdown file beside this one holds cases, the expected code on its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_sre.checks.registry import rules
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
        broken |= {code for _, _, code in tree.expected}
        kept |= {
            code
            for line in re.findall(r"(?m)^expect: nothing of (.+)$", text)
            for code in line.replace(",", " ").split()
        }
    assert broken <= set(rules())
    assert kept <= set(rules())
