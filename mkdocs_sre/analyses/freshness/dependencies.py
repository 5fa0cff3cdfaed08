"""What the services of a risk assessment need, compared with what they needed when it was last reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.freshness.events import NAMED
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.words import listed
from mkdocs_sre.history.staleness import Reason, counted_from, event_state
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mkdocs_sre.analyses.freshness.past import PastServices
    from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
    from mkdocs_sre.documents.kinds.service import Dependency
    from mkdocs_sre.knowledge import KnowledgeBase

# Each thing that is needed, as people name it, with all that is said of it, so that a change of either can be told.
Needs = dict[str, frozenset[tuple[str, ...]]]
COPIES = "(copies)"  # no id looks like this
CURE = "rate its risks anew, then set `last_reviewed_on`"


def dependency_reasons(
    assessment: RiskAssessment, base: KnowledgeBase, as_of: date, past: PastServices
) -> Iterator[Reason]:
    """Yield that what an assessed service needs is another than at the last review, from the first day of that.

    When a dependency was last validated is not looked at. A service that no commit described then says nothing.
    """
    reviewed = assessment.last_reviewed_on
    if reviewed is None:
        return
    services = {one.id: one for name in assessment.services if (one := base.document(name, Service)) is not None}
    counted = [change for one in services.values() if (change := _change(one, reviewed, base, past)) is not None]
    if counted:
        days = [counted_from(day, as_of) for day, _, _ in counted]
        first = min((day for day in days if day is not None), default=None)
        more = f", and so for {len(counted) - NAMED:,} more" if len(counted) > NAMED else ""
        text = ", and ".join(f"{service} {what}" for _, service, what in counted[:NAMED])
        related = tuple(service for _, service, _ in counted)
        told = f"{text}{more}, since its last review on {reviewed.isoformat()}"
        yield Reason("dependencies", event_state(first, as_of), first, told, CURE, related)


def _change(
    service: Service, reviewed: date, base: KnowledgeBase, past: PastServices
) -> tuple[date | None, str, str] | None:
    """Return since when a service needs something else than on the day of the review, its id and what; None when nothing changed."""
    then = past.on(service, reviewed)
    before, now = needs_of(then, base) if then is not None else None, needs_of(service, base)
    if before is None or before == now:
        return None
    since = past.since(service, lambda one: needs_of(one, base) != before)
    return since, service.id, _difference(before, now)


def needs_of(service: Service, base: KnowledgeBase) -> Needs:
    """Return what a service needs, where it stands and how many copies it has; other names of one service are the same."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for dependency in service.dependencies:
        names = [id_key(base, name) for name in dependency.members]
        for name in names:
            found.setdefault(name, set()).add(_terms(dependency, sorted(names), base))
    for domain in service.placed_in:
        found.setdefault(id_key(base, domain), set()).add(("placed in",))
    if service.replicas is not None:
        found[COPIES] = {(service.replicas.model_dump_json(),)}
    return {name: frozenset(terms) for name, terms in found.items()}


def _terms(dependency: Dependency, names: list[str], base: KnowledgeBase) -> tuple[str, ...]:
    fallback = id_key(base, dependency.fallback) if dependency.fallback else ""
    return (*names, str(dependency.need), "hard" if dependency.hard else "soft", fallback, dependency.needed)


def _difference(before: Mapping[str, object], now: Mapping[str, object]) -> str:
    """Return in words what came, went or changed: `needs fraud-check now and cart no longer`."""
    names = [name for name in (*now, *before) if name != COPIES]
    came = [name for name in names if name not in before]
    went = [name for name in names if name not in now]
    changed = list(
        dict.fromkeys(name for name in names if name in before and name in now and now[name] != before[name])
    )
    said = [f"needs {listed(came, NAMED)} now"] if came else []
    said += [f"needs {listed(went, NAMED)} no longer"] if went else []
    said += [f"needs {listed(changed, NAMED)} in another way"] if changed else []
    said += ["runs in other copies"] if before.get(COPIES) != now.get(COPIES) else []
    return " and ".join(said)
