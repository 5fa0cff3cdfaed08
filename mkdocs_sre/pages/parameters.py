"""The values that the commands of a runbook need: a form that fills them, and a table for pages without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.tables import Column, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.kinds.runbook import Placeholder

_COLUMNS = (Column("Value", "fit0 sre-num"), Column("What it is", "wide", bare=True), Column("Such as"))
_CAPTION = "Values that the commands below need"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]")


def parameters(placeholders: Sequence[Placeholder]) -> str:
    """Return form and table; nothing without placeholders. The script shows the one in place of the other.

    A form that nothing fills would only be in the way, so it is hidden until the script is there.
    """
    if not placeholders:
        return ""
    rows = [[f"<code>{escape(one.name)}</code>", prose(one.description or ""), _example(one)] for one in placeholders]
    return render(
        "parameters.md.jinja",
        placeholders=placeholders,
        table=table(_CAPTION, _COLUMNS, rows),
        escape=escape,
        exactly=_exactly,
        prose=prose,
    )


def _example(one: Placeholder) -> str:
    example = one.example or one.default
    return f"<code>{escape(example)}</code>" if example else ""


def _exactly(text: str) -> str:
    """Return a text for an attribute that a script reads: every sign of it counts, white space too."""
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", text)
