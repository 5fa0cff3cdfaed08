"""Lists of links with their state at the end, side by side where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 12  # items of one list on a page that is about something else


class Item(NamedTuple):
    """A link, a line of why, and chips; all Markdown, escaped already."""

    link: str
    small: str = ""
    chips: str = ""


def columns(*lists: tuple[str, Sequence[Item]]) -> str:
    """Return lists under their titles (plain text), beside each other; nothing of those without items.

    All is one element for Python-Markdown, which takes longest for many small ones; no other inside may have its name.
    """
    shown = [(title, items[:MOST], len(items) - MOST) for title, items in lists if items]
    return render("lists.md.jinja", lists=shown) if shown else ""
