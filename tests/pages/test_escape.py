"""Escaped text comes out of the site's renderer as it went in, and as text alone."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip, Fact
from mkdocs_sre.pages.tables import Column, table
from tests.pages.conftest import html

AWKWARD = [
    "a*b* _c_ `d` **e**",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{: onclick=alert(1) } {#id}",
    "www.example.com and https://example.com/ and a@example.com",
    "...and -- then --- 'quoted' \"twice\" <<so>>",
    "| a | b |",
    ":smile: :octocat:",
    "--8<-- 'secret'",
    "&amp; &#60; &lt;",
    "1. one",
    "- one",
    "# one",
    "```python",
    "klzzwxh:0000 \x02amp\x03 \x02klzzwxh:0000\x03",
    "user/repo#1 @user #1",
    "\\* \\",
    "$a$ ^b^ ~c~ ==d== ++e++",
    "{{ config }} {% raw %}",
    "    four spaces",
    "!!! note",
    "a\n\n<b>b</b>\r\nc",
    "WWW.example.com",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.lists(
    st.sampled_from([*AWKWARD, *"<>&\"'`*_[](){}#+-.!|~^=$:@/% \n\t"]), max_size=8
).map("".join)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}" if attrs else tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(markup: str) -> _Text:
    parser = _Text()
    parser.feed(markup)
    parser.close()
    return parser


def _plain(text: str) -> str:
    """Return the text as `escape` keeps it: control characters and white space as single spaces."""
    return unescape(escape(text))


@settings(deadline=None)  # a busy machine is no fault
@given(TEXT)
def test_escape_changes_white_space_only(text: str) -> None:
    assert re.sub(r"\s+", "", _plain(text)) == re.sub(r"[\s\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069]+", "", text)
    assert "\n" not in escape(text)


@pytest.mark.parametrize("frame", ["<p markdown='span'> {}</p>", "word {} word", "<div>{}</div>"])
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_renders_as_itself(text: str, frame: str) -> None:
    read = _read(html(frame.format(escape(text))))
    assert [tag for tag in read.tags if tag not in ("p", "div")] == []
    assert read.text.replace("word", "").strip() == _plain(text)


@settings(deadline=None)  # a busy machine is no fault
@given(TEXT)
def test_any_text_renders_as_itself(text: str) -> None:
    read = _read(html(f"word {escape(text)} word"))
    assert read.tags == ["p"]
    assert " ".join(read.text.split()) == " ".join(f"word {_plain(text)} word".split())


@settings(deadline=None)  # a busy machine is no fault
@given(TEXT)
def test_any_text_in_a_cell_of_a_table_with_links_renders_as_itself(text: str) -> None:
    made = table("All", (Column("A"), Column("B")), [["[link](a.md)", f"x{escape(text)}x"]])
    read = _read(html(made))
    assert [tag.split()[0] for tag in read.tags].count("td") == 1
    assert f"x{_plain(text)}x" in read.text
    assert {tag.split()[0] for tag in read.tags} == {"div", "table", "caption", "thead", "tr", "th", "tbody", "td", "a"}


@settings(deadline=None)  # a busy machine is no fault
@given(TEXT)
def test_prose_makes_nothing_but_code(text: str) -> None:
    read = _read(html(f"word {prose(text)} word"))
    assert set(read.tags) <= {"p", "code"}


def test_prose_shows_code_and_leaves_an_open_backtick() -> None:
    assert prose("run `ls *` or `x") == "run <code>ls &#42;</code> or &#96;x"


def test_a_fact_and_a_chip_keep_their_text() -> None:
    fact = Fact("<b>", escape("[a](b)"), escape("<i>"))
    assert _read(fact.markdown()).text.split() == ["<b>", "[a](b)", "<i>"]
    assert _read(Chip("<b>").markdown()).text == "<b>"
    assert _read(Chip("x" * 100).markdown()).text == "x" * 39 + "…"
