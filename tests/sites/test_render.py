"""`render`: what MkDocs reads in a rendered page is what the plugin gives it, to the byte."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from mkdocs_sre.documents.base import SITE_KEYS
from mkdocs_sre.reading.page import PageText, put_together, take_apart
from tests.plugin.conftest import CONFIGURATION, runbook
from tests.plugin.test_bad_input import FILES as BAD
from tests.sites.conftest import Program, command

Write = Callable[[Mapping[str, str | bytes]], Path]

# Runs behind every plugin and writes down what MkDocs has been given.
HOOK = """
import json
from mkdocs.plugins import event_priority

given, copied = {}, []

@event_priority(-100)
def on_page_markdown(markdown, page, config, files):
    given[page.file.src_uri] = [markdown, {str(key): str(value) for key, value in page.meta.items()}]

def on_post_build(config):
    with open("given.json", "w", encoding="utf-8") as file:
        json.dump(given, file)
"""
ODD: dict[str, str | bytes] = {
    "docs/sre/cart.md": runbook("cart", other="stock"),
    "docs/sre/stock.md": runbook("stock").replace("owner:", "tags: [a, b]\nhide: [toc]\ntitle: It's <b>\nowner:"),
    "docs/note.md": "---\naudience: all\nwhen: 2026-01-02\n---\n\n\n# Note\n\n[cart](sre:cart) `[no](sre:cart)`\n",
    "docs/plain.md": "Text without a heading: [](sre:cart)\n",
    "docs/multi.md": "Title: As MultiMarkdown\nTags: one\n    two\n\nBelow: text\n",
    "docs/looks.md": "---\n# nothing but a comment\n---\n\ntext\n",
    "docs/below.md": "---\naudience: all\n---\nNote: this is text\n",
    "docs/windows.md": b"\xef\xbb\xbf---\r\ntitle: Windows\r\n---\r\n# Lines\r\nmore\r\n",
    "docs/empty.md": "",
    "docs/unknown.md": "# Unknown\n\n[x](sre:nobody) [y][z]\n\n[z]: sre:nobody\n",
    "docs/picture.svg": "<svg/>",
    "docs/data.bin": bytes(range(256)),
    "docs/.hidden/page.md": "# Hidden\n",
    "docs/templates/page.md": "# Template\n",
    "docs/old/page.md": "# Old\n",
    "docs/drafts/page.md": "# Draft\n",
    "docs/aside/page.md": "# Not in the navigation\n",
    "docs/folder/README.md": "# Read me\n",
    "docs/folder/index.md": "# Index\n",
    "hook.py": HOOK,
    "mkdocs.yml": CONFIGURATION
    + "hooks: [hook.py]\nexclude_docs: old/\ndraft_docs: drafts/\nnot_in_nav: aside/\nmarkdown_extensions: [tables]\n",
}


def _given(run: Program, folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    done = run("mkdocs", "build", "-q", folder=folder)
    assert done.returncode == 0, done.stdout
    return {path: (one[0], one[1]) for path, one in json.loads((folder / "given.json").read_text()).items()}


def _files(folder: Path) -> dict[str, bytes]:
    found = [file for file in folder.rglob("*") if file.is_file() and file.name != ".mkdocs-sre-render"]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def _compare(folder: Path, run: Program, *, but: str = "") -> None:
    """Hold what MkDocs was given against what it would read in the rendered folder; but for what begins with `but`."""
    given = {path: page for path, page in _given(run, folder).items() if not (but and path.startswith(but))}
    result = command(folder, "render", "--out", str(folder / "rendered"))
    assert result.exit_code == 0, result.output
    rendered = _files(folder / "rendered")
    pages = {path: get_data(data.decode("utf-8")) for path, data in rendered.items() if path.endswith(".md")}
    assert sorted(pages) == sorted(given)
    for path, (markdown, meta) in given.items():
        assert pages[path][0].encode() == markdown.encode(), path
        ours = {str(key): str(value) for key, value in pages[path][1].items()}
        assert {key: ours[key] for key in ours if key in SITE_KEYS} == {
            key: meta[key] for key in meta if key in SITE_KEYS
        }
        assert ours.items() <= meta.items(), path
        assert ours.keys() == meta.keys() or 'class="sre-head"' in markdown, path
    built = _files(folder / "site")
    others = {path: data for path, data in rendered.items() if not path.endswith(".md")}
    assert {path: built.get(path) for path in others} == others


def test_the_example_is_the_same_through_both_doors(example: Path, run: Program) -> None:
    (example / "hook.py").write_text(HOOK, encoding="utf-8")
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    _compare(example, run)


def test_odd_and_bad_pages_are_the_same_through_both_doors(write: Write, run: Program, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# Secret\n", encoding="utf-8")
    folder = write({**ODD, **{f"docs/bad/{name}": content for name, content in BAD.items()}})
    for name in ("linked.md", "linked.txt"):
        (folder / "docs" / name).symlink_to(outside / "secret.md")
    (folder / "docs/linked").symlink_to(outside)
    (folder / "docs/nowhere.png").symlink_to(folder / "nothing")
    os.mkfifo(folder / "docs/pipe.md")
    # MkDocs itself follows a linked folder, so the plugin has a notice for each page in it; `render` never looks inside.
    _compare(folder, run, but="linked/")
    rendered = _files(folder / "rendered")
    assert not any(b"Secret" in data for data in rendered.values())
    assert {"picture.svg", "data.bin", "aside/page.md", "folder/index.md", "assets/stylesheets/mkdocs-sre.css"} <= set(
        rendered
    )
    assert "assets/javascripts/mkdocs-sre.js" in rendered
    assert not {"old/page.md", "drafts/page.md", ".hidden/page.md", "templates/page.md", "folder/README.md"} & set(
        rendered
    )
    assert rendered["bad/latin.md"].startswith(b"---\ntitle: bad/latin.md\n---\n")


def test_two_renders_are_byte_identical_and_what_stays_the_same_keeps_its_time(write: Write) -> None:
    folder = write(ODD)
    out = folder / "rendered"
    assert command(folder, "render", "--out", str(out)).exit_code == 0
    first, time = _files(out), (out / "sre/cart.md").stat().st_mtime_ns
    assert command(folder, "render", "--out", str(out)).exit_code == 0
    assert (_files(out), (out / "sre/cart.md").stat().st_mtime_ns) == (first, time)


def test_a_rendered_typed_page_is_no_document_again(write: Write) -> None:
    folder = write(ODD)
    command(folder, "render", "--out", str(folder / "rendered"))
    (folder / "again.yml").write_text("docs_dir: rendered\n", encoding="utf-8")
    assert (
        command(folder, "check", "-f", str(folder / "again.yml")).stdout
        == "0 documents: no findings, as nothing has a `type`; see `mkdocs-sre explain folders`\n"
    )


def test_what_is_gone_is_removed_and_what_is_foreign_stays(write: Write) -> None:
    folder = write(ODD)
    out = folder / "rendered"
    command(folder, "render", "--out", str(out))
    (folder / "docs/aside/page.md").unlink()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    command(folder, "render", "--out", str(out))
    assert not (out / "aside").exists()
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "out", ["docs", "docs/rendered", ".", "..", "used", "file.txt", "docs/../docs/x", "link", "file.txt/x"]
)
def test_a_folder_in_use_is_refused(write: Write, out: str) -> None:
    folder = write({**ODD, "used/mine.txt": "mine", "file.txt": ""})
    (folder / "link").symlink_to(folder / "docs")
    before = _files(folder)
    result = command(folder, "render", "--out", str(folder / out))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert _files(folder) == before


@pytest.mark.parametrize("marker", ["[", '["../mkdocs.yml"]', '["/etc/hosts"]', "{}", "[1]", '[""]', "[" * 100_000])
def test_a_marker_that_somebody_changed_removes_nothing(write: Write, marker: str) -> None:
    folder = write({**ODD, "rendered/.mkdocs-sre-render": marker})
    result = command(folder, "render", "--out", str(folder / "rendered"))
    assert result.exit_code == 2
    assert "is not as `mkdocs-sre render` wrote it" in result.stderr
    assert (folder / "mkdocs.yml").is_file()


def test_a_link_out_of_the_rendered_folder_is_not_written_through(write: Write) -> None:
    folder = write({**ODD, "outside/mine.txt": "mine"})
    out = folder / "rendered"
    command(folder, "render", "--out", str(out))
    (out / "sre/cart.md").unlink()
    (out / "sre/cart.md").symlink_to(folder / "outside/mine.txt")
    assert command(folder, "render", "--out", str(out)).exit_code == 0
    (out / "sre").rename(folder / "aside")
    (out / "sre").symlink_to(folder / "outside")
    result = command(folder, "render", "--out", str(out))
    assert result.exit_code == 2
    assert "leads out of the folder" in result.stderr
    assert _files(folder / "outside") == {"mine.txt": b"mine"}


def test_findings_are_told_and_fail_with_strict_alone(write: Write) -> None:
    folder = write({**ODD, "docs/sre/cart.md": runbook("cart", other="crat")})
    result = command(folder, "render", "--out", str(folder / "rendered"))
    assert result.exit_code == 0
    assert "error" in result.stderr.splitlines()[-1]
    assert "extra_css: [assets/stylesheets/mkdocs-sre.css]" in result.stdout
    assert "extra_javascript: [assets/javascripts/mkdocs-sre.js]" in result.stdout
    assert command(folder, "render", "--strict", "--out", str(folder / "rendered")).exit_code == 1


values = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])) | st.integers() | st.booleans() | st.none() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc:-# '", max_size=5), inner, max_size=3),
    max_leaves=6,
)
texts = st.lists(
    st.sampled_from(["-", "\n", ":", " ", "a", "---\n", "...\n", "a: b\n", "\t", "[", "- "]), max_size=15
).map("".join)


@given(
    st.dictionaries(st.text("abc:-# '\n", min_size=1, max_size=5), values, max_size=3),
    texts.map(lambda text: text.lstrip("\n")),
)
@example({":": "\x85"}, "")
@example({"a": ["x\u2028y"]}, "b")
def test_what_is_put_together_is_taken_apart_the_same(meta: dict[Any, Any], markdown: str) -> None:
    text = put_together(PageText(meta, markdown))
    assert take_apart(text) == PageText(meta, markdown)
    assert get_data(text) == (markdown, meta)


@given(texts)
def test_a_text_is_taken_apart_as_mkdocs_does(text: str) -> None:
    read = take_apart(text)
    assert (read.markdown, read.meta) == get_data(text)
