"""What waits, as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.history.staleness import Reason
    from mkdocs_sre.history.waiting import Waiting
    from mkdocs_sre.reports.freshness.survey import Survey

VERSION = 1


def json_text(survey: Survey) -> str:
    """Return `{version, as_of, docs, documents, owners: [{owner, waiting: […]}]}`, the most urgent first, nothing left out.

    What waits is `{id, kind, title, path, line, column, state, due, expires, snooze, reasons}`. `state` is expired,
    overdue, due-soon or snoozed; `snooze` is `{until, reason}` while that counts, else null. A reason is
    `{signal, state, due, text, cure, related}`, the strongest first. Days are `YYYY-MM-DD`, null when there is none.
    Paths are relative to the docs folder, and `docs` is that folder as seen from the working directory.
    """
    report = {
        "version": VERSION,
        "as_of": survey.as_of.isoformat(),
        "docs": survey.docs,
        "documents": survey.documents,
        "owners": [
            {"owner": duty.owner or None, "waiting": [_waiting(one) for one in duty.waiting]}
            for duty in survey.duties()
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _waiting(one: Waiting) -> dict[str, Any]:
    document, freshness = one.document, one.freshness
    snooze = document.snooze if freshness.snoozed_until is not None else None
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.name,
        "path": one.place.path,
        "line": one.place.line,
        "column": one.place.column,
        "state": one.state,
        "due": _day(freshness.due),
        "expires": _day(freshness.expires),
        "snooze": {"until": snooze.until.isoformat(), "reason": snooze.reason} if snooze is not None else None,
        "reasons": [_reason(reason) for reason in freshness.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "signal": reason.signal,
        "state": reason.state,
        "due": _day(reason.due),
        "text": reason.text,
        "cure": reason.cure,
        "related": [*reason.related],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
