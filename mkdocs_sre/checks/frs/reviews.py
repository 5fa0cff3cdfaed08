"""Documents that have to be looked at again: soon, now, or long since; and runbooks that never were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.freshness import freshness_of
from mkdocs_sre.analyses.freshness.places import other_places, place_of
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.history.freshness import reviewed_on

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.history.staleness import Freshness, State


def _faults(document: ReviewedDocument, context: Context, state: State) -> Iterator[Fault]:
    """Yield the fault of a document in this state: at the place of its strongest reason, with all of them."""
    found = freshness_of(document, context.base, context.as_of, context.history)
    if found.state == state:
        strongest = found.reasons[0]
        others = other_places(strongest, context.base)
        yield fault(place_of(document, strongest), _said(document, found, context.as_of), strongest.cure, *others)


def _said(document: ReviewedDocument, found: Freshness, as_of: date) -> str:
    due = found.reasons[0].due
    if [one.signal for one in found.reasons] != ["review"] or due is None:
        return f"{document.id}: {'; '.join(one.text for one in found.reasons)}"
    days = (as_of - due).days
    if days > 0:
        return f"the review of {document.id} was due on {due}, {days} day{'' if days == 1 else 's'} ago"
    ahead = f"in {-days} day{'' if days == -1 else 's'}" if days else "today"
    return f"the review of {document.id} is due on {due}, {ahead}"


@rule("FRS101", "review-overdue", level=Level.INFO, since="0.1")
def review_overdue(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A document is reviewed again by the day on which that is due, and when something happened to what it tells of.

    The day is `last_reviewed_on` plus `review_in`; without `review_in`, plus 90 days for services of tier 0 and 1, 180
    for tier 2, 365 for tier 3. A drill of a runbook that passed counts as a review, one that failed asks for one, and
    a runbook that was ever exercised is exercised again after 90 days for tier 0 and 1, 180 for tier 2.

    Sooner than that ask for a look: a service whose `version` has moved past the `verified_for` of its runbook, a later
    incident whose review is final, an alert with another condition, and for a risk assessment services that depend on
    something else than when it was reviewed. Within 30 days the finding is only information.

    ## Why
    Systems change and pages do not. An event says when a page may have become wrong; where nothing tells of one, a day
    on which somebody looks is the simplest way to notice.

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
    yield from _faults(document, context, "overdue")


@rule("FRS102", "review-expired", level=Level.WARNING, since="0.1")
def review_expired(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A document's review is not more than 30 days late, whether its day or an event asks for it.

    The days of an event count from the commit that brought it, so that filing an incident's review or raising a version
    never fails a build by itself. `snooze` with a day and a reason keeps it quiet for at most 90 days.

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
    yield from _faults(document, context, "expired")


@rule("FRS103", "never-reviewed", level=Level.INFO, since="0.1")
def never_reviewed(runbook: Runbook) -> Iterator[Fault]:
    """A runbook says when somebody last checked that it is true, or has a drill that passed.

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
    if reviewed_on(runbook) is None and runbook.status != "deprecated":
        yield fault(
            runbook.value_at("id"),
            f"{runbook.id} does not say when it was last reviewed",
            "check that it is true, then add `last_reviewed_on`",
        )


@rule("FRS104", "review-due-soon", level=Level.INFO, since="0.1")
def review_due_soon(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A document is reviewed before its day comes.

    It is due soon in the last fifth of its cadence, at most the last 30 days.

    ## Why
    Who hears of it before can plan an hour for it; who hears of it after is late.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2025-09-20
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
    Requirements: stale runbooks are seen by the day on which they are due.
    """
    yield from _faults(document, context, "due-soon")
