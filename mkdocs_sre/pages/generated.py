"""All generated pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_sre.pages.alerts.page import alert_pages
from mkdocs_sre.pages.alerts.register import register_page as alerts_page
from mkdocs_sre.pages.catalogue import catalogue_pages
from mkdocs_sre.pages.document import listed_pages
from mkdocs_sre.pages.freshness import freshness_page
from mkdocs_sre.pages.home import home_page
from mkdocs_sre.pages.indexes import index_pages
from mkdocs_sre.pages.map import map_page
from mkdocs_sre.pages.readers import reader_pages
from mkdocs_sre.pages.rules import rules_page
from mkdocs_sre.pages.single_points import register_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.pages.site import Page, Site

THEME = "theme"  # the folder of style sheet and script, beside this module
STYLE_SHEET = "assets/stylesheets/mkdocs-sre.css"
SCRIPT = "assets/javascripts/mkdocs-sre.js"
WORKER = "assets/javascripts/mkdocs-sre-iframe-worker.js"  # for sites that are read from files
EXTENSIONS = ("attr_list", "md_in_html")  # of Python-Markdown, in which our Markdown is written


def pages(site: Site) -> Iterator[Page]:
    """Yield every page that the engine adds to a site, when it holds documents at all; an author's own page wins."""
    if not site.base.documents and not site.base.catalogue.entities and not site.alert_pages:
        return
    readers = reader_pages(site)
    made = (
        home_page(site, readers),
        *index_pages(site),
        *listed_pages(site),
        *catalogue_pages(site),
        alerts_page(site),
        *alert_pages(site),
        map_page(site),
        register_page(site),
        freshness_page(site),
        *readers,
        rules_page(),
    )
    yield from (page for page in made if page is not None and page.path not in site.base.source_by_path)


def theme_folder() -> Path:
    """Return the folder whose files belong into the built site."""
    return Path(__file__).parent / THEME
