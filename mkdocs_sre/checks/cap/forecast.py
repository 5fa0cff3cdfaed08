"""When resources run out, and whether that is seen in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Resource
from mkdocs_sre.history.freshness import due_after
from mkdocs_sre.knowledge.tiers import tier_of

if TYPE_CHECKING:
    from decimal import Decimal

STALE_DAYS = 90  # after which a measurement says nothing about today


@rule("CAP101", "stale-measurement", level=Level.WARNING, since="0.1")
def stale_measurement(plan: CapacityPlan, context: Context) -> Iterator[Fault]:
    """The measurements of a capacity plan are at most 90 days old.

    ## Why
    Everything that a plan computes starts from them. Past a quarter the projection is a guess with decimals.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2025-08-01
    resources: [{name: CPU, current: 40, limit: 100}]
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    ```

    ## Source
    Requirements: capacity plans are made quarterly and include the date of the underlying measurements.
    """
    age_days = (context.as_of - plan.measured_on).days
    if age_days > STALE_DAYS and plan.status != "deprecated":
        yield fault(
            plan.value_at("measured_on"),
            f"the measurements are {age_days} days old",
            f"measure again; they hold for {STALE_DAYS} days",
        )


@rule("CAP102", "capacity-runs-out", level=Level.ERROR, since="0.1")
def capacity_runs_out(plan: CapacityPlan, context: Context) -> Iterator[Fault]:
    """No resource reaches its threshold before the plan's next review, or sooner than more of it can be had.

    The threshold is the limit less the headroom. The day follows from the measurement and the growth. The next review
    is due `review_in` after `last_reviewed_on`, or after the measurement when the plan was never reviewed; without
    `review_in` by the tier of the service.

    ## Why
    A plan exists so that this day is seen before it comes. When it lies before the next look at the plan, or closer
    than delivery takes, somebody has to act now.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources:
      - name: database connections
        current: 310
        limit: 400
        growth: {amount: 10, per: 1w}
        headroom_percent: 20
        lead_time: 30d
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources:
      - name: database connections
        current: 310
        limit: 800
        growth: {amount: 10, per: 1w}
        headroom_percent: 20
        lead_time: 30d
    ```

    ## Source
    Requirements: headroom thresholds at which scaling must start, with the lead time for provisioning.
    """
    if plan.status == "deprecated":
        return
    due = due_after(plan.last_reviewed_on or plan.measured_on, plan.review_in, tier_of(plan, context.base))
    for index, resource in enumerate(plan.resources):
        day = day_after(plan.measured_on, resource.days_until_threshold)
        reason = _too_soon(day, resource, due, context.as_of) if day is not None else ""
        if day is not None and reason:
            yield fault(
                plan.value_at("resources", index, "name"),
                f"`{resource.name}` {'reaches' if day > context.as_of else 'reached'} its threshold on {day}{reason}",
                "get more of it or lower the demand, then measure again",
                plan.value_at("resources", index, "current"),
            )


def _too_soon(day: date, resource: Resource, due: date | None, as_of: date) -> str:
    """Return the words that say what the day comes before; empty when it comes late enough."""
    if day <= as_of:
        return ", by the plan's own numbers"
    if due is not None and day < due:
        return f", before the next review on {due}"
    if resource.lead_time is not None and day < resource.lead_time.after(as_of):
        return f", within its lead time of {resource.lead_time}"
    return ""


def day_after(measured_on: date, days: Decimal | None) -> date | None:
    """Return the day that lies so many whole days after the measurement; None when it is beyond the calendar.

    >>> from decimal import Decimal
    >>> day_after(date(2026, 1, 1), Decimal("30.9"))
    datetime.date(2026, 1, 31)
    """
    if days is None or days > (date.max - measured_on).days:
        return None
    return measured_on + timedelta(days=int(days))


@rule("CAP106", "forecast-too-short", level=Level.WARNING, since="0.1")
def forecast_too_short(plan: CapacityPlan) -> Iterator[Fault]:
    """A plan looks at least as far ahead as the longest lead time of its resources.

    ## Why
    What is ordered at the end of the forecast arrives after it. The plan then cannot say whether that is in time.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    horizon: 30d
    resources: [{name: racks, current: 4, limit: 10, lead_time: 4 months}]
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    horizon: 1 year
    resources: [{name: racks, current: 4, limit: 10, lead_time: 4 months}]
    ```

    ## Source
    Beyer, Jones, Petoff, Murphy (eds.), "Site Reliability Engineering", 2016, chapter 1, "Demand Forecasting and
    Capacity Planning": the forecast extends beyond the lead time required for acquiring capacity.
    """
    if plan.horizon is None:
        return
    waits = [(one.lead_time.after(plan.measured_on), one) for one in plan.resources if one.lead_time is not None]
    longest = max(waits, key=lambda wait: wait[0], default=None)
    if longest is not None and plan.horizon.after(plan.measured_on) < longest[0]:
        resource = longest[1]
        yield fault(
            plan.value_at("horizon"),
            f"the forecast of {plan.horizon} is shorter than the lead time of `{resource.name}`, {resource.lead_time}",
            f"look at least {resource.lead_time} ahead",
            plan.value_at("resources", plan.resources.index(resource), "lead_time"),
        )
