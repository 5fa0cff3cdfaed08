"""What stands below the front matter: headings, sections, code blocks and links, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

_PROSE_FREE = re.compile(r"(?m)^\s*(?:[-*+]|\d+[.)])\s|`|\]\(|^\s{0,3}(?:~~~|\|)|^\s{4}\S|<[a-zA-Z]|^\s*(?:!!!|\?\?\?)")
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?\s+)?(.*?)\s*[:.]?\s*$", re.DOTALL)
_DECORATION = re.compile(r"\{[#.:][^}]*\}\s*$|[*_`]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (1 to 6), its text as written, and its line."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block. `language` is the first word of its info string; `line` is that of the opening fence."""

    language: str
    line: int
    end_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image outside code and comments; `line` and `column` are those of its opening bracket."""

    text: str
    target: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with everything below it down to the next heading of its level or above."""

    heading: Heading
    text: str

    @property
    def words(self) -> int:
        """The number of words, those of subheadings included."""
        return len(self.text.split())

    @property
    def has_structure(self) -> bool:
        """Whether code, a link, a list or a table stands in it, so that few words may be enough."""
        return _PROSE_FREE.search(self.text) is not None


@dataclass(eq=False)
class Body:
    """The Markdown of one file, comments blanked out. `first_line` is the file's number of the first of `lines`."""

    lines: list[str] = field(default_factory=list)
    first_line: int = 1
    headings: list[Heading] = field(default_factory=list)
    code_blocks: list[CodeBlock] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @cached_property
    def sections(self) -> list[Section]:
        """One section a heading, in order; a section holds its subsections too."""
        if not self.headings:
            return []
        lines = self.lines
        ends = [self.first_line + len(lines)] * len(self.headings)
        for index, heading in enumerate(self.headings):
            for later in self.headings[index + 1 :]:
                if later.level <= heading.level:
                    ends[index] = later.line
                    break
        return [
            Section(heading, "\n".join(lines[heading.line + 1 - self.first_line : end - self.first_line]))
            for heading, end in zip(self.headings, ends, strict=True)
        ]

    @cached_property
    def title(self) -> str:
        """The text of the first heading of level 1; empty when there is none."""
        return next((plain(heading.text) for heading in self.headings if heading.level == 1), "")

    def section(self, name: str) -> Section | None:
        """Return the first section whose heading is `name`, whatever its case, numbering or closing colon."""
        wanted = section_key(name)
        return next((one for one in self.sections if section_key(one.heading.text) == wanted), None)

    def in_code(self, line: int) -> bool:
        """Whether the line (of the file) lies in a fenced code block."""
        return any(block.line <= line <= block.end_line for block in self.code_blocks)


def plain(heading: str) -> str:
    """Return a heading's text without emphasis marks, backticks and attribute lists."""
    return _DECORATION.sub("", heading).strip()


def section_key(heading: str) -> str:
    """Return what two headings must share to be the same section: words in lower case, without numbering."""
    match = _NUMBERING.match(plain(heading))
    return " ".join((match[1] if match else heading).casefold().split())
