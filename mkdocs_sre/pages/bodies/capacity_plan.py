"""The resources, ways to get more and quotas of a capacity plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads.capacity_plan import lasting, reached_on
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.words import length, number, percent

if TYPE_CHECKING:
    from decimal import Decimal

    from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Growth, Resource
    from mkdocs_sre.pages.site import Site

_RESOURCES = (
    Column("Resource", "fit"),
    Column("Used"),
    Column("Must stay free"),
    Column("Grows"),
    Column("Takes to get"),
    STATE,
)
_SCALING = (Column("Option"), Column("When", "wide"), Column("Cost"), Column("Ready by", "sre-num"))
_ONE = ("1 day", "1 week", "1 month", "1 year")
_QUOTAS = (Column("Quota"), Column("Used", "n"), Column("Limit", "n"))


@body("capacity-plan")
def capacity_plan_body(plan: CapacityPlan, site: Site, page: str) -> Body:  # noqa: ARG001 every body takes the page
    """Return the resources above the author's text; ways to scale, quotas and the loss case below it."""
    resources = [_resource(plan, one, site) for one in plan.resources]
    caption = f"Measured on {plan.measured_on.isoformat()}"
    below = (
        section("Ways to get more", "scaling", _scaling(plan)),
        section("Quotas", "quotas", _quotas(plan)),
        _rest(plan),
    )
    return Body(
        section("Resources", "resources", table(caption, _RESOURCES, resources)),
        "\n".join(part for part in below if part),
    )


def _resource(plan: CapacityPlan, one: Resource, site: Site) -> list[str]:
    used = f"{number(one.current)} of {_amount(one.limit, one.unit)}"
    share = f" <small>{number(round(one.used_percent, 1))} %</small>" if one.used_percent is not None else ""
    day = reached_on(plan, one)
    chip = lasting(plan, day, site.as_of).markdown() if day else ""
    source = f" <small>{prose(one.source)}</small>" if one.source else ""
    return [
        prose(one.name) + source,
        used + share,
        percent(one.headroom_percent) if one.headroom_percent is not None else "",
        _growth(one.growth, one.unit),
        escape(length(one.lead_time)) if one.lead_time else "",
        chip,
    ]


def _amount(value: Decimal, unit: str | None) -> str:
    return escape(f"{number(value)} {unit}" if unit else number(value))


def _growth(growth: Growth | None, unit: str | None) -> str:
    if growth is None:
        return ""
    rate = percent(growth.percent) if growth.percent is not None else _amount(growth.amount or growth.per.days, unit)
    per = length(growth.per)
    return f"{rate} a {per[2:]}" if per in _ONE else f"{rate} in {escape(per)}"


def _scaling(plan: CapacityPlan) -> str:
    rows = [
        [
            prose(one.option) + (f" <small>{one.form}</small>" if one.form else ""),
            prose(one.trigger or ""),
            escape(one.cost or ""),
            one.by.isoformat() if one.by else "",
        ]
        for one in plan.scaling
    ]
    return table("What can be scaled, and at what cost", _SCALING, rows) if rows else ""


def _quotas(plan: CapacityPlan) -> str:
    rows = [
        [prose(one.name), _amount(one.used, one.unit) if one.used is not None else "", _amount(one.limit, one.unit)]
        for one in plan.quotas
    ]
    return table("Limits that providers set", _QUOTAS, rows) if rows else ""


def _rest(plan: CapacityPlan) -> str:
    loss = plan.loss_case
    free = f", {percent(loss.headroom_percent)} still free" if loss and loss.headroom_percent is not None else ""
    lines = [
        f"- Survives {loss.survives}{free}" if loss else "",
        f"- Load test: {prose(plan.load_test.result)}" if plan.load_test and plan.load_test.result else "",
        f"- Within the hour: {prose(plan.emergency_capacity)}" if plan.emergency_capacity else "",
        f"- Cost now: {prose(plan.cost)}" if plan.cost else "",
    ]
    return section("Losses, emergencies and cost", "rest", "\n".join(line for line in lines if line))
