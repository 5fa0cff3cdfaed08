"""The scanner: columns, comments, where the site's renderer and CommonMark differ, and the cost of hostile pages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import markdown  # type: ignore[import-untyped]  # it is MkDocs' and has no types
import pytest

from mkdocs_sre.documents.body import section_key
from mkdocs_sre.reading.inline import find_links, mask_code, mask_comments
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.documents.body import Body


def body(text: str, first_line: int = 1) -> Body:
    return scan(text.split("\n"), first_line)


def headings(text: str) -> list[tuple[int, str, int]]:
    return [(one.level, one.text, one.line) for one in body(text).headings]


def targets(text: str) -> list[str]:
    return [one.target for one in body(text).links]


def site(text: str) -> str:
    """Return what Python-Markdown makes of the text, as the site renders it."""
    return str(markdown.markdown(text, extensions=["admonition", "def_list", "footnotes", "md_in_html", "tables"]))


def test_lines_count_from_the_first_of_the_file() -> None:
    found = body("# One\n\n[a](a.md)\n\n```sh\nls\n```", 10)
    assert (found.headings[0].line, found.links[0].line) == (10, 12)
    assert (found.code_blocks[0].line, found.code_blocks[0].end_line) == (14, 16)
    assert [found.in_code(line) for line in (13, 14, 16, 17)] == [False, True, True, False]


def test_places_of_links() -> None:
    text = "x [a](a.md) ![b](b.png)\nsecond `[no](no.md)` [c\nd](c.md)\n\n> - q [e](e.md)\n\n## See [f](f.md)\n\n\t- [g](g.md)"
    assert [(one.text, one.line, one.column, one.image) for one in body(text).links][:5] == [
        ("a", 1, 3, False),
        ("b", 1, 13, True),
        ("c\nd", 2, 22, False),
        ("e", 5, 7, False),
        ("f", 7, 8, False),
    ]


@pytest.mark.parametrize(
    ("text", "language", "content", "lines"),
    [
        ("```bash\nls\n```", "bash", "ls", (1, 3)),
        ("~~~~ {.python .annotate}\n~~~\n~~~~\n", "python", "~~~", (1, 3)),
        ("``` yaml title='x'\na: 1\n```", "yaml", "a: 1", (1, 3)),
        ("- x\n\n  ```sh\n  ls\n    -l\n  ```", "sh", "ls\n  -l", (3, 6)),
        ("1. x\n\n    ```sh\n    ls\n    ```", "sh", "ls", (3, 5)),
        ("- x\n    - y\n\n        ```sh\n        ls\n        ```", "sh", "ls", (4, 6)),
        ("> ```\n> ls\n> ```\nafter", "", "ls", (1, 3)),
        ("- ```\n  ls\n  ```\nafter", "", "ls", (1, 3)),
        ("  ```\n  a\n b\n   c\n  ```", "", "a\nb\n c", (1, 5)),
        ("```make\nall:\n\techo\n```", "make", "all:\n\techo", (1, 4)),
        ("- x\n\n\t```\n\tls\t-l\n\t```", "", "ls\t-l", (3, 5)),
        ("!!! note\n    ```sh\n    ls\n    ```", "sh", "ls", (2, 4)),
        ("```\n<!-- kept -->\n```", "", "<!-- kept -->", (1, 3)),
    ],
)
def test_fenced_code(text: str, language: str, content: str, lines: tuple[int, int]) -> None:
    (block,) = body(text).code_blocks
    assert (block.language, block.text, (block.line, block.end_line)) == (language, content, lines)


def test_comments_are_blanked_and_keep_columns() -> None:
    found = body(
        "# A <!-- TODO -->\n\n<!-- # no\n\n[no](no.md)\n-->\ntext <!-- x\ny --> [l](l.md) `<!-- code -->`\n\n    <!-- code -->"
    )
    assert found.lines == [
        "# A              ", "", "", "", "", "   ", "text       ", "      [l](l.md) `<!-- code -->`", "", "    <!-- code -->",
    ]  # fmt: skip
    assert [(one.text, one.line) for one in found.headings] == [("A", 1)]
    assert [(one.target, one.line, one.column) for one in found.links] == [("l.md", 8, 7)]


def test_masks_keep_every_length() -> None:
    text = "a `b` ``c ` d`` \\`e <!-- ` --> `<!-- f` <!-- g"
    assert mask_code(text) == "a ` ` ``     `` \\`e <!-- ` --> `      ` <!-- g"
    assert mask_comments(text) == "a `b` ``c ` d`` \\`e            `<!-- f` <!-- g"
    assert mask_comments("a <!-- ` --> `b`") == "a            `b`"
    assert mask_code("plain") == "plain"


def test_links_that_are_none() -> None:
    text = "\\[a](a.md) `[b](b.md)` [c] (c.md) <a title='[d](d.md)'> [e](<e.md) [f](f.md"
    assert find_links(text) == []


def test_parentheses_and_images_in_links() -> None:
    found = find_links("[a](a_(b).md) [![c](c.png)](d.md 'e') [f [g](g.md)](h.md) [i](j\\).md) [k](<l m.md>)")
    assert [(one.text, one.target, one.image) for one in found] == [
        ("a", "a_(b).md", False),
        ("![c](c.png)", "d.md", False),
        ("c", "c.png", True),
        ("g", "g.md", False),
        ("i", "j\\).md", False),
        ("k", "l m.md", False),
    ]


def test_site_heading_needs_no_space() -> None:
    assert "<h1>Title</h1>" in site("#Title")
    assert headings("#Title") == [(1, "Title", 1)]


def test_site_only_one_line_above_dashes_is_a_heading() -> None:
    assert "<h2>" not in site("one\ntwo\n---")
    assert headings("one\ntwo\n---\n\nTitle\n---") == [(2, "Title", 5)]


def test_site_unclosed_comment_is_text() -> None:
    text = "<!-- open\n\n# Title\n\n[a](a.md)"
    assert "<h1>Title</h1>" in site(text)
    assert headings(text) == [(1, "Title", 3)]
    assert targets(text) == ["a.md"]


@pytest.mark.parametrize("opening", ["```sh", "> ```\n> ls", "- ```\n  ls"])
def test_site_unclosed_fence_is_text(opening: str) -> None:
    text = f"{opening}\n\n# Title\n\n[a](a.md)"
    assert "<h1>Title</h1>" in site(text)
    assert headings(text) == [(1, "Title", text.split("\n").index("# Title") + 1)]
    assert body(text).code_blocks == []
    assert body(text).unclosed_fences == [1]


def test_fences_that_end_are_found_behind_one_that_does_not() -> None:
    text = "- ````\n  ls\n\n- ```\n  ls\n  ```\n"
    assert [block.line for block in body(text).code_blocks] == [4]
    assert body(text).unclosed_fences == [1]


def test_site_text_behind_a_comment_is_markdown() -> None:
    text = "<!-- note --> [a](a.md)"
    assert 'href="a.md"' in site(text)
    assert targets(text) == ["a.md"]


def test_site_target_may_hold_spaces() -> None:
    text = '[a](my page.md) [b](other page.md "Title")'
    assert 'href="my page.md"' in site(text)
    assert targets(text) == ["my page.md", "other page.md"]


def test_site_definition_may_follow_text() -> None:
    text = "text\n[a]: a.md\n\nsee [a]"
    assert 'href="a.md"' in site(text)
    assert targets(text) == ["a.md"]


@pytest.mark.parametrize("head", ['!!! note "Title"', '??? note "Title"', '=== "Tab"', "[^1]: note", "term\n:   text"])
def test_site_indented_content_is_no_code(head: str) -> None:
    text = f"{head}\n\n    [a](a.md)\n\n    - item\n\n        ```sh\n        ls\n        ```\n\n        code\n\nafter"
    found = body(text)
    assert [one.target for one in found.links] == ["a.md"]
    assert [one.text for one in found.code_blocks] == ["ls"]


def test_site_markdown_inside_tags() -> None:
    text = '<div class="grid" markdown>\n## Title\n\n[a](a.md)\n</div>\n\n<div>\n## no\n[no](no.md)\n</div>'
    assert "Title</h2>" in site(text)
    assert headings(text) == [(2, "Title", 2)]
    assert targets(text) == ["a.md"]


def test_deeper_quotes_than_anybody_writes_are_text() -> None:
    assert headings("> " * 40 + "# no") == []
    assert headings("> " * 30 + "# Title") == [(1, "Title", 1)]


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "closing": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "pairs": lambda size: "[]" * (size // 2),
    "images": lambda size: "![[" * (size // 3),
    "targets": lambda size: "](" * (size // 2),
    "links": lambda size: "[](" * (size // 3),
    "angles": lambda size: "[](<" * (size // 4),
    "titles": lambda size: '[](a "' * (size // 6),
    "parentheses": lambda size: "[](" + "(" * size,
    "nested": lambda size: "[" * (size // 8) + "[a](b)" * (size // 8),
    "spaces": lambda size: "[](" + " " * size + "x",
    "many spaces": lambda size: ("[](" + " " * 50 + "x") * (size // 54),
    "escapes": lambda size: "\\" * size + "`",
    "backslashes": lambda size: "\\\\[" * (size // 3),
    "ticks": lambda size: "`".join("`" * length for length in range(int((2 * size) ** 0.5))),
    "spaced ticks": lambda size: " ".join("`" * length for length in range(int((2 * size) ** 0.5))),
    "falling ticks": lambda size: "a " + " ".join("`" * length for length in range(int((2 * size) ** 0.5), 0, -1)),
    "comments": lambda size: "<!--" * (size // 4),
    "comment lines": lambda size: "<!--\n" * (size // 5),
    "comment paragraphs": lambda size: "a <!--\n\n" * (size // 8),
    "comments in items": lambda size: "- a\n  <!-- b\n\n" * (size // 14),
    "closed comments": lambda size: "<!---->" * (size // 7),
    "fences": lambda size: "".join(f"{'`' * (3 + line % 5)}a\n" for line in range(size // 7)),
    "fences in items": lambda size: "- ```\n" * (size // 6),
    "fences in quotes": lambda size: "> ```\n\n" * (size // 7),
    "falling fences": lambda size: "".join("~" * (int((2 * size) ** 0.5) - line) + "\n" for line in range(int((2 * size) ** 0.5) - 3)),
    "quotes": lambda size: ">" * size,
    "items": lambda size: "- " * (size // 2),
    "items and blank lines": lambda size: "- " * (size // 4) + "\n" * (size // 2),
    "quotes and lines": lambda size: "> " * (size // 4) + "\n" + ">\n" * (size // 4),
    "definitions": lambda size: "[a]: b\n" * (size // 7),
    "unfinished definitions": lambda size: '[a]: b "\n' * (size // 9),
    "labels": lambda size: "[a\n" * (size // 3) + "]:",
    "tags": lambda size: '<a b="](' * (size // 8),
    "tag spaces": lambda size: "](<a" + " " * size,
    "attributes": lambda size: "](<a" + " b" * (size // 2),
    "raw": lambda size: "<pre>\n" * (size // 6),
    "rules": lambda size: "- " * (size // 2) + "x",
    "underlines": lambda size: "a\n" + "=" * size + "x",
    "dashes": lambda size: "a\n" + "-" * size + "x",
    "hashes": lambda size: "# a" + " #" * (size // 2) + "x",
    "heading spaces": lambda size: "# a" + " " * size + "x",
    "blank lines": lambda size: "\n" * size,
    "spaced lines": lambda size: "- a\n" + "  \n" * (size // 3),
    "tabs": lambda size: "\t" * size + "x",
    "list of links": lambda size: "- [a](b.md)\n" * (size // 12),
    "headings": lambda size: "".join(f"{'#' * (1 + line % 6)} a\n" for line in range(size // 6)),
    "attributes of headings": lambda size: "# " + "{#" * (size // 2),
}  # fmt: skip
MEGABYTE = 1_048_576


def seconds(text: str) -> float:
    """Return how long it takes to scan a page and to look at its sections."""
    lines = text.split("\n")
    start = time.process_time()
    found = scan(lines)
    for section in found.sections[:20]:
        section_key.__wrapped__(section.heading.text)
        _ = section.has_structure
    return time.process_time() - start


@pytest.mark.untraced  # tracing takes nine tenths of the time, and another share of each page
@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_page_takes_about_four_times_as_long(name: str) -> None:
    small = max(0.002, *(seconds(HOSTILE[name](MEGABYTE // 4)) for _ in range(2)))
    large = HOSTILE[name](MEGABYTE)
    assert any(seconds(large) <= small * 9 for _ in range(3))  # 4 when linear, 16 when quadratic; load only adds
