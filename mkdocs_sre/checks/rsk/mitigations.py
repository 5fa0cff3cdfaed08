"""What is done against risks."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.analyses.freshness import freshness_of
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.history.freshness import is_expired, review_due
from mkdocs_sre.knowledge.tiers import tier_of


@rule("RSK104", "risk-without-mitigation", level=Level.WARNING, since="0.1")
def risk_without_mitigation(assessment: RiskAssessment) -> Iterator[Fault]:
    """A risk that is not accepted, transferred or avoided has a mitigation.

    ## Why
    A list of what can go wrong helps nobody at night. What makes it less likely or less bad does.

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
        treatment: mitigate
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
        treatment: mitigate
        mitigations: [A replica in another zone takes over within a minute]
    ```

    ## Source
    Requirements: ranked risks with recommended mitigations that are specific.
    """
    for index, risk in enumerate(assessment.risks):
        if risk.treatment in (None, "mitigate") and not any(one.says_something for one in risk.mitigations):
            yield fault(
                assessment.at("risks", index, "mitigations"),
                f"the risk `{risk.title}` has no mitigation",
                "add `mitigations`, or say under `treatment` what is done instead",
            )


@rule("RSK105", "mitigation-by-stale-runbook", level=Level.WARNING, since="0.1")
def mitigation_by_stale_runbook(assessment: RiskAssessment, context: Context) -> Iterator[Fault]:
    """A runbook that mitigates a risk is not overdue for review by more than 30 days.

    ## Why
    The risk counts as mitigated because somebody can follow the runbook. When nobody knows whether it is still true,
    the risk is back.

    ## Example
    ```tree
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [checkout]
        | risks:
        |   - subject: orders-db
        |     title: The orders database is lost
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [{runbook: orders-db-failover}]
        | ---
    docs/sre/runbooks/orders-db-failover.md
        | ---
        | type: runbook
        | id: orders-db-failover
        | owner: "@team-data"
        | last_reviewed_on: 2024-11-02
        | review_in: 6 months
        | ---
    ```

    ## Use instead
    ```tree
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [checkout]
        | risks:
        |   - subject: orders-db
        |     title: The orders database is lost
        |     severity: 5
        |     likelihood: 2
        |     basis: incidents
        |     mitigations: [{runbook: orders-db-failover}]
        | ---
    docs/sre/runbooks/orders-db-failover.md
        | ---
        | type: runbook
        | id: orders-db-failover
        | owner: "@team-data"
        | last_reviewed_on: 2026-02-20
        | review_in: 6 months
        | ---
    ```

    ## Source
    Requirements: an outdated runbook creates false confidence.
    """
    for index, risk in enumerate(assessment.risks):
        for position, mitigation in enumerate(risk.mitigations):
            runbook = context.base.document(mitigation.runbook, Runbook)
            why = _out_of_date(runbook, context) if runbook is not None else ""
            if runbook is not None and why:
                yield fault(
                    assessment.value_at("risks", index, "mitigations", position, "runbook"),
                    f"the risk `{risk.title}` is mitigated by {runbook.id}, which is out of date: {why}",
                    "review the runbook, or name another mitigation",
                    runbook.value_at("last_reviewed_on"),
                )


def _out_of_date(runbook: Runbook, context: Context) -> str:
    """Return why a runbook is expired, empty when it is not; nobody reminds of one that is given up, so its day is asked for."""
    if runbook.status == "deprecated":
        due = review_due(runbook, tier_of(runbook, context.base))
        return f"its review was due on {due}" if is_expired(due, context.as_of) else ""
    found = freshness_of(runbook, context.base, context.as_of, context.history)
    expired = (reason.text for reason in found.reasons if reason.state == "expired")
    return next(expired, "") if found.state == "expired" else ""
