"""What waits, as Markdown for an issue or a chat message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.reports.freshness.survey import counts, cure, reasons
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from mkdocs_sre.history.waiting import Waiting
    from mkdocs_sre.reports.freshness.survey import Survey

MAX_CHARACTERS = 60_000  # an issue of GitHub takes 65,536; past that owners are only counted
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|~&$]")


def markdown(survey: Survey) -> str:
    """Return a sentence with the sum, then a heading for each owner and a list item for each document.

    A handle stands there as it is, so that it calls its team; what else authors wrote is escaped.
    """
    said = f"{plural(survey.documents, 'document')} on {survey.as_of.isoformat()}: {counts(survey.waiting)}."
    parts, length = [said, ""], len(said)
    for duty in survey.duties():
        items = [_item(one, survey) for one in duty.shown]
        items += [f"- and {duty.more:,} more"] if duty.more else []
        size = sum(len(item) + 1 for item in items)
        if length + size > MAX_CHARACTERS:
            items, size = ["- too many to show here"], 0
        heading = f"### {escaped(duty.name)}: {counts(duty.waiting)}"
        length += size + len(heading)
        parts += [heading, "", *items, ""]
    return "\n".join(parts)


def _item(one: Waiting, survey: Survey) -> str:
    state = one.state.replace("-", " ")
    place = printable(survey.place(one)).replace("`", "'")
    return f"- **{state}** {escaped(one.document.id)} (`{place}`): {escaped(reasons(one))}. To do: {_with_code(cure(one))}."


def _with_code(text: str) -> str:
    """Return a text of ours in which what stands between backquotes stays code."""
    parts = printable(text).split("`")
    return "".join(f"`{part}`" if index % 2 else escaped(part) for index, part in enumerate(parts))


def escaped(text: str) -> str:
    r"""Return a text that Markdown shows as it is.

    >>> escaped("<b> [a](b)")
    '\\<b\\> \\[a\\]\\(b\\)'
    """
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", printable(text))
