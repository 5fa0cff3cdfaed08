"""When a document must be looked at again."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.values import Duration, parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument

GRACE_DAYS = 30  # between the day on which a review is due and the one on which it counts as expired

# How often the documents of a service are reviewed when they do not say it themselves.
CADENCE_BY_TIER: Mapping[int, Duration] = MappingProxyType(
    {tier: parse_duration(text) for tier, text in ((0, "90d"), (1, "90d"), (2, "180d"), (3, "365d"))}
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


def review_due(document: ReviewedDocument, tier: int | None) -> date | None:
    """Return the day on which a document's review is due; None when it was never reviewed or has no cadence.

    `tier` is that of its most critical service; None when it has none.
    """
    if document.last_reviewed_on is None:
        return None
    return due_after(document.last_reviewed_on, document.review_in, tier)


def days_overdue(due: date | None, as_of: date) -> int:
    """Return by how many days `as_of` is past the due day; 0 on that day, before it, and without one."""
    return max((as_of - due).days, 0) if due is not None else 0


def is_expired(due: date | None, as_of: date) -> bool:
    """Whether the due day is past by more than the grace."""
    return days_overdue(due, as_of) > GRACE_DAYS
