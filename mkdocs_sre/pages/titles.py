"""Page titles."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from mkdocs_sre.pages.escape import for_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.pages.site import Site


def page_title(site: Site, page: str) -> str | None:
    """Return the title of a page by what its document says; None when it is not typed, or lists several untitled."""
    documents = site.base.by_path.get(page)
    if not documents:
        return None
    if not documents[0].listed:
        return documents[0].name
    title = documents[0].origin.values.get("title")
    return title if isinstance(title, str) and title.strip() else None


def html_title(site: Site, page: str) -> str | None:
    """Return the title as themes take it, which print it as it is; an unreadable page is called by its path.

    Braces are character references too, so that plugins that read macros in titles find none.
    """
    title = page_title(site, page)
    if title is None:
        source = site.base.source_by_path.get(page)
        title = page if source is not None and not source.readable else None
    return None if title is None else safe_title(title)


def safe_title(title: str) -> str:
    """Return a title as themes take it, without any power as markup or as a macro."""
    return html.escape(title).replace("{", "&#123;").replace("}", "&#125;")


def theme_keys(site: Site, page: str, given: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return the keys of a page's front matter that have to change, as themes print them: they print them as they are.

    That is the title, and what else a typed page gives that could be read as markup: Material prints `description`,
    `author`, `status` and `tags`. `given` is all its front matter.
    """
    safe = {key: for_theme(value) for key, value in given.items()} if page in site.base.by_path else {}
    changed = {key: value for key, value in safe.items() if value != given[key]}
    title = html_title(site, page)
    return changed if title is None else {**changed, "title": title}
