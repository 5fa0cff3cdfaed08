"""Files of YAML that stand as text in an object of Kubernetes, with places in the file around them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Defect
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.reading.written import Notes, Written
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.reading.yaml_documents import Sort, YamlDocument


def embedded(value: Written, document: YamlDocument, sort: Sort, *, encoded: bool = False) -> Written | None:
    """Return what a value holds as text, in base64 when it is `encoded`; None when it cannot be read.

    Places are those in the file where the text stands line by line in it (`|`), else that of the value. What is wrong is
    noted with the value's document.
    """
    text = _decoded(value) if encoded else value.text(MAX_BYTES)
    if not text:
        return None
    at = _inside(value, text, document) if not encoded else _outside(value.place)
    made = construct(text, value.place.path, 1, MAX_BYTES)
    value.notes.defects.extend(_moved(told(one, sort), at) for one in made.defects)
    return Written.of(made, Notes(at, value.notes.malformed, value.notes.defects))


def _decoded(value: Written) -> str:
    try:
        return base64.b64decode("".join(value.text(MAX_BYTES).split()), validate=True).decode("utf-8-sig")
    except (binascii.Error, ValueError):
        value.tell(f"{value.name} is no text in base64", "write the text under `stringData`")
        return ""


def _outside(place: Location) -> Callable[[int, int], Location]:
    return lambda _line, _column: place


def _inside(value: Written, text: str, document: YamlDocument) -> Callable[[int, int], Location]:
    """Return what makes a place in the file of one in a text; that of the value when the lines are not the same."""
    head = value.place.line - document.extent.start.line
    lines = document.text.split("\n")[head:]
    inner = text.rstrip("\n").split("\n")
    outer = lines[1 : len(inner) + 1]
    first = next((index for index, line in enumerate(inner) if line.strip()), 0)
    indent = len(outer[first]) - len(inner[first]) if first < len(outer) else -1
    same = indent >= 0 and all(one[indent:] == other for one, other in zip(outer, inner, strict=False))
    if not same or not lines[0][value.place.column - 1 :].startswith("|"):
        return _outside(value.place)
    path, above = value.place.path, value.place.line
    return lambda line, column: Location(path, above + line, indent + column)


def _moved(defect: Defect, at: Callable[[int, int], Location]) -> Defect:
    fault = defect.fault
    related = tuple(at(one.line, one.column) for one in fault.related)
    return Defect(defect.name, replace(fault, location=at(fault.location.line, fault.location.column), related=related))
