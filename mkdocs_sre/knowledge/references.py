"""What marked keys of a kind hold in one document: references to others, names of teams, days of the past.

A model marks a key in its annotation (`Reference`, `Handle`, `Past` in `documents/values.py`); lists and nested
mappings are followed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel

from mkdocs_sre.documents.base import ShortPart, fields_by_key
from mkdocs_sre.documents.values import Marker, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.marks import KeyPath

EACH = "*"  # a step through every item of a list
M = TypeVar("M", bound=Marker)


class ShortKey(str):
    """The step to a key that may stand alone, as text, for the whole mapping."""

    __slots__ = ()


class Named(NamedTuple):
    """What a referring key of one document names."""

    path: KeyPath
    target: str
    reference: Reference


@cache
def slots(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Marker], ...]:
    """Return path and mark of each marked key of a model, nested ones included; `EACH` stands for a list's items."""
    found: list[tuple[tuple[str, ...], Marker]] = []
    short = model.short if issubclass(model, ShortPart) else None
    for key, field in fields_by_key(model).items():
        name = ShortKey(key) if key == short else key
        found += [((name,), one) for one in field.metadata if isinstance(one, Marker)]
        found += [((name, *path), mark) for path, mark in _within(field.annotation)]
    return tuple(found)


def _within(annotation: Any) -> Iterator[tuple[tuple[str, ...], Marker]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from slots(annotation)
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from (((), one) for one in arguments[1:] if isinstance(one, Marker))
        yield from _within(arguments[0])
        return
    step = (EACH,) if origin in (list, tuple) else ()
    for argument in arguments:
        for path, mark in _within(argument):
            yield (*step, *path), mark


def marked(document: Document, marker: type[M]) -> Iterator[tuple[KeyPath, str, M]]:
    """Yield path, text and mark of every key with such a mark that is written, also when the document is not intact."""
    values: Any = document.origin.values
    for step in document.origin.prefix:
        values = values[step]
    if isinstance(values, dict):
        for steps, mark in slots(type(document)):
            if isinstance(mark, marker):
                for path, text in _follow(values, steps, ()):
                    yield path, text, mark


def named_in(document: Document) -> Iterator[Named]:
    """Yield what the keys of a document name, also when the document is not intact."""
    return (Named(*found) for found in marked(document, Reference))


def _follow(value: Any, steps: tuple[str, ...], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if not steps:
        if isinstance(value, str):
            yield path, value
        return
    step, rest = steps[0], steps[1:]
    if step == EACH:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _follow(item, rest, (*path, index))
        elif value is not None:
            yield from _follow(value, rest, path)  # one item may stand without its list
    elif isinstance(value, dict):
        if step in value:
            yield from _follow(value[step], rest, (*path, step))
    elif isinstance(value, str) and isinstance(step, ShortKey):
        yield from _follow(value, rest, path)
