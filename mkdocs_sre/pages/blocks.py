"""Blocks that pages for readers are made of: a heading, why it is there, and a bounded list or table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import relative
from mkdocs_sre.pages.tables import MAX_INLINE_ROWS, table
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.lists import Item
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.pages.tables import Column

T = TypeVar("T")
MAX_ROWS = MAX_INLINE_ROWS  # of one block; the index of the kind holds them all


@dataclass(frozen=True)
class Block:
    """One part of a page: a heading and a sentence on why it is there, both plain text, and Markdown.

    Without content, `fine` says that there is nothing to show because all is well, and `missing` what would have to be
    written; both are plain text with code between backticks. `fixed` content is the same on every site, so that it
    alone makes no page. `name` is the id when the title does not give one that is unique.
    """

    title: str
    why: str
    content: str = ""
    missing: str = ""
    fine: str = ""
    fixed: bool = False
    name: str = ""

    @property
    def anchor(self) -> str:
        """The block's id on its page: its `name`, else made from the title."""
        return self.name or slug(self.title)


def slug(text: str) -> str:
    """Return letters and digits of a text, joined by hyphens, for an id; `block` when it has none.

    >>> slug("@team-payments"), slug("!")
    ('team-payments', 'block')
    """
    return "-".join(re.findall("[a-z0-9]+", text.lower())) or "block"


def rows(
    caption: str, columns: Sequence[Column], members: Sequence[T], row: Callable[[T], list[str]], more: str = ""
) -> str:
    """Return the first `MAX_ROWS` members as a table; nothing without any. `more` links to where all of them are."""
    if not members:
        return ""
    shown = [row(one) for one in members[:MAX_ROWS]]
    left = len(members) - len(shown)
    said = f"{caption}: the first {len(shown)} of {len(members):,}" if left else caption
    return table(said, columns, shown) + (further(more) if left and more else "")


def items(members: Sequence[Item], limit: int = MAX_ROWS, more: str = "") -> str:
    """Return links as a list, each with its chips and a line of why; those past the limit are counted."""
    if not members:
        return ""
    left = len(members) - limit
    return render("items.md.jinja", items=members[:limit], left=max(left, 0), more=more if left > 0 else "")


def further(link: str) -> str:
    """Return a link to where there is more, as the line below a list or table."""
    return f"\n{link}\n{{: .sre-more }}\n"


def all_of(site: Site, page: str, kind: type[Document]) -> str:
    """Return a link to the index of a kind, which says how many documents it holds."""
    number = len(site.base.all_of_kind(kind))
    words = counted(number, _lower(kind.label), _lower(kind.plural))
    return f"[All {escape(words)}]({relative(page, index_path(site, kind))})"


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def small(*texts: str | None) -> str:
    """Return pieces of Markdown as one line, those that are empty left out."""
    return " · ".join(text for text in texts if text)


def start(kind: type[Document], name: str) -> str:
    """Return how to write the first document of a kind."""
    return f"`mkdocs-sre new {kind.kind} {name}` starts one."
