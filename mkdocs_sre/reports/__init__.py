"""Findings in the forms that people and machines read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.reports.github import github_report
from mkdocs_sre.reports.json import json_report
from mkdocs_sre.reports.junit import junit_report
from mkdocs_sre.reports.run import Run
from mkdocs_sre.reports.sarif import sarif_report
from mkdocs_sre.reports.text import Look, text_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMS", "Look", "Run", "report"]

_MACHINE: Mapping[str, Callable[[Run], str]] = MappingProxyType(
    {"json": json_report, "sarif": sarif_report, "github": github_report, "junit": junit_report}
)
FORMS = ("text", *_MACHINE)


def report(form: str, run: Run, look: Look | None = None) -> str:
    """Return what a run found in one of the `FORMS`; `look` is that of the text."""
    return _MACHINE[form](run) if form in _MACHINE else text_report(run, look or Look())
