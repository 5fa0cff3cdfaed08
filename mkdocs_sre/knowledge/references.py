"""Which keys of a kind name other documents, and what they name in one document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from mkdocs_sre.documents.base import ShortPart, fields_by_key
from mkdocs_sre.documents.values import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.marks import KeyPath

EACH = "*"  # a step through every item of a list


class ShortKey(str):
    """A key that the text of a short form stands for."""

    __slots__ = ()


class _Slot(NamedTuple):
    """A key that may name another document: its path, `EACH` for the items of a list, and what it may name."""

    path: tuple[str, ...]
    reference: Reference


class Named(NamedTuple):
    """What a key of one document names."""

    path: KeyPath
    target: str
    reference: Reference


@cache
def slots(model: type[BaseModel]) -> tuple[_Slot, ...]:
    """Return the referring keys of a model, those of nested models included."""
    found: list[_Slot] = []
    short = model.short if issubclass(model, ShortPart) else ""
    for key, field in fields_by_key(model).items():
        step = ShortKey(key) if key == short else key
        marks = [one for one in field.metadata if isinstance(one, Reference)]
        found += [_Slot((step,), one) for one in marks]
        found += [_Slot((step, *path), reference) for path, reference in _within(field.annotation)]
    return tuple(found)


def _within(annotation: Any) -> Iterator[tuple[tuple[str, ...], Reference]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for slot in slots(annotation):
            yield slot.path, slot.reference
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from (((), one) for one in arguments[1:] if isinstance(one, Reference))
        yield from _within(arguments[0])
        return
    step = (EACH,) if origin in (list, tuple) else ()
    for argument in arguments:
        for path, reference in _within(argument):
            yield (*step, *path), reference


def named_in(document: Document) -> Iterator[Named]:
    """Yield what the keys of a document name, also when the document is not intact."""
    values: Any = document.origin.values
    for step in document.origin.prefix:
        values = values[step]
    if isinstance(values, dict):
        for slot in slots(type(document)):
            for path, target in _follow(values, slot.path, ()):
                yield Named(path, target, slot.reference)


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
