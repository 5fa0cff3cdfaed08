"""HTML that is kept out of Markdown is, put back, what Python-Markdown would have made of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.ready import ReadyHtml
from mkdocs_sre.pages.tables import Column, section, table
from tests.pages.conftest import html


def address(target: str) -> str | None:
    return None if "unknown" in target else target.replace(".md", "/")


def read(markdown: str) -> str:
    """The HTML that Markdown alone makes, its links those of the built site."""
    return plain(re.sub(r'href="([^"]*)"', lambda found: f'href="{address(found[1])}"', html(markdown)))


def put_back(markdown: str) -> tuple[str, str]:
    """What is left for Markdown to read, and the HTML of the whole."""
    ready = ReadyHtml(address)
    left = ready.without(ready.noted(markdown))
    return left, plain(ready.restored(html(left)))


def plain(text: str) -> str:
    """The HTML without white space at tags, which shows nothing, its attributes in order, in the form of XHTML or not."""
    tidy = re.sub(r"\s*(<[^<>]*>)\s*", r"\1", text.replace(" />", ">")).strip()
    return re.sub(
        r'(?: [\w-]+="[^"]*")+', lambda found: " ".join(sorted(re.findall(r' [\w-]+="[^"]*"', found[0]))), tidy
    )


COLUMNS = (Column("What", "fit"), Column("Why", bare=True))
LINKED = table(
    "All of them", COLUMNS, [["[a *b*](a/b.md#c){: #d.e }".replace("*", "&#42;"), prose("run `x` now")], ["c", "d"]]
)
LONG = table("All of them", COLUMNS, [[f"[row {n}](row-{n}.md)", "why"] for n in range(30)])
PLAIN = table("All of them", COLUMNS, [["a", "b"]])
LISTED = "- [One](one.md) <small>first</small>\n- [Two](two.md)\n"
STYLED = "See [all](all.md).\n{: .sre-more .wide }\n"


@pytest.mark.parametrize(
    "markdown", [LINKED, LONG, PLAIN, LISTED, STYLED], ids=["linked", "long", "plain", "list", "styled"]
)
def test_what_is_html_but_for_links_is_taken_out_and_put_back(markdown: str) -> None:
    left, whole = put_back(f"Before.\n\n{markdown}\n\nAfter.\n")
    assert left == 'Before.\n\n<div class="sre-ready-0"></div>\n\nAfter.\n'
    assert whole == read(f"Before.\n\n{markdown}\n\nAfter.\n")


@pytest.mark.parametrize(
    "markdown",
    [
        '<div markdown="1">\n\n### A heading\n\ntext\n</div>',
        '<p markdown="span">A [link](unknown.md).</p>',
        '<p markdown="span">An *emphasis* and a [link](a.md).</p>',
        '<p markdown="span">An image: ![it](a.md)</p>',
        '<p markdown="span">A link with a title: [it](a.md "title")</p>',
        '<p markdown="span">A break  \nand more</p>',
        '<div markdown="1">\nA paragraph of its own.\n</div>',
        "<p>Something</p>\nand *more* of it.",
        "<p>Nothing closes this.",
        "- One\n\n- Two, with room between",
        "- One\n    - of its own",
        "Text without a form.",
        "```html\n\n<p>code</p>\n\n```",
    ],
)
def test_what_is_more_stays_markdown(markdown: str) -> None:
    left, whole = put_back(f"# Title\n\n{markdown}\n")
    assert left.strip() == f"# Title\n\n{markdown}"
    assert whole == plain(html(f"# Title\n\n{markdown}\n"))


WORDS = st.text("ab_*`[](){}<>&#!-~|\\\"'.: \n", max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), min_size=1, max_size=4), WORDS)
def test_hostile_words_read_the_same(rows: list[tuple[str, str, bool]], title: str) -> None:
    cells = [[f"[{escape(a)}](x.md)" if linked else escape(a), prose(b)] for a, b, linked in rows]
    markdown = section(f"T {title}", "t", table(title, COLUMNS, cells), PLAIN) + "\n\nEnd.\n"
    left, whole = put_back(markdown)
    assert left.count("sre-ready-") == 1
    assert whole == read(markdown)


def test_an_element_of_the_author_is_not_taken_for_ours() -> None:
    written = '<div class="sre-ready-0"></div>\n'
    ready = ReadyHtml(address, written)
    left = f"{written}\n{ready.without(ready.noted('<p>Ours.</p>'))}\n"
    assert plain(ready.restored(html(left))) == '<div class="sre-ready-0"></div><p>Ours.</p>'


def test_nothing_is_lost_when_its_place_is() -> None:
    ready = ReadyHtml(address)
    ready.without(ready.noted('<p id="a&#98;">Ours.</p>'))
    assert ready.restored("<p>Something took it.</p>") == '<p>Something took it.</p>\n<p id="a&#98;">Ours.</p>'
    assert ready.anchors == {"ab"}


def test_what_another_plugin_has_changed_and_what_the_author_wrote_stay_markdown() -> None:
    ready = ReadyHtml(address)
    ready.noted("")
    above, below = ready.noted("<p>Above.</p>\n"), ready.noted("<p>Below.</p>\n")
    own = "```html\n<p>Below.</p>\n```\n"
    left = ready.without(f"{above.replace('Above', 'Changed')}\n{own}\n{below}")
    assert left == f'<p>Changed.</p>\n\n{own}\n<div class="sre-ready-0"></div>\n'
