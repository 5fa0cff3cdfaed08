"""What the lines of Markdown blocks look like: the patterns of the scanner, each of linear cost."""

from __future__ import annotations

import re
from types import MappingProxyType

CODE_INDENT = 4  # columns beyond its container that make a line code

RULE = re.compile(r"([-*_])(?: *+\1){2,}+ *$")
UNDERLINE = re.compile(r"(?:(=+)|-+) *$")
ATX = re.compile(r"(#{1,6})(?!#)[ \t]*+(.*)")
FENCE = re.compile(r"(`{3,}+)([^`]*)$|(~{3,}+)(.*)")
QUOTE = re.compile(r" {0,3}> ?")
# The head of a block of Python-Markdown's extensions whose content is indented by four columns.
TITLED = re.compile(r"(?:!!!|\?\?\?\+?) ?[\w-]|===[+!]{0,2} +\"")
_DESCRIBED = re.compile(r": +(?=\S)|\[\^[^\[\]]+\]: *")
_ITEM = re.compile(r"([-+*]|\d{1,9}+[.)])( ++|$)")
_HEAD = re.compile(r"(?:[ \t>]++|(?:[-+*]|\d{1,9}+[.)])(?=[ \t]))*+")

_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
).replace(" ", "|")
_HTML = re.compile(
    r"<(?:(?P<verbatim>pre|script|style|textarea)(?:[ \t>]|$)|(?P<instruction>\?)|(?P<data>!\[CDATA\[)"
    rf"|(?P<declaration>![A-Z])|/?(?P<element>{_BLOCK_TAGS})(?:[ \t]|/?>|$))",
    re.IGNORECASE,
)
_ATTRIBUTES = r"(?:[ \t\n]++[A-Za-z_:][\w.:-]*+(?:[ \t\n]*+=[ \t\n]*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+"
TAG = rf"</?[A-Za-z][A-Za-z0-9-]*+{_ATTRIBUTES}[ \t\n]*+/?>"
_LONE_TAG = re.compile(rf"{TAG}[ \t]*$")
_MARKDOWN_INSIDE = re.compile(r"<[^<>]*[ \t]markdown(?:[ \t=/>]|$)")
_HTML_ENDS = MappingProxyType(
    {
        "verbatim": re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE),
        "instruction": re.compile(r"\?>"),
        "data": re.compile(r"\]\]>"),
        "declaration": re.compile(r">"),
    }
)
_BLANK = re.compile(r"\A[ \t]*\Z")


def expanded(line: str) -> str:
    """Return the line with the tabs before its text replaced by the spaces that they stand for."""
    if "\t" not in line:
        return line
    head = _HEAD.match(line)
    end = head.end() if head else 0
    return line[:end].expandtabs(4) + line[end:]


def indentation(text: str) -> int:
    """Return how many spaces stand before the text."""
    return len(text) - len(text.lstrip(" "))


def closes(mark: str, text: str) -> bool:
    """Whether the line closes a fenced block that was opened by this mark."""
    bare = text.strip(" \t")
    return bare.startswith(mark) and not bare.strip(mark[0]) and indentation(text) < CODE_INDENT


def from_column(line: str, column: int) -> str:
    """Return the line from this column on; of a tab that reaches across it the rest as spaces."""
    if "\t" not in line:
        return line[column:]
    offset = reached = 0
    while reached < column and offset < len(line):
        reached += 4 - reached % 4 if line[offset] == "\t" else 1
        offset += 1
    return " " * (reached - column) + line[offset:]


def opened_width(rest: str, *, interrupts: bool) -> tuple[int, int] | None:
    """Return how far a list item, definition or footnote that begins here moves the text, and its content's indent.

    None when none begins. `interrupts` says that a paragraph would be broken off, which not every item may.
    """
    item = _ITEM.match(rest)
    if item is None:
        described = _DESCRIBED.match(rest)
        return (described.end(), CODE_INDENT) if described else None
    marker, spaces = len(item[1]), len(item[2])
    empty = item.end() == len(rest)
    if interrupts and (empty or (marker > 1 and int(item[1][:-1]) != 1)):
        return None
    if empty:
        return len(rest), marker + 1
    width = marker + (spaces if spaces <= CODE_INDENT else 1)
    return width, width


def html_end(rest: str, *, interrupts: bool) -> re.Pattern[str] | None:
    """Return what the last line of the raw HTML that begins here holds; None when none begins.

    What ends at `ends_before` is the line behind it.
    """
    html = _HTML.match(rest)
    if html is None:
        return _BLANK if not interrupts and _LONE_TAG.match(rest) else None
    return _HTML_ENDS.get(html.lastgroup or "", _BLANK)


def ends_before(end: re.Pattern[str]) -> bool:
    """Whether raw HTML that ends so ends before that line, which is blank, and not with it."""
    return end is _BLANK


def holds_markdown(rest: str) -> bool:
    """Whether the content of a tag is Markdown all the same, by its attribute `markdown`."""
    return _MARKDOWN_INSIDE.match(rest) is not None


def heading_text(written: str) -> str:
    """Return the text behind a heading's opening marks, without the closing ones."""
    text = written.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text


def language(info: str) -> str:
    """Return the language that the words behind a fence name: the first one, also as `{.bash}`."""
    words = info.replace("{", " ").replace("}", " ").split()
    return words[0].removeprefix(".") if words else ""
