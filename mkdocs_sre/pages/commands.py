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
_SPACE = re.compile(r"\s")
_BREAKS_AT = re.compile(r"[-/?]")  # where browsers break a line although there is no space
_HEADING = re.compile(r"(?=<h[1-6][ >])")
_RISK = re.compile(r'class="sre-risk (read|back|burn)"')
# highlighting may set marks between the signs of a name, never within it
_BETWEEN = r"(?:</?span[^>]*>)*"
_NAMED = rf"{_BETWEEN}(?:\{{|&#123;){_BETWEEN}([A-Z][A-Z0-9_]*){_BETWEEN}(?:\}}|&#125;)"
# a value; or HTML in which nothing is replaced: what is marked already, what is run or hidden, and tags. Each way begins
# with a sign of its own, by which the engine skips the text between
_VALUE = re.compile(
    rf"\${_NAMED}|&#36;{_NAMED}|{_MARKED}|<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->"
    r"|<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>",
    re.DOTALL,
)
_EMPTIED = re.compile(r'<span class="[^"]*"></span>(?=<var class="sre-ph")|(?<=</var>)<span class="[^"]*"></span>')
# what a step bears in Markdown: its number, its risk in parentheses, and words that begin a paragraph
_NUMBER = re.compile(r'(<span class="sre-at"[^>]*>\d+)([.)])</span>')
_WORDED = re.compile(r'(<span class="sre-risk \w+">)\(([\w-]+)\)</span>')
_SAID = re.compile(r"<p><b>(Expect|Undo|Before|Loses)\b")


def with_whole_words(site: Site, page: str, html: str) -> str:
    """Return the HTML of a page; on a page of documents its commands are made ready for readers and for the script.

    Their words are kept whole where a line has to wrap: `--for` and `deployment/payments`. On the page of a runbook
    `${NAME}` is marked wherever it stands, when the name is declared, and commands of a step know its risk; the page
    of an alert shows a command of its runbook.
    """
    documents = site.base.by_path.get(page)
    if documents is None:
        runbooks = (alert.runbook for alert in site.alerts_at.get(page, ()) if alert.runbook)
        return _with_values(html, frozenset(value.name for one in runbooks for value in one.placeholders))
    if isinstance(documents[0], Runbook):
        html = _with_values(html, frozenset(one.name for one in documents[0].placeholders))
        html = "".join(_with_edges(_with_parts(html)))
    return _CODE.sub(_code, html)


def _with_values(html: str, names: frozenset[str]) -> str:
    """Return HTML in which each of the values that stand open can be told apart, and filled, by its name."""

    def mark(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name not in names or found.string[max(0, found.start() - 1) : found.start()] in ("$", "\\"):
            return found[0]
        return _value(found[0], name)

    return _EMPTIED.sub("", _VALUE.sub(mark, html)) if names else html


def _value(written: str, name: str) -> str:
    shown = f'<var class="sre-ph" data-ph="{name}">${{{name}}}</var>'
    # Marks that begin or end within are closed before, and opened again behind.
    spans = _unmatched(re.findall(r"</?span[^>]*>", written)) if "<" in written else []
    return "".join([*(one for one in spans if one[1] == "/"), shown, *(one for one in spans if one[1] != "/")])


def _unmatched(spans: Iterable[str]) -> list[str]:
    """Return the tags that have no counterpart among them."""
    kept: list[str] = []
    for one in spans:
        if one[1] == "/" and kept and kept[-1][1] != "/":
            kept.pop()
        else:
            kept.append(one)
    return kept


def _with_parts(html: str) -> str:
    """Return HTML in which the parts of steps can be told apart by style and script; their words stay the same."""
    html = _NUMBER.sub(r"\1<i>\2</i></span>", html)
    html = _WORDED.sub(r"\1<i>(</i>\2<i>)</i></span>", html)
    return _SAID.sub(lambda found: f'<p class="sre-then {found[1].lower()}"><b>{found[1]}', html)


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
        if _SPACE.search(_MARK.sub("", piece) if "<" in piece else piece):
            written += [_whole(word), piece]
            word = ""
        else:
            word += piece
    return found[1] + "".join(written[:-1]) + found[3]


def _whole(word: str) -> str:
    return f'<span class="sre-w">{word}</span>' if _BREAKS_AT.search(unescape(_MARK.sub("", word))) else word
