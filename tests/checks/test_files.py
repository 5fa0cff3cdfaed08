"""The rules whose bad example is bytes, a size or a link: DOC106, DOC107, DOC108, DOC110, DOC112 and DOC113; and commits: FRS106."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_sre.checks.run import check, examine
from mkdocs_sre.history.remembered import Commit, History, Restamp
from mkdocs_sre.knowledge import assemble, load
from mkdocs_sre.reading.nodes import MAX_CHARACTERS
from mkdocs_sre.reading.source import MAX_BYTES, read
from mkdocs_sre.settings import Settings
from tests.tree import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


def found(docs: Path) -> list[tuple[str, str, int, int]]:
    settings = Settings()
    return [
        (one.code, one.location.path, one.location.line, one.location.column)
        for one in check(load(settings, docs), AS_OF, only=["DOC"])
    ]


def test_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("# Café\n\nStö".encode() + "rung für".encode("latin-1"))
    assert found(tmp_path) == [("DOC106", "a.md", 3, 10)]


def test_nul_byte(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Title\n\nab\0c\n")
    assert found(tmp_path) == [("DOC107", "a.md", 3, 3)]


def test_front_matter_of_many_characters(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: {'x' * MAX_CHARACTERS}\n---\n", encoding="utf-8")
    assert found(tmp_path) == [("DOC108", "a.md", 2, 1)]


def test_links_out_of_the_folder(tmp_path: Path) -> None:
    docs, outside = tmp_path / "docs", tmp_path / "outside"
    docs.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (docs / "file.md").symlink_to(outside / "secret.md")
    (docs / "folder").symlink_to(outside)
    assert found(docs) == [("DOC110", "file.md", 1, 1), ("DOC110", "folder", 1, 1)]


def test_link_that_leads_nowhere_and_folder_with_a_file_name(tmp_path: Path) -> None:
    (tmp_path / "broken.md").symlink_to(tmp_path / "removed.txt")
    (tmp_path / "good.md").write_text("# Good\n", encoding="utf-8")
    assert found(tmp_path) == [("DOC112", "broken.md", 1, 1)]


def test_file_of_many_bytes(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert found(tmp_path) == [("DOC113", "a.md", 1, 1)]


def test_review_days_changed_in_bulk() -> None:
    head = "---\ntype: runbook\nid: {}\nowner: '@team'\nlast_reviewed_on: 2026-03-01\n---\n"
    paths = ("b.md", "a.md", "gone.md")
    base = assemble(Settings(), [read(path, head.format(path[0]).encode()) for path in paths[:2]])
    commit = Commit("0123456789abcdef", date(2026, 3, 2), "Ann")
    history = History(restamps=(Restamp(commit, paths),))
    findings = examine(base, AS_OF, history=history, only=["FRS106"]).findings
    assert [(str(one.location), one.code) for one in findings] == [("a.md:5:19", "FRS106")]
    assert "3 documents" in findings[0].message
    assert "01234567 (2026-03-02, Ann)" in findings[0].message
    assert examine(base, AS_OF, only=["FRS106"]).findings == []
