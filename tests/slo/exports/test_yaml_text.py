"""YAML that is written is read back as what it was, by both of PyYAML's loaders."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_sre.slo.exports.yaml_text import yaml_text

AWKWARD = (
    "", " ", "yes", "No", "null", "~", "y", "on", "1", "1.5", "0x1f", "1e3", ".inf", "2026-03-09", "12:30:00", "=", "<<",
    "- a", "? a", ": a", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a`", "{a}", "[a]", "'", '"', "\\",
    "|", ">", "---", "...", "a\n", "a\n\n", "\na", " a\nb", "a\n b", "a\n\nb", "a \nb", "a\tb", "a\r\nb", "\x85", "\u2028",
    "\ufeff", "🙂", "\x00", "a\n---\nb", "a\n#b", "{{ $labels.x }}", "x" * 5000, "a b", "a  b", "a ", "é\nü", "\n", "\n\n",
)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(AWKWARD)
LINES = st.lists(TEXT, max_size=5).map("\n".join)
VALUES = st.recursive(
    TEXT | LINES | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT.filter(lambda key: len(key) < 100), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(TEXT.filter(lambda key: len(key) < 100), VALUES, max_size=4) | st.lists(VALUES, max_size=4))
@example({"": ""})
@example([[], {}, [[]], [{}], {"a": []}, {"a": {}}])
def test_what_is_written_is_read_back(value: Any) -> None:
    text = yaml_text(value)
    assert yaml.load(text, yaml.SafeLoader) == value
    assert yaml.load(text, yaml.CSafeLoader) == value


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_stay_text(text: str) -> None:
    value = {"key": text, "list": [text, {"inner": text}]}
    assert yaml.safe_load(yaml_text(value)) == value


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    assert yaml.safe_load(yaml_text({"a": "x\ud800y"})) == {"a": "x?y"}
