"""What a service needs, in words: how much of it, what is used instead, and when that was last seen to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import prose
from mkdocs_sre.pages.heads import Chip

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.service import Dependency
    from mkdocs_sre.documents.parts import Proof
    from mkdocs_sre.pages.site import Site


def need(one: Dependency) -> str:
    """Return whether a dependency is hard or soft, how many of several must work, and when it is needed."""
    words = "hard" if one.hard else "soft"
    many = f"{words}, {one.need} of {len(one.any_of)}" if one.any_of else words
    return many if one.needed == "both" else f"{many}, to {one.needed}"


def instead(one: Dependency, site: Site, page: str) -> str:
    """Return what is used when a dependency fails, in Markdown; empty when nothing is."""
    fallback = one.fallback or ""
    return site.link_id(page, fallback) if site.base.find(fallback) else prose(fallback)


def proof(given: Proof | None, site: Site, page: str, *, claimed: bool) -> str:
    """Return when a claim was last put to the test and where that is told; a claim without a test says so."""
    if given is None:
        return Chip("unproven", "none").markdown() if claimed else ""
    return f"{given.on.isoformat()}, {site.link_id(page, given.by)}" if given.by else given.on.isoformat()
