"""Inside a block of text: code spans, comments and links, by CommonMark's precedence, each in one pass.

Nothing here may take more than linear time: a page is written by anybody. So every quantifier that could give back
what it took is possessive, and what is searched for in vain is searched for once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.body import Link
from mkdocs_sre.reading.markup import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_OPAQUE = re.compile(rf"\\{_PUNCTUATION}|`++|<!--")
_NOT_A_BREAK = re.compile(r"[^\n]")
_OPAQUE_TAG = re.compile(rf"{TAG}|<[A-Za-z][A-Za-z0-9+.-]{{1,31}}+:[^\s<>]*+>")
_TOKEN = re.compile(rf"\\{_PUNCTUATION}|!?\[|\]|<")
_SPACE = re.compile(r"[ \t\n]*+")
_ANGLE_TARGET = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_TARGET_PART = re.compile(rf"(?:\\{_PUNCTUATION}|[^\s()])++")
_TARGET_END = re.compile(
    r"(?:[ \t\n]++(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*+\)", re.DOTALL
)
_SPACED_TARGET = re.compile(r"[ \t]*+([^\s()<>\"'][^\n()<>\"']*+)(?:\"[^\"\n]*+\"[ \t]*+)?+\)")
_DEFINITION = re.compile(
    r"(?m)^ {0,3}+\[(?!\^)((?:[^\[\]\\]|\\.)++)\]:[ \t]*+\n?[ \t]*+(?:<([^<>\n]*+)>|([^\s<]\S*+))"
    r"(?:[ \t]*+$|[ \t]++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))[ \t]*+$)"
)
MAX_OPEN_PARENTHESES = 8  # in a link's target; CommonMark wants three, and a target with more is none


class Span(NamedTuple):
    """A stretch of text; `inner` is what stands between its marks."""

    start: int
    inner: slice
    end: int
    is_code: bool


class FoundLink(NamedTuple):
    """A link, image or definition: the offset of its opening bracket, its text and target."""

    start: int
    text: str
    target: str
    image: bool


def spans(text: str) -> Iterator[Span]:
    """Yield the code spans and comments of a text in order; what begins inside one is not looked at."""
    closing = _Closing(text)
    position = 0
    while (match := _OPAQUE.search(text, position)) is not None:
        start, position = match.span()
        first = text[start]
        if first == "<":
            end = closing.comment(start)
            if end >= 0:
                yield Span(start, slice(start + 4, end - 3), end, is_code=False)
                position = end
        elif first == "`":
            end = closing.ticks(position - start, position)
            if end >= 0:
                yield Span(start, slice(position, end), end + position - start, is_code=True)
                position = end + position - start


class _Closing:
    """Where code spans and comments end. Every run of backticks is passed over once a length, comments once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: dict[int, Iterator[int]] | None = None
        self._next: dict[int, int] = {}
        self._comments = True

    def comment(self, start: int) -> int:
        """Return the offset behind the comment that begins at `start`; -1 when it never ends."""
        end = self._text.find("-->", start + 2) if self._comments else -1
        self._comments = end >= 0
        return end + 3 if end >= 0 else -1

    def ticks(self, length: int, position: int) -> int:
        """Return the offset of the next run of exactly so many backticks; -1 when there is none."""
        if self._runs is None:
            ordered = sorted((match.end() - match.start(), match.start()) for match in re.finditer("`+", self._text))
            self._runs = {
                size: iter([start for _, start in group]) for size, group in groupby(ordered, lambda run: run[0])
            }
        while (start := self._next.get(length, -1)) < position:
            following = next(self._runs.get(length, iter(())), None)
            if following is None:
                return -1
            self._next[length] = following
        return start


def mask_code(text: str) -> str:
    """Return the text, of the same length, with the inside of code spans replaced by spaces."""
    if "`" not in text:
        return text
    return _blanked(text, [span.inner for span in spans(text) if span.is_code])


def mask_comments(text: str) -> str:
    """Return the text, of the same length, with comments outside code replaced by spaces."""
    return _blanked(text, [slice(span.start, span.end) for span in spans(text) if not span.is_code])


def _blanked(text: str, parts: list[slice]) -> str:
    pieces, kept = [], 0
    for part in parts:
        pieces += [text[kept : part.start], _NOT_A_BREAK.sub(" ", text[part])]
        kept = part.stop
    return "".join(pieces) + text[kept:]


def find_links(text: str) -> list[FoundLink]:
    """Return each link, image and definition outside code spans, in order. A link holds images but no other link."""
    masked = mask_code(text)
    found = list(_inline_links(text, masked)) if "](" in masked else []
    if "]:" in masked:
        found += [
            FoundLink(match.start(1) - 1, match[1], match[2] or match[3] or "", image=False)
            for match in _DEFINITION.finditer(masked)
        ]
    return sorted(found)


def located_links(text: str, margins: list[int], first_line: int) -> list[Link]:
    """Return the links of a paragraph; `margins` says in which column, from 0, each of its lines begins in the file."""
    found = find_links(text)
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))] if found else []
    links = []
    for one in found:
        row = bisect_right(starts, one.start) - 1
        column = margins[row] + one.start - starts[row] + 1
        links.append(Link(one.text, one.target, first_line + row, column, one.image))
    return links


def is_definition(line: str) -> bool:
    """Whether the line defines a link, so that what follows is no part of its paragraph."""
    match = _DEFINITION.match(line)
    return match is not None and match.end() == len(line)


def _inline_links(text: str, masked: str) -> Iterator[FoundLink]:
    openings: list[tuple[int, int, bool]] = []  # start, where the text begins, image
    last_link = -1  # no link may begin before it and end behind it
    position = 0
    while (match := _TOKEN.search(masked, position)) is not None:
        start, position = match.span()
        mark = match[0]
        if mark == "<":
            tag = _OPAQUE_TAG.match(masked, start)
            position = tag.end() if tag else position
        elif mark in ("[", "!["):
            openings.append((start, position, mark == "!["))
        elif mark == "]" and openings:
            begun, label, image = openings.pop()
            if (not image and begun < last_link) or not masked.startswith("(", position):
                continue
            target = _target(masked, position + 1)
            if target is not None:
                yield FoundLink(begun, text[label:start], target[0], image)
                position = target[1]
                last_link = last_link if image else begun


def _target(text: str, position: int) -> tuple[str, int] | None:
    """Return the target that begins behind a link's parenthesis, and the offset behind the closing one."""
    space = _SPACE.match(text, position)
    start = space.end() if space else position
    if text.startswith("<", start):
        angle = _ANGLE_TARGET.match(text, start)
        closing = _TARGET_END.match(text, angle.end()) if angle else None
        return (angle[1], closing.end()) if angle and closing else None
    end = _bare_target(text, start)
    closing = _TARGET_END.match(text, end)
    if closing is not None:
        return text[start:end], closing.end()
    spaced = _SPACED_TARGET.match(text, position)  # Python-Markdown lets a bare target hold spaces
    return (spaced[1].rstrip(), spaced.end()) if spaced else None


def _bare_target(text: str, position: int) -> int:
    """Return the offset behind a target without angle brackets, whose parentheses are balanced."""
    opened: list[int] = []
    while True:
        part = _TARGET_PART.match(text, position)
        position = part.end() if part else position
        following = text[position : position + 1]
        if following == "(" and len(opened) < MAX_OPEN_PARENTHESES:
            opened.append(position)
        elif following == ")" and opened:
            opened.pop()
        else:
            return opened[0] if opened else position
        position += 1


def blank_lines(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Blank what stands between two places, each an index and a column; return what stands behind the second."""
    (index, column), (last, stop) = start, end
    if last > index:
        lines[index] = lines[index][:column]
        lines[index + 1 : last] = [""] * (last - index - 1)
        column = 0
    closing = lines[last]
    lines[last] = closing[:column] + " " * (stop - column) + closing[stop:]
    return closing[stop:].lstrip(" \t")
