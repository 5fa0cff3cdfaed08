"""The order of a navigation that MkDocs derives from folders: by `weight` in the front matter, as other generators have it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation

    from mkdocs_sre.knowledge import KnowledgeBase


def by_weight(nav: Navigation, base: KnowledgeBase) -> None:
    """Sort pages and folders by weight, the lightest first, those without one behind them in their order.

    A folder weighs what its front page weighs, which stays in front of it.
    """
    _sort(nav.items, base)
    nav.pages[:] = _pages(nav.items)
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for before, after in pairwise(nav.pages):
        before.next_page, after.previous_page = after, before


def _sort(items: list[StructureItem], base: KnowledgeBase) -> None:
    for item in items:
        if isinstance(item, Section):
            _sort(item.children, base)
    items.sort(key=lambda item: (not _is_front(item), *_weight(item, base)))


def _weight(item: StructureItem, base: KnowledgeBase) -> tuple[bool, int]:
    """Return whether an item has no weight, and its weight."""
    if isinstance(item, Section):
        front = next((one for one in item.children if _is_front(one)), None)
        return _weight(front, base) if front is not None else (True, 0)
    source = base.source_by_path.get(item.file.src_uri) if isinstance(item, Page) else None
    text = str(source.values.get("weight", "")) if source is not None else ""
    found = text if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10 else ""  # noqa: PLR2004 nobody needs more digits
    return (not found, int(found or 0))


def _is_front(item: StructureItem) -> bool:
    return isinstance(item, Page) and item.file.name == "index"


def _pages(items: list[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)
