"""The body of a file in one pass over its lines: headings, fenced code and links, past comments and code.

It reads the part of CommonMark that people's reliability documents use, ten times faster than a full parser; a
property test holds it against markdown-it-py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from mkdocs_sre.documents.body import Body, CodeBlock, Heading, Link

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"(`{3,})[ \t]*([^`]*)$|(~{3,})[ \t]*(.*)$")
_SETEXT = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*$")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_CONTAINER = re.compile(r" *(?:(?:[-*+]|\d{1,9}[.)]|:)[ \t]+|(?:!!!|\?\?\?\+?|===)[ \t]|\[\^[^\]]+\]:)")
_RAW_START = re.compile(r" {0,3}<(pre|script|style|textarea)(?:[ \t>]|$)", re.IGNORECASE)
_DEFINITION = re.compile(r"(?m)^ {0,3}\[((?:[^\[\]\\]|\\.)+)\]:[ \t]*(<[^<>\n]*>|[^\s<]\S*)")
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\\]|\\.|!?\[(?:[^\[\]\\]|\\.)*\](?:\([^()\s]*\))?)*)\]"
    r"\([ \t\n]*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t\n]*\)",
    re.DOTALL,
)
_TICKS = re.compile(r"(?<!\\)`+|(?<=\\)`+")
_CODE_INDENT = 4  # columns beyond its container that make a line code


class _Scan:
    """The state of one pass. Blocks of consecutive text lines are kept until they end, then searched for links."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.body = Body(lines=lines, first_line=first_line)
        self.block_start = -1
        self.linked = False  # the current block holds what may be a link
        self.container = 0  # where the content of the current list item or admonition begins; 0 outside
        self.after_blank = True

    def run(self) -> Body:
        index, count = 0, len(self.lines)
        while index < count:
            line = self.lines[index]
            if not line or line.isspace():
                self.end_block(index)
                self.after_blank = True
                index += 1
                continue
            if "<!--" in line:
                index = self.blank_comment(index)
                if self.lines[index].isspace() or not self.lines[index]:
                    continue
                line = self.lines[index]
            index = self.take(index, line)
            self.after_blank = False
        self.end_block(count)
        return self.body

    def take(self, index: int, line: str) -> int:
        """Handle one line that is not blank; return the index of the next one to look at."""
        text = line
        if ">" in line and (quote := _QUOTE.match(line)):
            text = line[quote.end() :]
        first = text.lstrip(" \t")
        indent = len(text.expandtabs(4)) - len(first.expandtabs(4)) if text[:1] in " \t" else 0
        if indent >= _CODE_INDENT and self.is_indented_code(text, indent):
            self.end_block(index)
            return index + 1
        if indent == 0 and self.after_blank and not _CONTAINER.match(text):
            self.container = 0
        start = first[:1]
        if start in ("`", "~") and (fence := _FENCE.match(first)):
            self.end_block(index)
            return self.fence(index, fence, quoted=text is not line)
        if start == "#" and indent < _CODE_INDENT and (heading := _ATX.match(text)):
            self.end_block(index)
            self.body.headings.append(Heading(len(heading[1]), (heading[2] or "").strip(), self.first_line + index))
            return index + 1
        if start in ("=", "-") and self.block_start >= 0 and self.underline(index, text):
            return index + 1
        if start == "<" and self.block_start < 0 and (raw := _RAW_START.match(text)):
            return self.raw(index, raw[1].lower())
        return self.text_line(index, line, text)

    def text_line(self, index: int, line: str, text: str) -> int:
        container = _CONTAINER.match(text)
        if container:
            self.end_block(index)
            self.container = len(container[0].expandtabs(4))
        if self.block_start < 0:
            self.block_start = index
        if "](" in line or "]:" in line or (line.endswith("]") and index + 1 < len(self.lines)):
            self.linked = True
        return index + 1

    def is_indented_code(self, text: str, indent: int) -> bool:
        if self.block_start >= 0:
            return False  # a lazy continuation of a paragraph
        if self.container == 0:
            return True
        return indent >= self.container + _CODE_INDENT and not _CONTAINER.match(text)

    def fence(self, index: int, fence: re.Match[str], *, quoted: bool) -> int:
        mark = fence[1] or fence[3]
        info = (fence[2] or fence[4] or "").split()
        closing = re.compile(rf"[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        end = index + 1
        while end < len(self.lines):
            line = self.lines[end]
            if closing.match(line) or (quoted and not line.lstrip().startswith(">")):
                break
            end += 1
        last = min(end, len(self.lines) - 1)
        language = info[0].strip("{}").removeprefix(".") if info else ""
        text = "\n".join(self.lines[index + 1 : end])
        self.body.code_blocks.append(CodeBlock(language, self.first_line + index, self.first_line + last, text))
        return end + 1

    def underline(self, index: int, text: str) -> bool:
        match = _SETEXT.match(text)
        if match is None or self.container:
            return False
        above = " ".join(line.strip() for line in self.lines[self.block_start : index])
        line = self.first_line + self.block_start
        self.end_block(index)
        self.body.headings.append(Heading(1 if match[1] else 2, above, line))
        return True

    def raw(self, index: int, tag: str) -> int:
        closing = f"</{tag}>"
        while index < len(self.lines) and closing not in self.lines[index].lower():
            index += 1
        return index + 1

    def blank_comment(self, index: int) -> int:
        """Replace comments that begin on this line by spaces; return the index of the line to go on with."""
        searched = 0
        while True:
            line = self.lines[index]
            start = mask_code(line).find("<!--", searched)
            if start < 0:
                return index
            end = line.find("-->", start + 4)
            if end >= 0:
                self.lines[index] = line[:start] + " " * (end + 3 - start) + line[end + 3 :]
                searched = end
                continue
            return self._blank_lines(index, start)

    def _blank_lines(self, index: int, start: int) -> int:
        kept = self.lines[index][:start].rstrip()
        closing = index + 1
        while closing < len(self.lines) and "-->" not in self.lines[closing]:
            self.lines[closing] = ""
            closing += 1
        if closing < len(self.lines):
            end = self.lines[closing].index("-->") + 3
            self.lines[closing] = " " * end + self.lines[closing][end:]
        self.lines[index] = kept
        return index

    def end_block(self, index: int) -> None:
        if self.linked:
            self.links(self.block_start, index)
        self.block_start = -1
        self.linked = False

    def links(self, start: int, end: int) -> None:
        lines = self.lines[start:end]
        text = "\n".join(lines)
        offsets = [0, *accumulate(len(line) + 1 for line in lines)]
        first = self.first_line + start
        for found, label, target, image in find_links(text):
            row = bisect_right(offsets, found) - 1
            self.body.links.append(Link(label, target, first + row, found - offsets[row] + 1, image))


def find_links(text: str) -> list[tuple[int, str, str, bool]]:
    """Return offset, text, target and whether it is an image, of each link and definition outside code spans."""
    masked = mask_code(text) if "`" in text else text
    found = []
    for match in _LINK.finditer(masked):
        image = match[1] == "!"
        if _escaped(masked, match.start()):
            continue
        found.append((match.start(), text[match.start(2) : match.end(2)], match[3].strip("<>"), image))
        inner = match[2]
        if not image and "](" in inner:
            found += [
                (match.start(2) + at, label, target, True)
                for at, label, target, is_image in find_links(inner)
                if is_image
            ]
    if "]:" in masked:
        found += [
            (m.start(), m[1], m[2].strip("<>"), False) for m in _DEFINITION.finditer(masked) if not m[1].startswith("^")
        ]
    return sorted(found)


def _escaped(text: str, offset: int) -> bool:
    slashes = 0
    while offset > slashes and text[offset - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def mask_code(text: str) -> str:
    """Return the text, of the same length, with the inside of code spans replaced by spaces. Linear in its length."""
    runs = list(_TICKS.finditer(text))
    following: dict[int, int] = {}
    partner: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index].end() - runs[index].start()
        partner[index] = following.get(length)
        following[length] = index
    pieces, kept, index = [], 0, 0
    while index < len(runs):
        closing = partner[index]
        if closing is None or _escaped(text, runs[index].start()):
            index += 1
            continue
        start, end = runs[index].end(), runs[closing].start()
        pieces.append(text[kept:start] + re.sub(r"[^\n]", " ", text[start:end]))
        kept, index = end, closing + 1
    return "".join(pieces) + text[kept:]


def scan(lines: list[str], first_line: int = 1) -> Body:
    """Return the body whose lines these are; `first_line` is the file's number of the first. The list is taken over."""
    return _Scan(lines, first_line).run()
