"""How the system hangs together, where it is weak, and what has been tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.knowledge.tiers import CRITICAL, lesser_services
from mkdocs_sre.pages.blocks import Block, all_of, items, rows, start
from mkdocs_sre.pages.dependencies import instead, need, proof
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.experiments import experiment_item
from mkdocs_sre.pages.gathering import nothing_short, risks, services, shortages
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.heads.capacity_plan import lasting
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.recovery import recovery_block
from mkdocs_sre.pages.risks import treatment
from mkdocs_sre.pages.standing import link_all
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.kinds.service import Dependency
    from mkdocs_sre.pages.gathering import PlacedRisk, Shortage
    from mkdocs_sre.pages.site import Site

_JOURNEYS = (
    Column("Element", "fit"),
    Column("Journey", bare=True),
    Column("Need", bare=True),
    Column("Without it"),
    Column("Proven"),
)
_WEAK = (
    Column("Service", "fit"),
    Column("Needs"),
    Column("What is weak", "early", bare=True),
    Column("Why", "wide", bare=True),
)
_RISKS = (
    Column("Subject", "fit"),
    Column("Score", "n"),
    Column("What would happen", "wide", bare=True),
    Column("In"),
    Column("Treatment", "early", bare=True),
)
_LIMITS = (
    Column("Resource", "fit"),
    Column("Plan"),
    Column("Under its headroom", "sre-num"),
    Column("Nothing left", "sre-num"),
    Column("Takes to get"),
)


@reader("Architect", "How the system hangs together, where it is weak, and what has been proven.", rank=20)
def architect_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield journeys, weak spots, risks, experiments, limits ahead and recovery targets."""
    yield _journeys(site, page)
    yield _weak(site, page)
    yield _risks(site, page)
    yield _experiments(site, page)
    yield _limits(site, page)
    yield recovery_block(
        site,
        page,
        "A design is judged by what may be lost and for how long; a target that nothing has proven is a hope.",
    )


def _journeys(site: Site, page: str) -> Block:
    found = [(one, how) for one in services(site, "journey") for how in one.dependencies]

    def row(one: tuple[Service, Dependency]) -> list[str]:
        journey, how = one
        proven = proof(how.validated, site, page, claimed=bool(how.fallback))
        needed = link_all(site, page, how.members)
        return [needed, site.link_document(page, journey), need(how), instead(how, site, page), proven]

    return Block(
        "What each journey needs",
        "What users do is the measure of what must hold: hard means that the journey stops without it.",
        rows("Direct needs of each journey", _JOURNEYS, found, row, all_of(site, page, Service)),
        "No service is a journey. Write what users do as services with `kind: journey` and their `dependencies`.",
    )


def _weak(site: Site, page: str) -> Block:
    found = [row for one in services(site) for how in one.dependencies for row in _weakness(site, page, one, how)]
    return Block(
        "Weak dependencies",
        "A critical service cannot be better than what it needs, and a fallback that nobody tried may not be there.",
        rows(
            "Tier inversions, then what is unproven", _WEAK, sorted(found, key=lambda row: row[2], reverse=True), list
        ),
        start(Service, "checkout"),
        "No tier inversion and no unproven fallback." if site.base.of_kind(Service) else "",
    )


def _weakness(site: Site, page: str, service: Service, how: Dependency) -> Iterable[list[str]]:
    who = [site.link_document(page, service), link_all(site, page, how.members)]
    lesser = lesser_services(how, site.base) if service.tier <= CRITICAL else []
    for one in lesser:
        why = f"tier {service.tier} needs tier {one.tier}"
        yield [*who, Chip("tier inversion", "bad").markdown(), why]
    if how.validated is None and (how.fallback or how.any_of or not how.hard):
        said = instead(how, site, page) or ("any of them" if how.hard else "said to work without it")
        yield [*who, Chip("unproven", "none").markdown(), said]


def _risks(site: Site, page: str) -> Block:
    def row(placed: PlacedRisk) -> list[str]:
        risk = placed.risk
        return [
            site.link_id(page, risk.subject),
            str(risk.product),
            prose(risk.title),
            site.link_document(page, placed.assessment, placed.assessment.id),
            treatment(risk, site.as_of).markdown(),
        ]

    return Block(
        "Risks, the highest first",
        "Severity times likelihood, each 1 to 5, so that work on the design goes where it saves most.",
        rows("Of all assessments", _RISKS, risks(site), row, all_of(site, page, RiskAssessment)),
        start(RiskAssessment, "RA-001"),
    )


def _experiments(site: Site, page: str) -> Block:
    order = {"failed": 0, "aborted": 1, "planned": 2}
    found = [one for one in site.base.of_kind(ChaosExperiment) if one.status in order]
    found.sort(key=lambda one: (order[one.status], one.id))
    listed = [experiment_item(one, site, page) for one in found]
    return Block(
        "Experiments that failed, and those to come",
        "A failed experiment is a design that did not hold; a planned one is a claim that still waits for its proof.",
        items(listed, more=all_of(site, page, ChaosExperiment)),
        start(ChaosExperiment, "CHAOS-001"),
        "Every experiment has passed." if site.base.of_kind(ChaosExperiment) else "",
    )


def _limits(site: Site, page: str) -> Block:
    def row(one: Shortage) -> list[str]:
        return [
            prose(one.resource.name),
            site.link_document(page, one.plan),
            lasting(one.plan, one.day, site.as_of).markdown(),
            one.limit_on.isoformat() if one.limit_on else "",
            escape(length(one.resource.lead_time)) if one.resource.lead_time else "",
        ]

    return Block(
        "Capacity limits ahead",
        "What runs short next, counted from its growth, bounds what can be promised until it is changed.",
        rows("The earliest first", _LIMITS, shortages(site), row, all_of(site, page, CapacityPlan)),
        start(CapacityPlan, "checkout-capacity"),
        nothing_short(site),
    )
