"""Values of OpenSLO objects with their places.

They only tell what is written: what is valid is judged by the rules of the reference, apart from reading (`validity.py`). The
nodes of other forms (`slo/imports/node.py`) note faults while they are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.marks import KeyPath, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.imports import SourceDocument

MAX_SHOWN = 60  # characters of a value that a message repeats
MAX_PATH = 160  # characters of a path of keys


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document: text, None, keys with values, or a list. `path` leads to it from the document's root."""

    source: SourceDocument
    value: Any
    path: KeyPath = ()

    @property
    def place(self) -> Location:
        """Where the key stands, or the item of a list."""
        return self.source.at(*self.path)

    @property
    def value_place(self) -> Location:
        """Where the value stands."""
        return self.source.value_at(*self.path)

    @property
    def name(self) -> str:
        """The path of keys, as messages show it."""
        return f"`{shown(dotted(self.path), MAX_PATH)}`" if self.path else "the object"

    @property
    def given(self) -> bool:
        """Whether there is a value at all: a key that is left empty counts as left out."""
        return self.value is not None

    @property
    def text(self) -> str:
        """The text of the value; empty where it holds none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping, as written; none where it is no mapping."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    def child(self, *path: str) -> Node:
        """Return the value below these keys; its value is None where it is not written."""
        value: Any = self.value
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return Node(self.source, value, (*self.path, *path))

    def items(self) -> Iterator[Node]:
        """Yield the items of a list; none where it is no list."""
        if isinstance(self.value, list):
            for index, item in enumerate(self.value):
                yield Node(self.source, item, (*self.path, index))


def shown(text: str, most: int = MAX_SHOWN) -> str:
    """Return a text on one line, short enough for a message, and without what would end its quoting."""
    line = " ".join(text.replace("`", "'").split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
