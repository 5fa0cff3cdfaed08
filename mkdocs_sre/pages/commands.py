"""Commands as readers see them: a line of code wraps between words, never within `--for` or `deployment/payments`."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.pages.site import Site

_CODE = re.compile(r"(<pre[^>]*>(?:<span></span>)?<code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
# what highlighting makes of a line: marked pieces that hold no others, spaces, and bare text
_PIECE = re.compile(r"<span class=\"[^\"]*\">[^<]*</span>|\s+|[^<\s]+|<")
_MARK = re.compile(r"<[^>]*>")
_BREAKS_AT = re.compile(r"[-/?]")  # where browsers break a line although there is no space


def with_whole_words(site: Site, page: str, html: str) -> str:
    """Return the HTML of a page; on a page of documents the words of its commands are kept whole."""
    return _CODE.sub(_code, html) if page in site.base.by_path else html


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
