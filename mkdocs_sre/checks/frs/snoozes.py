"""Reminders that are put off."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.history.staleness import MAX_SNOOZE_DAYS, last_snooze


@rule("FRS105", "snooze-too-long", level=Level.WARNING, since="0.1")
def snooze_too_long(document: ReviewedDocument, context: Context) -> Iterator[Fault]:
    """A snooze ends at most 90 days ahead; a longer one does not count.

    ## Why
    A page that is put off for a year is forgotten. Ninety days hold any honest reason; after that somebody looks, or
    says again why not.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    snooze:
      until: 2027-12-31
      reason: No time
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    snooze:
      until: 2026-05-31
      reason: The cart moves to Valkey in May, and the page is rewritten with it
    ```

    ## Source
    Requirements: a snooze has a reason, lasts at most 90 days, and is shown on the page.
    """
    last = last_snooze(context.as_of)
    if document.snooze is None or document.snooze.until <= last or getattr(document, "status", "") == "deprecated":
        return
    days = (document.snooze.until - context.as_of).days
    yield fault(
        document.value_at("snooze", "until"),
        f"{document.id} is snoozed for {days:,} days, so the snooze does not count; at most {MAX_SNOOZE_DAYS} do",
        f"set `until` to {last.isoformat()} or an earlier day, or review it",
    )
