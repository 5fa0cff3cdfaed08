"""Objectives beside what the dependencies of their service promise: whether they hold, and the sum written out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.objectives import objective_sums
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.elements import element_link
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.lists import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.analyses.objectives import ObjectiveSum
    from mkdocs_sre.documents.kinds.service import Service
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.pages.site import Site

_sums: WeakKeyDictionary[KnowledgeBase, dict[int, Mapping[int, ObjectiveSum]]] = WeakKeyDictionary()


def sums_of(site: Site, service: Service | None) -> Mapping[int, ObjectiveSum]:
    """Return the sums of a service's objectives by the identity of the SLO; the page of each asks, so they are kept."""
    if service is None:
        return {}
    known = _sums.setdefault(site.base, {})
    if id(service) not in known:
        known[id(service)] = {id(one.slo): one for one in objective_sums(site.base, site.graph, service)}
    return known[id(service)]


def verdict(one: ObjectiveSum, holds: str = "holds") -> Chip:
    """Return whether an objective can be kept, given what the dependencies promise; `holds` is the word when it can."""
    if one.above_least:
        return Chip("too high", "bad")
    return Chip("above the product", "due") if one.above_product else Chip(holds, "ok")


def allowed(one: ObjectiveSum | None, site: Site, page: str) -> str:
    """Return what the direct dependencies allow an objective to be, and the promises behind it; in one cell."""
    if one is None or one.product is None:
        return ""
    parts = [
        f"{element_link(site, page, each.element)} {cut_percent(each.ratio, one.decimals)}" for each in one.promises
    ]
    assumed = "; assumes independent failures" if len(parts) > 1 else ""
    said = f"{cut_percent(one.product, one.decimals)} {verdict(one).markdown()} <small>{listed(parts, MOST)}{assumed}</small>"
    return f"{said} {unstated(one, site, page)}"


def unstated(one: ObjectiveSum, site: Site, page: str) -> str:
    """Return which dependencies promise nothing, in one line; empty when all do."""
    if not one.unstated:
        return ""
    return f"<small>no promise: {listed([element_link(site, page, each) for each in one.unstated])}</small>"
