"""Capacity plans: the resources of all of them, the soonest to run short first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.forecast import Forecast, forecasts
from mkdocs_sre.pages.overviews import MOST, Overview, intact, overview, rest
from mkdocs_sre.pages.tables import STATE, Column, section, table
from mkdocs_sre.pages.words import brief_percent, length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("Resource"),
    Column("Plan"),
    Column("Used", "n"),
    Column("Threshold", "sre-num"),
    Column("Limit", "sre-num"),
    Column("Takes to get", "sre-num"),
    STATE,
)


@overview("capacity-plan")
def capacity_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return the resources of all plans above their list."""
    found = [forecast for one in intact(documents) if isinstance(one, CapacityPlan) for forecast in forecasts(one)]
    if not found:
        return Overview()
    found.sort(
        key=lambda one: (one.threshold_on or date.max, one.limit_on or date.max, one.plan.id.lower(), one.order())
    )
    rows = [_row(one, site, page) for one in found[:MOST]]
    caption = f"The resources of all plans, the soonest at its threshold first, as of {site.as_of.isoformat()}"
    listed = table(caption, _COLUMNS, rows, "resources") + rest(len(found), "resources")
    return Overview(section("What runs short first", "resources", listed) + "\n## Plans {: #sre-plans }\n")


def _row(one: Forecast, site: Site, page: str) -> list[str]:
    resource, chip = one.resource, one.chip(site.as_of)
    return [
        prose(resource.name),
        f"{site.link_document(page, one.plan, one.plan.id)} <small>of {escape(one.plan.service)}</small>",
        brief_percent(resource.used_percent) if resource.used_percent is not None else "",
        one.threshold_on.isoformat() if one.threshold_on else "not in sight",
        one.limit_on.isoformat() if one.limit_on else "not in sight",
        escape(length(resource.lead_time)) if resource.lead_time else "",
        chip.markdown() if chip else "",
    ]
