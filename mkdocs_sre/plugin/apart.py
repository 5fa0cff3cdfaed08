"""The extension of Python-Markdown that keeps our HTML away from it, so that plugins see all of a page's Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import Extension  # type: ignore[import-untyped]  # it has no types of its own
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

from mkdocs_sre.pages.ready import ReadyHtml
from mkdocs_sre.plugin.links import PageLinks

if TYPE_CHECKING:
    from markdown import Markdown
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_FIRST = 1000  # before the preprocessors of any other extension


class SetApart(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Takes the HTML of ours out of the page that is read, and puts it back when that is HTML too."""

    def __init__(self) -> None:
        super().__init__()
        self._page: tuple[ReadyHtml, PageLinks] | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 Python-Markdown calls it so
        """Register what takes the HTML out."""
        md.preprocessors.register(_Taking(self), "sre_set_apart", _FIRST)

    def begin(self, page: Page, files: Files, written: str) -> ReadyHtml:
        """Return what remembers the HTML of a page that is read next; `written` is its author's Markdown."""
        links = PageLinks(page, files)
        ready = ReadyHtml(links.address, written)
        self._page = ready, links
        return ready

    def end(self, html: str) -> str:
        """Return the HTML of the page with ours where it belongs, and tell MkDocs of the anchors in it."""
        if self._page is None:
            return html
        ready, links = self._page
        self._page = None
        links.told(ready)
        return ready.restored(html)

    def without(self, markdown: str) -> str:
        """Return Markdown without the HTML of the page that is read."""
        return self._page[0].without(markdown) if self._page else markdown


class _Taking(Preprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    def __init__(self, apart: SetApart) -> None:
        super().__init__()
        self._apart = apart

    def run(self, lines: list[str]) -> list[str]:
        return self._apart.without("\n".join(lines)).split("\n")
