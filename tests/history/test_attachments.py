"""What belongs to a review beside its text, found where MkDocs and its extensions find it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.history.attachments import (
    MAX_ATTACHMENTS,
    Attached,
    Attachment,
    AttachmentFolders,
    attached,
    attached_to,
)
from mkdocs_sre.history.canonical import digest, raw_digest
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration

Write = Callable[[Mapping[str, str | bytes]], Path]
HEAD = """---
type: pir
id: PIR-2026-001
status: final
severity: SEV2
service: shop
incident_date: 2026-01-10
---

# Orders lost

"""
REVIEW = "docs/reliability/pirs/orders.md"
PIRS = "docs/reliability/pirs"
SNIPPETS = "site_name: x\nmarkdown_extensions:\n  - toc\n  - pymdownx.snippets:\n      base_path: [., docs]\n"


def found(folder: Path, review: str = REVIEW) -> dict[str, Attachment]:
    """The attachments of the one review of a site, by reference."""
    site = load_configuration(folder / "mkdocs.yml")
    base = load(site.settings, site.docs_dir, site.exclude)
    (pir,) = base.of_kind(Pir)
    folders = AttachmentFolders(site.docs_dir, site.snippet_folders, site.directory_urls)
    attachments = attached_to(pir, (folder / review).read_bytes(), folders)
    assert [one.reference for one in attachments] == sorted({one.reference for one in attachments})
    return {one.reference: one for one in attachments}


def site(write: Write, body: str, files: Mapping[str, str | bytes], configuration: str = SNIPPETS) -> Path:
    return write({"mkdocs.yml": configuration, REVIEW: HEAD + body, **files})


@pytest.mark.parametrize(
    ("body", "place", "reference"),
    [
        ("![A graph](img/a.png)", f"{PIRS}/img/a.png", "img/a.png"),
        ('![A graph](./img/../img/a.png "Title")', f"{PIRS}/img/a.png", "img/a.png"),
        ("![A graph](../../a.png?x=1#y)", "docs/a.png", "../../a.png"),
        ("![A graph](img/a%20b.png)", f"{PIRS}/img/a b.png", "img/a b.png"),
        ("![A graph](<img/a b.png>)", f"{PIRS}/img/a b.png", "img/a b.png"),
        (r"![A graph](img/a\_b.png)", f"{PIRS}/img/a_b.png", "img/a_b.png"),
        ("![A graph](/img/a.png)", "docs/img/a.png", "/img/a.png"),
        ("![A graph][graph]\n\n[graph]: img/a.png", f"{PIRS}/img/a.png", "img/a.png"),
        ("![Graph][]\n\n[graph]: img/a.png", f"{PIRS}/img/a.png", "img/a.png"),
        ("![Graph]\n\n[graph]: img/a.png", f"{PIRS}/img/a.png", "img/a.png"),
        ('<img alt="a > b" src="../img/a&amp;b.png">', f"{PIRS}/img/a&b.png", "img/a&b.png"),
        ("text <IMG SRC=../img/a.png> text", f"{PIRS}/img/a.png", "img/a.png"),
        ("[![A graph](img/a.png)](https://example.invalid/)", f"{PIRS}/img/a.png", "img/a.png"),
        ("- !!! note\n\n      ![A graph](img/a.png)", f"{PIRS}/img/a.png", "img/a.png"),
    ],
)
def test_an_image_is_found_as_mkdocs_finds_it(write: Write, body: str, place: str, reference: str) -> None:
    folder = site(write, body, {place: b"\x89PNG\r\n"})
    one = found(folder)[reference]
    assert one == Attachment(reference, text=False, file=one.file, digest=raw_digest(b"\x89PNG\r\n"))
    assert one.file is not None
    assert one.file.samefile(folder / place)
    assert attached([one]) == (Attached(reference, one.digest),)


def test_tags_count_from_the_address_of_the_page(write: Write) -> None:
    files = {f"{PIRS}/a.png": b"a", "docs/reliability/a.png": b"b"}
    assert list(found(site(write, '<img src="../a.png">', files))) == ["a.png"]
    flat = "site_name: x\nuse_directory_urls: false\n"
    assert list(found(site(write, '<img src="../a.png">', files, flat))) == ["../a.png"]
    folder = site(write, '<img src="../a.png">', files)
    (folder / REVIEW).rename(folder / PIRS / "index.md")
    assert list(found(folder, f"{PIRS}/index.md")) == ["../a.png"]


@pytest.mark.parametrize(
    "body",
    [
        "![A graph](https://example.invalid/a.png) ![B](data:image/png;base64,AA==) ![C](//example.invalid/a.png)",
        "![A graph](http://[) ![B](#here) ![C](../../../secret.png) ![D](../..)",
        "`![A graph](img/a.png)` <!-- ![B](img/a.png) -->",
        "```\n![A graph](img/a.png)\n<img src='../img/a.png'>\n![graph]\n```\n\n[graph]: img/a.png",
        "[A graph](img/a.png) `<img src='../img/a.png'>`",
    ],
)
def test_what_is_not_shown_from_the_docs_folder_is_not_attached(write: Write, body: str) -> None:
    assert found(site(write, body, {f"{PIRS}/img/a.png": b"a", "secret.png": b"s"})) == {}


def test_a_snippet_is_found_in_its_folders_and_followed_into_others(write: Write) -> None:
    body = '--8<-- "parts/a.md:3:5"\n\n```\n--8<-- "docs-part.md"\n```\n'
    files: dict[str, str | bytes] = {
        "parts/a.md": '--8<-- "parts/b.md"\n![A graph](img/a.png)\n',
        "parts/b.md": "b\r\n--8<--\nparts/a.md\n\n; parts/no.md\nparts/c.md:some-section\n--8<--\n",
        "parts/c.md": '-8<- "parts/d.md"',
        "parts/d.md": "d",
        "docs/docs-part.md": "e",
        f"{PIRS}/img/a.png": b"a",
    }
    attachments = found(site(write, body, files))
    texts = {"parts/a.md", "parts/b.md", "parts/c.md", "parts/d.md", "docs-part.md"}
    assert set(attachments) == {*texts, "img/a.png"}
    assert all(attachments[name].text for name in texts)
    assert attachments["parts/b.md"].digest == digest(str(files["parts/b.md"]).replace("\r\n", "\n").encode())


@pytest.mark.parametrize(
    "body",
    [
        ';--8<-- "a.md"',
        '--8<-- "a.md" and more',
        'see --8<-- "a.md"',
        '--8<-- "https://example.invalid/a.md"',
        "--8<-- a.md",
        '--8<--\n--8<-- "a.md"\n;--8<--\n; a.md\n--8<--\na.md',
    ],
)
def test_what_includes_nothing_attaches_nothing(write: Write, body: str) -> None:
    assert found(site(write, body, {"a.md": "a"})) == {}


@pytest.mark.parametrize(
    ("configuration", "names"),
    [
        ("site_name: x\n", []),
        ("site_name: x\nmarkdown_extensions: [toc, pymdownx.snippets]\n", ["a.md"]),
        ("site_name: x\nmarkdown_extensions:\n  pymdownx.snippets:\n    base_path: docs\n", ["b.md"]),
        (
            "site_name: x\nmarkdown_extensions:\n- pymdownx.snippets:\n    base_path: [!relative $docs_dir, !relative ]\n",
            ["b.md"],
        ),
        (
            "site_name: x\nmarkdown_extensions:\n- pymdownx.snippets: {base_path: !relative $config_dir/parts}\n",
            ["c.md"],
        ),
        ("site_name: x\nmarkdown_extensions:\n- pymdownx.snippets: {base_path: [parts/c.md, 7]}\n", ["c.md"]),
    ],
)
def test_the_configuration_says_where_snippets_are(write: Write, configuration: str, names: list[str]) -> None:
    body = "--8<--\na.md\nb.md\nc.md\n--8<--"
    attachments = found(site(write, body, {"a.md": "a", "docs/b.md": "b", "parts/c.md": "c"}, configuration))
    assert [name for name, one in attachments.items() if one.digest] == names


def test_what_cannot_be_read_is_told(write: Write) -> None:
    body = '![a](gone.png) ![b](out.png) ![c](folder.png) ![d](big.png) ![e](\0.png)\n\n--8<-- "../out.md"\n'
    folder = site(write, body.replace("\0", "%00"), {"outside/secret.png": b"s", f"{PIRS}/folder.png/x": b""})
    (folder / PIRS / "out.png").symlink_to(folder / "outside/secret.png")
    with (folder / PIRS / "big.png").open("wb") as big:
        big.truncate(64 * 1024 * 1024 + 1)
    attachments = found(folder)
    assert all(one.file is None and not one.digest for one in attachments.values())
    assert attached(attachments.values()) == ()
    assert {name: one.problem for name, one in attachments.items()} == {
        "gone.png": "the file does not exist",
        "\0.png": "the file does not exist",
        "../out.md": "the file does not exist",
        "out.png": "a symbolic link leads out of its folder, so it is not followed",
        "folder.png": "it is no regular file",
        "big.png": "the file has 67,108,865 bytes, too many to be sealed",
    }


def test_line_ends_count_in_images_but_not_in_drawings_of_text(write: Write) -> None:
    """A checkout with other line ends changes what git takes for text, and nothing else."""
    body = "![a](a.svg) ![b](b.png)"
    unix = found(site(write, body, {f"{PIRS}/a.svg": b"<svg>\n</svg>\n", f"{PIRS}/b.png": b"\n"}))
    windows = found(site(write, body, {f"{PIRS}/a.svg": b"<svg>\r\n</svg>\r\n", f"{PIRS}/b.png": b"\r\n"}))
    assert unix["a.svg"].digest == windows["a.svg"].digest
    assert unix["b.png"].digest != windows["b.png"].digest


def test_a_move_of_the_whole_folder_changes_nothing(write: Write) -> None:
    folder = site(write, "![a](img/a.png) ![b](/b.png)", {f"{PIRS}/img/a.png": b"a", "docs/b.png": b"b"})
    before = attached(found(folder).values())
    (folder / PIRS).rename(folder / "docs/elsewhere")
    assert attached(found(folder, "docs/elsewhere/orders.md").values()) == before


def test_there_is_a_bound(write: Write) -> None:
    body = " ".join(f"![a]({number}.png)" for number in range(MAX_ATTACHMENTS + 5))
    attachments = found(site(write, body, {}))
    assert len(attachments) == MAX_ATTACHMENTS + 1
    assert [one.reference for one in attachments.values() if "more than" in one.problem] == ["1000.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_hostile_lines_take_no_time(write: Write) -> None:
    """Colons, quotes and tags without end; what is quadratic takes minutes here."""
    lines = ['--8<-- "' + ":1" * 50_000 + 'x"', "--8<-- '" + "\\'" * 50_000, "<img " + "a " * 50_000, "![" * 50_000]
    assert found(site(write, "\n\n".join(lines), {})) == {}
