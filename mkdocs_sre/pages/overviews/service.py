"""Services: journeys, services and what they stand on, each sort by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.catalogue import catalogue_link
from mkdocs_sre.pages.overviews import Group, Overview, grouped, overview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

SORTS = (
    ("Journeys", ("journey",)),
    ("Services", ("service",)),
    ("Datastores, queues and caches", ("datastore", "queue", "cache")),
    ("Externals", ("external",)),
    ("Failure domains", ("domain",)),
)


@overview("service")
def service_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return the services by what they are, within that the most critical first; one sort alone needs no title."""
    above = catalogue_link(site, page)
    groups = grouped(documents, [(title, _one_of(kinds)) for title, kinds in SORTS])
    if len(groups) == 1:
        return Overview(above, (Group("", _critical_first(groups[0].documents)),))
    return Overview(above, tuple(Group(one.title, _critical_first(one.documents)) for one in groups))


def _one_of(kinds: tuple[str, ...]) -> Callable[[Document], bool]:
    return lambda one: isinstance(one, Service) and one.service_kind in kinds


def _critical_first(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda one: one.tier if isinstance(one, Service) and one.origin.intact else 9)
