"""Body links by id, `[text](sre:ID)`, made relative links."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from mkdocs_sre.knowledge.base import SCHEME
from mkdocs_sre.pages.escape import escape, escape_url
from mkdocs_sre.pages.site import relative
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import Link
    from mkdocs_sre.knowledge import KnowledgeBase

_TARGET = re.compile(r"(\]\(\s*<?|\]:[ \t]*<?)(sre:[^\s)>]*)(>?)")


def rewrite_links(base: KnowledgeBase, page: str, markdown: str) -> str:
    """Return the Markdown of a page with every link by id leading to the document's file; code stays as it is.

    An empty label becomes the title of what the link leads to. A link to an unknown id keeps its label alone, marked.
    """
    if SCHEME not in markdown:
        return markdown
    lines = markdown.split("\n")
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    links = [link for link in scan(lines.copy()).links if link.target.startswith(SCHEME)]
    for link in reversed(links):
        start = offsets[link.line - 1] + link.column - 1
        match = _TARGET.search(markdown, start)
        if match is not None:
            markdown = _replaced(base, page, markdown, start, (link, match))
    return markdown


def _replaced(base: KnowledgeBase, page: str, markdown: str, start: int, found: tuple[Link, re.Match[str]]) -> str:
    link, match = found
    name, _, anchor = match[2][len(SCHEME) :].partition("#")
    entry = base.find(name)
    if entry is None:
        end = markdown.find(")", match.end()) + 1 if match[1].startswith("](") else match.end()
        label = link.text or escape(name)
        return f'{markdown[:start]}{label} <span class="sre-chip is-bad">unknown id</span>{markdown[end:]}'
    anchor = anchor or entry.anchor
    target = relative(page, entry.document.path) + (f"#{escape_url(anchor)}" if anchor else "")
    label = escape(entry.title) if markdown.startswith("[](", start) else ""
    return f"{markdown[: start + 1]}{label}{markdown[start + 1 : match.start(2)]}{target}{markdown[match.end(2) :]}"
