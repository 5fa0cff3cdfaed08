"""How much of each error budget is spent on a day, what tells it, and which steps of the policy that reaches."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from mkdocs_sre.analyses.spending import last_measured, measured_of, told_of
from mkdocs_sre.documents.windows import parse_window
from mkdocs_sre.slo.budgets import budget_events, budget_seconds, spent_share
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.measured import knows_enough, measured_seconds
from mkdocs_sre.slo.periods import Period, end_of_day, nominal_seconds, period_on, rolling_until, start_of_day
from mkdocs_sre.slo.policy import steps_of
from mkdocs_sre.slo.spending import passed_at, spent_in
from mkdocs_sre.slo.state import BudgetState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.slo.measured import Measured
    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.spending import Point, Spent
    from mkdocs_sre.slo.state import Source
    from mkdocs_sre.slo.targets import Target

__all__ = ["BudgetState", "budget_of"]


def budget_of(base: KnowledgeBase, target: Target, as_of: date) -> BudgetState:
    """Return the error budget of an objective at the end of a day.

    What tells how much is spent: measurements, where they know nearly all of the time that has gone by, for which they then
    speak, and counted an event; else whatever tells of most: measurements of what they know, final reviews, and the document's evidence, if its
    `period` is the window (`30d`). Of a calendar window that goes on, what is to come has spent nothing yet. A rolling window
    shorter than a day ends with the last moment of the day that measurements know, of whichever objective, since the end
    of today is still to come; without any, with the day. Nothing but the day and the measurements decides. Time goes by the document's
    time zone, else that of the site, else UTC.
    """
    zone = target.slo.timezone or base.settings.timezone or "UTC"
    period, until = _window(base, target, as_of, zone)
    gone = Period(period.start, until)
    told = told_of(base, target, gone)
    final, final_line = spent_in((one for one in told.failings if not one.draft), gone)
    incidents, draft_line = spent_in(told.failings, gone)
    measurement = measured_of(base, target, gone)
    budget = budget_seconds(target.allowed, period.seconds)
    evidence = _evidence_share(target)
    by_evidence = evidence * budget if evidence is not None and _is_of_window(target) else None
    source, spent = _spent(measurement, gone, by_evidence, _sum(final))
    with_drafts = spent if _speaks_alone(measurement, gone) else max(spent, _sum(incidents))
    steps = steps_of(target.slo.error_budget_policy, budget, spent, with_drafts)
    line = final_line if source == "incidents" else ()
    per_day = target.slo.events_per_day
    return BudgetState(
        target=target,
        as_of=as_of,
        period=period,
        until=until,
        budget_seconds=budget,
        events=budget_events(target.allowed, period.seconds, per_day) if per_day is not None else None,
        incidents=incidents,
        untimed=told.untimed,
        measurement=measurement,
        evidence_share=evidence,
        source=source,
        spent_seconds=spent,
        steps=tuple(_dated(one, budget, line, zone) for one in steps),
        incident_line=final_line,
        draft_line=draft_line,
        timezone=zone,
    )


def _window(base: KnowledgeBase, target: Target, as_of: date, zone: str) -> tuple[Period, datetime]:
    """Return the window of an objective on a day, and up to when it has gone by."""
    end, length = end_of_day(as_of, zone), target.window.rolling
    if length is None or length.seconds >= DAY:
        return period_on(target.window, as_of, zone), end
    # Measurements of all objectives tell, so that one whose own have stopped is seen to lack them.
    until = last_measured(base, Period(start_of_day(as_of, zone), end)) or end
    return rolling_until(until, length), until


def _spent(
    measurement: Measured | None, gone: Period, by_evidence: Fraction | None, by_reviews: Fraction
) -> tuple[Source, Fraction]:
    """Return what tells how much is spent, and how many seconds of full outage that is; of equal ones the surest."""
    found: list[tuple[Source, Fraction]] = []
    if measurement is not None:
        found.append(("measured", measured_seconds(measurement, gone)))
    if not _speaks_alone(measurement, gone):
        found += [("evidence", by_evidence)] if by_evidence is not None else []
        found.append(("incidents", by_reviews))
    return max(found, key=lambda item: item[1])


def _speaks_alone(measurement: Measured | None, gone: Period) -> bool:
    """Whether nothing else is asked: not so where no event was counted, since what is down may count none."""
    return measurement is not None and not measurement.eventless and knows_enough(measurement, gone)


def _sum(spent: Iterable[Spent]) -> Fraction:
    return sum((one.cost for one in spent), Fraction(0))


def _dated(one: ReachedStep, budget: Fraction, line: tuple[Point, ...], zone: str) -> ReachedStep:
    """Return a step with the day on which the line of incidents reached it, where it did."""
    at = passed_at(line, budget * Fraction(one.at_percent) / 100) if one.reached else None
    return one if at is None else replace(one, reached_on=at.astimezone(ZoneInfo(zone)).date())


def _evidence_share(target: Target) -> Fraction | None:
    """Return which share of a budget the evidence spent; None for a further objective, of which it does not speak."""
    evidence = target.slo.evidence
    return spent_share(target.objective, evidence.measured) if evidence is not None and not target.path else None


def _is_of_window(target: Target) -> bool:
    """Whether the evidence was measured over as much time as the window has, up to no day that is named: `30d`, `30 days`."""
    try:
        measured = parse_window(target.slo.evidence.period if target.slo.evidence is not None else "")
    except PydanticCustomError:
        return False
    window = target.window
    return measured.calendar == window.calendar and nominal_seconds(measured) == nominal_seconds(window)
