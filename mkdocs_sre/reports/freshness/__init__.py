"""What waits to be looked at, by owner: as text, JSON and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.freshness.json import json_text
from mkdocs_sre.reports.freshness.markdown import markdown
from mkdocs_sre.reports.freshness.survey import Survey
from mkdocs_sre.reports.freshness.text import text

if TYPE_CHECKING:
    from mkdocs_sre.reports.graph.layout import Look

__all__ = ["FORMS", "Survey", "freshness_report"]

FORMS = ("text", "json", "markdown")


def freshness_report(form: str, survey: Survey, look: Look) -> str:
    """Return what waits in one of the `FORMS`. JSON always has everything."""
    if form == "json":
        return json_text(survey)
    return markdown(survey) if form == "markdown" else text(survey, look)
