"""One value of a document that is imported, with its place; what is wrong with it is noted and reading goes on."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.marks import dotted
from mkdocs_sre.documents.values import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.slo.imports import SourceDocument

_TRUE, _FALSE = frozenset(("true", "yes", "on")), frozenset(("false", "no", "off"))
MAX_SHOWN = 80  # characters of a name that a message repeats


@dataclass(frozen=True, slots=True)
class Node:
    """A value at a path of a document; None where nothing is written. All nodes of a form share the list of faults."""

    source: SourceDocument
    path: KeyPath
    value: Any
    faults: list[Fault]

    @classmethod
    def root(cls, source: SourceDocument, faults: list[Fault]) -> Node:
        """Return the node of a whole document."""
        return cls(source, (), source.values, faults)

    @property
    def name(self) -> str:
        """The path as people write it: `slos[1].sli`."""
        return dotted(self.path) or "the document"

    @property
    def written(self) -> bool:
        """Whether something stands there."""
        return self.value is not None

    @property
    def place(self) -> Location:
        """The place of the value, or of the nearest above it that is written."""
        return self.source.value_at(*self.path)

    @property
    def key_place(self) -> Location:
        """The place of the key, or of the nearest above it that is written."""
        return self.source.at(*self.path)

    def fault(self, message: str, hint: str) -> None:
        """Note a fault at the value."""
        self.faults.append(Fault(self.place, message, hint))

    def __getitem__(self, step: str | int) -> Node:
        """Return the node below; its value is None where this one has no such key."""
        value = self.value.get(step) if isinstance(self.value, dict) and isinstance(step, str) else None
        if isinstance(self.value, list) and isinstance(step, int):
            value = self.value[step]
        return Node(self.source, (*self.path, step), value, self.faults)

    def keys(self, *known: str) -> Node:
        """Return the node itself as a mapping whose other keys are noted as unknown, with the nearest known one."""
        if self.written and not isinstance(self.value, dict):
            self.fault(f"`{self.name}` must be a mapping, `key: value` lines", "correct it")
            return Node(self.source, self.path, None, self.faults)
        for key in self.value or ():
            if key not in known:
                near = next(iter(get_close_matches(key, known, 1, 0.5)), None)
                hint = f"did you mean `{near}`?" if near else f"remove it; known are {', '.join(known)}"
                where = f" of `{self.name}`" if self.path else " of the document"
                self.faults.append(Fault(self[key].key_place, f"`{key[:MAX_SHOWN]}` is no key{where}", hint))
        return self

    def needs(self, *names: str) -> Node:
        """Return the node itself; keys that it lacks or that say nothing are noted."""
        for name in names:
            if self[name].value in (None, "", [], {}):
                message = (
                    f"`{self[name].name}` is missing" if self[name].value is None else f"`{self[name].name}` is empty"
                )
                self.faults.append(Fault(self[name].key_place, message, f"write `{name}`"))
        return self

    def text(self) -> str:
        """Return the text, empty where there is none; a list or mapping is noted."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        self.fault(f"`{self.name}` must be text", "correct it")
        return ""

    def number(self) -> Decimal | Any:
        """Return the number exactly as written; what is none is returned as it is, for the document's model to refuse."""
        try:
            return parse_number(self.value)
        except PydanticCustomError:
            return self.value

    def truth(self) -> bool:
        """Return whether it is true; False where nothing stands. What is neither true nor false is noted."""
        text = self.text().casefold()
        if text and text not in _TRUE | _FALSE:
            self.fault(f"`{self.name}` must be `true` or `false`", "correct it")
        return text in _TRUE

    def items(self) -> Iterator[Node]:
        """Yield the items of a list; what is no list is noted."""
        if self.written and not isinstance(self.value, list):
            self.fault(f"`{self.name}` must be a list", "correct it")
            return
        for index in range(len(self.value or ())):
            yield self[index]

    def texts(self) -> Iterator[tuple[str, Node]]:
        """Yield the keys of a mapping of texts, such as labels; what is no text is noted and left out."""
        if self.written and not isinstance(self.value, dict):
            self.fault(f"`{self.name}` must be a mapping, `key: value` lines", "correct it")
            return
        for key in self.value or ():
            if self[key].value is None or isinstance(self[key].value, str):
                yield key, self[key]
            else:
                self[key].fault(f"`{self[key].name}` must be text", "correct it")
