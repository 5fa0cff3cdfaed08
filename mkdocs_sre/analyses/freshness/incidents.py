"""Incidents since a runbook was last reviewed, as final reviews tell of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.freshness.events import NAMED
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import FINAL, SEVERITIES, severity_of, status_of
from mkdocs_sre.graph.words import listed
from mkdocs_sre.history.freshness import reviewed_on
from mkdocs_sre.history.staleness import Reason, counted_from, event_state
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.knowledge import KnowledgeBase


@dataclass(frozen=True)
class _Incidents:
    """The final reviews of severe incidents: by service and by runbook used (ids in lower case), and by alert."""

    by_service: dict[str, list[Pir]] = field(default_factory=lambda: defaultdict(list))
    by_runbook: dict[str, list[Pir]] = field(default_factory=lambda: defaultdict(list))
    by_alert: dict[str, list[Pir]] = field(default_factory=lambda: defaultdict(list))


_incidents: WeakKeyDictionary[KnowledgeBase, _Incidents] = WeakKeyDictionary()


def incident_reasons(runbook: Runbook, base: KnowledgeBase, as_of: date, history: History) -> Iterator[Reason]:
    """Yield that there were incidents after the last review of a runbook, from the day on which the first review of one became final.

    An incident counts when it was on the service of the runbook, rang one of its alerts, or was worked on with it, and
    neither document says that the other was considered.
    """
    reviewed = reviewed_on(runbook) if _incidents_of(base).by_service else None
    if reviewed is None:
        return
    later = [pir for pir in _about(runbook, base) if reviewed < pir.incident_date <= as_of]
    news = [pir for pir in later if not _considered(runbook, pir, base)]
    if news:
        days = [counted_from(history.finalised_on(pir.id), as_of) for pir in news]
        first = min((day for day in days if day is not None), default=None)
        names = [pir.id for pir in news]
        text = f"{_told(news)}, after its last review on {reviewed.isoformat()}"
        yield Reason("incident", event_state(first, as_of), first, text, _cure(names), tuple(names))


def _about(runbook: Runbook, base: KnowledgeBase) -> list[Pir]:
    """Return the incidents that concern a runbook, by day."""
    known = _incidents_of(base)
    found = [*known.by_runbook.get(runbook.id.lower(), ())]
    if runbook.service is not None:
        found += known.by_service.get(id_key(base, runbook.service), ())
    for alert in runbook.alerts:
        found += known.by_alert.get(alert, ())
    if not found:
        return []
    return sorted({pir.id: pir for pir in found}.values(), key=lambda one: (one.incident_date, one.id))


def _incidents_of(base: KnowledgeBase) -> _Incidents:
    if base not in _incidents:
        found = _incidents[base] = _Incidents()
        for pir in _severe(base):
            found.by_service[id_key(base, pir.service)].append(pir)
            for alert in pir.alerts:
                found.by_alert[alert].append(pir)
            for use in pir.runbooks_used:
                found.by_runbook[id_key(base, use.runbook)].append(pir)
    return _incidents[base]


def _severe(base: KnowledgeBase) -> Iterable[Pir]:
    """Return the final reviews of incidents that are severe enough; none that a final review replaces."""
    settings = base.settings
    least = SEVERITIES.index(settings.freshness.severity)
    final = [pir for pir in base.of_kind(Pir) if status_of(pir.status, settings) == FINAL]
    replaced = {id_key(base, pir.supersedes) for pir in final if pir.supersedes}
    for pir in final:
        severity = severity_of(pir.severity, settings)
        if severity is not None and SEVERITIES.index(severity) <= least and pir.id.lower() not in replaced:
            yield pir


def _considered(runbook: Runbook, pir: Pir, base: KnowledgeBase) -> bool:
    noted = {id_key(base, name) for name in (*runbook.considered, *pir.considered)}
    return not noted.isdisjoint((pir.id.lower(), runbook.id.lower()))


def _told(pirs: list[Pir]) -> str:
    if len(pirs) == 1:
        return f"{pirs[0].id} tells of an incident on {pirs[0].incident_date.isoformat()}"
    return f"{listed([pir.id for pir in pirs], NAMED)} tell of incidents"


def _cure(names: list[str]) -> str:
    what = names[0] if len(names) == 1 else "them"
    return f"take over what was learned, then set `last_reviewed_on`, or list {what} under `considered`"
