"""The use of a resource projected against its threshold and its limit, as a chart.

Lines lie in an SVG that stretches with the page; words are HTML placed by percentages, so that they never scale. The
table beside the charts holds the same data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log1p
from typing import TYPE_CHECKING

from mkdocs_sre.documents.values import parse_duration
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.words import brief, brief_percent, counted, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan, Resource
    from mkdocs_sre.pages.forecast import Forecast

OPEN = 8  # charts that stand open; the rest is folded, as the table tells what matters of it
_USUAL = parse_duration("12 months")  # looked ahead by a plan that does not say how far
_STRETCH = 2  # times what is looked ahead: as far as the axis goes to show the first threshold
_ROOM = 1.1  # how much of the axis is above the highest line
_STEPS = 40  # pieces of a curve
_APART = 16.0  # percent of the height between two labels
_MOST = 250.0  # of an exponent: a factor of 10^108 is out of any chart
_WIDE = 7  # characters that fit beside a chart


@dataclass(frozen=True)
class Axis:
    """The days from the measurement to the end of the charts of one plan."""

    start: date
    days: int

    def at(self, day: date) -> float:
        """Return the place of a day in percent, which is outside 0 to 100 for one that the axis does not hold."""
        return round(100 * (day - self.start).days / self.days, 2)


def axis_of(plan: CapacityPlan, found: Sequence[Forecast], as_of: date) -> Axis:
    """Return the axis that all charts of a plan share: what it looks ahead, today, and the first threshold if near."""
    ahead = (plan.horizon or _USUAL).after(plan.measured_on)
    days = max((ahead - plan.measured_on).days, 1)
    first = min((one.threshold_on for one in found if one.threshold_on), default=plan.measured_on)
    reach = (first - plan.measured_on).days
    if days < reach <= _STRETCH * days:
        days = reach + days // 10
    return Axis(plan.measured_on, max(days, (as_of - plan.measured_on).days))


def charts(plan: CapacityPlan, found: Sequence[Forecast], as_of: date) -> str:
    """Return a chart of each resource as HTML."""
    axis = axis_of(plan, found, as_of)
    drawn = [_chart(one, axis, as_of) for one in found]
    return render(
        "projection.md.jinja",
        charts=drawn[:OPEN],
        folded=drawn[OPEN:],
        more=counted(len(drawn) - OPEN, "more chart"),
        escape=escape,
    )


def _chart(one: Forecast, axis: Axis, as_of: date) -> dict[str, object]:
    resource = one.resource
    top = max(resource.limit, resource.current)
    heights = {
        name: _height(value, top) for name, value in (("limit", resource.limit), ("threshold", resource.threshold))
    }
    chip = one.chip(as_of)
    return {
        "name": resource.name,
        "chip": chip.markdown() if chip else "",
        "said": _said(one),
        "heights": heights,
        "labels": _labels(resource, heights),
        "path": _path(resource, axis, top),
        "marks": _marks(one, axis, heights),
        "bracket": _bracket(one, axis, heights["threshold"]),
        "today": axis.at(as_of) if as_of >= axis.start else None,
        "days": _days(axis, as_of),
        "headroom": resource.headroom_percent,
    }


def _height(value: Decimal, top: Decimal) -> float:
    """Return how far below the upper edge a value stands, in percent."""
    share = float(value / top) if top else 0.0
    return round(100 - 100 * min(max(share, 0.0), _ROOM) / _ROOM, 2)


def _path(resource: Resource, axis: Axis, top: Decimal) -> str:
    """Return the curve of the use; it ends where it leaves the chart."""
    start = float(resource.current / top) if top else 0.0
    points = []
    for step in range(_STEPS + 1):
        share = _after(resource, axis.days * step / _STEPS, start, top)
        points.append((round(100 * step / _STEPS, 2), round(100 - 100 * min(max(share, 0.0), _ROOM) / _ROOM, 2)))
        if share >= _ROOM:
            break
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _after(resource: Resource, days: float, start: float, top: Decimal) -> float:
    """Return the projected use after some days as a share of `top`."""
    growth = resource.growth
    if growth is None or not top:
        return start
    periods = days / float(growth.per.days)
    if growth.amount is not None:
        return start + float(growth.amount / top) * periods
    rate = float(growth.percent or 0) / 100
    if rate <= -1:
        return start if not periods else 0.0
    return start * exp(min(log1p(rate) * periods, _MOST))


def _marks(one: Forecast, axis: Axis, heights: dict[str, float]) -> list[tuple[float, float, str, str]]:
    """Return where the use reaches threshold and limit: place, height, day, and to which side there is room for it."""
    found = []
    for name, day in (("threshold", one.threshold_on), ("limit", one.limit_on)):
        at = axis.at(day) if day else 0
        if day and 0 < at <= 100 and (name == "limit" or one.resource.headroom_percent):  # noqa: PLR2004 percent
            found.append((at, heights[name], short_day(day, year=True), "end" if at > 60 else ""))  # noqa: PLR2004 percent
    return found


def _bracket(one: Forecast, axis: Axis, height: float) -> tuple[float, float, float] | None:
    """Return from where to where the time for getting more lasts, at the height of the threshold, if it is in sight."""
    if one.ask_by is None or one.threshold_on is None or one.threshold_on == axis.start:
        return None
    start, end = max(axis.at(one.ask_by), 0.0), axis.at(one.threshold_on)
    return (start, end, height) if end <= 100 else None  # noqa: PLR2004 percent


def _labels(resource: Resource, heights: dict[str, float]) -> list[tuple[float, str]]:
    """Return the words at the left edge, moved apart where they would cover each other."""
    labels = [(heights["limit"], _short(resource.limit))]
    if resource.headroom_percent:
        labels.append((max(heights["threshold"], heights["limit"] + _APART), _short(resource.threshold)))
    if labels[-1][0] < 100 - _APART:
        labels.append((100.0, "0"))
    return labels


def _short(value: Decimal) -> str:
    return brief(value, _WIDE)


def _days(axis: Axis, as_of: date) -> list[tuple[float, str, str]]:
    """Return the words below: the measurement, the end, and today where there is room."""
    end = date.fromordinal(min(axis.start.toordinal() + axis.days, date.max.toordinal()))
    today = axis.at(as_of)
    words = [(0.0, "l", short_day(axis.start, year=True)), (100.0, "r", short_day(end, year=True))]
    return [*words, (today, "", "today")] if 32 < today < 68 else words  # noqa: PLR2004 percent of a narrow chart


def _said(one: Forecast) -> str:
    """Return what the chart shows in words."""
    resource = one.resource
    unit = f" {resource.unit}" if resource.unit else ""
    used = f" ({brief_percent(resource.used_percent)})" if resource.used_percent is not None else ""
    reached = [
        f"{name} on {day.isoformat()}" if day else f"{name} not in sight"
        for name, day in (("threshold", one.threshold_on), ("limit", one.limit_on))
    ]
    return f"{brief(resource.current)} of {brief(resource.limit)}{unit}{used} used; {', '.join(reached)}"
