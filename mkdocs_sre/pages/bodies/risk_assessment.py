"""The risks of an assessment, the highest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.risks import letter, matrix, rank, rest_of, score, sign_of, treatment
from mkdocs_sre.pages.tables import Column, section, table

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.risk_assessment import Mitigation, Risk, RiskAssessment
    from mkdocs_sre.pages.site import Site

_RISKS = (
    Column("Risk"),
    Column("Score"),
    Column("What is done", "wide", bare=True),
    Column("Treatment", "early", bare=True),
)
_BASES = {"dependency-sla": "SLA of a dependency", "load-test": "load test"}


@body("risk-assessment")
def risk_assessment_body(assessment: RiskAssessment, site: Site, page: str) -> Body:
    """Return the risks above the author's text, as a matrix and as a table."""
    ranked = sorted(assessment.risks, key=rank)
    rows = [_risk(one, letter(index), site, page) for index, one in enumerate(ranked)]
    caption = "Score: severity times likelihood, each 1 to 5; the highest first"
    drawn = matrix([(risk, letter(index)) for index, risk in enumerate(ranked)], site)
    return Body(above=section("Risks", "risks", drawn, table(caption, _RISKS, rows)) if rows else "")


def _risk(risk: Risk, mark: str, site: Site, page: str) -> list[str]:
    done = "<br>".join(text for text in (_mitigation(one, site, page) for one in risk.mitigations) if text)
    effort = f" <small>effort: {escape(risk.effort)}</small>" if risk.effort else ""
    basis = ", ".join(_BASES.get(basis, basis) for basis in risk.basis)
    rests = f" <small>from {basis}</small>" if basis else f" {Chip('no data', 'none').markdown()}"
    owner = f" <small>{escape(risk.owner)}</small>" if risk.owner else ""
    return [
        f"{sign_of(mark)} {site.link_id(page, risk.subject)} <small>{prose(risk.title)}</small>",
        score(risk) + rests,
        done + effort,
        treatment(risk, site.as_of).markdown() + rest_of(site, risk) + owner,
    ]


def _mitigation(one: Mitigation, site: Site, page: str) -> str:
    links = [site.link_id(page, name) for name in (one.runbook, one.action) if name]
    return " ".join([*([prose(one.text)] if one.text else []), *links])
