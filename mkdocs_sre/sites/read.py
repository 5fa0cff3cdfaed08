"""A site as every command reads it: its documents, what git and the seals remember, and the day that counts as today."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.analyses.history import remember_site
from mkdocs_sre.history.as_of import AsOf, resolve_as_of
from mkdocs_sre.knowledge import load

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration


class ReadSite(NamedTuple):
    """What is known of a site; `as_of` may bring a notice that people are told."""

    base: KnowledgeBase
    history: History
    as_of: AsOf


def load_site(site: Configuration) -> KnowledgeBase:
    """Return the knowledge base of a site. Raises SettingsError for options that cannot be used."""
    return load(site.settings, site.docs_dir, site.exclude, site.file, directory_urls=site.directory_urls)


def read_site(site: Configuration, as_of: date | str | None = None, evidence: str | None = None) -> ReadSite:
    """Return everything that is known of a site.

    `as_of` (a day or `today`) and `evidence` (both, history or seal) count before the options. Raises SettingsError for
    options that cannot be used.
    """
    base = load_site(site)
    history = remember_site(base, site, evidence)
    return ReadSite(base, history, resolve_as_of(as_of or site.settings.as_of, site.folder, history.committed))
