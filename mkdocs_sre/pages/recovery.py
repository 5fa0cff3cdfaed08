"""Recovery targets of all services, as a block of a page for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.blocks import Block, all_of, rows
from mkdocs_sre.pages.dependencies import proof
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.gathering import services
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("Service", "fit"),
    Column("After", "wide", bare=True),
    Column("RTO", "sre-num"),
    Column("RPO", "sre-num"),
    Column("Proven"),
)


def recovery_block(site: Site, page: str, why: str) -> Block:
    """Return service, scenario, RTO and RPO, and when they were last seen to hold; `why` is for whom it is shown."""
    return Block(
        "Recovery targets",
        why,
        rows("The most critical first", _COLUMNS, _rows(site, page), list, all_of(site, page, Service)),
        "No service names `recovery`, with `rto` and `rpo` for each scenario.",
    )


def _rows(site: Site, page: str) -> list[list[str]]:
    return [
        [
            site.link_document(page, service),
            prose(one.scenario),
            escape(length(one.rto)) if one.rto else "",
            escape(length(one.rpo)) if one.rpo else "",
            proof(one.proven, site, page, claimed=True),
        ]
        for service in services(site)
        for one in service.recovery
    ]
