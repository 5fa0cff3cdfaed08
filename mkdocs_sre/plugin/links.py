"""Links of our HTML, as MkDocs resolves and checks those of Markdown."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from mkdocs_sre.pages.ready import ReadyHtml


class PageLinks:
    """The links of one page; those with an anchor are remembered for MkDocs' check of them."""

    def __init__(self, page: Page, files: Files) -> None:
        self._page = page
        self._files = files
        self._to_anchors: dict[File, dict[str, str]] = {}

    def address(self, target: str) -> str | None:
        """Return the address that a relative link leads to in the built site; None when MkDocs must have a look at it."""
        path, _, anchor = target.partition("#")
        here = self._page.file
        if ":" in path or "?" in path or path.startswith(("/", "\\")):
            return None
        found = self._files.get_file_from_path(normpath(join(dirname(here.src_uri), unquote(path)))) if path else here
        if found is None or found.inclusion.is_excluded():  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
            return None
        if anchor:
            self._to_anchors.setdefault(found, {}).setdefault(anchor, target)
        address = found.url_relative_to(here) if path else ""
        return f"{address}#{anchor}" if anchor else address

    def told(self, ready: ReadyHtml) -> None:
        """Tell MkDocs of anchors that it has not seen: those in our HTML, and those that it links to."""
        if self._page.present_anchor_ids is not None:
            self._page.present_anchor_ids |= ready.anchors
        if self._page.links_to_anchors is not None:
            for file, anchors in self._to_anchors.items():
                self._page.links_to_anchors[file] = anchors | self._page.links_to_anchors.get(file, {})
