"""Tables with a caption and headings for rows and columns; on phones each row is a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

# Python-Markdown takes quadratic time for the inline content of one element, so in a longer table each row is one. Then
# the caption cannot be a `caption`, which Python-Markdown would wrap into a paragraph, and names the table from outside.
MAX_INLINE_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column: its label, the style classes of its cells, and whether a phone leaves out the label."""

    label: str
    form: str = ""
    bare: bool = False


STATE = Column("State", "early", bare=True)


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], name: str = "all") -> str:
    """Return a table in Markdown; plain HTML when it holds no links.

    Cells are Markdown, escaped already; the first of each row is its heading. `caption` is plain text. A column with
    nothing in it is left out. Lines of a short table are indented by four columns, because a tag at the start of a line
    would be a block of its own. `name` tells the long tables with links of one page apart.
    """
    kept = [index for index in range(len(columns)) if index == 0 or any(row[index] for row in rows)]
    linked = any("](" in cell for row in rows for cell in row)
    return render(
        "table.md.jinja",
        caption=escape(caption),
        columns=[columns[index] for index in kept],
        rows=[[row[index] for index in kept] for row in rows],
        linked=linked,
        long=linked and len(rows) > MAX_INLINE_ROWS,
        name=name,
        escape=escape,
    )


def further(number: int) -> str:
    """Return the paragraph that tells of rows that are left out; nothing when there are none."""
    return f"And {number:,} more.\n{{: .sre-more }}\n" if number > 0 else ""


def section(title: str, anchor: str, *parts: str) -> str:
    """Return a section under a heading; nothing when all its parts are empty. `title` is plain text."""
    kept = [part.strip("\n") for part in parts if part.strip()]
    return "\n\n".join([f"## {escape(title)} {{: #sre-{anchor} }}", *kept, ""]) if kept else ""
