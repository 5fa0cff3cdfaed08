"""Tables with a caption and headings for rows and columns; on phones each row is a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

# Python-Markdown takes quadratic time for the inline content of one element, so long tables are cut.
MAX_ROWS = 200


@dataclass(frozen=True)
class Column:
    """A column: its label, the style classes of its cells, and whether a phone leaves out the label."""

    label: str
    form: str = ""
    bare: bool = False


STATE = Column("State", "early", bare=True)


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown; several, one below the other, when there are very many rows.

    Cells are Markdown, escaped already; the first of each row is its heading. `caption` is plain text. A column with
    nothing in it is left out.
    """
    kept = [index for index in range(len(columns)) if index == 0 or any(row[index] for row in rows)]
    columns, rows = [columns[index] for index in kept], [[row[index] for index in kept] for row in rows]
    if len(rows) <= MAX_ROWS:
        return _table(escape(caption), columns, rows)
    starts = range(0, len(rows), MAX_ROWS)
    return "\n".join(
        _table(
            f"{escape(caption)}, {start + 1:,} to {min(start + MAX_ROWS, len(rows)):,}",
            columns,
            rows[start : start + MAX_ROWS],
        )
        for start in starts
    )


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Return one table: one element whose content is inline for Markdown, or plain HTML when it holds no links.

    Lines are indented by four columns, because a tag at the start of a line would be a block of its own.
    """
    linked = any("](" in cell for row in rows for cell in row)
    made = render(
        "table.md.jinja", caption=caption, columns=columns, rows=rows, linked=linked, form="flow", escape=escape
    )
    return made if not linked else made.replace('<div class="sre-scroll">', '<div class="sre-scroll" markdown="1">', 1)


def section(title: str, anchor: str, *parts: str) -> str:
    """Return a section under a heading; nothing when all its parts are empty. `title` is plain text."""
    kept = [part.strip("\n") for part in parts if part.strip()]
    return "\n\n".join([f"## {escape(title)} {{: #sre-{anchor} }}", *kept, ""]) if kept else ""
