"""Markdown to HTML without a site's generator: Python-Markdown, with what MkDocs and Material's users write."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from xml.etree.ElementTree import Element

import markdown  # type: ignore[import-untyped]  # it has no types of its own
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

from mkdocs_sre.pages.generated import EXTENSIONS

_ALWAYS = ("toc", "tables", "admonition", "def_list", "footnotes", *EXTENSIONS)
_WITH_PYMDOWN = ("pymdownx.superfences", "pymdownx.details", "pymdownx.tasklist")  # Material brings them
_WITHOUT = ("fenced_code",)
_AFTER_ALL = 0  # priority: once every other extension is done with the tree


def to_html(text: str) -> str:
    """Return Markdown as HTML; headings get the ids that MkDocs gives them, and a table that is too wide scrolls."""
    made: str = parser(with_pymdown=find_spec("pymdownx") is not None).reset().convert(text)
    return made


class _ScrollingTables(Treeprocessor):  # type: ignore[misc]  # it has no types of its own
    """Puts each table that an author wrote into an element that scrolls, also by keyboard."""

    def run(self, root: Element) -> None:
        number = 0
        for parent in [*root.iter()]:
            for index, child in enumerate([*parent]):
                if child.tag == "table" and not child.get("class"):
                    number += 1
                    around = Element("div", {"class": "pack-scroll", "tabindex": "0", "role": "region"})
                    around.set("aria-label", f"Table {number}")
                    around.tail, child.tail = child.tail, ""
                    around.append(child)
                    parent[index] = around


@cache
def parser(*, with_pymdown: bool) -> markdown.Markdown:
    """Return the parser, made once; without the extensions of pymdown those of Python-Markdown alone read fences."""
    further = _WITH_PYMDOWN if with_pymdown else _WITHOUT
    made = markdown.Markdown(extensions=[*_ALWAYS, *further])
    made.treeprocessors.register(_ScrollingTables(made), "sre-scrolling-tables", _AFTER_ALL)
    return made
