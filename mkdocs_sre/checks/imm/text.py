"""What the text of final reviews must be: as it was."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase


@rule("IMM101", "final-review-changed", level=Level.ERROR, since="0.1")
def final_review_changed(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A final review stays as it was, to the byte.

    ## Why
    The record of an incident is worth something because nobody can make it nicer later. Whoever reads it in a year must
    know that it is what was agreed then. What became known since stands in an addendum, which the review's page names.

    Line ends, a byte order mark and the last line break do not count; everything else does.

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
        |
        | 612 orders were lost.
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
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
        |
        | 590 orders were lost.
    ADD-2026-007-1.md
        | ---
        | type: addendum
        | id: ADD-2026-007-1
        | amends: PIR-2026-007
        | date: 2026-03-05
        | corrects: The provider counted 612 lost orders.
        | ---
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
    ```

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("final-review-changed")


@rule("IMM102", "final-review-reopened", level=Level.ERROR, since="0.1")
def final_review_reopened(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A review that was final stays final.

    ## Why
    A review that goes back to draft can be edited without anybody noticing, and then be final again with other words.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: draft
        | severity: SEV1
        | service: payments
        | incident_date: 2026-02-24
        | ---
        |
        | 590 orders were lost.
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
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
        |
        | 590 orders were lost.
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
    ```

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("final-review-reopened")


@rule("IMM104", "final-reviews-conflict", level=Level.ERROR, since="0.1")
def final_reviews_conflict(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    r"""A review became final once, with one text.

    ## Why
    Two branches that finalise one review with different words make two records, and a merge keeps one of them. Which one
    was agreed must be said by people: seal the one that holds, and write an exception for the other, with a reason.

    ## Example
    ```text
    * 3c11a0b2 merge
    |\
    | * 9e04d7aa PIR-2026-007: status: final, 612 orders were lost
    * | 41d7c09e PIR-2026-007: status: final, 590 orders were lost
    |/
    * 07b3aa10 PIR-2026-007: status: review
    ```

    ## Use instead
    ```text
    * 9e04d7aa ADD-2026-007-1: 612 orders were lost
    * 41d7c09e PIR-2026-007: status: final, 590 orders were lost
    * 07b3aa10 PIR-2026-007: status: review
    ```

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("final-reviews-conflict")
