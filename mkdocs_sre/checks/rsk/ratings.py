"""How risks are rated."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment

JUDGEMENT = "judgement"


@rule("RSK107", "wrong-risk-score", level=Level.WARNING, since="0.1")
def wrong_risk_score(assessment: RiskAssessment) -> Iterator[Fault]:
    """A score is severity times likelihood.

    ## Why
    Risks are ranked by their scores. One that was not changed along with its factors puts the wrong risk first.

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
        score: 15
        basis: incidents
        mitigations: [A replica in another zone takes over within a minute]
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
        score: 10
        basis: incidents
        mitigations: [A replica in another zone takes over within a minute]
    ```

    ## Source
    NIST SP 800-30 Rev. 1, Appendix I: the level of a risk is determined from likelihood and impact.
    """
    for index, risk in enumerate(assessment.risks):
        if risk.score is not None and risk.score != risk.product:
            yield fault(
                assessment.value_at("risks", index, "score"),
                f"the score {risk.score} is not severity {risk.severity} x likelihood {risk.likelihood}",
                f"write {risk.product}, or leave the score out",
            )


@rule("RSK108", "risk-by-judgement", level=Level.WARNING, since="0.1")
def risk_by_judgement(assessment: RiskAssessment) -> Iterator[Fault]:
    """The rating of a risk rests on data, not on judgement alone.

    ## Why
    Feeling rates the last outage too high and the one that never came too low. Incidents, load tests, the SLAs of
    dependencies and chaos experiments can be looked up and argued with.

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
        basis: judgement
        mitigations: [A replica in another zone takes over within a minute]
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
        basis: [incidents, judgement]
        mitigations: [A replica in another zone takes over within a minute]
    ```

    ## Source
    Requirements: risk ratings are based on data (incident history, load test results, dependency SLAs), not intuition.
    """
    for index, risk in enumerate(assessment.risks):
        if not set(risk.basis) - {JUDGEMENT}:
            rests = "rests on judgement alone" if risk.basis else "names nothing that it rests on"
            yield fault(
                assessment.value_at("risks", index, "basis"),
                f"the rating of the risk `{risk.title}` {rests}",
                "add `incidents`, `load-test`, `dependency-sla` or `chaos` to its `basis`",
            )
