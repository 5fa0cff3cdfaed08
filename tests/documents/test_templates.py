"""Templates: empty ones are told what to fill in, filled ones pass, and both look alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.steps import risk_of
from tests.tree import Tree

FILLED = Path(__file__).parent / "filled"
_HEADING = re.compile(r"(?m)^#{1,6} .+$")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)

by_kind = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))


def _file(kind: type[Document]) -> Path:
    return FILLED / f"{kind.kind}.md"


def _keys(text: str) -> list[str]:
    block = _FRONT_MATTER.match(text)
    assert block
    return list(yaml.safe_load(block[1]))


def _sections(text: str) -> list[str]:
    """The headings without the title and the steps, of which each runbook has its own."""
    return [one for one in _HEADING.findall(text) if not one.startswith("# ") and risk_of(one) is None]


def test_filled_templates_have_no_finding() -> None:
    tree = Tree({file.name: file.read_text(encoding="utf-8") for file in sorted(FILLED.glob("*.md"))})
    assert [f"{one.location} {one.code} {one.message}" for one in tree.findings()] == []


@by_kind
def test_unfilled_template_is_told_what_is_missing(kind: type[Document]) -> None:
    tree = Tree({"new.md": kind.template().replace("{id}", "new-one")})
    found = tree.findings()
    assert any(one.level >= 2 for one in found)
    assert not any("cannot be read" in one.message for one in found)


@by_kind
def test_filled_template_has_the_keys_and_sections_of_the_template(kind: type[Document]) -> None:
    filled, template = _file(kind).read_text(encoding="utf-8"), kind.template()
    assert _keys(filled) == _keys(template)
    assert [one for one in _sections(template) if "TODO" not in one] == _sections(filled)


@by_kind
def test_every_key_has_a_description_and_a_schema(kind: type[Document]) -> None:
    schema = kind.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, key in part.get("properties", {}).items():
            assert key.get("description"), f"{part.get('title')}.{name}"
