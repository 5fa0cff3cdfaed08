"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Level
from mkdocs_sre.reports.text import printable, summary

if TYPE_CHECKING:
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.reports.run import Run

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_DATA, (":", "%3A"), (",", "%2C"))


def github_report(run: Run) -> str:
    """Return a command for each finding, and the summary as a plain last line; waived findings are only counted.

    Paths are relative to the root of the repository.
    """
    placed = run.for_machines()
    return "\n".join(
        [*(_command(one) for one in placed.findings), summary(run.findings, len(run.documents), len(run.waived)), ""]
    )


def _command(finding: Finding) -> str:
    place = finding.location
    properties = {
        "file": printable(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{finding.code} {finding.name}",
    }
    said = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    others = "".join(f"\nsee {printable(str(one))}" for one in finding.related)
    text = printable(finding.message) + (f"; {printable(finding.hint)}" if finding.hint else "") + others
    return f"::{_COMMANDS[finding.level]} {said}::{_escaped(text, _DATA)}"


def _escaped(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for character, escape in pairs:
        text = text.replace(character, escape)
    return text
