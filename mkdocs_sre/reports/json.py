"""Findings as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.location import Location

VERSION = 1


def json_report(findings: Iterable[Finding], *, documents: int, as_of: date) -> str:
    """Return `{version, as_of, documents, findings: [{path, line, column, code, name, level, message, hint, related}]}`."""
    report = {
        "version": VERSION,
        "as_of": as_of.isoformat(),
        "documents": documents,
        "findings": [_finding(one) for one in findings],
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


def _place(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}
