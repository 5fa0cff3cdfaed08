"""What pages are made from, and how one page is named from another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, escape_url

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.documents.base import Document, Entry
    from mkdocs_sre.knowledge import KnowledgeBase


@dataclass(frozen=True)
class Page:
    """A generated page: where it stands in the docs folder, its title, its Markdown."""

    path: str
    title: str
    markdown: str


@dataclass(frozen=True)
class Site:
    """The knowledge base, the day that counts as today, and the site's name."""

    base: KnowledgeBase
    as_of: date
    name: str = ""

    def link(self, page: str, entry: Entry, label: str | None = None) -> str:
        """Return a Markdown link from a page (its path) to an entry; the label is escaped."""
        target = relative(page, entry.document.path)
        anchor = f"#{escape_url(entry.anchor)}" if entry.anchor else ""
        return f"[{escape(label if label is not None else entry.title)}]({target}{anchor})"

    def link_document(self, page: str, document: Document, label: str | None = None) -> str:
        """Return a Markdown link from a page to a document."""
        return self.link(page, next(iter(document.entries())), label)

    def link_path(self, page: str, target: str) -> str:
        """Return a Markdown link from a page to another that has no type, by its first heading or its path."""
        source = self.base.source_by_path.get(target)
        return f"[{escape((source.body.title if source else '') or target)}]({relative(page, target)})"

    def link_id(self, page: str, identifier: str, label: str | None = None) -> str:
        """Return a Markdown link to what an id names, the id as its label by default; the bare text when unknown."""
        entry = self.base.find(identifier)
        return self.link(page, entry, label or identifier) if entry else escape(label or identifier)


def relative(page: str, target: str) -> str:
    """Return the link target from one page of the docs folder to another."""
    return escape_url(posixpath.relpath(target, posixpath.dirname(page) or "."))
