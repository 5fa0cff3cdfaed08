"""How critical the services of a document are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.knowledge import KnowledgeBase


def services_of(document: Document) -> tuple[str, ...]:
    """Return the ids that a document names under `service` or `services`, the keys that all kinds share for it."""
    one = getattr(document, "service", None)
    return (one,) if one else tuple(getattr(document, "services", ()))


def tier_of(document: Document, base: KnowledgeBase) -> int | None:
    """Return the tier of the most critical service of a document; None when none is known."""
    if isinstance(document, Service):
        return document.tier
    found = (base.document(name, Service) for name in services_of(document))
    return min((service.tier for service in found if service is not None), default=None)
