"""What a site's generator is given for each page; the plugin and `render` both ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.pages.document import decorate, notice
from mkdocs_sre.pages.titles import theme_keys
from mkdocs_sre.reading.folder import ENDINGS, is_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.pages.ready import ReadyHtml
    from mkdocs_sre.pages.site import Site


class Published(NamedTuple):
    """Keys that replace those of the front matter, with texts as HTML, and the Markdown."""

    keys: dict[Any, Any]
    markdown: str


def published(site: Site, page: str, markdown: str, meta: Mapping[Any, Any], *, own: bool = False) -> Published:
    """Return what is published of a page: its Markdown, and what it says above (`meta`).

    The Markdown of a page of our `own` stays as it is.
    """
    return Published(theme_keys(site, page, meta), markdown if own else decorate(site, page, markdown))


def published_without(ready: ReadyHtml, site: Site, page: str, markdown: str, *, own: bool = False) -> str:
    """Return the Markdown that is published of a page, without what is HTML already: `ready` has that."""
    return ready.taken(markdown) if own else decorate(site, page, markdown, ready.taken)


def stand_ins(site: Site) -> Iterator[tuple[str, str | None]]:
    """Yield the path of every file that must not be published, with the page that stands in for it if it is one."""
    for source in site.base.sources:
        if not source.readable:
            page = source.path.endswith(ENDINGS) and is_text(source.path)
            yield source.path, notice(source) if page else None
