"""Objectives from other forms: one module each, found by looking, so that a new form needs no list.

A form takes all documents that it recognises at once, from all files that are given, as they may name each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import KeyPath, Marks, find_mark

if TYPE_CHECKING:
    from mkdocs_sre.slo.losses import Loss


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One YAML document of a file: its values as read (text, None, lists, mappings), and where they stand.

    `start` is the first line of the document; its path is that of the file.
    """

    values: Mapping[str, Any]
    marks: Marks
    start: Location

    def at(self, *path: str | int) -> Location:
        """Return the place of the key at `path`; where it is not written, of the nearest key above it."""
        mark = find_mark(self.marks, path)
        return Location(self.start.path, mark.line, mark.column) if mark else self.start

    def value_at(self, *path: str | int) -> Location:
        """Return the place of the value at `path`; where it is not written, of the nearest value above it."""
        mark = find_mark(self.marks, path)
        return Location(self.start.path, mark.value_line, mark.value_column) if mark else self.start


@dataclass(frozen=True, slots=True)
class Imported:
    """A document to be written: its front matter, keys in the order in which they are written, and its text.

    Values are text, exact numbers (Decimal), true or false, lists and mappings. `places` tells where a value came from, by
    its path in the front matter; `place` is that of the whole.
    """

    id: str
    values: dict[str, Any]
    body: str
    place: Location
    places: Mapping[KeyPath, Location] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()

    def at(self, *path: str | int) -> Location:
        """Return the place that the value at `path` came from, or the nearest above it that is known."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return self.place


@dataclass(frozen=True, slots=True)
class Import:
    """What came of the documents of one form: documents to write, what is wrong, and what was lost beside documents.

    `warnings` are faults that do not keep anything from being written, such as an old form.
    """

    documents: tuple[Imported, ...] = ()
    faults: tuple[Fault, ...] = ()
    losses: tuple[Loss, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a form says of its documents: its name, how many there are, what is wrong.

    Faults of files and documents that have no form stand under no name.
    """

    form: str
    documents: int
    faults: tuple[Fault, ...]


Recognises = Callable[[Mapping[str, Any]], bool]
Read = Callable[[Sequence[SourceDocument]], Import]
Check = Callable[[Sequence[SourceDocument]], tuple[Fault, ...]]


@dataclass(frozen=True, slots=True)
class Importer:
    """A form that can be read.

    `check` judges documents by the rules of the form itself, whether or not they can be converted; None where the faults
    of `read` are all that there is.
    """

    name: str
    recognises: Recognises
    read: Read
    check: Check | None = None


_registered: dict[str, Importer] = {}


def importer(name: str, recognises: Recognises, check: Check | None = None) -> Callable[[Read], Read]:
    """Register the function that reads a form. `name` is what people call the form, such as `Sloth`."""

    def register(read: Read) -> Read:
        _registered[name] = Importer(name, recognises, read, check)
        return read

    return register


@cache
def importers() -> Mapping[str, Importer]:
    """Return every form that can be read by its name, sorted."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return MappingProxyType(dict(sorted(_registered.items())))


def importer_of(values: Mapping[str, Any]) -> Importer | None:
    """Return the form that a YAML document has; None when no form knows it."""
    return next((one for one in importers().values() if one.recognises(values)), None)
