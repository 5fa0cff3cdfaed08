"""Markdown to HTML without a site's generator: Python-Markdown, with what MkDocs and Material's users write."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

import markdown  # type: ignore[import-untyped]  # it has no types of its own

from mkdocs_sre.pages.generated import EXTENSIONS

_ALWAYS = ("toc", "tables", "admonition", "def_list", "footnotes", *EXTENSIONS)
_WITH_PYMDOWN = ("pymdownx.superfences", "pymdownx.details", "pymdownx.tasklist")  # Material brings them
_WITHOUT = ("fenced_code",)


def to_html(text: str) -> str:
    """Return Markdown as HTML; headings get the ids that MkDocs gives them."""
    made: str = _parser().reset().convert(text)
    return made


@cache
def _parser() -> markdown.Markdown:
    further = _WITH_PYMDOWN if find_spec("pymdownx") else _WITHOUT
    return markdown.Markdown(extensions=[*_ALWAYS, *further])
