"""The scanner against a full CommonMark parser, over documents made of what people's reliability pages are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark")
_WORDS = (
    "alpha",
    "the queue",
    "9.9",
    "x_y",
    "**bold**",
    "a|b",
    "\\`",
    "\\[",
    "no #4",
    "2024-01-05",
    "<br>",
    "<b>",
    "&amp;",
)
_SPANS = ("`code`", "``a ` b``", "`[no](no.md)`", "`` ` ``", "`", "``", "`a\nb`", "<!-- [no](no.md) -->", "<!-- ` -->")
_LINKS = (
    "[word {n}]({n}.md)",
    "![image {n}]({n}.png)",
    "[two\nlines {n}](<{n} spaced.md>)",
    "[titled {n}]({n}.md 'title')",
    '[titled {n}]({n}.md#part "a ) title")',
    "[![inner {n}](in-{n}.png)]({n}.md)",
    "[nested [brackets] {n}]({n}_(x).md)",
    "[`co]de` {n}]({n}.md)",
    "[no {n}] (no-{n}.md)",
    "\\[no {n}](no-{n}.md)",
    "![image {n} [inner](in-{n}.md)]({n}.png)",
    "[outer {n} [inner](in-{n}.md)](no-{n}.md)",
    "[parted {n}](\n{n}.md)",
    "[unclosed {n}]({n}.md",
    '<a title="[no](no-{n}.md)">',
    "<https://example.org/[no](no-{n}.md)>",
)


@st.composite
def inline(draw: st.DrawFn) -> str:
    """Some text, perhaps with code spans, comments and links whose targets are all different."""
    parts = draw(st.lists(st.sampled_from(_WORDS + _SPANS + _LINKS), min_size=1, max_size=5))
    return " ".join(part.replace("{n}", str(draw(st.integers(0, 10**9)))) for part in parts)


def fence(mark: str, length: int, info: str, content: str, closing: int) -> str:
    end = f"\n{mark * closing}" if closing else ""
    return f"{mark * length}{info}\n{content}{end}"


contents = st.sampled_from(
    [
        "ls -l",
        "# no heading",
        "a\n\nb",
        "```",
        "~~~~",
        "<!-- no -->",
        "[no](no.md)",
        "    deep",
        "> x",
        "- x",
        "",
        "<!--",
        "x\ty",
    ]
)
fences = st.builds(
    fence,
    st.sampled_from("`~"),
    st.integers(3, 5),
    st.sampled_from(["", "bash", " yaml title=x", "c++"]),
    contents,
    st.sampled_from([0, 2, 3, 4, 5]),
)
atx = st.builds(
    lambda level, text, end: f"{'#' * level} {text}{end}",
    st.integers(1, 7),
    st.sampled_from(["Title", "1. Title", "A # B", "C#", "", "`x`", "[l](h.md)"]),
    st.sampled_from(["", " ##", " #  ", "  "]),
)
setext = st.builds(
    lambda text, line: f"{text}\n{line}",
    st.sampled_from(["Title", "A b", "`c`", "*x*"]),
    st.sampled_from(["===", "---", "-", "=", "--  "]),
)
others = st.sampled_from(
    [
        "", "---", "***", "- - -", "    indented code\n    # more", "<pre>\n# no\n\n[no](no.md)\n</pre>", "<div>\n# no\n[no](no.md)\n</div>",
        "<!-- one line -->", "<!--\n# no\n\n```\n-->", "<!-- a\n\nb -->", "| a | b |\n|---|---|\n| [c](cell.md) | `d` |", "<script>\n\n# no</script>",
        "[defined]: defined.md", "[titled def]: <titled def.md> 'x'", "    ", "<b>\n# no\n", "\\# no", "1) a", "<details>", "-", "1.", "*",
    ]
)  # fmt: skip
leaves = st.one_of(inline(), atx, setext, fences, others)


def marked(first: str, rest: str, block: str, *, lazy: bool) -> str:
    head, *tail = block.split("\n")
    return "\n".join(
        [
            first + head,
            *(line if lazy and line[:1].isalpha() else (rest + line if line or ">" in rest else "") for line in tail),
        ]
    )


@st.composite
def contained(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    first, rest = draw(
        st.sampled_from(
            [
                ("- ", "  "),
                ("1. ", "   "),
                ("* ", "  "),
                ("-   ", "    "),
                ("> ", "> "),
                (">", ">"),
                ("10) ", "    "),
                ("+ ", "  "),
                ("-     ", "  "),
                ("2. ", "   "),
            ]
        )
    )
    block = draw(
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
        | st.lists(inner, min_size=1, max_size=3).map("\n".join)
    )
    return marked(first, rest, block, lazy=draw(st.booleans()))


blocks = st.recursive(leaves, contained, max_leaves=6)
documents = st.lists(blocks, min_size=1, max_size=6).flatmap(
    lambda parts: st.lists(st.sampled_from(["\n\n", "\n\n", "\n"]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )
)


def without_comments(heading: str) -> str:
    return " ".join(re.sub("<!--.*?-->", "", heading).split())


def headings(tokens: list[Token]) -> list[tuple[int, str, int]]:
    return [
        (int(token.tag[1]), without_comments(tokens[index + 1].content), token.map[0] + 1)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.map
    ]


def fenced(tokens: list[Token]) -> list[tuple[str, int, str]]:
    return [
        ((token.info.split() or [""])[0], token.map[0] + 1, token.content)
        for token in tokens
        if token.type == "fence" and token.map
    ]


def code_text(text: str, *, exact: bool) -> str:
    return text.rstrip("\n") if exact else " ".join(text.split())


def targets(tokens: list[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.type == "link_open" and token.info != "auto":
            found.append(str(token.attrs["href"]))
        elif token.type == "image":
            found.append(str(token.attrs["src"]))
        found += targets(token.children or [])
    return found


def unclosed(token: Token) -> bool:
    """Whether a fence ends with its container or the text: then it has one line that is no content, its first."""
    first, last = token.map or (0, 0)
    return token.content.count("\n") > last - first - 2


def differs_on_the_site(token: Token) -> bool:
    """Whether CommonMark takes for HTML or a heading what Python-Markdown does not; test_scanner.py has these."""
    if token.type == "html_block" and token.content.lstrip().startswith("<!--"):
        return token.content.find("-->") != len(token.content.rstrip()) - 3
    if token.type == "inline" and "]: " in token.content:
        return True
    if token.type == "fence" and unclosed(token):
        return True
    first, last = token.map or (0, 0)
    return token.type == "heading_open" and token.markup in "=-" and last - first > 2


def same(text: str) -> None:
    environment: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _PARSER.parse(text, environment)
    lines = text.split("\n")
    assume(not any(differs_on_the_site(token) for token in tokens))
    body = scan(text.split("\n"))
    assert [(one.level, without_comments(one.text), one.line) for one in body.headings] == headings(tokens)
    exact = "\t" not in text  # of a tab across the edge of a quote the parser keeps less than the specification says
    ours = [(one.language, one.line, code_text(one.text, exact=exact)) for one in body.code_blocks]
    assert ours == [(info, line, code_text(content, exact=exact)) for info, line, content in fenced(tokens)]
    defined = [one["href"] for one in environment.get("references", {}).values()]
    assert {one.target for one in body.links} == {unquote(one) for one in (*targets(tokens), *defined)}
    for link in body.links:
        assert lines[link.line - 1][link.column - 1 :].startswith(
            ("![" if link.image else "[") + link.text.split("\n")[0]
        )


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_same_as_commonmark(text: str) -> None:
    same(text)
