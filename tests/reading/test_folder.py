"""Which files of a folder are read: those that MkDocs would build, none through a link that leaves the folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import InclusionLevel, get_files

from mkdocs_sre.reading.folder import find, load_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILES = (
    "index.md",
    "README.md",
    "a/README.md",
    "a/b/page.markdown",
    "a/b/page.txt",
    "a/b/UPPER.MD",
    "a/drafts/one.md",
    "a/drafts/keep.md",
    "drafts/two.mkd",
    ".hidden/three.md",
    ".hidden/deep/four.md",
    "a/.five.md",
    "templates/six.md",
    "a/templates/seven.md",
    "x.md/eight.md",
    "both/index.md",
    "both/README.md",
)


def write(docs: Path, paths: Iterable[str] = FILES) -> None:
    for path in paths:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text("# Title\n", encoding="utf-8")


def paths(docs: Path, exclude: str = "") -> list[str]:
    return [one.path for one in find(docs, exclude)]


@pytest.mark.parametrize(
    "exclude",
    [
        "",
        "drafts/",
        "/drafts/",
        "drafts/\n!keep.md",
        "drafts/*\n!keep.md",
        "!.hidden",
        "!.hidden\n.hidden/deep/",
        "*.markdown",
        "# a comment\n\n  \na/b",
        "!/templates/",
        "**/b/**",
        "index.md",
        "both/index.md",
    ],
)
def test_same_files_as_mkdocs(tmp_path: Path, exclude: str) -> None:
    docs = tmp_path / "docs"
    write(docs)
    (tmp_path / "mkdocs.yml").write_text("site_name: test\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"), exclude_docs=exclude)
    files = [
        file for file in get_files(config) if file.is_documentation_page() and file.inclusion != InclusionLevel.EXCLUDED
    ]
    assert paths(docs, exclude) == sorted(file.src_uri for file in files)


def test_links_that_leave_the_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    docs, outside = tmp_path / "docs", tmp_path / "docs-outside"
    write(docs, ["a/page.md"])
    write(outside, ["secret.md"])
    (docs / "file.md").symlink_to(outside / "secret.md")
    (docs / "chain.md").symlink_to(docs / "file.md")
    (docs / "folder").symlink_to(outside)
    (docs / "a" / "relative").symlink_to("../../docs-outside")
    assert paths(docs) == ["a/page.md", "a/relative", "chain.md", "file.md", "folder"]
    sources = {one.path: load_file(docs, one) for one in find(docs)}
    refused = [path for path, source in sources.items() if source.defects]
    assert refused == ["a/relative", "chain.md", "file.md", "folder"]
    assert {sources[path].defects[0].name for path in refused} == {"link-out-of-docs"}
    assert all(not sources[path].body.headings for path in refused)


def test_excluded_links_are_not_told(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write(docs, ["a.md"])
    (docs / ".venv").symlink_to("/usr")
    (docs / "assets").symlink_to("/usr")
    assert paths(docs, "assets\n!a.md") == ["a.md"]


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    write(tmp_path, ["a/page.md"])
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c.md").symlink_to("a/page.md")
    assert paths(tmp_path) == ["a/page.md", "b/page.md", "c.md"]
    assert not any(load_file(tmp_path, one).defects for one in find(tmp_path))


def test_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, ["a/b/page.md"])
    (tmp_path / "a" / "b" / "up").symlink_to("../..")
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "page.md").symlink_to("page.md")
    assert paths(tmp_path) == ["a/b/page.md", "a/self", "page.md"]


def test_two_folders_that_link_to_each_other(tmp_path: Path) -> None:
    write(tmp_path, ["a/one.md", "b/two.md"])
    (tmp_path / "a" / "to-b").symlink_to("../b")
    (tmp_path / "b" / "to-a").symlink_to("../a")
    found = paths(tmp_path)
    assert {"a/one.md", "b/two.md", "a/to-b/two.md", "b/to-a/one.md"} <= set(found)
    assert len(found) < 20


def test_docs_folder_that_is_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", ["a/page.md"])
    (tmp_path / "docs").symlink_to("real")
    (tmp_path / "docs" / "link.md").symlink_to(tmp_path / "real" / "a" / "page.md")
    found = list(find(tmp_path / "docs"))
    assert [one.path for one in found] == ["a/page.md", "link.md"]
    assert not any(load_file(tmp_path / "docs", one).defects for one in found)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, ["closed.md"])
    (tmp_path / "broken.md").symlink_to("removed.md")
    (tmp_path / "circle.md").symlink_to("circle.md")
    sources = {one.path: load_file(tmp_path, one) for one in find(tmp_path)}
    assert [one.name for path in ("broken.md", "circle.md") for one in sources[path].defects] == ["unreadable-file"] * 2


def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file")
    write(tmp_path, ["closed.md"])
    (tmp_path / "closed.md").chmod(0)
    (found,) = find(tmp_path)
    assert [one.name for one in load_file(tmp_path, found).defects] == ["unreadable-file"]


def test_file_that_is_gone_or_a_folder_when_it_is_opened(tmp_path: Path) -> None:
    write(tmp_path, ["a.md", "b.md"])
    found = list(find(tmp_path))
    (tmp_path / "a.md").unlink()
    (tmp_path / "b.md").unlink()
    (tmp_path / "b.md").mkdir()
    assert [[one.name for one in load_file(tmp_path, file).defects] for file in found] == [["unreadable-file"]] * 2


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (found,) = find(tmp_path)
    assert [one.fault.message for one in load_file(tmp_path, found).defects] == [
        "the file cannot be read: it is no regular file"
    ]


def test_odd_names(tmp_path: Path) -> None:
    names = sorted(
        [
            "new\nline.md",
            "it's.md",
            '"quoted".md',
            "<script>.md",
            "größe.md",
            "\U0001f600.md",
            " .md",
            f"{'n' * 200}.md",
            "a b%20c.md",
        ]
    )
    write(tmp_path, names)
    found = list(find(tmp_path))
    assert [one.path for one in found] == names
    assert all(load_file(tmp_path, one).body.title == "Title" for one in found)


def test_empty_and_missing_folder(tmp_path: Path) -> None:
    assert paths(tmp_path) == []
    assert paths(tmp_path / "missing") == []
