"""The engine's navigation in MkDocs' own terms; one that somebody chose stays, but for titles made from our folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import file_sort_key
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title, nest_paths

from mkdocs_sre.pages.folders import folder_titles
from mkdocs_sre.pages.navigation import Group, arranged
from mkdocs_sre.pages.order import by_weight
from mkdocs_sre.plugin.order import reorder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files

    from mkdocs_sre.pages.site import Site


def rearrange(nav: Navigation, files: Files, site: Site) -> Navigation:
    """Return the navigation by what people do, and by weight, in place of the one that MkDocs derives from folders.

    One that another plugin has made stays. With the option off, folders stay too and go by weight alone.
    """
    derived = _is_derived(nav, files)
    if not derived or not site.base.settings.navigation or not site.base.documents:
        retitle(nav.items)
        if derived:
            reorder(nav, site.base)
        return nav
    pages = {page.file.src_uri: page for page in nav.pages}
    items = [_item(one, pages) for one in arranged(site, by_weight(site.base, pages))]
    ordered = [*_pages(items)]
    for page, before, after in zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    return Navigation(items, ordered)


def retitle(items: Iterable[StructureItem]) -> None:
    """Give each section that stands for a folder of ours its title; titles that somebody chose stay."""
    titles = folder_titles()
    for item in items:
        if isinstance(item, Section):
            folder = _folder(item)
            if folder in titles and item.title == dirname_to_title(folder.rpartition("/")[2]):
                item.title = titles[folder]
            retitle(item.children)


def _is_derived(nav: Navigation, files: Files) -> bool:
    """Whether the navigation is as MkDocs makes it from folders, so that nobody has chosen it."""
    shown = [one for one in files.documentation_pages() if one.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]  # MkDocs leaves these untyped
    paths = (one.src_uri for one in sorted(shown, key=file_sort_key))
    derived: list[Any] = nest_paths(paths)  # type: ignore[no-untyped-call]
    return _shape(nav.items) == derived


def _shape(items: Iterable[StructureItem]) -> list[Any]:
    return [
        {one.title: _shape(one.children)}
        if isinstance(one, Section)
        else one.file.src_uri
        if isinstance(one, Page)
        else one
        for one in items
    ]


def _item(one: str | Group, pages: dict[str, Page], parent: Section | None = None) -> StructureItem:
    if isinstance(one, str):
        pages[one].parent = parent
        return pages[one]
    section = Section(one.title, [])
    section.parent = parent
    section.children = [_item(child, pages, section) for child in one.items]
    return section


def _pages(items: Iterable[StructureItem]) -> Iterable[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def _folder(section: Section) -> str:
    """Return the folder whose pages a section holds; empty when it holds none."""
    for child in section.children:
        if isinstance(child, Page):
            return child.file.src_uri.rpartition("/")[0]
    inner = next((_folder(child) for child in section.children if isinstance(child, Section)), "")
    return inner.rpartition("/")[0]
