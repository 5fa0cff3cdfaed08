"""What stands below the front matter: headings, sections, code blocks and links, each with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

_PROSE_FREE = re.compile(
    r"(?m)^[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]|!!!|\?\?\?)|`|\]\(|^ {0,3}(?:~~~|\|)|^(?: {4}|\t)\S|<[a-zA-Z]"
)
_NUMBERING = re.compile(r"\d+(?:\.\d+)*+[.)]?\s+")
_DECORATION = re.compile(r"\{[#.:][^{}]*\}\s*$|[*_`]")


class Heading(NamedTuple):
    """A heading: its level (1 to 6), its text as written, and its line."""

    level: int
    text: str
    line: int


class CodeBlock(NamedTuple):
    """A fenced block. `language` is the first word of its info string; `line` is that of the opening fence."""

    language: str
    line: int
    end_line: int
    text: str


class Link(NamedTuple):
    """A link or image outside code and comments; `line` and `column` are those of its opening bracket."""

    text: str
    target: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with everything below it down to the next heading of its level or above."""

    heading: Heading
    lines: list[str]

    @cached_property
    def text(self) -> str:
        """The Markdown below the heading, that of subheadings included."""
        return "\n".join(self.lines)

    def words_up_to(self, most: int) -> int:
        """Return the number of words, or `most` when there are at least that many."""
        return min(len(self.text.split(None, most)), most)

    @property
    def has_structure(self) -> bool:
        """Whether code, a link, a list or a table stands in it, so that few words may be enough."""
        return _PROSE_FREE.search(self.text) is not None


@dataclass(eq=False)
class Body:
    """The Markdown of one file, comments blanked out.

    `first_line` is the file's number of the first of `lines`; `unclosed_fences` are the lines of fences that never end.
    """

    lines: list[str] = field(default_factory=list)
    first_line: int = 1
    headings: list[Heading] = field(default_factory=list)
    code_blocks: list[CodeBlock] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unclosed_fences: list[int] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The whole Markdown."""
        return "\n".join(self.lines)

    @cached_property
    def sections(self) -> list[Section]:
        """One section a heading, in order; a section holds its subsections too."""
        ends = [self.first_line + len(self.lines)] * len(self.headings)
        open_ones: list[int] = []
        for index, heading in enumerate(self.headings):
            while open_ones and self.headings[open_ones[-1]].level >= heading.level:
                ends[open_ones.pop()] = heading.line
            open_ones.append(index)
        return [
            Section(heading, self.lines[heading.line + 1 - self.first_line : end - self.first_line])
            for heading, end in zip(self.headings, ends, strict=True)
        ]

    @cached_property
    def _sections_by_key(self) -> dict[str, Section]:
        """The first section of each name."""
        return {section_key(section.heading.text): section for section in reversed(self.sections)}

    @cached_property
    def section_keys(self) -> frozenset[str]:
        """The keys of all headings, as `section_key` makes them."""
        return frozenset(self._sections_by_key)

    @cached_property
    def own_texts(self) -> list[str]:
        """The text of each section down to the next heading of any level, in the order of `sections`."""
        ends = [*(later.line for later in self.headings[1:]), self.first_line + len(self.lines)]
        return [
            "\n".join(self.lines[heading.line + 1 - self.first_line : end - self.first_line])
            for heading, end in zip(self.headings, ends[: len(self.headings)], strict=True)
        ]

    @cached_property
    def title(self) -> str:
        """The text of the first heading of level 1; empty when there is none."""
        return next((plain(heading.text) for heading in self.headings if heading.level == 1), "")

    def section(self, name: str) -> Section | None:
        """Return the first section whose heading is `name`, whatever its case, numbering or closing colon."""
        return self._sections_by_key.get(section_key(name))

    def in_code(self, line: int) -> bool:
        """Whether the line (of the file) lies in a fenced code block."""
        index = bisect_right(self.code_blocks, line, key=lambda block: block.line) - 1
        return index >= 0 and line <= self.code_blocks[index].end_line


def plain(heading: str) -> str:
    """Return a heading's text without emphasis marks, backticks and attribute lists."""
    return _DECORATION.sub("", heading).strip()


@lru_cache(maxsize=4096)
def section_key(heading: str) -> str:
    """Return what two headings must share to be the same section: words in lower case, without numbering."""
    text = plain(heading)
    numbering = _NUMBERING.match(text)
    words = " ".join(text[numbering.end() if numbering else 0 :].casefold().split())
    return words.removesuffix(":").removesuffix(".").rstrip()


@cache
def section_keys(names: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of several section names."""
    return frozenset(section_key(name) for name in names)
