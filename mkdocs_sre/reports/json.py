"""Findings as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.waiver import Waived
    from mkdocs_sre.reports.run import Run

VERSION = 1


def json_report(run: Run) -> str:
    """Return `{version, as_of, docs, documents, findings: […], waived: […]}`.

    A finding is `{path, line, column, code, name, level, message, hint, related}`, a waived one has its `waiver` too.
    Paths are relative to the docs folder, and `docs` is that folder as seen from the working directory.
    """
    report = {
        "version": VERSION,
        "as_of": run.as_of.isoformat(),
        "docs": run.docs,
        "documents": len(run.documents),
        "findings": [_finding(one) for one in run.findings],
        "waived": [_waived(one) for one in run.waived],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **_place(finding.location),
        "code": finding.code,
        "name": finding.name,
        "level": str(finding.level),
        "message": finding.message,
        "hint": finding.hint,
        "related": [_place(one) for one in finding.related],
    }


def _waived(one: Waived) -> dict[str, Any]:
    waiver = one.waiver
    said = {"reason": waiver.reason, "by": waiver.by, "until": waiver.until.isoformat()}
    return {**_finding(one.finding), "waiver": {**_place(waiver.location), **said}}


def _place(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}
