"""What could not be verified, and what is worth a notice."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase


@rule("IMM201", "review-unverified", level=Level.WARNING, since="0.1")
def review_unverified(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """Every final review is verified by history or by a seal.

    ## Why
    What cannot be looked at is not clean. A shallow clone, a folder without git, a sparse checkout: an edit would pass there
    without a word. Fetch the whole history, or seal the reviews.

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
    actions/checkout and GitLab fetch only the last commits unless told otherwise (`fetch-depth: 0`, `GIT_DEPTH: 0`).
    """
    yield from context.history.faults("review-unverified")


@rule("IMM301", "review-restored", level=Level.INFO, since="0.1")
def review_restored(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A final review was never anything else in between.

    ## Why
    Its bytes are right now, so nothing is wrong with the record. But for a while the site said something else, and whoever
    looks into it should know in which commit.

    ## Example
    ```text
    * 5d20c611 PIR-2026-007: 590 orders were lost
    * 9e04d7aa PIR-2026-007: 612 orders were lost
    * 41d7c09e PIR-2026-007: status: final, 590 orders were lost
    ```

    ## Use instead
    ```text
    * 9e04d7aa ADD-2026-007-1: 612 orders were lost
    * 41d7c09e PIR-2026-007: status: final, 590 orders were lost
    ```

    ## Source
    Requirements: finalised reviews are immutable; corrections are addenda.
    """
    yield from context.history.faults("review-restored")


@rule("IMM302", "review-redacted", level=Level.INFO, since="0.1")
def review_redacted(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """A final review that was changed on purpose says so.

    ## Why
    Sometimes the law asks for a change: a name must go. The exception names both digests, the reason and who answers for it,
    and the page shows it; so it is no secret edit, and it is told in every run.

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
        | 590 orders were lost by [removed].
    pir-seals.lock
        | # pir-seals v1 - append only
        | seal PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e docs/PIR-2026-007.md
        | except PIR-2026-007 v1:sha256:1decc9d76b79e5b0d23914a26829292c2dc87a1d924132a618f5e9d5b7758a3e -> v1:sha256:39f2f8e16bdc564b3a87b08791e690cca9a0a910ff72ec5265631917efaff2c2 reason="customer name redacted, LEGAL-88" by=@privacy
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
    Requirements: a forced redaction is recorded, with reason and name.
    """
    yield from context.history.faults("review-redacted")


@rule("IMM303", "history-unread", level=Level.INFO, since="0.1")
def history_unread(_: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """History can be read, and not only the seals.

    ## Why
    Seals prove that the text is what was sealed. That nobody edited a review and its seal in one commit, only history tells.

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
    ```

    ## Use instead
    ```yaml
    steps:
      - uses: actions/checkout@v4
        with: {fetch-depth: 0}
    ```

    ## Source
    Two independent evidences: each catches what escapes the other.
    """
    yield from context.history.faults("history-unread")
