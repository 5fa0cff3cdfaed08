"""What a site's generator is given for each page; the plugin and `render` both ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.pages.document import as_it_is, decorate, notice
from mkdocs_sre.pages.titles import theme_keys
from mkdocs_sre.reading.folder import ENDINGS, is_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mkdocs_sre.pages.site import Site


class Published(NamedTuple):
    """Keys that replace those of the front matter, with texts as HTML, and the Markdown."""

    keys: dict[Any, Any]
    markdown: str


def published(  # noqa: PLR0913 a page, and what is known of it
    site: Site,
    page: str,
    markdown: str,
    meta: Mapping[Any, Any],
    *,
    own: bool = False,
    kept: Callable[[str], str] = as_it_is,
) -> Published:
    """Return what is published of a page: its Markdown, and what it says above (`meta`).

    The Markdown of a page of our `own` stays as it is. Every stretch of it that is ours goes through `kept`.
    """
    return Published(theme_keys(site, page, meta), kept(markdown) if own else decorate(site, page, markdown, kept))


def stand_ins(site: Site) -> Iterator[tuple[str, str | None]]:
    """Yield the path of every file that must not be published, with the page that stands in for it if it is one."""
    for source in site.base.sources:
        if not source.readable:
            page = source.path.endswith(ENDINGS) and is_text(source.path)
            yield source.path, notice(source) if page else None
