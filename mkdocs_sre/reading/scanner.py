"""The body of a file in one pass over its lines: headings, fenced code and links, past comments and code.

It reads the part of CommonMark that reliability documents use; a property test holds it against markdown-it-py. Where
the site's renderer, Python-Markdown, shows something else, the site counts: `#Heading` needs no space, only one line
above `---` is a heading, admonitions, tabs, definitions and footnotes hold their indented lines, and a comment or a
fence that never ends is text.
"""

from __future__ import annotations

from mkdocs_sre.documents.body import Body, CodeBlock, Heading
from mkdocs_sre.reading.inline import blank_lines, is_definition, located_links, mask_comments
from mkdocs_sre.reading.markup import (
    ATX,
    CODE_INDENT,
    FENCE,
    QUOTE,
    RULE,
    TITLED,
    UNDERLINE,
    closes,
    ends_before,
    expanded,
    from_column,
    heading_text,
    holds_markdown,
    html_end,
    indentation,
    language,
    opened_width,
)

MAX_DEPTH = 32  # quotes and list items in each other; what is deeper is taken for text, as nobody writes it
_QUOTE = 0  # a quote among the containers; list items and their like stand there with the indent of their content

_SPECIAL = frozenset(" \t#`~=->*+_<[!?:0123456789")  # what a line begins with that may be more than text


class _Scan:
    """The state of one pass. Lines of a paragraph are kept until it ends, then searched for comments and links."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.body = Body(lines=lines, first_line=first_line)
        self.containers: list[int] = []
        self.start = -1  # the first line of the open paragraph; -1 without one
        self.linked = False  # whether the open paragraph holds what may be a link or a comment
        self.margins: dict[int, int] = {}  # where the text of a paragraph's line begins, when not in column 0
        self.empty_item = -1  # the line of the last list item that began with nothing in it
        self.uncommented = -1  # no comment ends before this line
        # For the sign of a fence and its containers: up to this line no fence ends that is as long as this, or longer.
        self.unfenced: dict[tuple[str, tuple[int, ...]], tuple[int, int]] = {}

    def run(self) -> Body:
        following = 0
        containers = self.containers
        for index, line in enumerate(self.lines):
            if index < following:
                continue
            if not line:
                if containers:
                    self.blank(index, self.matched("")[0])
                elif self.start >= 0:
                    self.end_paragraph(index)
            elif line[0] not in _SPECIAL:
                if self.start < 0:
                    self.start = index
                    containers.clear()
                if "]" in line or "<!" in line:
                    self.linked = True
            elif line[0] == "#" and not containers and ATX.match(line):
                following = self.heading(index, line, 0)
            else:
                following = self.take(index, line)
        self.end_paragraph(len(self.lines))
        return self.body

    def matched(self, text: str) -> tuple[int, int]:
        """Return how many containers the line continues, and the column where what it holds of them begins."""
        column = 0
        for depth, width in enumerate(self.containers):
            if width == _QUOTE:
                quote = QUOTE.match(text, column)
                if quote is None:
                    return depth, column
                column = quote.end()
            elif text[column : column + width].strip(" "):
                return depth, column
            else:
                column += width
        return len(self.containers), column

    def take(self, index: int, line: str) -> int:
        """Handle a line that may be more than text; return the index of the next one to look at."""
        text = expanded(line)
        depth, column = self.matched(text) if self.containers else (0, 0)
        while True:
            rest = text[column:].lstrip(" ")
            if not rest:
                self.blank(index, depth)
                return index + 1
            indent = len(text) - column - len(rest)
            if indent >= CODE_INDENT:
                if self.start >= 0:
                    return self.text(index, text[column:], depth)
                self.close(index, depth)
                return index + 1
            opened = self.opened(index, rest, depth)
            if opened is None:
                return self.leaf(index, rest, indent, depth)
            self.close(index, depth)
            column += indent + opened[0]
            self.containers.append(opened[1] + indent if opened[1] else _QUOTE)
            depth += 1
            if column >= len(text):
                self.empty_item = index if opened[1] else -1

    def blank(self, index: int, depth: int) -> None:
        whole = depth == len(self.containers)
        self.close(index, depth)
        if whole and self.containers and self.empty_item == index - 1 >= 0:
            self.containers.pop()  # an item that begins with a blank line holds nothing below the next one

    def close(self, index: int, depth: int) -> None:
        """End the paragraph, and the containers beyond this depth."""
        if self.start >= 0:
            self.end_paragraph(index)
        del self.containers[depth:]

    def opened(self, index: int, rest: str, depth: int) -> tuple[int, int] | None:
        """Return how far the container that begins here moves the text and its width; None when none begins."""
        if depth >= MAX_DEPTH or rest[0] in "#`~<":
            return None
        if rest[0] == ">":
            return (2 if rest[1:2] == " " else 1), _QUOTE
        interrupts = self.start >= 0 and depth == len(self.containers)
        if RULE.match(rest) or (interrupts and self.start == index - 1 and UNDERLINE.match(rest)):
            return None
        return opened_width(rest, interrupts=interrupts)

    def leaf(self, index: int, rest: str, indent: int, depth: int) -> int:
        first = rest[0]
        if first == "#" and ATX.match(rest):
            return self.heading(index, rest, depth)
        if first in "`~" and FENCE.match(rest):
            return self.fence(index, rest, indent, depth)
        if first == "<":
            return self.html(index, rest, depth)
        if self.alone(index, rest, indent, depth):
            return index + 1
        return self.text(index, rest, depth)

    def alone(self, index: int, rest: str, indent: int, depth: int) -> bool:
        """Whether the line is no text: an underline, a rule, or the title of an indented block."""
        first = rest[0]
        if first in "=-" and depth == len(self.containers) and UNDERLINE.match(rest) and self.underlined(index, rest):
            return True
        if first in "!?=" and TITLED.match(rest):
            self.close(index, depth)
            self.text(index, rest, depth)
            self.close(index + 1, depth)
            self.containers.append(indent + CODE_INDENT)
            return True
        if first in "-*_" and RULE.match(rest):
            self.close(index, depth)
            return True
        return False

    def text(self, index: int, rest: str, depth: int) -> int:
        begins = self.start < 0
        if begins:
            self.close(index, depth)
            self.start = index
        self.margins[index] = max(0, len(self.lines[index]) - len(rest))
        if "]" in rest or "<!" in rest:
            self.linked = True
            if begins and rest[0] == "[" and is_definition(rest):
                self.end_paragraph(index + 1)
        return index + 1

    def heading(self, index: int, rest: str, depth: int) -> int:
        self.close(index, depth)
        marks = len(rest) - len(rest.lstrip("#"))
        if "]" in rest or "<!" in rest:
            self.text(index, rest[marks:], depth)
            self.end_paragraph(index + 1)
            rest = self.lines[index][-len(rest) :]
        self.body.headings.append(Heading(marks, heading_text(rest[marks:]), self.first_line + index))
        return index + 1

    def underlined(self, index: int, rest: str) -> bool:
        """Make a heading of the one line above; False when it cannot be one."""
        if self.start < 0 or self.start != index - 1:
            return False
        margin = self.margins.get(self.start, 0)
        self.end_paragraph(index)
        text = self.lines[index - 1][margin:].strip()
        self.body.headings.append(Heading(1 if rest[0] == "=" else 2, text, self.first_line + index - 1))
        return True

    def continued(self, line: str) -> tuple[str, int] | None:
        """Return the line without tabs before its text and where its content begins; None outside the container."""
        text = expanded(line) if "\t" in line else line
        if not self.containers:
            return text, 0
        depth, column = self.matched(text)
        return (text, column) if depth == len(self.containers) else None

    def fence(self, index: int, rest: str, indent: int, depth: int) -> int:
        self.close(index, depth)
        mark = rest[: len(rest) - len(rest.lstrip(rest[0]))]
        here = mark[0], tuple(self.containers)
        end, length = self.unfenced.get(here, (0, 0))
        if index >= end or len(mark) < length:
            content, end, closed = self.fenced(index, mark, indent)
            if closed:
                lines = index + self.first_line, end + self.first_line
                self.body.code_blocks.append(CodeBlock(language(rest[len(mark) :]), *lines, content))
                return end + 1
            self.unfenced[here] = end, len(mark)
        self.body.unclosed_fences.append(index + self.first_line)
        return self.text(index, rest, depth)

    def fenced(self, index: int, mark: str, indent: int) -> tuple[str, int, bool]:
        """Return the code of a fence, the line that ends it or its container, and whether it is closed there."""
        content: list[str] = []
        for end in range(index + 1, len(self.lines)):
            inner = self.continued(self.lines[end])
            if inner is None:
                return "", end, False
            text, column = inner
            if mark in text and closes(mark, text[column:]):
                return "\n".join(content), end, True
            content.append(from_column(self.lines[end], column + min(indent, indentation(text[column:]))))
        return "", len(self.lines), False

    def html(self, index: int, rest: str, depth: int) -> int:
        if rest.startswith("<!--"):
            return self.comment(index, rest, depth)
        end = html_end(rest, interrupts=self.start >= 0)
        if end is None:
            return self.text(index, rest, depth)
        self.close(index, depth)
        if holds_markdown(rest):
            return index + 1
        inner: tuple[str, int] | None = rest, 0
        while inner is not None and not end.search(inner[0][inner[1] :]):
            index += 1
            inner = self.continued(self.lines[index]) if index < len(self.lines) else None
        return index if inner is None or ends_before(end) else index + 1

    def comment(self, index: int, rest: str, depth: int) -> int:
        """Blank the comment that begins here; what stands behind its end is text."""
        column = max(0, len(self.lines[index]) - len(rest))
        end = self.comment_end(index, column, depth)
        if end is None:
            return self.text(index, rest, depth)
        self.close(index, depth)
        behind = blank_lines(self.lines, (index, column), end)
        return self.text(end[0], behind, depth) if behind else end[0] + 1

    def comment_end(self, index: int, column: int, depth: int) -> tuple[int, int] | None:
        """Return line and column behind the comment that begins here; None when it never ends."""
        stop = self.lines[index].find("-->", column + 2)
        if stop >= 0:
            return index, stop + 3
        if index < self.uncommented:
            return None
        for last in range(index + 1, len(self.lines)):
            line = self.lines[last]
            if depth and self.matched(expanded(line))[0] < depth:
                break
            stop = line.find("-->")
            if stop >= 0:
                return last, stop + 3
            self.uncommented = last
        return None

    def end_paragraph(self, end: int) -> None:
        if self.linked:
            self.inline(self.start, end)
            self.linked = False
        self.margins.clear()
        self.start = -1

    def inline(self, start: int, end: int) -> None:
        """Blank the comments of a paragraph and note its links."""
        margins = [self.margins.get(index, 0) for index in range(start, end)]
        text = "\n".join([line[margin:] for line, margin in zip(self.lines[start:end], margins, strict=True)])
        if "<!--" in text:
            text = mask_comments(text)
            for index, part in enumerate(text.split("\n"), start):
                self.lines[index] = self.lines[index][: margins[index - start]] + part
        self.body.links += located_links(text, margins, self.first_line + start)


def scan(lines: list[str], first_line: int = 1) -> Body:
    """Return the body whose lines these are; `first_line` is the file's number of the first. The list is taken over."""
    return _Scan(lines, first_line).run()
