"""The anchors of a page: what the part of a link behind `#` can lead to."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import Body

_LISTED = re.compile(r"\{:?[ \t]*([^{}\n]*)\}")  # an attribute list
_LISTED_ID = re.compile(r"(?:^|[ \t])(?:#([^\s{}=\"']+)|id=[\"']?([^\s\"'{}]+)[\"']?)")
_END_LIST = re.compile(r"[ \t]+\{:?[ \t]*([^{}\n]*)\}[ \t]*$|\{:[ \t]*([^{}\n]*)\}[ \t]*$")
_TAG_ID = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINKED = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_STRONG = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_LOW_STRONG = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|~-])")
_MARKED = re.compile(r"[*_<\[\\&]")  # what else than code makes a heading's text differ from what is shown
_COUNTED = re.compile(r"(.*)_([0-9]+)")


def anchors(body: Body) -> frozenset[str]:
    """Return the ids that a page has: those written in it, and those that its headings get.

    Headings get theirs as Python-Markdown's extension `toc` makes them by default, with attribute lists read.
    """
    written = [_own_id(heading.text) for heading in body.headings]
    lines = [line for number, line in enumerate(body.lines, body.first_line) if not body.in_code(number)]
    used = {name for name in written if name} | _ids_in("\n".join(lines))
    for heading, own in zip(body.headings, written, strict=True):
        if not own:
            used.add(_unused(slug(_without_list(heading.text)), used))
    return frozenset(used)


def slug(heading: str) -> str:
    """Return the id that a heading's text becomes, before it is told apart from others.

    >>> slug("Check `kubectl get pods`, *then* wait")
    'check-kubectl-get-pods-then-wait'
    """
    ascii_only = unicodedata.normalize("NFKD", _shown(heading)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def _shown(heading: str) -> str:
    """Return the text that is left of Markdown when it is shown, without tags."""
    pieces, last = [], 0
    for code in _CODE.finditer(heading):
        pieces += [_plain(heading[last : code.start()]), code[2].strip()]
        last = code.end()
    return "".join([*pieces, _plain(heading[last:])])


def _plain(text: str) -> str:
    if _MARKED.search(text) is None:
        return text
    text = _LINKED.sub(r"\1", _IMAGE.sub("", _TAG.sub("", text)))
    text = _LOW_STRONG.sub(r"\2", _STRONG.sub(r"\2", text))
    return html.unescape(_ESCAPED.sub(r"\1", text))


def _own_id(heading: str) -> str:
    found = _END_LIST.search(heading)
    named = _LISTED_ID.search(found[1] or found[2] or "") if found else None
    return (named[1] or named[2]) if named else ""


def _without_list(heading: str) -> str:
    return _END_LIST.sub("", heading)


def _ids_in(text: str) -> set[str]:
    found = {match[1] or match[2] or match[3] or "" for match in _TAG_ID.finditer(text)}
    found |= {one[1] or one[2] for match in _LISTED.finditer(text) for one in _LISTED_ID.finditer(match[1])}
    return found - {""}


def _unused(name: str, used: set[str]) -> str:
    """Return the first of `name`, `name_1`, `name_2` and so on that nothing has."""
    while name in used or not name:
        counted = _COUNTED.fullmatch(name)
        name = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{name}_1"
    return name
