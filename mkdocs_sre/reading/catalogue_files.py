"""The catalogue files that the option `catalogues` matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.reading.catalogue import SORT, read_catalogue, together, unread
from mkdocs_sre.reading.patterns import Patterns, Reader, read_matching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mkdocs_sre.settings import Settings


def catalogue_patterns(settings: Settings) -> Patterns:
    """Return the patterns of catalogue files."""
    return Patterns(settings.catalogues, ("catalogues",), SORT, "pattern-without-catalogue")


def load_catalogues(
    settings: Settings,
    config_file: Path,
    docs_dir: Path,
    read: Callable[[str, bytes, str], Catalogue] = read_catalogue,
) -> Catalogue:
    """Return what the catalogue files of a site say; nothing where none are configured.

    `read` takes a file's path, its bytes and what people call it, as `read_catalogue` does. Raises SettingsError for a pattern that cannot be used.
    """
    if not settings.catalogues:
        return Catalogue()
    reader = Reader(SORT, read, unread)
    found, defects = read_matching(catalogue_patterns(settings), config_file, docs_dir, reader)
    return together([*found.values(), Catalogue(defects=(*defects,))])
