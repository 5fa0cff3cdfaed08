"""The file of seals."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase


@rule("IMM107", "final-review-unsealed", level=Level.ERROR, since="0.1")
def final_review_unsealed(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """Once there are seals, every final review has one.

    ## Why
    A review without a seal can be changed before anybody seals it, and in a clone without history nothing would tell. The
    command `mkdocs-sre seal` adds what is missing; run it in the commit that makes a review final.

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
    pir-seals.lock
        | # pir-seals v1 - append only
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
    Lock files of package managers: what is not locked is not known.
    """
    yield from context.history.faults("final-review-unsealed")


@rule("IMM108", "seal-removed", level=Level.ERROR, since="0.1")
def seal_removed(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """The file of seals only grows.

    ## Why
    Whoever may take a line away may put another in its place, and so give any edit its seal. Each line that a commit holds
    must stand in the file for ever.

    ## Example
    ```diff
    -seal PIR-2026-007 v1:sha256:9c1e... docs/PIR-2026-007.md
    +seal PIR-2026-007 v1:sha256:77ab... docs/PIR-2026-007.md
    ```

    ## Use instead
    ```diff
     seal PIR-2026-007 v1:sha256:9c1e... docs/PIR-2026-007.md
    +except PIR-2026-007 v1:sha256:9c1e... -> v1:sha256:77ab... reason="customer name redacted, LEGAL-88" by=@privacy
    ```

    ## Source
    Migration tools that rewrite their checksums on request launder any edit; this file has no such command.
    """
    yield from context.history.faults("seal-removed")


@rule("IMM109", "damaged-seal", level=Level.ERROR, since="0.1")
def damaged_seal(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """Every line of the file of seals can be read, and no two contradict each other.

    ## Why
    A line that cannot be read protects nothing, and two seals for one review let either text pass.

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
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
        | seal PIR-2026-008
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
    The format: one record a line, written only by `mkdocs-sre seal`.
    """
    yield from context.history.faults("damaged-seal")
