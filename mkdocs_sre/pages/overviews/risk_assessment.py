"""Risk assessments: the risks of all of them, the highest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.risk_assessment import Risk, RiskAssessment
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.overviews import MOST, Overview, intact, overview, rest
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.risks import HIGH, letter, matrix, rank, rest_of, score, sign_of, treatment
from mkdocs_sre.pages.tables import Column, section, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("Risk"),
    Column("Score"),
    Column("Assessment"),
    Column("Owner", "sre-num"),
    Column("Treatment", "early", bare=True),
)


@overview("risk-assessment")
def risk_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return the risks of all assessments above their list."""
    pairs = [(risk, one) for one in intact(documents) if isinstance(one, RiskAssessment) for risk in one.risks]
    if not pairs:
        return Overview()
    pairs.sort(key=lambda pair: (rank(pair[0]), pair[1].id.lower()))
    rows = [
        [
            f"{sign_of(letter(index))} {site.link_id(page, risk.subject)} <small>{prose(risk.title)}</small>",
            score(risk),
            site.link_document(page, assessment, assessment.id),
            escape(risk.owner or assessment.owner or ""),
            treatment(risk, site.as_of).markdown() + rest_of(site, risk),
        ]
        for index, (risk, assessment) in enumerate(pairs[:MOST])
    ]
    shown = matrix([(risk, letter(index)) for index, (risk, _) in enumerate(pairs[:MOST])], site)
    caption = f"The risks of all assessments, the highest first, as of {site.as_of.isoformat()}"
    listed = table(caption, _COLUMNS, rows, "risks") + rest(len(pairs), "risks")
    return Overview(
        _numbers([risk for risk, _ in pairs], site)
        + section("All risks", "risks", shown, listed)
        + "\n## Assessments {: #sre-assessments }\n"
    )


def _numbers(risks: Sequence[Risk], site: Site) -> str:
    expired = sum(risk.treatment == "accept" and (risk.expires is None or risk.expires < site.as_of) for risk in risks)
    accepted = sum(risk.treatment == "accept" for risk in risks)
    facts = [
        Fact("Risks", str(len(risks))),
        Fact("High", str(sum(risk.product >= HIGH for risk in risks)), f"a score of {HIGH} and more"),
        Fact("Accepted", str(accepted), f"{expired} expired or without end"),
        Fact("Untreated", str(sum(risk.treatment is None for risk in risks))),
    ]
    return render("numbers.md.jinja", facts=facts)
