"""How each service is changed and put back, what stops a release, and what was proven about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.blocks import Block, all_of, items, rows, small, start
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.experiments import experiment_item
from mkdocs_sre.pages.gathering import nothing_short, services, shortages
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.heads.capacity_plan import lasting
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.slo.policy import budget_chip
from mkdocs_sre.pages.slo.states import states_of, worst
from mkdocs_sre.pages.standing import review_chips, tier_of
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import length, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.kinds.slo import PolicyStep
    from mkdocs_sre.pages.gathering import Shortage
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState

# What tells that a document is about a change, whole words only.
_CHANGE = re.compile(
    r"\b(?:deploy\w*|releas\w*|roll(?:ed|ing)?[ -]?(?:out|back)\w*|canary|upgrad\w*|migrat\w*)\b", re.IGNORECASE
)
_CHANGED = (
    Column("Service", "fit"),
    Column("Version", "sre-num"),
    Column("Strategy"),
    Column("Environments"),
    Column("Back", "wide", bare=True),
    Column("Takes", "n"),
)
_POLICIES = (
    Column("SLO", "fit"),
    Column("Now", "early", bare=True),
    Column("Budget spent, and what happens then", "wide", bare=True),
)
_LEADS = (
    Column("Resource", "fit"),
    Column("Plan"),
    Column("Takes to get", "sre-num"),
    Column("State", "early", bare=True),
)


@reader("Release engineer", "How each service is changed and put back, and what stops a release.", rank=60)
def release_engineer_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield deployments, budget policies, runbooks, experiments and capacity lead times."""
    yield _changed(site, page)
    yield _policies(site, page)
    yield _runbooks(site, page)
    yield _experiments(site, page)
    yield _leads(site, page)


def _changed(site: Site, page: str) -> Block:
    def row(service: Service) -> list[str]:
        said = service.deployment
        back = said.rollback if said else None
        return [
            site.link_document(page, service),
            escape(service.version or ""),
            prose(said.strategy or "") if said else Chip("not told", "none").markdown(),
            ", ".join(escape(one) for one in said.environments) if said else "",
            f"<code>{escape(back.command)}</code>" if back else Chip("no way back", "none").markdown() if said else "",
            f"{number(back.minutes)} min" if back and back.minutes is not None else "",
        ]

    found = [one for one in services(site) if one.deployment or one.service_kind == "service"]
    return Block(
        "How each service is changed, and put back",
        "A change is as safe as its way back: the exact command, and how long it takes.",
        rows("The most critical first", _CHANGED, found, row, all_of(site, page, Service)) if _told(found) else "",
        "No service names its `deployment`: strategy, environments, and `rollback` with command and minutes.",
    )


def _told(found: Iterable[Service]) -> bool:
    return any(one.deployment for one in found)


def _policies(site: Site, page: str) -> Block:
    found = [one for one in site.base.of_kind(ServiceLevelObjective) if one.error_budget_policy]
    states = {id(one): worst(states_of(one, site)) for one in found}
    found.sort(
        key=lambda one: (
            not states[id(one)].stops_changes,
            tier_of(site, [one.service]) or 0,
            one.service.lower(),
            one.id,
        )
    )

    def row(slo: ServiceLevelObjective) -> list[str]:
        steps = sorted(slo.error_budget_policy, key=lambda one: -one.at_percent)
        said = "<br>".join(f"<b>{percent(one.at_percent)}</b> {prose(one.action)}{_by(one)}" for one in steps)
        link = f"{site.link_document(page, slo)} <small>{site.link_id(page, slo.service)}</small>"
        return [link, _now(states[id(slo)]), said]

    return Block(
        "What stops a release",
        "Once so much of an error budget is spent, this holds for the service until it has recovered.",
        rows(
            "What stops changes now first, then the most critical",
            _POLICIES,
            found,
            row,
            all_of(site, page, ServiceLevelObjective),
        ),
        "No SLO has an `error_budget_policy`. " + start(ServiceLevelObjective, "checkout-completes"),
    )


def _now(state: BudgetState) -> str:
    """Return whether a budget stops changes, and how much of it is spent."""
    chips = [Chip("changes stop", "bad") if state.stops_changes else None, budget_chip(state)]
    return " ".join(one.markdown() for one in chips if one) or "nothing spent"


def _by(step: PolicyStep) -> str:
    return f" ({escape(step.decides)} decides)" if step.decides else ""


def _runbooks(site: Site, page: str) -> Block:
    listed = []
    for one in sorted(site.base.of_kind(Runbook), key=lambda one: (one.name.casefold(), one.id)):
        service = site.base.document(one.service, Service)
        behind = any(reason.signal == "version" for reason in site.freshness(one).reasons)
        about = _CHANGE.search(one.name) or one.form == "procedure"
        if behind or about:
            chips = [Chip(f"verify for {service.version}", "due")] if behind and service else []
            chips += review_chips(one, site)
            proven = f"verified for {escape(one.verified_for)}" if one.verified_for else ""
            said = small(site.link_id(page, one.service) if one.service else "", proven, prose(one.impact or ""))
            listed.append(Item(site.link_document(page, one), said, " ".join(chip.markdown() for chip in chips[:2])))
    return Block(
        "Runbooks that a release touches",
        "Procedures, runbooks about changes, and those that were last proven with another version than the one that runs.",
        items(listed, more=all_of(site, page, Runbook)),
        "No runbook says what it is `verified_for`, or is a `procedure`.",
        "Every runbook that names a version was verified for the one that runs, as far as the policy asks."
        if _verified(site)
        else "",
    )


def _verified(site: Site) -> bool:
    return any(one.verified_for for one in site.base.of_kind(Runbook))


def _experiments(site: Site, page: str) -> Block:
    listed = []
    for one in site.base.of_kind(ChaosExperiment):
        if _CHANGE.search(f"{one.name} {one.hypothesis} {one.injection.failure}"):
            tested = f"version {escape(one.tested.version)}" if one.tested and one.tested.version else ""
            listed.append(experiment_item(one, site, page, tested))
    return Block(
        "Experiments about changes",
        "What is known about a deployment that goes wrong, because it was made to.",
        items(listed, more=all_of(site, page, ChaosExperiment)),
        "No experiment is about a deployment, a rollback or an upgrade. " + start(ChaosExperiment, "CHAOS-001"),
    )


def _leads(site: Site, page: str) -> Block:
    def row(one: Shortage) -> list[str]:
        lead = escape(length(one.resource.lead_time)) if one.resource.lead_time else "not told"
        chip = lasting(one.plan, one.day, site.as_of)
        return [prose(one.resource.name), site.link_document(page, one.plan), lead, chip.markdown()]

    return Block(
        "Capacity to have in place",
        "What runs short next, and how long it takes to get more of it before a release needs it.",
        rows("The earliest first", _LEADS, shortages(site), row, all_of(site, page, CapacityPlan)),
        start(CapacityPlan, "checkout-capacity"),
        nothing_short(site),
    )
