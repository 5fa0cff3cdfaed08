"""Findings in the forms that people and machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.json import json_report
from mkdocs_sre.reports.text import text_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mkdocs_sre.documents.finding import Finding


def report(form: str, findings: Sequence[Finding], *, documents: int, as_of: date, colour: bool = False) -> str:
    """Return the findings as `text` or `json`; `documents` is how many were checked."""
    if form == "json":
        return json_report(findings, documents=documents, as_of=as_of)
    return text_report(findings, documents=documents, colour=colour)
