"""What a service needs and what needs it: a picture, what breaks with it, what it cannot do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.fixed_points import rounds
from mkdocs_sre.graph.model import JOURNEY
from mkdocs_sre.graph.words import needs, reach_in_words, why_degraded, why_down
from mkdocs_sre.pages.dependencies import instead, need, proof
from mkdocs_sre.pages.elements import element_link, saying, sort_words
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.graphs import ego_figure, path_figure
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.lists import MOST
from mkdocs_sre.pages.points import way_words
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import link_all
from mkdocs_sre.pages.tables import Column, further, table

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.service import Dependency, Service
    from mkdocs_sre.graph.analysis import SinglePoint
    from mkdocs_sre.pages.site import Site

_BREAKS = (Column("Element", "fit"), Column("Kind", bare=True), Column("How", "wide", bare=True))
_NEEDS = (Column("Element", "fit"), Column("Need", "wide", bare=True), Column("Proven"))
SPOF = Chip("SPOF", "bad")


def together(service: Service, site: Site, page: str) -> str:
    """Return picture and tables of a service; nothing when it needs nothing and nothing needs it."""
    index = site.graph.system.find(service.id)
    if index is None:
        return ""
    drawn = path_figure(site, page, index) if service.service_kind == JOURNEY else ego_figure(site, page, index)
    needed = _dependencies(service, site, page, index)
    if service.service_kind != JOURNEY:  # a journey has a table of its single points
        needed += _others(service, site, page, index)
    caption = "Hard: down without it. Soft: it only loses something."
    parts = (
        breaks_part(site, page, index),
        ("It needs", "needs", table(caption, _NEEDS, needed, "needs") if needed else "", ""),
    )
    shown = [part for part in parts if part[2]]
    return f"{drawn}\n{render('beside.md.jinja', parts=shown)}" if shown else drawn


def breaks_part(site: Site, page: str, index: int) -> tuple[str, str, str, str]:
    """Return what goes down or degrades with an element as title, anchor, table, and how many rows are left out.

    Journeys come first. The table is empty when nothing breaks.
    """
    rows = _breaks(site, page, index)
    takes = reach_in_words(site.graph.reach(index), len(site.graph.blast_radius(index).degraded))
    made = table(f"When it fails: {takes}", _BREAKS, rows[:MOST], "breaks") if rows else ""
    return "Breaks with it", "breaks", made, further(len(rows) - MOST)


def _breaks(site: Site, page: str, index: int) -> list[list[str]]:
    graph, say = site.graph, saying(site, page)
    radius = graph.blast_radius(index)
    down_by = {one: group for step in rounds(graph.system, [index]) for one, group in step}
    soft_by = {one: group for step in rounds(graph.system, [index], soft=True) for one, group in step}
    lost = {index, *down_by}
    affected = {index, *soft_by}
    rows = []
    for one in sorted(radius.down, key=lambda at: graph[at].precedence):
        gone = [member for member in dict.fromkeys(down_by[one].members) if member in lost]
        rows.append((one, f"down <small>{why_down(down_by[one], gone, say)}</small>"))
    for one in sorted(radius.degraded, key=lambda at: graph[at].precedence):
        gone = [member for member in dict.fromkeys(soft_by[one].members) if member in affected]
        rows.append((one, f"degraded <small>{why_degraded(soft_by[one], gone, say, prose)}</small>"))
    return [[element_link(site, page, one), escape(sort_words(site, one)), how] for one, how in rows]


def _dependencies(service: Service, site: Site, page: str, index: int) -> list[list[str]]:
    """Return what the service's own keys say that it needs; what of that is single is marked."""
    single = site.outline.single_subjects(index)
    return [_dependency(one, site, page, single) for one in service.dependencies]


def _dependency(one: Dependency, site: Site, page: str, single: set[int]) -> list[str]:
    members = [site.graph.system.find(name) for name in one.members]
    mark = f" {SPOF.markdown()}" if any(member in single for member in members) else ""
    small = f" <small>{instead(one, site, page)}</small>" if one.fallback else ""
    proven = proof(one.validated, site, page, claimed=bool(one.fallback))
    return [link_all(site, page, one.members) + mark, need(one) + small, proven]


def _others(service: Service, site: Site, page: str, index: int) -> list[list[str]]:
    """Return the single points that no dependency of its own names: domains, and what others of its needs stand on."""
    named = {site.graph.system.find(name) for one in service.dependencies for name in one.members}
    ranked = sorted(site.outline.single_points(index).items(), key=lambda one: (len(one[1].way), one[0]))
    rows = [
        [f"{element_link(site, page, subject)} {SPOF.markdown()}", _where(site, page, point), ""]
        for subject, point in ranked
        if subject not in named and subject != index
    ]
    own = next((point for subject, point in ranked if subject == index), None)
    if own is not None:
        why = needs(own.way[0].group, saying(site, page))
        rows.append([f"{element_link(site, page, own.element)} {SPOF.markdown()}", why, ""])
    return rows[:MOST]


def _where(site: Site, page: str, point: SinglePoint) -> str:
    """Return where a single point that no dependency names is met: where the service itself runs, or further on."""
    own = all(step.group.origin != "dependency" for step in point.way)
    return f"{'where it runs' if own else 'further on'} <small>{way_words(site, page, point)}</small>"
