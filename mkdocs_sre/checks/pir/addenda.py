"""Addenda: what they amend, and when."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import FINAL, status_of


@rule("PIR117", "addendum-to-unfinished-review", level=Level.WARNING, since="0.1")
def addendum_to_unfinished_review(addendum: Addendum, context: Context) -> Iterator[Fault]:
    """An addendum amends a review that is final.

    ## Why
    A draft can still be corrected where it is wrong. Two texts that say different things help only where the first
    must not change.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: review
        | severity: SEV1
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ADD-2026-007-1.md
        | ---
        | type: addendum
        | id: ADD-2026-007-1
        | amends: PIR-2026-007
        | date: 2026-03-05
        | ---
    ```

    ## Use instead
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV1
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ADD-2026-007-1.md
        | ---
        | type: addendum
        | id: ADD-2026-007-1
        | amends: PIR-2026-007
        | date: 2026-03-05
        | ---
    ```

    ## Source
    Requirements: post-incident reviews are immutable once finalised.
    """
    pir = context.base.document(addendum.amends, Pir)
    if pir is not None and status_of(pir.status, context.settings) != FINAL:
        yield fault(
            addendum.value_at("amends"),
            f"{pir.id} is not final and can still be corrected itself",
            "put the correction into the review, or finish the review first",
            pir.value_at("status"),
        )


@rule("PIR118", "addendum-before-incident", level=Level.ERROR, since="0.1")
def addendum_before_incident(addendum: Addendum, context: Context) -> Iterator[Fault]:
    """An addendum is not older than the incident.

    ## Why
    One of the two dates is wrong, and addenda are shown in the order of theirs.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV1
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ADD-2026-007-1.md
        | ---
        | type: addendum
        | id: ADD-2026-007-1
        | amends: PIR-2026-007
        | date: 2025-03-05
        | ---
    ```

    ## Use instead
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV1
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ADD-2026-007-1.md
        | ---
        | type: addendum
        | id: ADD-2026-007-1
        | amends: PIR-2026-007
        | date: 2026-03-05
        | ---
    ```

    ## Source
    Requirements: post-incident reviews are historical records.
    """
    pir = context.base.document(addendum.amends, Pir)
    if pir is not None and addendum.date < pir.incident_date:
        yield fault(
            addendum.value_at("date"),
            f"dated {addendum.date}, before the incident of {pir.id} on {pir.incident_date}",
            "correct the date",
            pir.value_at("incident_date"),
        )
