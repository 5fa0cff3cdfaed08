"""Files of YAML that hold several documents: bytes to documents, each with its place; nothing is constructed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.nodes import construct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.reading.nodes import Marked

MAX_BYTES = 4 * 1024 * 1024  # of one file: some 10,000 entities or rules; past that it is not read
MAX_DOCUMENTS = 20_000  # of one file that hold anything
MAX_DEFECTS = 200  # that are told of one file; more would only hide the first
_START = re.compile(r"(?m)^(?:---|\.\.\.)(?=[ \t\n]|\Z)")
# What may stand between two documents: directives, comments, empty lines.
_NOTHING = re.compile(r"(?:(?:%[^\n]*+|[ \t]*+(?:#[^\n]*+)?)(?:\n|\Z))*+")


class Extent(NamedTuple):
    """Which part of its file a document takes, and what people call the file."""

    start: Location
    end: Location | None
    file: str


class Sort(NamedTuple):
    """A sort of file: what messages call one, the rule that tells of one that cannot be read, whether a list is a document.

    A document that is a list is read as one whose `items` it is.
    """

    noun: str
    unread: str
    lists: bool = False


class YamlDocument(NamedTuple):
    """One document of a file: its text, what it holds, and where it stands."""

    text: str
    made: Marked
    extent: Extent


def yaml_documents(path: str, data: bytes, file: str, sort: Sort, defects: list[Defect]) -> Iterator[YamlDocument]:
    """Yield the documents of a file that hold anything; one that cannot be read does not keep the others from it.

    `path` is that of the places; `file` is what people call the file. What is wrong is added to the defects.
    """
    if len(data) > MAX_BYTES:
        message = f"the {sort.noun} has more than {MAX_BYTES:,} bytes, so it is not read"
        defects.append(Defect(sort.unread, Fault(Location(path), message, "split it into several files")))
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault(Location(path, line), f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        defects.append(Defect(sort.unread, fault))
        return
    for number, (block, extent) in enumerate(_parts(text, path, file)):
        if number == MAX_DOCUMENTS:
            message = f"the {sort.noun} holds more than {MAX_DOCUMENTS:,} documents; those from here on are not read"
            defects.append(Defect(sort.unread, Fault(extent.start, message, "split it into several files")))
            return
        made = construct(block, path, extent.start.line, MAX_BYTES, lists=sort.lists)
        defects += (told(one, sort) for one in made.defects)
        yield YamlDocument(block, made, extent)


def _parts(text: str, path: str, file: str) -> Iterator[tuple[str, Extent]]:
    """Yield the documents of a file that hold anything, each with its first line.

    YAML allows no line of a value to begin with `---` or `...`, so documents can be told apart before any is read.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _START.finditer(text)]
    bounds = [*(() if starts[:1] == [0] else (0,)), *starts, len(text)]
    line = 1
    for begin, end in pairwise(bounds):
        block = text[begin:end]
        after = line + block.count("\n")
        if block.startswith("..."):
            block = "   " + block[3:]
        if not _NOTHING.fullmatch(block.removeprefix("---")):
            yield block, Extent(Location(path, line), Location(path, after) if end < len(text) else None, file)
        line = after


def told(defect: Defect, sort: Sort) -> Defect:
    """Return what the reader of YAML noted, in words of this sort of file."""
    fault = defect.fault
    return Defect(sort.unread, replace(fault, message=fault.message.replace("front matter", "the document", 1)))


def bounded(defects: list[Defect], path: str, sort: Sort) -> tuple[Defect, ...]:
    """Return the first defects of a file, and one that counts the others."""
    if len(defects) <= MAX_DEFECTS:
        return tuple(defects)
    message = f"the {sort.noun} has {len(defects) - MAX_DEFECTS:,} more faults than are told"
    return (
        *defects[:MAX_DEFECTS],
        Defect(sort.unread, Fault(Location(path), message, "mend those that are told first")),
    )
