"""Where alerts lead and whom they call: as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.alerts.json import json_text
from mkdocs_sre.reports.alerts.survey import Orphan, Row, Survey
from mkdocs_sre.reports.alerts.text import text

if TYPE_CHECKING:
    from mkdocs_sre.reports.graph.layout import Look

__all__ = ["FORMS", "Orphan", "Row", "Survey", "alerts_report"]

FORMS = ("text", "json")


def alerts_report(form: str, survey: Survey, look: Look) -> str:
    """Return where alerts lead in one of the `FORMS`."""
    return json_text(survey) if form == "json" else text(survey, look)
