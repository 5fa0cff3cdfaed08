"""HTML that is ready, kept out of what Python-Markdown reads: an empty element stands in its place until all is HTML.

Most of our Markdown is HTML with links in it, and having that read as Markdown takes longer than all else that a page
of ours costs. What is more than HTML and links stays Markdown: headings, lists, code, and links that lead nowhere.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCKS = "article|aside|details|div|dl|figure|form|header|nav|ol|p|section|table|ul"
_INNER = "caption|dd|dt|figcaption|h[1-6]|li|tbody|td|th|thead|tr"
_OPENING = re.compile(rf"<({_BLOCKS})(?=[\s>])")
_NOT_BLOCK = re.compile(rf"^[ \t]*(?!</?(?:{_BLOCKS}|{_INNER})[\s>])\S", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MARKDOWN = re.compile(r' markdown="(?:1|span)"')
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s<>\"']+)\)(?:\{: #([\w.:&#;-]+) \})?")  # and its id
_TAG = re.compile(r"<[^<>]*>")
_SIGN = re.compile(r"[\[\]{}*_`\\]")  # that Markdown would read
_BREAK = re.compile(r"\S  +$", re.MULTILINE)  # two spaces at the end of a line
_ITEM = re.compile(r"- ([A-Za-z0-9<\[][^\n]*)")
_STYLED = re.compile(r"([A-Za-z<\[][^\n]*)\n\{: ((?:\.[\w-]+ ?)+)\}")
_ID = re.compile(r'\sid="([^"]*)"')


class ReadyHtml:
    """The blocks of one page that are HTML but for links, whose targets `address` makes those of the built site.

    `address` returns None for a target that it does not know; the block then stays Markdown, so that the generator
    says what is wrong with it. `written` is what the author wrote; no element of his is taken for one of ours.
    """

    def __init__(self, address: Callable[[str], str | None], written: str = "") -> None:
        self._address = address
        self._blocks: list[str] = []
        self._stretches: list[str] = []
        self._name = "sre-ready"
        while f'"{self._name}-' in written:
            self._name += "-"

    def noted(self, markdown: str) -> str:
        """Return a stretch of Markdown as it is, and remember that it is ours."""
        self._stretches.append(markdown.strip("\n"))
        return markdown

    def without(self, page: str) -> str:
        """Return the Markdown of a page with the HTML taken out of every stretch of ours that is still in it."""
        for stretch in filter(None, self._stretches):
            # Ours stand above what the author wrote and below it; he may have written the same himself.
            at = 0 if page.startswith(stretch) else page.rfind(stretch)
            if at >= 0:
                page = page[:at] + self._taken(stretch) + page[at + len(stretch) :]
        self._stretches = []
        return page

    def _taken(self, markdown: str) -> str:
        """Return Markdown of ours with an empty element in place of every stretch of HTML that was taken out of it."""
        if _FENCE.search(markdown):  # code may look like anything
            return markdown
        parts: list[str] = []
        ready: list[str] = []
        before = ""
        chunks = [*_chunks(markdown)]
        for chunk, after in zip(chunks, [*chunks[1:], ""], strict=True):
            alone = not any(one.startswith(("-", " ", "\t")) for one in (before, after))
            html = self._list(chunk) if alone and chunk.startswith("- ") else self._html(chunk)
            before = chunk
            if html is None:
                parts += self._kept(ready)
                parts.append(chunk)
                ready = []
            else:
                ready.append(html)
        return "\n\n".join([*parts, *self._kept(ready)])

    def restored(self, html: str) -> str:
        """Return the HTML of a page with its blocks where they belong; at its end when something took their places."""
        for number, block in enumerate(self._blocks):
            before, mark, after = html.partition(self._mark(number))
            html = f"{before}{block}{after}" if mark else f"{html}\n{block}"
        return html

    @property
    def anchors(self) -> set[str]:
        """The ids of elements that were taken out."""
        return {unescape(name) for block in self._blocks for name in _ID.findall(block)}

    def _mark(self, number: int) -> str:
        return f'<div class="{self._name}-{number}"></div>'

    def _kept(self, ready: list[str]) -> Iterator[str]:
        """Yield what stands for stretches of HTML, which are remembered as one block; nothing without any."""
        if ready:
            yield self._mark(len(self._blocks))
            self._blocks.append("\n".join(ready))

    def _html(self, chunk: str) -> str | None:
        """Return a chunk as HTML; None when it has to stay Markdown."""
        if chunk.startswith("<") and _is_html(chunk):
            if not _MARKDOWN.search(chunk):
                return chunk
            if 'markdown="1"' in chunk and _NOT_BLOCK.search(chunk):
                return None
            return self._linked(_MARKDOWN.sub("", chunk))
        styled = _STYLED.fullmatch(chunk)
        text = self._linked(styled[1].strip()) if styled else None
        if styled is None or text is None:
            return None
        return f'<p class="{" ".join(name[1:] for name in styled[2].split())}">{text}</p>'

    def _list(self, chunk: str) -> str | None:
        """Return a list of one line an item as HTML; None when it has to stay Markdown."""
        items = [found and self._linked(found[1].rstrip()) for found in map(_ITEM.fullmatch, chunk.split("\n"))]
        if None in items:
            return None
        return "\n".join(["<ul>", *(f"<li>{one}</li>" for one in items), "</ul>"])

    def _linked(self, text: str) -> str | None:
        """Return HTML with its links in Markdown made HTML too; None when there is more than links to read."""
        targets = {target: self._address(target) for _, target, _ in _LINK.findall(text)}
        if None in targets.values():
            return None

        def link(found: re.Match[str]) -> str:
            name = f' id="{found[3]}"' if found[3] else ""
            return f'<a href="{escape(targets[found[2]] or "")}"{name}>{found[1]}</a>'

        made = _LINK.sub(link, text)
        return None if _SIGN.search(_TAG.sub("", made)) or _BREAK.search(made) else made


def _chunks(markdown: str) -> Iterator[str]:
    """Yield what stands between blank lines; an element with blank lines inside is one chunk with what touches it."""
    text = markdown.strip("\n")
    start = 0
    while start < len(text):
        end = _end(text, start)
        yield text[start:end]
        start = end
        while text.startswith("\n", start):
            start += 1


def _end(text: str, start: int) -> int:
    """Return where the chunk ends that begins there."""
    at = start
    while True:
        opening = _OPENING.match(text, at)
        at = text.find("\n", _closed(text, opening) if opening else at)
        if at < 0:
            return len(text)
        if text.startswith("\n", at + 1):
            return at
        at += 1


def _is_html(chunk: str) -> bool:
    """Whether a chunk is a row of whole elements and nothing else."""
    at = 0
    while opening := _OPENING.match(chunk, at):
        at = _closed(chunk, opening)
        if at >= len(chunk):
            return chunk.endswith(">")
        if chunk[at] != "\n":
            return False
        at += 1
    return False


def _closed(text: str, opening: re.Match[str]) -> int:
    """Return where the element ends that is opened there; the end of the text when nothing closes it."""
    depth = 0
    for tag in re.compile(rf"<(/?){opening[1]}(?=[\s>])").finditer(text, opening.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            return text.find(">", tag.end()) + 1
    return len(text) + 1
