"""Status and severity of a review, and drafts that stay drafts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import DRAFT, SEVERITIES, STATUSES, severity_of, status_of
from mkdocs_sre.knowledge.reviews import draft_days

if TYPE_CHECKING:
    from collections.abc import Sequence


@rule("PIR101", "unknown-review-status", level=Level.ERROR, since="0.1")
def unknown_review_status(pir: Pir, context: Context) -> Iterator[Fault]:
    """The status of a review is draft, review or final, or a word that the option `statuses` maps to one.

    ## Why
    Only a final review is a record that must never change. A status that nobody knows leaves open whether it is one.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: finl
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ```

    ## Source
    Requirements: post-incident reviews are immutable once finalised.
    """
    if status_of(pir.status, context.settings) is None:
        cure = _cure(pir.status, STATUSES, "statuses")
        yield fault(pir.value_at("status"), f"{quoted(pir.status)} is no status of a review", cure)


@rule("PIR102", "unknown-incident-severity", level=Level.ERROR, since="0.1")
def unknown_incident_severity(pir: Pir, context: Context) -> Iterator[Fault]:
    """The severity of an incident is SEV1 to SEV4, or a word that the option `severities` maps to one.

    ## Why
    Severity decides whether a review is required and how soon. Each team's own words are fine as long as it is known
    which of the four they mean.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: bad
    service: payments
    incident_date: 2026-02-24
    ```

    ## Use instead
    ```tree
    options
        | severities: {bad: SEV1}
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: bad
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ```

    ## Source
    Requirements: post-incident review, one per incident of severity 1 or 2.
    """
    if severity_of(pir.severity, context.settings) is None:
        cure = _cure(pir.severity, SEVERITIES, "severities")
        yield fault(pir.value_at("severity"), f"{quoted(pir.severity)} is no severity of an incident", cure)


def _cure(written: str, known: Sequence[str], option: str) -> str:
    near = get_close_matches(written.casefold(), [name.casefold() for name in known], 1)
    meant = next((f"write `{name}`" for name in known if near and name.casefold() == near[0]), "")
    return f"{meant or 'use one of ' + ', '.join(known)}, or map it under `{option}`"


@rule("PIR116", "draft-for-too-long", level=Level.WARNING, since="0.1")
def draft_for_too_long(pir: Pir, context: Context) -> Iterator[Fault]:
    """A review leaves the state of a draft within 5 business days of the incident, for SEV1 within 3.

    ## Why
    After a week people remember what they think must have happened. Days count from the end of the incident where it
    is known, else from its date.

    ## Example
    ```tree
    options
        | as_of: 2026-03-09
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: draft
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ```

    ## Use instead
    ```tree
    options
        | as_of: 2026-03-09
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: review
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ```

    ## Source
    Requirements: post-incident review, "timestamps sourced from logs and monitoring, not memory".
    """
    if status_of(pir.status, context.settings) != DRAFT:
        return
    passed, allowed = draft_days(pir, context.settings, context.as_of)
    if passed > allowed:
        yield fault(
            pir.value_at("status"),
            f"still a draft {passed} business days after the incident; {allowed} are allowed",
            "finish it and set `status: review`",
        )
