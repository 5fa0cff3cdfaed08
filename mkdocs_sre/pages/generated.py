"""All generated pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_sre.pages.home import home_page
from mkdocs_sre.pages.indexes import index_pages
from mkdocs_sre.pages.rules import rules_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.pages.site import Page, Site

THEME = "theme"  # the folder of style sheets, beside this module
STYLE_SHEET = "assets/stylesheets/mkdocs-sre.css"


def pages(site: Site) -> Iterator[Page]:
    """Yield every page that the engine adds to a site, when it holds documents at all."""
    if not site.base.documents:
        return
    yield home_page(site)
    yield from index_pages(site)
    yield rules_page()


def theme_folder() -> Path:
    """Return the folder whose files belong into the built site."""
    return Path(__file__).parent / THEME
