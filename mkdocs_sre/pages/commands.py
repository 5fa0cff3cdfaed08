"""Commands as readers see them: kept whole at line ends, with their values marked, and with an edge for their risk."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.pages.site import Site

_CODE = re.compile(r"(<pre[^>]*>(?:<span></span>)?<code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
_MARKED = r'<var class="sre-ph"[^>]*>[^<]*</var>'
# what highlighting makes of a line: marked pieces that hold no others, spaces, and bare text
_PIECE = re.compile(rf'{_MARKED}|<span class="[^"]*">(?:{_MARKED}|[^<])*</span>|\s+|[^<\s]+|<')
_MARK = re.compile(r"<[^>]*>")
_BREAKS_AT = re.compile(r"[-/?]")  # where browsers break a line although there is no space
_HEADING = re.compile(r"(?=<h[1-6][ >])")
_RISK = re.compile(r'class="sre-risk (read|back|burn)"')
# HTML in which nothing is replaced: what is marked already, what is run or hidden, and tags
_KEPT = rf"{_MARKED}|<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>"

_EMPTIED = re.compile(rf'(?:<span class="[^"]*"></span>)*({_MARKED})(?:<span class="[^"]*"></span>)*')


def with_whole_words(site: Site, page: str, html: str) -> str:
    """Return the HTML of a page; on a page of documents its commands are made ready for readers and for the script.

    Their words are kept whole where a line has to wrap: `--for` and `deployment/payments`. On the page of a runbook
    `${NAME}` is marked wherever it stands, when the name is declared, and commands of a step know its risk; the page
    of an alert shows a command of its runbook.
    """
    documents = site.base.by_path.get(page)
    if documents is None:
        runbooks = (alert.runbook for alert in site.alerts_at.get(page, ()) if alert.runbook)
        return _with_values(html, [value.name for one in runbooks for value in one.placeholders])
    if isinstance(documents[0], Runbook):
        html = _with_values(html, [one.name for one in documents[0].placeholders])
        html = "".join(_with_edges(html))
    return _CODE.sub(_code, html)


def _with_values(html: str, names: Iterable[str]) -> str:
    """Return HTML in which each of the values that stand open can be told apart, and filled, by its name."""
    wanted = "|".join(re.escape(name) for name in names)
    if not wanted:
        return html
    # Highlighting may set marks between the signs of a name, never within it.
    mark = r"(?:</?span[^>]*>)*"
    dollar, opening, closing = r"(?:\$|&#36;)", r"(?:\{|&#123;)", r"(?:\}|&#125;)"
    value = rf"(?<![\\$]){dollar}{mark}{opening}{mark}({wanted}){mark}{closing}"
    return _EMPTIED.sub(r"\1", re.sub(rf"({value})|{_KEPT}", _value, html, flags=re.DOTALL))


def _value(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    shown = f'<var class="sre-ph" data-ph="{found[2]}">${{{found[2]}}}</var>'
    spans = re.findall(r"</?span[^>]*>", found[1])
    # Marks that begin or end within are closed before, and opened again behind.
    opened = [one for one in _unmatched(spans) if one[1] != "/"]
    closed = [one for one in _unmatched(spans) if one[1] == "/"]
    return "".join(closed) + shown + "".join(opened)


def _unmatched(spans: Iterable[str]) -> list[str]:
    """Return the tags that have no counterpart among them."""
    kept: list[str] = []
    for one in spans:
        if one[1] == "/" and kept and kept[-1][1] != "/":
            kept.pop()
        else:
            kept.append(one)
    return kept


def _with_edges(html: str) -> Iterator[str]:
    """Yield the parts of a page from heading to heading; code below one that bears a risk is told that risk."""
    risk, depth = "", 0
    for part in _HEADING.split(html):
        level = int(part[2]) if _HEADING.match(part) else 0
        found = _RISK.search(part, 0, part.find("</h") if level else 0)
        if found:
            risk, depth = found[1], level
        elif level and level <= depth:
            risk, depth = "", 0
        yield re.sub(r"<pre(?=[ >])", f'<pre data-risk="{risk}"', part) if risk else part


def _code(found: re.Match[str]) -> str:
    written, word = [], ""
    pieces = _PIECE.findall(found[2])
    if "<" in pieces:  # numbered or marked lines: spans within spans
        return found[0]
    for piece in [*pieces, " "]:
        if any(one.isspace() for one in _MARK.sub("", piece)):
            written += [_whole(word), piece]
            word = ""
        else:
            word += piece
    return found[1] + "".join(written[:-1]) + found[3]


def _whole(word: str) -> str:
    return f'<span class="sre-w">{word}</span>' if _BREAKS_AT.search(unescape(_MARK.sub("", word))) else word
