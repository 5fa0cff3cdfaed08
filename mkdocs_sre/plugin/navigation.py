"""Titles of navigation sections that MkDocs makes of folders: `Slos` is called as its kind is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title

from mkdocs_sre.pages.folders import folder_titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.structure import StructureItem


def retitle(items: Iterable[StructureItem]) -> None:
    """Give each section that stands for a folder of ours its title; titles that somebody chose stay."""
    titles = folder_titles()
    for item in items:
        if isinstance(item, Section):
            folder = _folder(item)
            if folder in titles and item.title == dirname_to_title(folder.rpartition("/")[2]):
                item.title = titles[folder]
            retitle(item.children)


def _folder(section: Section) -> str:
    """Return the folder whose pages a section holds; empty when it holds none."""
    for child in section.children:
        if isinstance(child, Page):
            return child.file.src_uri.rpartition("/")[0]
    inner = next((_folder(child) for child in section.children if isinstance(child, Section)), "")
    return inner.rpartition("/")[0]
