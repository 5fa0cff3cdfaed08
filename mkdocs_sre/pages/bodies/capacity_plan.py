"""The resources, ways to get more and quotas of a capacity plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.forecast import forecasts
from mkdocs_sre.pages.projection import charts
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.words import brief, brief_percent, length, percent

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Growth
    from mkdocs_sre.pages.forecast import Forecast
    from mkdocs_sre.pages.site import Site

_RESOURCES = (
    Column("Resource"),
    Column("Used"),
    Column("Grows"),
    Column("Threshold", "sre-num"),
    Column("Limit", "sre-num"),
    Column("Ask by", "sre-num"),
    STATE,
)
_SCALING = (Column("Option"), Column("When", "wide"), Column("Cost"), Column("Ready by", "sre-num"))
_ONE = ("1 day", "1 week", "1 month", "1 year")
_QUOTAS = (Column("Quota"), Column("Used", "n"), Column("Limit", "n"))


@body("capacity-plan")
def capacity_plan_body(plan: CapacityPlan, site: Site, page: str) -> Body:  # noqa: ARG001 every body takes the page
    """Return charts and resources above the author's text; ways to scale, quotas and the loss case below it."""
    found = forecasts(plan)
    resources = [_resource(one, site) for one in found]
    caption = f"Measured on {plan.measured_on.isoformat()}; the soonest to need somebody first, as of {site.as_of.isoformat()}"
    below = (
        section("Ways to get more", "scaling", _scaling(plan)),
        section("Quotas", "quotas", _quotas(plan)),
        _rest(plan),
    )
    return Body(
        section("Resources", "resources", charts(plan, found, site.as_of), table(caption, _RESOURCES, resources)),
        "\n".join(part for part in below if part),
    )


def _resource(one: Forecast, site: Site) -> list[str]:
    resource = one.resource
    used = f"{brief(resource.current)} of {_amount(resource.limit, resource.unit)}"
    share = f" <small>{brief_percent(resource.used_percent)}</small>" if resource.used_percent is not None else ""
    chip = one.chip(site.as_of)
    source = f" <small>{prose(resource.source)}</small>" if resource.source else ""
    free = f" <small>{percent(resource.headroom_percent)} free</small>" if resource.headroom_percent is not None else ""
    takes = f" <small>takes {escape(length(resource.lead_time))}</small>" if resource.lead_time else ""
    return [
        prose(resource.name) + source,
        used + share,
        _growth(resource.growth, resource.unit),
        _day(one.threshold_on, one) + free,
        _day(one.limit_on, one),
        _ask(one, site.as_of) + takes,
        chip.markdown() if chip else "",
    ]


def _ask(one: Forecast, as_of: date) -> str:
    if one.ask_by is None:
        return ""
    return "now" if one.ask_by <= as_of else one.ask_by.isoformat()


def _day(day: date | None, one: Forecast) -> str:
    if day is None:
        return "not in sight"
    return "reached" if day == one.plan.measured_on else day.isoformat()


def _amount(value: Decimal, unit: str | None) -> str:
    return escape(f"{brief(value)} {unit}" if unit else brief(value))


def _growth(growth: Growth | None, unit: str | None) -> str:
    if growth is None:
        return ""
    rate = (
        f"{brief(growth.percent)} %" if growth.percent is not None else _amount(growth.amount or growth.per.days, unit)
    )
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
