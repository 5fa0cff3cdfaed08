"""Objectives beside what the dependencies of their service promise: whether they hold, and the sum written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.objectives import objective_sums
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.elements import element_link
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.lists import MOST
from mkdocs_sre.pages.tables import Column, table

if TYPE_CHECKING:
    from mkdocs_sre.analyses.objectives import ObjectiveSum, Promise
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site

_PROMISES = (Column("Dependency", "fit"), Column("Promises", "n", bare=True), Column("By", "wide", bare=True))


def sums_of(site: Site, service: Service | None) -> dict[int, ObjectiveSum]:
    """Return the sums of a service's objectives by the identity of the SLO."""
    return {id(one.slo): one for one in objective_sums(site.base, site.graph, service)} if service else {}


def verdict(one: ObjectiveSum) -> Chip:
    """Return whether an objective can be kept, given what the dependencies promise."""
    if one.above_least:
        return Chip("too high", "bad")
    return Chip("above the product", "due") if one.above_product else Chip("holds", "ok")


def allowed(one: ObjectiveSum | None, site: Site, page: str) -> str:
    """Return what the direct dependencies allow an objective to be, and the promises behind it; in one cell."""
    if one is None or one.product is None:
        return ""
    parts = [
        f"{element_link(site, page, each.element)} {cut_percent(each.ratio, one.decimals)}" for each in one.promises
    ]
    assumed = "; assumes independent failures" if len(parts) > 1 else ""
    said = f"{cut_percent(one.product, one.decimals)} {verdict(one).markdown()} <small>{listed(parts, MOST)}{assumed}</small>"
    return f"{said} {_unstated(one, site, page)}"


def _unstated(one: ObjectiveSum, site: Site, page: str) -> str:
    if not one.unstated:
        return ""
    return f"<small>no promise: {listed([element_link(site, page, each) for each in one.unstated])}</small>"


def ceiling(slo: ServiceLevelObjective, site: Site, page: str) -> str:
    """Return an objective beside the promises of its service's dependencies: the sum as a sentence, then a table."""
    one = sums_of(site, site.base.document(slo.service, Service)).get(id(slo))
    if one is None or not one.promises:
        return ""
    rows = [
        [element_link(site, page, each.element), cut_percent(each.ratio, one.decimals), _by(each, site, page)]
        for each in one.promises
    ]
    asked = f"By the rule of the extra nine each would promise {cut_percent(one.asked, one.decimals + 1)}."
    lead = f"{escape(one.sentence)}. {verdict(one).markdown()} {asked}\n"
    return "\n\n".join(
        (lead, table("What its direct hard dependencies promise", _PROMISES, rows), _unstated(one, site, page))
    )


def _by(promise: Promise, site: Site, page: str) -> str:
    if promise.slo is not None:
        return site.link_document(page, promise.slo)
    return "its availability; the service stands in it" if promise.domain else "its availability"
