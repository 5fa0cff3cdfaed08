"""All signals of a document put together, once for each knowledge base and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.freshness.schedule import calendar_reasons, due_next
from mkdocs_sre.history.staleness import Freshness, judged
from mkdocs_sre.knowledge.tiers import tier_of

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.knowledge import KnowledgeBase


@dataclass(frozen=True)
class _Watch:
    """What is known on one day with one memory; it never holds the knowledge base that it belongs to."""

    as_of: date
    history: History
    found: dict[int, Freshness] = field(default_factory=dict)  # by the identity of documents that the base holds


_watches: WeakKeyDictionary[KnowledgeBase, _Watch] = WeakKeyDictionary()


def freshness_of(document: ReviewedDocument, base: KnowledgeBase, as_of: date, history: History) -> Freshness:
    """Return how fresh a document of a knowledge base is on a day; always `ok` for a deprecated one."""
    watch = _watches.get(base)
    if watch is None or watch.as_of != as_of or watch.history is not history:
        watch = _watches[base] = _Watch(as_of, history)
    if id(document) not in watch.found:
        watch.found[id(document)] = _freshness(document, base, as_of)
    return watch.found[id(document)]


def _freshness(document: ReviewedDocument, base: KnowledgeBase, as_of: date) -> Freshness:
    if getattr(document, "status", "") == "deprecated":
        return Freshness()
    tier = tier_of(document, base)
    return judged(calendar_reasons(document, tier, as_of), due_next(document, tier))
