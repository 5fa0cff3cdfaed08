"""All signals of a document put together, once for each knowledge base and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.freshness.alerts import alert_changes, alert_keys
from mkdocs_sre.analyses.freshness.dependencies import dependency_reasons
from mkdocs_sre.analyses.freshness.events import alert_reasons, release_reasons
from mkdocs_sre.analyses.freshness.incidents import incident_reasons
from mkdocs_sre.analyses.freshness.past import PastServices
from mkdocs_sre.analyses.freshness.schedule import calendar_of, calendar_reasons
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.history.staleness import Freshness, judged, last_snooze
from mkdocs_sre.knowledge.tiers import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.history.staleness import AlertChange, Reason
    from mkdocs_sre.knowledge import KnowledgeBase


@dataclass(frozen=True)
class _Watch:
    """What is known on one day with one memory; it never holds the knowledge base that it belongs to."""

    as_of: date
    history: History
    alerts: tuple[AlertChange, ...]
    told: bool  # whether the changes of alerts were given, and not looked up
    past: PastServices
    found: dict[int, Freshness] = field(default_factory=dict)  # by the identity of documents that the base holds

    def fits(self, as_of: date, history: History, alerts: Sequence[AlertChange] | None) -> bool:
        """Whether it was made for these."""
        same = self.alerts == tuple(alerts) if alerts is not None else not self.told
        return self.as_of == as_of and self.history is history and same


_watches: WeakKeyDictionary[KnowledgeBase, _Watch] = WeakKeyDictionary()


def freshness_of(
    document: ReviewedDocument,
    base: KnowledgeBase,
    as_of: date,
    history: History,
    alerts: Sequence[AlertChange] | None = None,
) -> Freshness:
    """Return how fresh an intact document of a knowledge base is on a day; always `ok` for a deprecated one.

    `alerts` are those whose last change is known, with its day; what the history of the rule files tells, by default.
    """
    watch = _watches.get(base)
    if watch is None or not watch.fits(as_of, history, alerts):
        changes = alert_changes(base, history) if alerts is None else tuple(alerts)
        past = PastServices(base.settings, history)
        watch = _watches[base] = _Watch(as_of, history, changes, alerts is not None, past)
    if id(document) not in watch.found:
        watch.found[id(document)] = _freshness(document, base, watch)
    return watch.found[id(document)]


def snoozed_until(document: ReviewedDocument, as_of: date) -> date | None:
    """Return the last day of a document's snooze; None when it has none, when it is over, or too long to count."""
    snooze = document.snooze
    return snooze.until if snooze is not None and as_of <= snooze.until <= last_snooze(as_of) else None


def _freshness(document: ReviewedDocument, base: KnowledgeBase, watch: _Watch) -> Freshness:
    if getattr(document, "status", "") == "deprecated":
        return Freshness()
    calendar = calendar_of(document, tier_of(document, base))
    reasons = [*_events(document, base, watch), *calendar_reasons(document, calendar, watch.as_of)]
    return judged(reasons, calendar.due, snoozed_until(document, watch.as_of))


def _events(document: ReviewedDocument, base: KnowledgeBase, watch: _Watch) -> Iterator[Reason]:
    if isinstance(document, Runbook):
        if document.verified_for is not None:
            yield from release_reasons(document, base, watch.as_of, watch.past)
        yield from incident_reasons(document, base, watch.as_of, watch.history)
        if watch.alerts:
            yield from alert_reasons(document, alert_keys(base, document), watch.alerts, watch.as_of)
    elif isinstance(document, RiskAssessment):
        yield from dependency_reasons(document, base, watch.as_of, watch.past)
