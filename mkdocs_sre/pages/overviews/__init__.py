"""What the index of a kind says beyond its list: numbers above it, and the order or groups in which it lists.

One module a kind, found by looking; the index of a kind without one is a list of its documents alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

MOST = 50  # rows of a table above the list; whoever wants more opens the documents


@dataclass(frozen=True)
class Group:
    """Documents that an index lists together, in this order, under a title in plain text; without one under none."""

    title: str
    documents: Sequence[Document]


@dataclass(frozen=True)
class Overview:
    """Markdown above the list of an index; `groups`, when there are any, hold all its documents."""

    above: str = ""
    groups: tuple[Group, ...] = ()


OverviewFunction = Callable[..., Overview]
_overviews: dict[str, OverviewFunction] = {}


def overview(kind: str) -> Callable[[OverviewFunction], OverviewFunction]:
    """Register the function below as what makes the overview of a kind."""

    def register(function: OverviewFunction) -> OverviewFunction:
        _overviews[kind] = function
        return function

    return register


@cache
def _registered() -> dict[str, OverviewFunction]:
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return _overviews


def overview_of(kind: str, documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return the overview of all documents of a kind as it stands on a page (a path).

    Damaged documents are among them; of those only id and title are known.
    """
    make = _registered().get(kind)
    return make(documents, site, page) if make else Overview()


def grouped(
    documents: Sequence[Document], groups: Sequence[tuple[str, Callable[[Document], bool]]]
) -> tuple[Group, ...]:
    """Return the documents by the first test that each passes; damaged ones, and those that pass none, come last."""
    found: dict[str, list[Document]] = {title: [] for title in (*(title for title, _ in groups), "Others")}
    for document in sorted(documents, key=lambda one: (one.name.casefold(), one.id)):
        intact = document.origin.intact
        title = next((title for title, test in groups if intact and test(document)), "Others")
        found[title].append(document)
    return tuple(Group(title, members) for title, members in found.items() if members)


def intact(documents: Sequence[Document]) -> list[Document]:
    """Return the documents whose keys are all known."""
    return [document for document in documents if document.origin.intact]


def rest(count: int, noun: str) -> str:
    """Return a sentence on rows that a table leaves out; nothing when it holds all `count`."""
    left = count - MOST
    return f"\n\nAnd {left:,} more {noun}.\n" if left > 0 else ""
