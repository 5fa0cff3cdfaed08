"""Sites from trees, and their pages as HTML."""

from __future__ import annotations

from collections.abc import Callable

import markdown
import pytest

from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.site import Site
from tests.tree import AS_OF, parse_tree

EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "tables",
    "toc",
    "smarty",
    "pymdownx.superfences",
    "pymdownx.magiclink",
    "pymdownx.emoji",
    "pymdownx.snippets",
]


def site_of(tree: str) -> Site:
    return Site(parse_tree(tree).base(), AS_OF, "Shop")


def page_of(site: Site, path: str) -> str:
    """Return a page of the site as it is published, in Markdown."""
    return decorate(site, path, site.base.source_by_path[path].body_text())


def html(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


@pytest.fixture
def page() -> Callable[[str, str], str]:
    """Return one page of a tree in Markdown."""
    return lambda tree, path: page_of(site_of(tree), path)
