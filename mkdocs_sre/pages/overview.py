"""The services at a glance: who is called, what is promised, what to follow, what happened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.pages.blocks import all_of, further, rows
from mkdocs_sre.pages.elements import documentation_of
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.gathering import due, reviews, services
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.documents.kinds.pir import Pir
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("Service", "fit"),
    Column("Tier", "last"),
    Column("On call", "last sre-num", bare=True),
    Column("Tightest objective", "early", bare=True),
    Column("Single points", "last"),
    Column("Runbooks", "last"),
    Column("Last incident", "last sre-num"),
)


def services_table(site: Site, page: str) -> str:
    """Return the most critical services as a table, with a link to all; stores, providers and journeys are left out."""
    found = services(site, "service")
    last: dict[str, Pir] = {}
    for pir in reviews(site):
        last.setdefault(id_key(site.base, pir.service), pir)
    stale = {id(one) for _, one in due(site, Runbook)}
    if not found:
        return ""
    shown = rows("The most critical first", _COLUMNS, found, lambda one: _row(site, page, one, last, stale))
    return shown + further(all_of(site, page, Service))


def _row(site: Site, page: str, service: Service, last: Mapping[str, Pir], stale: set[int]) -> list[str]:
    slos = [one.objective for one in site.about(service, ServiceLevelObjective)]
    runbooks = site.about(service, Runbook)
    again = sum(id(one) in stale for one in runbooks)
    pir = last.get(service.id.lower())
    return [
        site.link_document(page, service),
        str(service.tier),
        escape(service.on_call or service.owner),
        percent(max(slos)) if slos else Chip("no SLO", "none").markdown(),
        _single(site, service),
        _counted(len(runbooks), again),
        site.link_document(page, pir, pir.incident_date.isoformat()) if pir else "",
    ]


def _single(site: Site, service: Service) -> str:
    """Return how many single points of failure a service has, and how many of them nobody has decided about."""
    index = site.graph.system.find(service.id)
    if index is None or not site.graph.system.groups_of[index]:
        return ""
    found = site.outline.single_subjects(index) - {index}
    open_ = sum(not documentation_of(site, one).documented for one in found)
    return f"{len(found)}, {open_} undocumented" if open_ else str(len(found)) if found else "none"


def _counted(runbooks: int, again: int) -> str:
    """Return how many runbooks there are, and how many of them are to be looked at again."""
    if not runbooks:
        return "none"
    return f"{runbooks}, {again if runbooks > 1 else ''} to look at".replace("  ", " ") if again else str(runbooks)
