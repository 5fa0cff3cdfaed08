"""Values of a YAML document with their places; what is not what it should be is noted, not raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.marks import dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath, Mark, Marks
    from mkdocs_sre.reading.nodes import Marked

MAX_TEXT = 20_000  # characters of one value, as of any text of a document; the rest is cut off, and told


class Notes(NamedTuple):
    """Where a document stands, and where faults are noted: `at` makes a place of a line and a column."""

    at: Callable[[int, int], Location]
    malformed: str
    defects: list[Defect]


@dataclass(frozen=True, slots=True)
class Written:
    """One value as it is written: text, None, keys with values, or a list. `key_place` is that of the key before it."""

    value: Any
    place: Location
    key_place: Location
    path: KeyPath
    marks: Marks
    notes: Notes

    @classmethod
    def of(cls, made: Marked, notes: Notes) -> Written:
        """Return a whole document."""
        start = notes.at(1, 1)
        return cls(dict(made), start, start, (), made.marks, notes)

    def tell(self, message: str, hint: str, *related: Location) -> None:
        """Note a fault at this value."""
        self.notes.defects.append(Defect(self.notes.malformed, Fault(self.place, message, hint, related)))

    def child(self, key: str) -> Written | None:
        """Return the value of a key; None where it is not written or left empty."""
        if not isinstance(self.value, dict) or self.value.get(key) is None or not isinstance(self.marks, dict):
            return None
        return self._below(key, self.value[key], self.marks[key])

    def entries(self) -> Iterator[tuple[str, Written]]:
        """Yield each key with its value, empty ones too; note a value that holds no keys."""
        if isinstance(self.value, dict) and isinstance(self.marks, dict):
            for key, value in self.value.items():
                yield key, self._below(key, value, self.marks[key])
        elif self.value is not None and self.value != {}:
            self.tell(f"{self.name} must hold keys with values", "write `key: value` lines")

    def items(self) -> Iterator[Written]:
        """Yield the items of a list, empty ones too; note a value that is none."""
        if isinstance(self.value, list) and isinstance(self.marks, list):
            for index, (value, mark) in enumerate(zip(self.value, self.marks, strict=True)):
                yield self._below(index, value, mark)
        elif self.value is not None and self.value != []:
            self.tell(f"{self.name} must be a list", "begin each item with `- `")

    def text(self, most: int = MAX_TEXT) -> str:
        """Return a text, empty where there is none; note one that is keys or a list, or longer than `most` characters."""
        if isinstance(self.value, dict | list):
            self.tell(f"{self.name} must be text", "write one value")
            return ""
        value = str(self.value or "")
        if len(value) > most:
            self.tell(f"{self.name} has {len(value):,} characters; at most {most:,} are kept", "shorten it")
        return value[:most]

    def child_text(self, key: str) -> str:
        """Return the text of a key; empty where there is none."""
        found = self.child(key)
        return found.text() if found is not None else ""

    @property
    def name(self) -> str:
        """The path of keys, as messages show it."""
        return f"`{dotted(self.path)[:200]}`" if self.path else "the document"

    def _below(self, step: str | int, value: Any, mark: Mark) -> Written:
        place = self.notes.at(mark.value_line, mark.value_column)
        key_place = self.notes.at(mark.line, mark.column)
        return Written(value, place, key_place, (*self.path, step), mark.children, self.notes)
