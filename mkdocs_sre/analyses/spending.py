"""What reviews and measurements tell of each objective, those that are made of others too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.documents.timing import IMPACT_STARTED, MITIGATED, instants, milestones, zone_named
from mkdocs_sre.knowledge.actions import id_key
from mkdocs_sre.slo.composite import Component, composite_ratio
from mkdocs_sre.slo.measured import Measured, common_spans, measured_in
from mkdocs_sre.slo.overlaps import capped, joined
from mkdocs_sre.slo.spending import Failing, Untimed, spent_in
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from mkdocs_sre.documents.indicators import Composite
    from mkdocs_sre.documents.kinds.pir import SloImpact
    from mkdocs_sre.documents.monitoring import Measurement
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.slo.periods import Period
    from mkdocs_sre.slo.targets import Target

MOST_DEEP = 20  # composites in each other; what is deeper counts as not known


@dataclass(frozen=True, slots=True)
class Told:
    """What reviews tell of an objective: what failed when, and what has no times."""

    failings: tuple[Failing, ...] = ()
    untimed: tuple[Untimed, ...] = ()


@dataclass
class _Known:
    """What is found once for a knowledge base, by the id of the objective in lower case."""

    targets: dict[str, Target]
    told: dict[str, Told]
    measurements: Mapping[str, Sequence[Measurement]]
    composed: dict[tuple[str, Period], Told] = field(default_factory=dict)
    last: dict[Period, datetime | None] = field(default_factory=dict)


_known: WeakKeyDictionary[KnowledgeBase, _Known] = WeakKeyDictionary()


def targets_in(base: KnowledgeBase) -> Mapping[str, Target]:
    """Return all objectives of intact documents by id in lower case, in order of paths; of two with one id the first."""
    return _of(base).targets


def told_of(base: KnowledgeBase, target: Target, period: Period) -> Told:
    """Return what reviews tell of an objective; reviews that another one replaces do not count.

    What fails lasts from the start of impact to the mitigation, unless the review says `from` and `to`. An objective that
    is made of others fails as they do: by weight, of which each can lose no more than its own, or with the one that lost
    most in the window, or with each.
    """
    return _told(base, target, period, 0)


def measured_of(base: KnowledgeBase, target: Target, period: Period) -> Measured | None:
    """Return what was measured of an objective in a window; None where nothing was.

    An objective that is made of others and is not measured itself is computed from theirs, if all of them are.
    """
    return _measured(base, target, period, 0)


def last_measured(base: KnowledgeBase, period: Period) -> datetime | None:
    """Return the last moment of a time that measurements know, of whichever objective; None where they know none of it."""
    last = _of(base).last
    if period not in last:
        measurements = base.monitoring.measurements
        known = (one.end for one in measurements if one.start < period.end and one.end > period.start)
        until = max(known, default=None)
        last[period] = min(until, period.end) if until is not None else None
    return last[period]


def _of(base: KnowledgeBase) -> _Known:
    if base not in _known:
        targets: dict[str, Target] = {}
        for slo in base.of_kind(ServiceLevelObjective):
            for target in targets_of(slo):
                targets.setdefault(target.id.lower(), target)
        measurements: dict[str, list[Measurement]] = defaultdict(list)
        for one in base.monitoring.measurements:
            measurements[id_key(base, one.slo)].append(one)
        _known[base] = _Known(targets, _by_objective(base), measurements)
    return _known[base]


def _by_objective(base: KnowledgeBase) -> dict[str, Told]:
    reviews = base.of_kind(Pir)
    replaced = {id_key(base, pir.supersedes) for pir in reviews if pir.supersedes}
    failings: dict[str, list[Failing]] = defaultdict(list)
    untimed: dict[str, list[Untimed]] = defaultdict(list)
    for pir in reviews:
        if pir.slo_impact and pir.id.lower() not in replaced:
            for slo, one in _costs(base, pir):
                (failings[slo] if isinstance(one, Failing) else untimed[slo]).append(one)  # type: ignore[arg-type]
    return {slo: Told((*failings[slo],), (*untimed[slo],)) for slo in failings.keys() | untimed.keys()}


def _costs(base: KnowledgeBase, pir: Pir) -> Iterator[tuple[str, Failing | Untimed]]:
    name = pir.timezone or base.settings.timezone
    zone = zone_named(name) if name else None
    times = instants([event.time for event in pir.timeline], zone)
    kinds = [event.key for event in pir.timeline]
    at = milestones(kinds, times)
    started = times[at[IMPACT_STARTED]] if IMPACT_STARTED in at else None
    mitigated = times[at[MITIGATED]] if MITIGATED in at else None
    draft = status_of(pir.status, base.settings) != FINAL
    for index, cost in enumerate(pir.slo_impact):
        start, end = _span(cost, started, mitigated, zone)
        place = pir.value_at("slo_impact", index, "slo")
        if start is not None and end is not None and start <= end:
            ratio = Fraction(cost.failing_percent) / 100
            yield id_key(base, cost.slo), Failing(pir.id, index, draft, ratio, start, end, place)
        else:
            lacks = tuple(key for key, time in (("from", start), ("to", end)) if time is None) or ("from", "to")
            yield id_key(base, cost.slo), Untimed(pir.id, index, draft, lacks, place)


def _span(
    cost: SloImpact, started: datetime | None, mitigated: datetime | None, zone: tzinfo | None
) -> tuple[datetime | None, datetime | None]:
    start, end = instants([cost.start, cost.end], zone)
    return started if cost.start is None else start, mitigated if cost.end is None else end


def _told(base: KnowledgeBase, target: Target, period: Period, depth: int) -> Told:
    known = _of(base)
    key = target.id.lower()
    own = known.told.get(key, Told())
    composite = target.sli.composite
    if composite is None or depth >= MOST_DEEP:
        return own
    if (key, period) not in known.composed:
        known.composed[key, period] = own  # what a circle leads back to
        known.composed[key, period] = _together(base, own, composite, period, depth)
    return known.composed[key, period]


def _together(base: KnowledgeBase, own: Told, composite: Composite, period: Period, depth: int) -> Told:
    """Return what is told of an objective and of those that it is made of; what a review says of itself goes first."""
    told = [(one, _component(base, one.slo, period, depth)) for one in composite.of]
    if composite.method == "worst":
        told = [max(told, key=lambda item: _cost(item[1], period))]
    weights = sum((Fraction(one.weight) for one in composite.of), Fraction(0))
    weighted = composite.method == "weighted"
    found: list[Failing] = []
    untimed: dict[tuple[str, int], Untimed] = {}
    for component, one in told:
        share = Fraction(component.weight) / weights if weighted else Fraction(1)
        # No component can fail of more than all that it weighs.
        failings = capped(one.failings) if weighted else one.failings
        found += (replace(failing, ratio=failing.ratio * share) for failing in failings)
        untimed |= {(lack.pir, lack.index): lack for lack in one.untimed}
    said = {failing.pir for failing in own.failings}
    kept = (failing for failing in joined(found, sum if weighted else max) if failing.pir not in said)
    return Told((*own.failings, *kept), (*own.untimed, *untimed.values()))


def _component(base: KnowledgeBase, slo: str, period: Period, depth: int) -> Told:
    target = targets_in(base).get(id_key(base, slo))
    return _told(base, target, period, depth + 1) if target is not None else Told()


def _cost(told: Told, period: Period) -> Fraction:
    spent, _ = spent_in(told.failings, period)
    return sum((one.cost for one in spent), Fraction(0))


def _measured(base: KnowledgeBase, target: Target, period: Period, depth: int) -> Measured | None:
    known = _of(base)
    own = measured_in(known.measurements.get(target.id.lower(), ()), period)
    composite = target.sli.composite
    if own is not None or composite is None or depth >= MOST_DEEP:
        return own
    found: list[tuple[Component, Measured]] = []
    for one in composite.of:
        component = known.targets.get(id_key(base, one.slo))
        measured = _measured(base, component, period, depth + 1) if component is not None else None
        if measured is None:
            return None
        found.append((Component(measured.ratio, Fraction(one.weight)), measured))
    ratio = composite_ratio(composite.method, [component for component, _ in found])
    spans = common_spans(measured.spans for _, measured in found)
    files = sorted({file for _, measured in found for file in measured.files})
    return Measured(ratio, spans, tuple(files), of=tuple(one.slo for one in composite.of))
