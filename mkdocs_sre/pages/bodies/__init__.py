"""What the keys of a kind say beyond its head, as sections above or below the author's text.

One module a kind, found by looking; a kind without one has nothing but its author's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site


def _as_written(markdown: str) -> str:
    return markdown


@dataclass(frozen=True)
class Body:
    """Markdown that stands above and below what the author wrote.

    `listed` are the ids of documents that it lists because they name this one: the page need not list them again.
    `marked` returns the author's own Markdown as the page shows it.
    """

    above: str = ""
    below: str = ""
    listed: frozenset[str] = frozenset()
    marked: Callable[[str], str] = _as_written


def joined(parts: Iterable[str]) -> str:
    """Return the parts that are there, one below another."""
    return "\n".join(part for part in parts if part)


BodyFunction = Callable[..., Body]
_bodies: dict[str, BodyFunction] = {}


def body(kind: str) -> Callable[[BodyFunction], BodyFunction]:
    """Register the function below as what makes the body of a kind."""

    def register(function: BodyFunction) -> BodyFunction:
        _bodies[kind] = function
        return function

    return register


@cache
def _registered() -> dict[str, BodyFunction]:
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return _bodies


def body_of(document: Document, site: Site, page: str) -> Body:
    """Return the body of a document as it stands on a page (a path); nothing for a damaged one."""
    make = _registered().get(document.kind) if document.origin.intact else None
    return make(document, site, page) if make else Body()
