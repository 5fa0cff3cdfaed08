"""What stands around a service: what needs it, the risks, reviews, plans and experiments that name it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.risk_assessment import Risk, RiskAssessment
from mkdocs_sre.documents.kinds.service import Dependency, Service
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.pages.elements import documentation_chip, documentation_of, element_link
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.risks import rank, treatment
from mkdocs_sre.pages.runs import verdict
from mkdocs_sre.pages.standing import incident_chip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_sre.documents.kinds.pir import RunbookUse
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.pages.heads import State
    from mkdocs_sre.pages.site import Site

# Whether a runbook helped, in the words of a chip.
HELPED: Mapping[str, tuple[str, State]] = MappingProxyType(
    {"yes": ("helped", "ok"), "partly": ("helped in part", "due"), "no": ("did not help", "bad")}
)
KEYS = ("dependencies", "dependencies.service", "dependencies.any_of")  # that name what is needed


def dependents(service: Service, site: Site) -> list[tuple[Service, Dependency]]:
    """Return who needs a service by a key, and how; journeys first, then by tier and name."""
    key = service.id.lower()
    named = site.base.mentions_of.get(key, ())
    found = {one.document.id.lower(): one.document for one in named if one.key in KEYS and one.document}
    pairs = [
        (other, how)
        for other in found.values()
        if isinstance(other, Service) and other.origin.intact
        for how in other.dependencies
        if any(id_key(site.base, name) == key for name in how.members)
    ]
    return sorted(pairs, key=lambda one: (one[0].service_kind != "journey", one[0].tier, one[0].name.casefold()))


def risks_of(service: Service, site: Site) -> list[tuple[Risk, RiskAssessment]]:
    """Return the risks whose subject a service is, the highest first."""
    key = service.id.lower()
    named = site.base.mentions_of.get(key, ())
    found = {id(one.document): one.document for one in named if one.key == "risks.subject"}
    pairs = [
        (risk, assessment)
        for assessment in found.values()
        if isinstance(assessment, RiskAssessment) and assessment.origin.intact
        for risk in assessment.risks
        if id_key(site.base, risk.subject) == key
    ]
    return sorted(pairs, key=lambda pair: (rank(pair[0]), pair[1].id.lower()))


def risks_around(service: Service, site: Site) -> list[tuple[Risk, RiskAssessment]]:
    """Return the risks of a service and of what it cannot do without, the highest first."""
    needed = [site.base.document(name, Service) for one in service.dependencies if one.hard for name in one.members]
    found: dict[int, tuple[Risk, RiskAssessment]] = {}
    for one in (service, *needed):
        for risk, assessment in risks_of(one, site) if one else ():
            found.setdefault(id(risk), (risk, assessment))
    return sorted(found.values(), key=lambda pair: (rank(pair[0]), pair[1].id.lower()))


def risk_items(risks: Iterable[tuple[Risk, RiskAssessment]], site: Site, page: str) -> list[Item]:
    """Return risks as items of a list."""
    return [
        Item(
            site.link_document(page, assessment, risk.title),
            f"{escape(assessment.id)}, {escape(risk.subject)}, score {risk.product}",
            treatment(risk, site.as_of).markdown(),
        )
        for risk, assessment in risks
    ]


def undocumented_items(service: Service, site: Site, page: str) -> list[Item]:
    """Return the single points of a service that no assessment documents, as items of a list."""
    index = site.graph.system.find(service.id)
    found = sorted(site.outline.single_subjects(index) - {index}) if index is not None else []
    return [
        Item(element_link(site, page, one), "single point of failure", documentation_chip(site, said).markdown())
        for one in found
        if not (said := documentation_of(site, one)).documented
    ]


def review_items(service: Service, site: Site, page: str) -> list[Item]:
    """Return the reviews of a service's incidents, the newest first, as items of a list."""
    reviews = sorted(site.about(service, Pir), key=lambda one: (one.incident_date, one.id), reverse=True)
    items = []
    for pir in reviews:
        lasted = head_of(pir, site, page).value("Mitigated in")
        facts = (escape(pir.id), pir.incident_date.isoformat(), f"mitigated in {lasted}" if lasted else "")
        small = ", ".join(fact for fact in facts if fact)
        items.append(Item(site.link_document(page, pir), small, incident_chip(pir.severity, site).markdown()))
    return items


def plan_items(service: Service, site: Site, page: str) -> list[Item]:
    """Return the capacity plans of a service as items of a list."""
    items = []
    for plan in site.about(service, CapacityPlan):
        head = head_of(plan, site, page)
        first = next((one for one in head.facts if one.label == "Reaches its threshold"), None)
        small = f"{first.small} first, on {first.value}" if first else f"measured on {plan.measured_on.isoformat()}"
        items.append(Item(site.link_document(page, plan), small, head.chips[0].markdown() if head.chips else ""))
    return items


def experiments_on(service: Service, site: Site) -> list[ChaosExperiment]:
    """Return the chaos experiments on a service, or that prove something of it, the newest first."""
    named = site.base.mentions_of.get(service.id.lower(), ())
    found = {id(one.document): one.document for one in named if one.key in ("service", "validates")}
    experiments = [one for one in found.values() if isinstance(one, ChaosExperiment) and one.origin.intact]
    return sorted(experiments, key=lambda one: (one.run_on or date.max, one.id), reverse=True)


def validates(site: Site, experiment: ChaosExperiment, service: Service) -> bool:
    """Whether an experiment says that it proves something of a service."""
    key = service.id.lower()
    return any(id_key(site.base, name) == key for name in experiment.validates)


def experiment_items(experiments: Iterable[ChaosExperiment], site: Site, page: str) -> list[Item]:
    """Return chaos experiments as items of a list."""
    return [
        Item(
            site.link_document(page, one),
            ", ".join(text for text in (escape(one.id), one.run_on.isoformat() if one.run_on else "") if text),
            verdict(one).markdown(),
        )
        for one in experiments
    ]


def suspects(service: Service, site: Site, page: str) -> list[Item]:
    """Return what a service needs, hard needs first, and whom to call for it, as items of a list."""
    items = []
    for how in sorted(service.dependencies, key=lambda one: not one.hard):
        for name in how.members:
            needed = site.base.document(name, Service)
            words = (
                [needed.service_kind if needed.service_kind != "service" else f"tier {needed.tier}"] if needed else []
            )
            words += ["hard" if how.hard else "soft"]
            small = escape(", ".join(words)) + (f", page {escape(needed.owner)}" if needed else "")
            items.append(Item(site.link_id(page, name), small))
    return items


def breaking(service: Service, site: Site, page: str) -> list[Item]:
    """Return who breaks with a service, or loses something, as items of a list."""
    return [
        Item(
            site.link_document(page, other),
            f"{_sort(other)}, {'down' if how.hard else prose(how.fallback) if how.fallback else 'degraded'}",
        )
        for other, how in dependents(service, site)
    ]


def _sort(service: Service) -> str:
    return f"tier {service.tier}" if service.service_kind == "service" else service.service_kind


def uses_of(runbook: Runbook, site: Site) -> list[tuple[Pir, RunbookUse]]:
    """Return the reviews of incidents in which a runbook was followed, the newest first, and what they say of it."""
    key = runbook.id.lower()
    named = site.base.mentions_of.get(key, ())
    found = {id(one.document): one.document for one in named if one.key.startswith("runbooks_used")}
    pairs = [
        (pir, use)
        for pir in found.values()
        if isinstance(pir, Pir) and pir.origin.intact
        for use in pir.runbooks_used
        if id_key(site.base, use.runbook) == key
    ]
    return sorted(pairs, key=lambda pair: (pair[0].incident_date, pair[0].id), reverse=True)
