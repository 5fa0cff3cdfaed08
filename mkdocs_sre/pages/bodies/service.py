"""What a service needs, how it recovers and degrades, how it is changed, and what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.model import JOURNEY
from mkdocs_sre.pages.alerts.names import NO_RUNBOOK, alerts_about, severity_chip
from mkdocs_sre.pages.alerts.people import called_words
from mkdocs_sre.pages.around import (
    dependents,
    experiment_items,
    experiments_on,
    plan_items,
    review_items,
    risk_items,
    risks_around,
    undocumented_items,
)
from mkdocs_sre.pages.availability import availability_table
from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.dependencies import proof
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.lists import columns
from mkdocs_sre.pages.objectives import allowed, sums_of
from mkdocs_sre.pages.pairs import meetings, pairs_of, pairs_table
from mkdocs_sre.pages.points import points_table
from mkdocs_sre.pages.slo.columns import budget_cell
from mkdocs_sre.pages.slo.states import states_of, worst
from mkdocs_sre.pages.standing import alert_link, web_link
from mkdocs_sre.pages.tables import MAX_INLINE_ROWS, STATE, Column, further, section, table
from mkdocs_sre.pages.together import together
from mkdocs_sre.pages.words import length, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
    from mkdocs_sre.documents.kinds.service import Deployment, Recovery, Service
    from mkdocs_sre.pages.site import Site

_RECOVERY = (Column("Scenario"), Column("RTO"), Column("RPO"), Column("Proven"))
_SLOS = (
    Column("SLO", "fit"),
    Column("Objective", "n", bare=True),
    Column("Window", bare=True),
    Column("Budget", "sre-num", bare=True),
    Column("Dependencies allow", "wide"),
)
_ALERTS = (Column("Alert", "fit"), Column("Runbook", "wide", bare=True), Column("Calls"), STATE)
_RUNBOOKS = (Column("Runbook", "fit"), Column("What users feel", "wide", bare=True), STATE)


@body("service")
def service_body(service: Service, site: Site, page: str) -> Body:
    """Return what it promises and its dependencies above the author's text; how it recovers and changes below it."""
    needing = dependents(service, site)
    risks, experiments = risks_around(service, site), experiments_on(service, site)
    above = (
        section("Promise", "promise", _promise(service, site, page)),
        section("Dependencies", "graph", together(service, site, page)),
        *_points(service, site, page),
        section("Alerts", "alerts", _alerts(service, site, page)),
        section("Runbooks", "runbooks", _runbooks(service, site, page)),
        section(
            "Risks and reviews",
            "risks",
            columns(
                ("Risks", [*risk_items(risks, site, page), *undocumented_items(service, site, page)]),
                ("Reviews", review_items(service, site, page)),
            ),
        ),
    )
    below = (
        section("Recovery", "recovery", _recovery(service, site, page)),
        section("When not everything works", "degradation", _degradation(service)),
        section("Capacity and experiments", "plans", _plans(service, experiments, site, page)),
        section("Deployment", "deployment", _deployment(service.deployment)),
        section("Elsewhere", "elsewhere", _links(service)),
    )
    listed = [
        one.id for kind in (ServiceLevelObjective, Runbook, Pir, CapacityPlan) for one in site.about(service, kind)
    ]
    listed += [other.id for other, _ in needing] + [one.id for one in experiments] + [one.id for _, one in risks]
    return Body(joined(above), joined(below), frozenset(listed))


def _points(service: Service, site: Site, page: str) -> tuple[str, ...]:
    """Return what can fail alone or two at a time, for a journey, and what availability can be hoped for."""
    index = site.graph.system.find(service.id)
    if index is None:
        return ()
    hope = section("What it can hope for", "availability", availability_table(site, page, index))
    if service.service_kind != JOURNEY:
        return (hope,)
    pairs = pairs_table(site, page, meetings(site, pairs_of(site, [index])), index)
    return (
        section("Single points of failure", "single", points_table(site, page, index)),
        section("Pairs that meet", "pairs", pairs),
        hope,
    )


def _plans(service: Service, experiments: Sequence[ChaosExperiment], site: Site, page: str) -> str:
    plans = ("Capacity plans", plan_items(service, site, page))
    return columns(plans, ("Chaos experiments", experiment_items(experiments, site, page)))


def _promise(service: Service, site: Site, page: str) -> str:
    sums = sums_of(site, service)
    rows = [
        [
            site.link_document(page, slo),
            percent(slo.objective),
            f"over {escape(length(slo.window))}",
            budget_cell(worst(states_of(slo, site))),
            allowed(sums.get(id(slo)), site, page),
        ]
        for slo in site.about(service, ServiceLevelObjective)
    ]
    return table("What users can count on", _SLOS, rows) if rows else ""


def _runbooks(service: Service, site: Site, page: str) -> str:
    rows = []
    for runbook in site.about(service, Runbook):
        chips = " ".join(chip.markdown() for chip in head_of(runbook, site, page).chips)
        rows.append([site.link_document(page, runbook), prose(runbook.impact or ""), chips])
    return table("What to do when it fails", _RUNBOOKS, rows) if rows else ""


def _alerts(service: Service, site: Site, page: str) -> str:
    """Return the alerts about a service; nothing where they have no pages."""
    found = alerts_about(site, service) if site.alert_pages else []
    rows = []
    for alert in found[:MAX_INLINE_ROWS]:
        chip = severity_chip(alert)
        runbook = site.link_document(page, alert.runbook) if alert.runbook else NO_RUNBOOK.markdown()
        rows.append(
            [alert_link(alert.name, site, page), runbook, called_words(site, alert), chip.markdown() if chip else ""]
        )
    made = table("What tells that it fails", _ALERTS, rows, "alerts") if rows else ""
    return made + further(len(found) - MAX_INLINE_ROWS)


def _recovery(service: Service, site: Site, page: str) -> str:
    rows = [_scenario(one, site, page) for one in service.recovery]
    return table("How soon it is back (RTO), and how much data may be lost (RPO)", _RECOVERY, rows) if rows else ""


def _scenario(one: Recovery, site: Site, page: str) -> list[str]:
    targets = [escape(length(one)) if one else "" for one in (one.rto, one.rpo)]
    return [prose(one.scenario), *targets, proof(one.proven, site, page, claimed=True)]


def _degradation(service: Service) -> str:
    said = service.degradation
    if said is None:
        return ""
    lists = (("Still works", said.still_works), ("Lost", said.lost), ("Refused first", [said.load_shedding or ""]))
    return "\n".join(f"- {label}: {'; '.join(prose(one) for one in items)}" for label, items in lists if any(items))


def _deployment(said: Deployment | None) -> str:
    if said is None:
        return ""
    back = said.rollback
    lines = [
        f"- Strategy: {prose(said.strategy)}" if said.strategy else "",
        f"- Environments: {', '.join(escape(one) for one in said.environments)}" if said.environments else "",
        f"- Back: <code>{escape(back.command)}</code>" if back else "",
    ]
    if back and back.minutes is not None:
        lines[-1] += f", {number(back.minutes)} min"
    return "\n".join(line for line in lines if line)


def _links(service: Service) -> str:
    return "\n".join(f"- {web_link(link.title, link.url)}" for link in service.links)
