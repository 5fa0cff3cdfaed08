"""SLOs: those of the most critical services first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.overviews import Group, Overview, overview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

LAST = 9  # behind every tier


@overview("slo")
def slo_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:  # noqa: ARG001 every overview takes the page
    """Return the SLOs in the order of their services: by tier, then by name, so that those of one stand together."""

    def order(one: Document) -> tuple[int, str, str, str]:
        if not isinstance(one, ServiceLevelObjective) or not one.origin.intact:
            return LAST, "", one.name.casefold(), one.id
        service = site.base.document(one.service, Service)
        return (service.tier if service else LAST, one.service.casefold(), one.name.casefold(), one.id)

    return Overview(groups=(Group("", sorted(documents, key=order)),))
