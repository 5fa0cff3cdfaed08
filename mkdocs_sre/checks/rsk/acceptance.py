"""Risks that somebody accepted."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.risk_assessment import Risk, RiskAssessment
from mkdocs_sre.documents.values import Duration

LONGEST = Duration("12 months", months=12)  # that an acceptance lasts


def _accepted(assessment: RiskAssessment) -> Iterator[tuple[int, Risk]]:
    return ((index, risk) for index, risk in enumerate(assessment.risks) if risk.treatment == "accept")


@rule("RSK101", "acceptance-without-approval", level=Level.ERROR, since="0.1")
def acceptance_without_approval(assessment: RiskAssessment) -> Iterator[Fault]:
    """An accepted risk says who accepted it and until when.

    ## Why
    To accept a risk is a decision. Without a name nobody has made it, and without an end it is forgotten.

    ## Example
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
    ```

    ## Use instead
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
        approver: "@head-of-engineering"
        accepted_on: 2026-01-15
        expires: 2026-07-15
    ```

    ## Source
    ISO 31000:2018, 6.5: the risk that remains is documented and reviewed, and plans name who is accountable.
    """
    for index, risk in _accepted(assessment):
        missing = [key for key, value in (("approver", risk.approver), ("expires", risk.expires)) if value is None]
        if missing:
            yield fault(
                assessment.value_at("risks", index, "treatment"),
                f"the risk `{risk.title}` is accepted without {' and '.join(f'`{key}`' for key in missing)}",
                "name who accepted it and the day on which that ends",
            )


@rule("RSK102", "acceptance-too-long", level=Level.ERROR, since="0.1")
def acceptance_too_long(assessment: RiskAssessment, context: Context) -> Iterator[Fault]:
    """A risk is accepted for at most 12 months.

    The time runs from `accepted_on`; where that is left out, from today.

    ## Why
    Within a year the system, its users and its people change. A decision that is older was made about something else.

    ## Example
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
        approver: "@head-of-engineering"
        accepted_on: 2026-01-15
        expires: 2028-01-15
    ```

    ## Use instead
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
        approver: "@head-of-engineering"
        accepted_on: 2026-01-15
        expires: 2027-01-15
    ```

    ## Source
    Requirements: an acceptance lasts at most 12 months.
    """
    for index, risk in _accepted(assessment):
        last = LONGEST.after(risk.accepted_on or context.as_of)
        if risk.expires is not None and risk.expires > last:
            yield fault(
                assessment.value_at("risks", index, "expires"),
                f"the risk `{risk.title}` is accepted for more than 12 months",
                f"end the acceptance by {last}, and decide again then",
            )


@rule("RSK103", "acceptance-expired", level=Level.ERROR, since="0.1")
def acceptance_expired(assessment: RiskAssessment, context: Context) -> Iterator[Fault]:
    """The acceptance of a risk has not ended.

    ## Why
    Past its last day nobody stands behind the decision any more, but the risk is still there.

    ## Example
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
        approver: "@head-of-engineering"
        accepted_on: 2025-01-15
        expires: 2025-07-15
    ```

    ## Use instead
    ```yaml
    type: risk-assessment
    id: RA-004
    services: [checkout]
    risks:
      - subject: orders-db
        title: The orders database is lost
        severity: 5
        likelihood: 2
        basis: incidents
        treatment: accept
        approver: "@head-of-engineering"
        accepted_on: 2026-01-15
        expires: 2026-07-15
    ```

    ## Source
    Requirements: an acceptance has an end.
    """
    for index, risk in _accepted(assessment):
        if risk.expires is not None and risk.expires < context.as_of and assessment.status != "deprecated":
            yield fault(
                assessment.value_at("risks", index, "expires"),
                f"the acceptance of the risk `{risk.title}` ended on {risk.expires}",
                "decide again: mitigate it, or have it accepted anew",
            )
