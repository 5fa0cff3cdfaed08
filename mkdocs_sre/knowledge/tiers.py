"""Tiers along dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service

if TYPE_CHECKING:
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
