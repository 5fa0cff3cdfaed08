"""Where a document says what a reason is about, and the places with which that disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.history.freshness import last_drill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.history.staleness import Reason
    from mkdocs_sre.knowledge import KnowledgeBase

SHOWN = 3  # further places of a reason


def place_of(document: ReviewedDocument, reason: Reason) -> Location:
    """Return the place of the key that is set when the reason is cleared, or that tells of it; else that of the id."""
    if reason.signal == "version":
        return document.value_at("verified_for")
    drill = last_drill(document) if reason.signal in ("drill", "drill-failed") else None
    if drill is not None and isinstance(document, Runbook):
        return document.value_at("drills", document.drills.index(drill), "on")
    return document.value_at("last_reviewed_on" if document.last_reviewed_on else "id")


def other_places(reason: Reason, base: KnowledgeBase) -> Iterator[Location]:
    """Yield where what a reason names stands, three places at most: the version of a service, the id of a review."""
    for name in reason.related[:SHOWN]:
        service = base.document(name, Service) if reason.signal == "version" else None
        entry = base.find(name)
        if service is not None:
            yield service.value_at("version")
        elif entry is not None:
            yield entry.location
