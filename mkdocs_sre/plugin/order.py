"""A navigation of MkDocs in the order of the engine."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from mkdocs_sre.pages.order import by_weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation

    from mkdocs_sre.knowledge import KnowledgeBase


def reorder(nav: Navigation, base: KnowledgeBase) -> None:
    """Sort a navigation by weight, and lead from each page to the next in that order."""
    ordered = by_weight(base, (page.file.src_uri for page in nav.pages))
    _sort(nav.items, {path: place for place, path in enumerate(ordered)})
    nav.pages[:] = _pages(nav.items)
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for before, after in pairwise(nav.pages):
        before.next_page, after.previous_page = after, before


def _sort(items: list[StructureItem], places: Mapping[str, int]) -> None:
    for item in items:
        if isinstance(item, Section):
            _sort(item.children, places)
    items.sort(key=lambda item: min((places[page.file.src_uri] for page in _pages([item])), default=0))


def _pages(items: list[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)
