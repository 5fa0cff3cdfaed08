"""What the calendar says: reviews and drills that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.history.freshness import drill_due, last_drill, last_passed_drill, review_due, reviewed_on
from mkdocs_sre.history.staleness import Reason, calendar_state, event_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument

REVIEW_CURE = "check that it is still true, then set `last_reviewed_on`"
DRILL_CURE = "exercise it, then add the day under `drills`"
FAILED_CURE = "mend it and exercise it again, then add the day under `drills`"


class Calendar(NamedTuple):
    """The days of one document: when it was last reviewed or passed a drill, when its last drill did, what is due when."""

    reviewed_on: date | None
    passed_on: date | None
    review_due: date | None
    drill_due: date | None

    @property
    def due(self) -> date | None:
        """The day of the next review or drill, whichever is first; None when there is none."""
        if self.review_due is None or self.drill_due is None:
            return self.review_due or self.drill_due
        return min(self.review_due, self.drill_due)


def calendar_of(document: ReviewedDocument, tier: int | None) -> Calendar:
    """Return the days of a document; `tier` is that of its most critical service, None when it has none."""
    passed = last_passed_drill(document)
    due = drill_due(document, tier) if passed is not None else None
    return Calendar(reviewed_on(document), passed, review_due(document, tier), due)


def calendar_reasons(document: ReviewedDocument, calendar: Calendar, as_of: date) -> Iterator[Reason]:
    """Yield that the last drill failed or is long ago, and that a review is due."""
    yield from _drills(document, calendar, as_of)
    reviewed, due = calendar.reviewed_on, calendar.review_due
    if reviewed is not None and due is not None and (state := calendar_state(reviewed, due, as_of)) != "ok":
        text = f"its review {_verb(due, as_of)} due on {due.isoformat()}"
        yield Reason("review", state, due, text, REVIEW_CURE)


def _drills(document: ReviewedDocument, calendar: Calendar, as_of: date) -> Iterator[Reason]:
    last, passed, due = last_drill(document), calendar.passed_on, calendar.drill_due
    if last is None:
        return
    if last.result == "failed":
        text = f"its last drill, on {last.on.isoformat()}, failed"
        yield Reason("drill-failed", event_state(last.on, as_of), last.on, text, FAILED_CURE)
    elif passed is not None and due is not None:
        text = f"its last drill was on {passed.isoformat()}, the next {_verb(due, as_of)} due on {due.isoformat()}"
        yield Reason("drill", calendar_state(passed, due, as_of), due, text, DRILL_CURE)


def _verb(due: date, as_of: date) -> str:
    return "was" if as_of > due else "is"
