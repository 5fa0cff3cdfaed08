"""The head of a capacity plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, head, stated
from mkdocs_sre.pages.standing import life_chips, owner_facts, review_chips, review_facts
from mkdocs_sre.pages.words import length, number

if TYPE_CHECKING:
    from decimal import Decimal

    from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Resource
    from mkdocs_sre.pages.site import Site

FAR_DAYS = 36_525  # a century: what is reached later is not worth a date


@head("capacity-plan", columns=("Service", "Measured", "Reaches its threshold", "Load test"))
def capacity_plan_head(plan: CapacityPlan, site: Site, page: str) -> Head:
    """Return the first resource to run short, the measurement, the peak, the load test and the loss case."""
    chips = [*_short(plan, site), *life_chips(plan.status), *review_chips(plan, site)]
    facts = (
        Fact("Service", site.link_id(page, plan.service)),
        *owner_facts(plan.owner, site),
        Fact(
            "Measured",
            plan.measured_on.isoformat(),
            f"looks {escape(length(plan.horizon))} ahead" if plan.horizon else "",
        ),
        *_first(plan),
        *_peak(plan),
        *_load_test(plan),
        *stated("Survives", plan.loss_case.survives if plan.loss_case else None),
        *review_facts(plan, site),
    )
    return Head(tuple(chips[:3]), facts)


def reached_on(plan: CapacityPlan, resource: Resource) -> date | None:
    """Return the day on which less than the headroom of a resource is free; None when that never or hardly comes."""
    return day_in_sight(plan, resource.days_until_threshold)


def day_in_sight(plan: CapacityPlan, days: Decimal | None) -> date | None:
    """Return the day so many days after the measurement; None when it is further than anybody plans."""
    if days is None or days >= min(FAR_DAYS, (date.max - plan.measured_on).days + 1):
        return None
    return plan.measured_on + timedelta(days=int(days))


def lasting(plan: CapacityPlan, day: date, as_of: date) -> Chip:
    """Return until when something lasts; it stands out when that is past, or within what the plan looks ahead."""
    if day <= as_of:
        return Chip("past its threshold", "bad")
    ahead = plan.horizon is not None and plan.horizon.after(plan.measured_on) < day
    return Chip(f"lasts to {day.isoformat()}", "plain" if ahead else "due")


def _earliest(plan: CapacityPlan) -> tuple[date, str] | None:
    found = [(day, one.name) for one in plan.resources if (day := reached_on(plan, one)) is not None]
    return min(found, default=None)


def _short(plan: CapacityPlan, site: Site) -> list[Chip]:
    first = _earliest(plan)
    if first is None:
        return []
    return [lasting(plan, first[0], site.as_of)]


def _first(plan: CapacityPlan) -> tuple[Fact, ...]:
    first = _earliest(plan)
    return (Fact("Reaches its threshold", first[0].isoformat(), escape(first[1])),) if first else ()


def _peak(plan: CapacityPlan) -> tuple[Fact, ...]:
    peak = plan.projected_peak
    if peak is None:
        return ()
    small = ", ".join(escape(text) for text in (peak.on and peak.on.isoformat(), peak.reason) if text)
    return (Fact("Projected peak", escape(f"{number(peak.value)} {peak.unit or ''}"), small),)


def _load_test(plan: CapacityPlan) -> tuple[Fact, ...]:
    test = plan.load_test
    if test is None:
        return ()
    unit = test.unit or (plan.projected_peak.unit if plan.projected_peak else None) or ""
    return (Fact("Load test", escape(f"{number(test.peak)} {unit}"), test.on.isoformat()),)
