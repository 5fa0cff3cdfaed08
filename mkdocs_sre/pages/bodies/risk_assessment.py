"""The risks of an assessment, the highest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.tables import Column, section, table

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.documents.kinds.risk_assessment import Mitigation, Risk, RiskAssessment
    from mkdocs_sre.pages.site import Site

_RISKS = (
    Column("Risk"),
    Column("Score", "n"),
    Column("Basis"),
    Column("What is done", "wide", bare=True),
    Column("Treatment", "early", bare=True),
)
_BASES = {"dependency-sla": "SLA of a dependency", "load-test": "load test"}


@body("risk-assessment")
def risk_assessment_body(assessment: RiskAssessment, site: Site, page: str) -> Body:
    """Return the risks above the author's text."""
    ranked = sorted(assessment.risks, key=lambda risk: (-risk.product, risk.subject.lower()))
    rows = [_risk(one, site, page) for one in ranked]
    caption = "Score: severity times likelihood, each 1 to 5; the highest first"
    return Body(above=section("Risks", "risks", table(caption, _RISKS, rows)) if rows else "")


def _risk(risk: Risk, site: Site, page: str) -> list[str]:
    done = "<br>".join(text for text in (_mitigation(one, site, page) for one in risk.mitigations) if text)
    facts = [f"effort {risk.effort}" if risk.effort else "", risk.owner or ""]
    small = ", ".join(escape(text) for text in facts if text)
    return [
        f"{site.link_id(page, risk.subject)} <small>{prose(risk.title)}</small>",
        f"{risk.product} <small>{risk.severity} &#215; {risk.likelihood}</small>",
        ", ".join(_BASES.get(basis, basis) for basis in risk.basis) or Chip("no data", "none").markdown(),
        done + (f" <small>{small}</small>" if small else ""),
        _treatment(risk, site.as_of).markdown(),
    ]


def _mitigation(one: Mitigation, site: Site, page: str) -> str:
    links = [site.link_id(page, name) for name in (one.runbook, one.action) if name]
    return " ".join([*([prose(one.text)] if one.text else []), *links])


def _treatment(risk: Risk, as_of: date) -> Chip:
    if risk.treatment == "accept":
        if risk.expires is None:
            return Chip("accepted without end", "bad")
        if risk.expires < as_of:
            return Chip(f"acceptance expired {risk.expires.isoformat()}", "bad")
        return Chip(f"accepted to {risk.expires.isoformat()}", "ok")
    return (
        Chip(risk.treatment, "due" if risk.treatment == "mitigate" else "plain")
        if risk.treatment
        else Chip("untreated", "none")
    )
