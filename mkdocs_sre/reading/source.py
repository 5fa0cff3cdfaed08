"""One file's bytes, read once: front matter with places, body, and what is wrong with either."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.body import Body
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.front_matter import ends_the_file, misplaced, split
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from mkdocs_sre.documents.marks import Marks

MAX_BYTES = 16 * 1024 * 1024  # of a whole file; MkDocs would take minutes to render more

# Defects after which the page must not reach MkDocs: it would end in a traceback, or in a hang.
_FATAL = frozenset(
    (
        "not-utf-8",
        "control-character",
        "oversized-file",
        "oversized-front-matter",
        "too-many-aliases",
        "unreadable-file",
        "link-out-of-docs",
    )
)


_HARMLESS = frozenset(("duplicate-key", "unclosed-front-matter"))  # the values are there all the same


@dataclass(eq=False, slots=True)
class Source:
    """What one file says before anybody knows its kind. `values` is empty when it has no front matter."""

    path: str
    values: dict[str, Any] = field(default_factory=dict)
    marks: Marks = None
    body: Body = field(default_factory=Body)
    defects: list[Defect] = field(default_factory=list)
    blanks: bool = False

    @property
    def readable(self) -> bool:
        """Whether the page can be given to MkDocs."""
        return not any(defect.name in _FATAL for defect in self.defects)

    @property
    def parsed(self) -> bool:
        """Whether the front matter could be read, if there is any."""
        return not self.defects or (bool(self.values) and all(defect.name in _HARMLESS for defect in self.defects))


def unreadable(path: str, name: str, message: str, hint: str) -> Source:
    """Return the source of a file that was not read, with the one defect that says why."""
    return Source(path, defects=[Defect(name, Fault(Location(path), message, hint))])


def read(path: str, data: bytes) -> Source:
    """Return the source of a file with these bytes; `path` is POSIX and relative to the docs folder."""
    if len(data) > MAX_BYTES:
        message = f"file of {len(data):,} bytes; at most {MAX_BYTES:,} are read"
        return unreadable(path, "oversized-file", message, "split it, or keep it out of the docs folder")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf_8(path, data, error)
    if "\0" in text:
        before = text[: text.index("\0")]
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Source(
            path,
            defects=[
                Defect("control-character", Fault(location, "a NUL byte stands here", "save the file as plain text"))
            ],
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _parse(path, text)


def _not_utf_8(path: str, data: bytes, error: UnicodeDecodeError) -> Source:
    before = data[: error.start]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    location = Location(path, before.count(b"\n") + 1, column)
    fault = Fault(location, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
    return Source(path, defects=[Defect("not-utf-8", fault)])


def _parse(path: str, text: str) -> Source:
    parts = split(text)
    if parts.block is None:
        defect = misplaced(path, text)
        return Source(path, body=scan(text.split("\n")), defects=[defect] if defect else [])
    made = construct(parts.block, path, parts.block_line)
    if made.absent:  # MkDocs shows both lines and what stands between them
        return Source(path, body=scan(text.split("\n")))
    if not parts.body and (defect := ends_the_file(path, text, parts)):
        made.defects.append(defect)
    body = scan(parts.body.split("\n"), parts.body_line)
    return Source(path, made, made.marks, body, made.defects, made.blanks)
