"""Front matter: where it begins and ends, and a handler for python-frontmatter that knows the place of every value."""

from __future__ import annotations

import re
from typing import NamedTuple

import frontmatter.default_handlers

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.nodes import Marked, construct

_OPENING = re.compile(r"---[ \t]*\n")
# As for MkDocs never the line right below the opening one. Unlike for MkDocs, it may be the file's end.
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*+(?:\n|\Z)")
_LATE_OPENING = re.compile(r"\s*+(?<=\n)---[ \t]*\n[ \t]*['\"]?[\w.-]+['\"]?[ \t]*:(?:[ \t].*)?\n")
_KEYS = re.compile(r"(?:[ \t]*+(?:#.*)?\n)*+['\"]?[\w.-]+['\"]?[ \t]*:(?:\s|$)")


class Split(NamedTuple):
    """A file's text in two: the YAML (None without front matter), the index of its first line, and the body's."""

    block: str | None
    block_line: int
    body_line: int
    body: str


class MarkedHandler(frontmatter.default_handlers.BaseHandler):
    """A python-frontmatter handler whose `load` returns a `Marked` mapping.

    Use as `frontmatter.load(path, handler=MarkedHandler())`, or by its methods where the places are wanted.
    """

    FM_BOUNDARY = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, path: str = "", first_line: int = 2) -> None:
        self.path = path
        self.first_line = first_line

    def detect(self, text: str) -> bool:
        """Whether the text begins with front matter."""
        return split(text).block is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body. Raises ValueError when there is none, as python-frontmatter expects."""
        parts = split(text.replace("\r\n", "\n"))
        if parts.block is None:
            raise ValueError("no front matter")
        return parts.block, parts.body

    def load(self, fm: str, **_: object) -> Marked:
        """Return the values and marks of a block of front matter; what is wrong stands in `defects`."""
        return construct(fm, self.path, self.first_line)


def split(text: str) -> Split:
    """Return the parts of a text whose line ends are LF. Front matter begins in the very first line, as for MkDocs."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return Split(None, 1, 1, text)
    block = text[opening.end() : closing.start() + 1]
    return Split(block, 2, 2 + block.count("\n") + 1, text[closing.end() :])


def misplaced(path: str, text: str) -> Defect | None:
    """Return what is wrong with a text in which `split` found no front matter, though some was meant."""
    opening = _OPENING.match(text)
    if opening:
        if _KEYS.match(text, opening.end()):
            message = "front matter begins here and never ends"
            return Defect("unclosed-front-matter", Fault(Location(path), message, "close it with a line `---`"))
        return None
    late = _LATE_OPENING.match(text)
    if late and _CLOSING.search(text, late.end() - 1):
        line = text[: late.end()].count("\n") - 1
        message = "front matter stands below a blank line, so it is shown as text"
        return Defect("late-front-matter", Fault(Location(path, line), message, "begin the file with `---`"))
    return None


def ends_the_file(path: str, text: str, parts: Split) -> Defect | None:
    """Return what is wrong when no line end follows the closing line: MkDocs does not see it then."""
    if parts.body or text.endswith("\n"):
        return None
    location = Location(path, parts.body_line - 1)
    message = "no line break follows the end of the front matter, so MkDocs shows it as text"
    return Defect("unclosed-front-matter", Fault(location, message, "end the file with a line break"))
