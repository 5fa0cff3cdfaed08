"""The head of a risk assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.risk_assessment import HIGHEST
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head
from mkdocs_sre.pages.standing import life_chips, link_all, owner_facts, review_chips, review_facts, signatures
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
    from mkdocs_sre.pages.site import Site


@head("risk-assessment", columns=("Services", "Owner", "Risks", "Reviewed"))
def risk_assessment_head(assessment: RiskAssessment, site: Site, page: str) -> Head:
    """Return the services, how many risks there are and how high the highest is, and who reviewed it."""
    highest = max(assessment.risks, key=lambda risk: risk.product, default=None)
    expired = sum(1 for risk in assessment.risks if risk.expires and risk.expires < site.as_of)
    chips = [Chip(f"{counted(expired, 'acceptance')} expired", "bad")] if expired else []
    chips += [*life_chips(assessment.status), *review_chips(assessment, site)]
    small = f"highest {highest.product} of {HIGHEST * HIGHEST}: {escape(highest.title)}" if highest else ""
    facts = (
        Fact("Services", link_all(site, page, assessment.services)),
        *owner_facts(assessment.owner, site),
        Fact("Risks", str(len(assessment.risks)), small),
        *_reviewers(assessment),
        *review_facts(assessment, site),
    )
    return Head(tuple(chips[:3]), facts)


def _reviewers(assessment: RiskAssessment) -> tuple[Fact, ...]:
    """Return who reviewed it: one by name, several by number with the names below."""
    names = signatures((one.who, one.role) for one in assessment.reviewed_by)
    count = len(assessment.reviewed_by)
    return fact("Reviewed by", names) if count < 2 else fact("Reviewed by", str(count), names)  # noqa: PLR2004 a plural
