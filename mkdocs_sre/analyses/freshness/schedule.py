"""What the calendar says: reviews and drills that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.history.freshness import drill_due, last_drill, last_passed_drill, review_due, reviewed_on
from mkdocs_sre.history.staleness import Reason, calendar_state, event_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument

REVIEW_CURE = "check that it is still true, then set `last_reviewed_on`"
DRILL_CURE = "exercise it, then add the day under `drills`"
FAILED_CURE = "mend it and exercise it again, then add the day under `drills`"


def due_next(document: ReviewedDocument, tier: int | None) -> date | None:
    """Return the day of the next review or drill, whichever is first; None when there is none."""
    days = (review_due(document, tier), drill_due(document, tier))
    return min((day for day in days if day is not None), default=None)


def calendar_reasons(document: ReviewedDocument, tier: int | None, as_of: date) -> Iterator[Reason]:
    """Yield that the last drill failed or is long ago, and that a review is due."""
    drill, passed, next_drill = last_drill(document), last_passed_drill(document), drill_due(document, tier)
    if drill is not None and drill.result == "failed":
        text = f"its last drill, on {drill.on.isoformat()}, failed"
        yield Reason("drill-failed", event_state(drill.on, as_of), drill.on, text, FAILED_CURE)
    elif passed is not None and next_drill is not None:
        text = f"its last drill was on {passed.isoformat()}, the next {_verb(next_drill, as_of)} due on {next_drill.isoformat()}"
        yield Reason("drill", calendar_state(passed, next_drill, as_of), next_drill, text, DRILL_CURE)
    reviewed, due = reviewed_on(document), review_due(document, tier)
    if reviewed is not None and due is not None:
        text = f"its review {_verb(due, as_of)} due on {due.isoformat()}"
        yield Reason("review", calendar_state(reviewed, due, as_of), due, text, REVIEW_CURE)


def _verb(due: date, as_of: date) -> str:
    return "was" if as_of > due else "is"
