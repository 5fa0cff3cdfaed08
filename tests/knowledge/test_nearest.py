"""Suggestions for ids that do not exist: helpful for a slip, and never a burden for thousands of them."""

from __future__ import annotations

import pytest

from mkdocs_sre.knowledge import KnowledgeBase, assemble, base
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings


def of_services(*names: str) -> KnowledgeBase:
    items = "".join(f"- {{id: {name}, owner: '@team', tier: 1}}\n" for name in names)
    return assemble(Settings(), [read("all.md", f"---\ntype: service\nservices:\n{items}---\n".encode())])


def test_a_slip_is_seen_whatever_its_case() -> None:
    assert of_services("cart", "payments").nearest("Crat") == "cart"
    assert of_services("cart", "payments").nearest("stock") is None


def test_the_search_ends_when_its_budget_is_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_COMPARED", 4)
    known = of_services("cart", "payments")
    assert [known.nearest(name) for name in ("carr", "caart", "crat")] == ["cart", "cart", None]
    assert known.nearest("carr") == "cart"  # found before, so it is known without a search
