"""Pages in the order of their weights, folders among them; sorting never loses or moves what has no weight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.knowledge import KnowledgeBase, assemble
from mkdocs_sre.pages.order import by_weight
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings


def base(weights: dict[str, str]) -> KnowledgeBase:
    sources = [read(path, f"---\ntitle: x\nweight: {weight}\n---\n".encode()) for path, weight in weights.items()]
    return assemble(Settings(), sources)


def test_folders_weigh_what_their_front_pages_weigh() -> None:
    paths = ["index.md", "a.md", "b.md", "x/index.md", "x/q.md", "x/p.md", "y/z.md"]
    known = base({"b.md": "5", "x/index.md": "3", "x/p.md": "-1", "y/z.md": "1"})
    assert by_weight(known, paths) == ["index.md", "x/index.md", "x/p.md", "x/q.md", "b.md", "a.md", "y/z.md"]


@pytest.mark.parametrize("weight", ["much", "''", "1.5", "[1]", "{a: 1}", "٣", "9" * 40, "--1", "-", "null"])
def test_what_is_no_whole_number_is_no_weight(weight: str) -> None:
    assert by_weight(base({"b.md": weight}), ["a.md", "b.md"]) == ["a.md", "b.md"]


@given(
    st.lists(
        st.sampled_from(["a.md", "b/index.md", "b/c.md", "b/d/e.md", "d/README.md", "d/f.md", "g.md"]), unique=True
    )
)
def test_without_weights_nothing_moves_but_front_pages(paths: list[str]) -> None:
    ordered = by_weight(base({}), paths)
    assert sorted(ordered) == sorted(paths)
    assert by_weight(base({}), ordered) == ordered
