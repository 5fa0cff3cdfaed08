"""Days of reviews that were changed in bulk."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.location import Location
from mkdocs_sre.knowledge import KnowledgeBase


@rule("FRS106", "bulk-restamp", level=Level.INFO, since="0.1")
def bulk_restamp(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A commit that changes nothing but review days changes few of them.

    Git's history tells; without one the rule is silent.

    ## Why
    Nobody reads forty pages in one commit. Days that were replaced in bulk say that somebody looked where nobody did,
    which is worse than an old day.

    ## Example
    ```diff
    # one commit, forty runbooks, and nothing else in it
    -last_reviewed_on: 2025-02-20
    +last_reviewed_on: 2026-02-20
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    review_in: 6 months
    drills:
      - {on: 2026-02-20, by: "@team-checkout", result: passed}
    ```

    ## Source
    Requirements: bulk re-stamping, many pages with only the date changed in one commit, is reported.
    """
    for restamp in context.history.restamps:
        first = min(restamp.paths)
        many = f"the review days of {len(restamp.paths):,} documents, and nothing else in them, were changed"
        yield fault(
            _place(base, first), f"{many} by {restamp.commit}", "review each for itself, and give it the day of that"
        )


def _place(base: KnowledgeBase, path: str) -> Location:
    reviewed = (one for one in base.by_path.get(path, ()) if isinstance(one, ReviewedDocument))
    return next((one.value_at("last_reviewed_on") for one in reviewed), Location(path))
