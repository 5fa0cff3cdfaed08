"""Error budgets on a day: as text, JSON and Markdown, and the table of what was promised and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.slo.availability import availability_csv, availability_table
from mkdocs_sre.reports.slo.json import json_text
from mkdocs_sre.reports.slo.markdown import markdown
from mkdocs_sre.reports.slo.survey import Survey
from mkdocs_sre.reports.slo.text import text

if TYPE_CHECKING:
    from mkdocs_sre.reports.graph.layout import Look

__all__ = ["FORMS", "Survey", "availability_report", "status_report"]

FORMS = ("text", "json", "markdown", "csv")


def status_report(form: str, survey: Survey, look: Look, *, gate: bool = False) -> str:
    """Return the budgets as `text`, `json` or `markdown`; JSON always has everything."""
    if form == "json":
        return json_text(survey)
    return markdown(survey, gate=gate) if form == "markdown" else text(survey, look, gate=gate)


def availability_report(form: str, survey: Survey) -> str:
    """Return what was promised and kept as a table in `markdown` or `csv`, or everything as `json`."""
    if form == "json":
        return json_text(survey)
    return availability_csv(survey) if form == "csv" else availability_table(survey)
