"""The indicator, the policy and the signatures of a service level objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.objectives import ceiling
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import length, number, percent

if TYPE_CHECKING:
    from mkdocs_sre.documents.burn_alerting import Alerting
    from mkdocs_sre.documents.indicators import Indicator, Threshold
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site

_SIGNS = {"lt": "below", "lte": "at most", "gt": "above", "gte": "at least"}
_POLICY = (Column("Budget spent", "sre-num fit0"), Column("What happens", "wide", bare=True), Column("Decides"))
_WINDOWS = (
    Column("Long window", "fit"),
    Column("Short window"),
    Column("Budget spent", "n"),
    Column("Calls", "early", bare=True),
)
_AGREED = (Column("Who", "fit"), Column("For", bare=True), Column("On", bare=True))


@body("slo")
def slo_body(slo: ServiceLevelObjective, site: Site, page: str) -> Body:
    """Return what is measured above the author's text; policy, alerts and signatures below it."""
    policy = sorted(slo.error_budget_policy, key=lambda one: one.at_percent)
    steps = [[percent(one.at_percent), prose(one.action), escape(one.decides or "")] for one in policy]
    agreed = [[escape(one.who), escape(one.role or ""), one.on.isoformat() if one.on else ""] for one in slo.agreed_by]
    below = (
        section(
            "What the policy asks", "policy", table("As the error budget is spent", _POLICY, steps) if steps else ""
        ),
        section("Alerts", "alerts", _alerts(slo.alerting, site, page)),
        section("Agreed by", "agreed", table("Who agreed to it", _AGREED, agreed) if agreed else ""),
    )
    above = (
        section("What is measured", "indicator", _indicator(slo.sli)),
        section("What its dependencies allow", "ceiling", ceiling(slo, site, page)),
    )
    return Body(joined(above), joined(below))


def _indicator(sli: Indicator) -> str:
    queries = (("Good", sli.good), ("Bad", sli.bad), ("Of all", sli.total), ("Ratio", sli.raw))
    rows = [[label, f"<code>{escape(query)}</code>"] for label, query in queries if query]
    if sli.threshold:
        rows.append(["Good when", _threshold(sli.threshold)])
    if sli.raw:
        rows.append(["It counts", "bad events" if sli.raw_type == "failure" else "good events"])
    caption = f"Answered by {sli.source}" if sli.source else "The queries that are counted"
    return table(caption, (Column("Events", "fit0"), Column("Query", "wide", bare=True)), rows)


def _threshold(one: Threshold) -> str:
    return f"<code>{escape(one.metric)}</code> is {_SIGNS[one.op]} {number(one.value)}"


def _alerts(alerting: Alerting | None, site: Site, page: str) -> str:
    if alerting is None:
        return ""
    name = f"<code>{escape(alerting.name)}</code>" if alerting.name else "The alerts"
    runbook = f"{name}: follow {site.link_id(page, alerting.runbook)}.\n\n" if alerting.runbook else ""
    rows = [
        [
            escape(length(one.long)),
            escape(length(one.short)),
            percent(one.budget_percent),
            Chip(one.alert, one.alert).markdown(),
        ]
        for one in alerting.windows
    ]
    return runbook + (
        table("It fires when so much of the budget is spent in both windows", _WINDOWS, rows) if rows else ""
    )
