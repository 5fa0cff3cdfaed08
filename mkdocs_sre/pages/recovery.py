"""Recovery targets of all services, as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.dependencies import proof
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.gathering import services
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from mkdocs_sre.pages.site import Site

RECOVERY = (
    Column("Service", "fit"),
    Column("After", "wide", bare=True),
    Column("RTO", "sre-num"),
    Column("RPO", "sre-num"),
    Column("Proven"),
)


def recovery_rows(site: Site, page: str) -> list[list[str]]:
    """Return service, scenario, recovery time and recovery point objective, and when they were last seen to hold."""
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
