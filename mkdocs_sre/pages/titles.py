"""Page titles as themes take them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.pages.site import Site


def page_title(site: Site, page: str) -> str | None:
    """Return the title of a typed or unreadable page as HTML, since themes print it as it is; None to leave it alone."""
    documents = site.base.by_path.get(page)
    if documents is not None and not documents[0].listed:
        return html.escape(documents[0].name)
    source = site.base.source_by_path.get(page)
    return html.escape(page) if source is not None and not source.readable else None
