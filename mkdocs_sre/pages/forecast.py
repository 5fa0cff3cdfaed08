"""When resources run short: the days that follow from a plan's measurements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.heads.capacity_plan import day_in_sight, lasting, reached_on

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Resource


@dataclass(frozen=True)
class Forecast:
    """A resource, the days on which it is at its threshold and at its limit, and the last one to ask for more of it.

    A day is None when it never or hardly comes, the last also when nobody says how long getting more takes.
    """

    plan: CapacityPlan
    resource: Resource
    threshold_on: date | None
    limit_on: date | None
    ask_by: date | None

    def order(self) -> tuple[date, date, str]:
        """Return what sorts forecasts by urgency: the day to act, the threshold, the name."""
        soonest = self.ask_by or self.threshold_on or date.max
        return soonest, self.threshold_on or date.max, self.resource.name.casefold()

    def chip(self, as_of: date) -> Chip | None:
        """Return how urgent it is; None when it lasts for ever."""
        if self.threshold_on is None:
            return None
        if self.limit_on is not None and self.limit_on <= as_of:
            return Chip("at its limit", "bad")
        if self.threshold_on > as_of and self.ask_by is not None and self.ask_by <= as_of:
            return Chip(f"ask was due {self.ask_by.isoformat()}", "bad")
        return lasting(self.plan, self.threshold_on, as_of)


def forecast(plan: CapacityPlan, resource: Resource) -> Forecast:
    """Return the days of one resource."""
    threshold_on = reached_on(plan, resource)
    ask_by = None
    if threshold_on is not None and resource.lead_time is not None:
        days = min(int(resource.lead_time.days), (threshold_on - date.min).days)
        ask_by = threshold_on - timedelta(days=days)
    return Forecast(plan, resource, threshold_on, day_in_sight(plan, resource.days_until_limit), ask_by)


def forecasts(plan: CapacityPlan) -> list[Forecast]:
    """Return the forecasts of all resources of a plan, the soonest to need somebody first."""
    return sorted((forecast(plan, one) for one in plan.resources), key=Forecast.order)
