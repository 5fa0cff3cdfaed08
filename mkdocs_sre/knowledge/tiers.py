"""How critical the services of a document are, and tiers along dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.kinds.service import Dependency
    from mkdocs_sre.knowledge.base import KnowledgeBase

CRITICAL = 1  # the highest tier at which users stop


def lesser_services(dependency: Dependency, base: KnowledgeBase) -> list[Service]:
    """Return the services of tier 2 and 3 that a dependency cannot do without; a static fallback makes it soft."""
    stand_in = base.document(dependency.fallback, Service)
    if not dependency.hard or (dependency.fallback and stand_in is None):
        return []
    members = [base.document(name, Service) for name in dependency.members] + ([stand_in] if stand_in else [])
    lesser = [member for member in members if member is not None and member.tier > CRITICAL]
    return lesser if len(members) - len(lesser) < dependency.need else []


def services_of(document: Document) -> tuple[str, ...]:
    """Return the ids that a document names under `service` or `services`, the keys that all kinds share for it."""
    one = getattr(document, "service", None)
    return (one,) if one else tuple(getattr(document, "services", ()))


def tier_of(document: Document, base: KnowledgeBase) -> int | None:
    """Return the tier of the most critical service of a document; None when none is known."""
    if isinstance(document, Service):
        return document.tier
    one = getattr(document, "service", None)
    if one:
        service = base.document(one, Service)
        return service.tier if service is not None else None
    found = (base.document(name, Service) for name in services_of(document))
    return min((service.tier for service in found if service is not None), default=None)
