"""Body links by id, `[text](sre:ID)`, made relative links."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_sre.knowledge.base import SCHEME
from mkdocs_sre.pages.escape import escape, escape_url
from mkdocs_sre.pages.site import is_shown, relative
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import Link
    from mkdocs_sre.knowledge import KnowledgeBase

_TARGET = re.compile(r"(\]\(\s*<?|\]:[ \t]*<?)(sre:[^\s)>]*)(>?)")
_REST = re.compile(r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)""")  # a title, and the end of an inline link
_UNKNOWN, _WITHOUT_PAGE = "unknown id", "no page"


def rewrite_links(base: KnowledgeBase, page: str, markdown: str) -> str:
    """Return the Markdown of a page with every link by id leading to the document's file; code stays as it is.

    An empty label becomes the title of what the link leads to. A link to an unknown id keeps its label alone, marked.
    """
    if SCHEME not in markdown:
        return markdown
    lines = markdown.split("\n")
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    links = [link for link in scan(lines.copy()).links if link.target.startswith(SCHEME)]
    for link in sorted(links, key=lambda one: (one.line, one.column), reverse=True):
        start = offsets[link.line - 1] + link.column - 1
        match = _target(markdown, start, link)
        if match is not None:
            markdown = _replaced(base, page, markdown, start, (link, match))
    return markdown


def _target(markdown: str, start: int, link: Link) -> re.Match[str] | None:
    """Return where a link's target stands: right behind its label, which may hold what looks like one.

    A label of several lines inside a quote is not written as it reads, so there the first target counts.
    """
    behind = start + len("[") + len(link.text) + link.image
    return _TARGET.match(markdown, behind) or _TARGET.search(markdown, start)


def _replaced(base: KnowledgeBase, page: str, markdown: str, start: int, found: tuple[Link, re.Match[str]]) -> str:
    link, match = found
    name, _, anchor = match[2][len(SCHEME) :].partition("#")
    entry = base.find(name)
    if entry is None or not is_shown(base, entry):
        return _marked(markdown, start, found, _UNKNOWN if entry is None else _WITHOUT_PAGE)
    anchor = anchor or entry.anchor
    target = relative(page, entry.document.path) + (f"#{escape_url(unquote(anchor))}" if anchor else "")
    before = markdown[start : match.start(2)]
    if not link.text.strip() and not link.image:
        before = f"[{escape(entry.title)}{before[1 + len(link.text) :]}"
    return f"{markdown[:start]}{before}{target}{markdown[match.end(2) :]}"


def _marked(markdown: str, start: int, found: tuple[Link, re.Match[str]], why: str) -> str:
    """Return the Markdown with a link to nothing marked: its label stays; a definition leads nowhere, and says so."""
    link, match = found
    name = escape(match[2][len(SCHEME) :])
    rest = _REST.match(markdown, match.end())
    if not match[1].startswith("](") or rest is None:
        return f'{markdown[: match.start(2)]}#{match[3]} "{why} {name}"{markdown[_line_end(markdown, match) :]}'
    label = link.text.strip() or name
    return f'{markdown[:start]}{label} <span class="sre-chip is-bad">{why}</span>{markdown[rest.end() :]}'


def _line_end(markdown: str, match: re.Match[str]) -> int:
    end = markdown.find("\n", match.end())
    return len(markdown) if end < 0 else end
