"""What users count on, how services fail, and what was learned."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import ranked
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.blocks import Block, all_of, items, rows, start
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.experiments import experiment_item
from mkdocs_sre.pages.gathering import reviews, services
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.rules import RULES_PATH
from mkdocs_sre.pages.site import relative
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import length, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

_EXPECTED = (
    Column("Service", "fit"),
    Column("What users count on", "wide", bare=True),
    Column("Objective", "n", bare=True),
    Column("Over", bare=True),
)
_COMMANDS = (Column("Command", "fit0"), Column("What it is for", "wide", bare=True))
_LESSONS = (Column("Review", "fit"), Column("What made it possible", "wide", bare=True), Column("Service"))


@reader("Developer", "What users count on, how services fail, and what was learned from it.", rank=30)
def developer_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield expectations, failures seen, lessons, runbooks by service, and how to write a document."""
    yield _expected(site, page)
    yield _failures(site, page)
    yield _lessons(site, page)
    yield _runbooks(site, page)
    yield _writing(page)


def _expected(site: Site, page: str) -> Block:
    found = sorted(
        site.base.of_kind(ServiceLevelObjective), key=lambda one: (one.service.lower(), -one.objective, one.id)
    )

    def row(slo: ServiceLevelObjective) -> list[str]:
        behaviour = f"{prose(slo.behaviour)} <small>{site.link_document(page, slo)}</small>"
        return [site.link_id(page, slo.service), behaviour, percent(slo.objective), escape(length(slo.window))]

    return Block(
        "What users count on",
        "These are the expectations that code is held to, in the words of those who use it.",
        rows("By service", _EXPECTED, found, row, all_of(site, page, ServiceLevelObjective)),
        start(ServiceLevelObjective, "checkout-completes"),
    )


def _failures(site: Site, page: str) -> Block:
    found = [one for one in site.base.of_kind(ChaosExperiment) if one.executed]
    found.sort(key=lambda one: (one.run_on.toordinal() if one.run_on else 0, one.id), reverse=True)
    listed = [experiment_item(one, site, page) for one in found]
    return Block(
        "How services fail, as seen",
        "An experiment shows what really happens when a part is gone; rely on that and on nothing else.",
        items(listed, more=all_of(site, page, ChaosExperiment)),
        "No experiment has run. " + start(ChaosExperiment, "CHAOS-001"),
    )


def _lessons(site: Site, page: str) -> Block:
    found = [pir for pir in reviews(site) if pir.contributing_factors]

    def row(pir: Pir) -> list[str]:
        link = f"{site.link_document(page, pir)} <small>{escape(pir.id)}</small>"
        factors = "<br>".join(f"· {prose(one.text)}" for one in pir.contributing_factors)
        return [link, factors, site.link_id(page, pir.service)]

    return Block(
        "What incidents taught",
        "Contributing factors repeat from one service to the next, so look for yours before you write the code.",
        rows("Contributing factors, the newest review first", _LESSONS, found, row, all_of(site, page, Pir)),
        "No review names `contributing_factors`. " + start(Pir, "PIR-2026-001"),
    )


def _runbooks(site: Site, page: str) -> Block:
    listed = []
    for service in services(site):
        about = site.about(service, Runbook)
        if about:
            links = ", ".join(site.link_document(page, one) for one in about)
            listed.append(Item(site.link_document(page, service), links, Chip(f"tier {service.tier}").markdown()))
    return Block(
        "Runbooks of each service",
        "Whoever changes a service changes what its runbook must say.",
        items(listed, more=all_of(site, page, Runbook)),
        "No runbook names its `service`. " + start(Runbook, "checkout-slow"),
    )


def _writing(page: str) -> Block:
    told = [[f"<code>mkdocs-sre new {kind.kind} ID</code>", prose(_first_sentence(kind))] for kind in ranked()]
    check = "`mkdocs-sre check --strict` tells what is missing or wrong, each with its place and its cure."
    why = f"The [rules]({relative(page, RULES_PATH)}) say why."
    return Block(
        "Write a document",
        "Each command writes one with all its sections, and `TODO` at every blank.",
        f"{table('What can be written', _COMMANDS, told)}\n{check} {why}\n",
        fixed=True,
    )


def _first_sentence(kind: type[Document]) -> str:
    return cleandoc(kind.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")
