"""The first command of a runbook that is safe to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.body import section_keys
from mkdocs_sre.documents.steps import steps_of

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import CodeBlock
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.pages.site import Site

MAX_LINES = 6  # of a command that another page shows
_SHELL = ("", "sh", "bash", "shell", "console", "zsh")
_LOOKING = section_keys(("Detection", "Triage", "Diagnosis", "Quick Diagnosis"))


class FirstCommand(NamedTuple):
    """A command as its author wrote it, and the title of its step in plain text; `marked` when that is `read-only`."""

    text: str
    title: str
    marked: bool


def first_command(site: Site, runbook: Runbook) -> FirstCommand | None:
    """Return the first command of a step that is marked `read-only`, else the first of those that only look.

    None when there is none, or when it is longer than `MAX_LINES`: then it has to be read where it stands.
    """
    source = site.base.source_by_path.get(runbook.path)
    if source is None or runbook.listed or not runbook.origin.intact:
        return None
    steps = steps_of(source.body)
    reading = next((step for step in steps if step.risk == "read-only" and step.commands), None)
    found = reading or next(
        (one for one in steps if one.risk is None and one.section in _LOOKING and one.commands), None
    )
    block = next((one for one in found.commands if _is_short_command(one)), None) if found else None
    if found is None or block is None:
        return None
    return FirstCommand(block.text.strip("\n"), found.title, found is reading)


def _is_short_command(block: CodeBlock) -> bool:
    return block.language.lower() in _SHELL and 0 < len(block.text.strip("\n").split("\n")) <= MAX_LINES
