"""Catalogue files: bytes to entities with their places."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.entities import Extent, entity_of
from mkdocs_sre.reading.nodes import construct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.documents.catalogue import Entity

MAX_BYTES = 4 * 1024 * 1024  # of one file: some 10,000 entities; past that it is not read
MAX_DOCUMENTS = 20_000  # of one file that hold anything
MAX_DEFECTS = 200  # that are told of one file; more would only hide the first
UNREAD = "malformed-catalogue"  # the rule that tells of a file or document that cannot be read
_START = re.compile(r"(?m)^(?:---|\.\.\.)(?=[ \t\n]|\Z)")
# What may stand between two documents: directives, comments, empty lines.
_NOTHING = re.compile(r"(?:(?:%[^\n]*+|[ \t]*+(?:#[^\n]*+)?)(?:\n|\Z))*+")


def read_catalogue(path: str, data: bytes, file: str = "") -> Catalogue:
    """Return what a catalogue file with these bytes says; what is wrong with it stands in `defects`.

    `path` is that of its places; `file` is what people call it, the path by default. A document that cannot be read
    does not keep the others of the file from being read.
    """
    if len(data) > MAX_BYTES:
        message = f"the catalogue has more than {MAX_BYTES:,} bytes, so it is not read"
        return unread(path, message, "split it into several files")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault(Location(path, line), f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        return Catalogue(defects=(Defect(UNREAD, fault),), files=(path,))
    entities: list[Entity] = []
    defects: list[Defect] = []
    with paused_collection():
        for number, (block, extent) in enumerate(_documents(text, path, file or path)):
            if number == MAX_DOCUMENTS:
                message = f"the catalogue holds more than {MAX_DOCUMENTS:,} documents; those from here on are not read"
                defects.append(Defect(UNREAD, Fault(extent.start, message, "split it into several files")))
                break
            made = construct(block, path, extent.start.line, MAX_BYTES)
            defects += (_told(one) for one in made.defects)
            if made and (entity := entity_of(made, extent, defects)):
                entities.append(entity)
    return Catalogue(tuple(entities), (*_bounded(defects, path),), (path,))


def unread(path: str, message: str, hint: str) -> Catalogue:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Catalogue(defects=(Defect(UNREAD, Fault(Location(path), message, hint)),), files=(path,))


def together(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Return several catalogues as one, in their order."""
    given = list(catalogues)
    return Catalogue(
        tuple(entity for one in given for entity in one.entities),
        tuple(defect for one in given for defect in one.defects),
        tuple(file for one in given for file in one.files),
    )


def _documents(text: str, path: str, file: str) -> Iterator[tuple[str, Extent]]:
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


def _told(defect: Defect) -> Defect:
    """Return what the reader of YAML noted, in words of a catalogue."""
    fault = defect.fault
    return Defect(UNREAD, replace(fault, message=fault.message.replace("front matter", "the document", 1)))


def _bounded(defects: list[Defect], path: str) -> Iterator[Defect]:
    yield from defects[:MAX_DEFECTS]
    if len(defects) > MAX_DEFECTS:
        message = f"the catalogue has {len(defects) - MAX_DEFECTS:,} more faults than are told"
        yield Defect(UNREAD, Fault(Location(path), message, "mend those that are told first"))
