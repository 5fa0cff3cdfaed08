"""Reviews whose day has passed, and runbooks that never had one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.history.freshness import GRACE_DAYS, days_overdue, review_due
from mkdocs_sre.knowledge.tiers import tier_of

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.knowledge import KnowledgeBase

_CURE = "check that it is still true, then set `last_reviewed_on`"


def due_day(document: ReviewedDocument, base: KnowledgeBase) -> date | None:
    """Return the day on which the review of a document is due; None when there is no such day."""
    return review_due(document, tier_of(document, base))


def _overdue(document: ReviewedDocument, context: Context) -> Iterator[tuple[int, Fault]]:
    """Yield by how many days the review is overdue, and the fault that says so."""
    due = due_day(document, context.base)
    days = days_overdue(due, context.as_of)
    if days and getattr(document, "status", "") != "deprecated":
        message = f"the review of {document.id} was due on {due}, {days} day{'' if days == 1 else 's'} ago"
        yield days, fault(document.value_at("last_reviewed_on"), message, _CURE)


@rule("FRS101", "review-overdue", level=Level.INFO, since="0.1")
def review_overdue(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A document is reviewed again by the day on which that is due.

    The day is `last_reviewed_on` plus `review_in`; without `review_in`, plus 90 days for services of tier 0 and 1, 180
    for tier 2, 365 for tier 3. Within 30 days past it the finding is only information.

    ## Why
    Systems change and pages do not. A day on which somebody looks is the simplest way to notice.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2025-08-20
    review_in: 6 months
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    ```

    ## Source
    The GOV.UK Tech Docs template marks pages by `last_reviewed_on` and `review_in`.
    """
    yield from (found for days, found in _overdue(document, context) if days <= GRACE_DAYS)


@rule("FRS102", "review-expired", level=Level.WARNING, since="0.1")
def review_expired(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A document's review is not more than 30 days late.

    ## Why
    An outdated runbook is worse than none: it is followed with confidence, by somebody who cannot know better.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2024-11-02
    review_in: 6 months
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    ```

    ## Source
    Requirements: an outdated runbook is worse than no runbook.
    """
    yield from (found for days, found in _overdue(document, context) if days > GRACE_DAYS)


@rule("FRS103", "never-reviewed", level=Level.INFO, since="0.1")
def never_reviewed(runbook: Runbook) -> Iterator[Fault]:
    """A runbook says when somebody last checked that it is true.

    ## Why
    Without that day the reader at night cannot tell last month's knowledge from that of three years ago.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    ```

    ## Source
    Requirements: runbooks are versioned with the services they cover, and are exercised.
    """
    if runbook.last_reviewed_on is None and runbook.status != "deprecated":
        yield fault(
            runbook.value_at("id"),
            f"{runbook.id} does not say when it was last reviewed",
            "check that it is true, then add `last_reviewed_on`",
        )
