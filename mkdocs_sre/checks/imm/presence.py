"""Final reviews are there, once, with what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase


@rule("IMM103", "final-review-missing", level=Level.ERROR, since="0.1")
def final_review_missing(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """The site shows every review that was final.

    ## Why
    A record that nobody finds is as good as deleted. A review may be renamed and moved within the docs folder, since its id
    tells which one it is; it may not be deleted, moved out, or left out by `exclude_docs` or `draft_docs`.

    ## Example
    ```tree
    index.md
        | # Reviews
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
    ```

    ## Use instead
    ```tree
    2026/payments.md
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
    yield from context.history.faults("final-review-missing")


@rule("IMM105", "attachment-changed", level=Level.ERROR, since="0.1")
def attachment_changed(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """The images and snippets of a final review stay as they were.

    ## Why
    What a picture shows is part of what the review says. It belongs to the record, and so do snippets that the text includes.

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
        | ![Failed payments a minute](failed.svg)
    failed.svg
        | <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0L2 0"/></svg>
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:3e9fc889e72d0232df4169cdf248e39fb4db79373005d7608f04286f11297e7f docs/PIR-2026-007.md attached=failed.svg=v1:sha256:96d4a8f56a8e641d83fecba8b2573e5d2cf1c7632f8fe06ce5cc44fa6465f5f3
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
        | ![Failed payments a minute](failed.svg)
    failed.svg
        | <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 1L2 0"/></svg>
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:3e9fc889e72d0232df4169cdf248e39fb4db79373005d7608f04286f11297e7f docs/PIR-2026-007.md attached=failed.svg=v1:sha256:96d4a8f56a8e641d83fecba8b2573e5d2cf1c7632f8fe06ce5cc44fa6465f5f3
    ```

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("attachment-changed")


@rule("IMM106", "final-review-duplicated", level=Level.ERROR, since="0.1")
def final_review_duplicated(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """No other document has the id of a final review.

    ## Why
    The id is what a record is known by. With two of them nobody can say which one is the record, and links lead to either.

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
        | 590 orders were lost.
    PIR-2026-007-new.md
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
    PIR-2026-008.md
        | ---
        | type: pir
        | id: PIR-2026-008
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

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("final-review-duplicated")
