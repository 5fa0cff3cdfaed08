"""Risks that came true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import id_key


@rule("RSK106", "risk-realised", level=Level.WARNING, since="0.1")
def risk_realised(base: KnowledgeBase) -> Iterator[Fault]:
    """An assessment is reviewed after an incident on one of its services or subjects.

    A review of the assessment on or after the day of the incident settles it; so does the id of the one document under
    `considered` of the other.

    ## Why
    An incident is the best data about a risk that there is: how likely it is, how bad, and whether the mitigation
    helped.

    ## Example
    ```tree
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [checkout]
        | last_reviewed_on: 2026-01-10
        | ---
    docs/reliability/pirs/PIR-2026-003.md
        | ---
        | type: pir
        | id: PIR-2026-003
        | status: final
        | severity: SEV2
        | service: checkout
        | incident_date: 2026-02-03
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | ---
    ```

    ## Use instead
    ```tree
    docs/reliability/risks/RA-004.md
        | ---
        | type: risk-assessment
        | id: RA-004
        | services: [checkout]
        | last_reviewed_on: 2026-02-10
        | ---
    docs/reliability/pirs/PIR-2026-003.md
        | ---
        | type: pir
        | id: PIR-2026-003
        | status: final
        | severity: SEV2
        | service: checkout
        | incident_date: 2026-02-03
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | ---
    ```

    ## Source
    Requirements: risk ratings are based on data, first of all on the history of incidents.
    """
    pirs: dict[str, list[Pir]] = defaultdict(list)
    for pir in base.of_kind(Pir):
        pirs[id_key(base, pir.service)].append(pir)
    for assessment in base.of_kind(RiskAssessment):
        if assessment.status == "deprecated":
            continue
        names = (*assessment.services, *(risk.subject for risk in assessment.risks))
        for about in sorted({id_key(base, name) for name in names}):
            for pir in pirs.get(about, ()):
                if _is_news(pir, assessment, base):
                    yield fault(
                        assessment.value_at("last_reviewed_on"),
                        f"{pir.id} tells of an incident on {pir.service} on {pir.incident_date}, after the last review",
                        f"rate its risks anew and set `last_reviewed_on`, or list {pir.id} under `considered`",
                        pir.value_at("incident_date"),
                    )


def _is_news(pir: Pir, assessment: RiskAssessment, base: KnowledgeBase) -> bool:
    """Whether the incident is later than the assessment's review, and neither document takes note of the other."""
    if assessment.last_reviewed_on is None or pir.incident_date <= assessment.last_reviewed_on:
        return False
    noted = {id_key(base, name) for name in (*assessment.considered, *pir.considered)}
    return noted.isdisjoint((pir.id.lower(), assessment.id.lower()))
