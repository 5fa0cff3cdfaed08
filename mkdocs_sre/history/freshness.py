"""When a document must be looked at again."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.values import Duration, parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.kinds.runbook import Drill

GRACE_DAYS = 30  # between the day on which a review is due and the one on which it counts as expired

# How often the documents of a service are reviewed when they do not say it themselves.
CADENCE_BY_TIER: Mapping[int, Duration] = MappingProxyType(
    {tier: parse_duration(text) for tier, text in ((0, "90d"), (1, "90d"), (2, "180d"), (3, "365d"))}
)

# How often a runbook that was ever exercised is exercised again.
DRILL_CADENCE_BY_TIER: Mapping[int, Duration] = MappingProxyType(
    {tier: parse_duration(text) for tier, text in ((0, "90d"), (1, "90d"), (2, "180d"))}
)


def due_after(reviewed_on: date, review_in: Duration | None, tier: int | None) -> date | None:
    """Return the day on which the next review is due: reviewed_on + (review_in, else the cadence of the tier).

    None when neither is known.

    >>> from datetime import date
    >>> due_after(date(2026, 1, 31), parse_duration("1 month"), None)
    datetime.date(2026, 2, 28)
    """
    length = review_in or (CADENCE_BY_TIER.get(tier) if tier is not None else None)
    return length.after(reviewed_on) if length is not None else None


def last_drill(document: ReviewedDocument) -> Drill | None:
    """Return the newest drill of a runbook; of several on one day the last in its list. None without any."""
    drills = document.drills if isinstance(document, Runbook) else []
    return max(reversed(drills), key=lambda one: one.on, default=None)


def last_passed_drill(document: ReviewedDocument) -> date | None:
    """Return the day of a runbook's newest drill that passed; None without any."""
    if not isinstance(document, Runbook) or not document.drills:
        return None
    return max((one.on for one in document.drills if one.result == "passed"), default=None)


def reviewed_on(document: ReviewedDocument) -> date | None:
    """Return the day on which a document was last known to be true: of its review, or of a later drill that passed."""
    reviewed, passed = document.last_reviewed_on, last_passed_drill(document)
    return reviewed if passed is None or (reviewed is not None and reviewed > passed) else passed


def review_due(document: ReviewedDocument, tier: int | None) -> date | None:
    """Return the day on which a document's review is due; None when it was never reviewed or has no cadence.

    A drill that passed counts as a review. `tier` is that of its most critical service; None when it has none.
    """
    day = reviewed_on(document)
    return due_after(day, document.review_in, tier) if day is not None else None


def drill_due(document: ReviewedDocument, tier: int | None) -> date | None:
    """Return the day by which a runbook is to be exercised again; None when it never passed a drill, or its tier asks for none."""
    day = last_passed_drill(document)
    length = DRILL_CADENCE_BY_TIER.get(tier) if tier is not None else None
    return length.after(day) if day is not None and length is not None else None


def days_overdue(due: date | None, as_of: date) -> int:
    """Return by how many days `as_of` is past the due day; 0 on that day, before it, and without one."""
    return max((as_of - due).days, 0) if due is not None else 0


def is_expired(due: date | None, as_of: date) -> bool:
    """Whether the due day is past by more than the grace."""
    return days_overdue(due, as_of) > GRACE_DAYS
