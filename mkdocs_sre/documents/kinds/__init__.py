"""The kinds of documents: one module each, found by looking, so that a new one needs no list."""

from __future__ import annotations

import inspect
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.base import Document

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def kinds() -> Mapping[str, type[Document]]:
    """Return every kind of document by the name that `type:` takes, sorted by that name."""
    found: dict[str, type[Document]] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        for _, member in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(member, Document) and member.kind and member.__module__ == module.name:
                found[member.kind] = member
    return MappingProxyType(dict(sorted(found.items())))


@cache
def ranked() -> tuple[type[Document], ...]:
    """Return every kind in the order in which people are led to them."""
    return tuple(sorted(kinds().values(), key=lambda kind: (kind.rank, kind.kind)))
