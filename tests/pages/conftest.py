"""Sites from trees, and their pages as HTML."""

from __future__ import annotations

import markdown  # type: ignore[import-untyped]  # it has no types of its own
from mkdocs.utils import meta

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


def page_of(tree: str, path: str) -> str:
    """Return a page of the tree as it is published, in Markdown; MkDocs takes the front matter off before."""
    body, _ = meta.get_data(parse_tree(tree).files[path])
    return decorate(site_of(tree), path, body)


def html(text: str) -> str:
    return str(markdown.markdown(text, extensions=EXTENSIONS))
