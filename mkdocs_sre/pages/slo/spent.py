"""What spent the budget: incidents as their reviews tell them, what was measured, and where the live number is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.slo.amounts import WHOLE, lasting, scale_of
from mkdocs_sre.pages.slo.burn_down import burn_down
from mkdocs_sre.pages.slo.policy import standing
from mkdocs_sre.pages.slo.promise import budgets_table
from mkdocs_sre.pages.standing import web_link
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.slo.decimals import decimal_text, ratio_percent, share_percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.spending import Spent
    from mkdocs_sre.slo.state import BudgetState

MOST = 50  # incidents of one objective that are listed
_MEASURED_DIGITS = 7  # of a measured value
_INCIDENTS = (
    Column("Review", "fit"),
    Column("Began", "sre-num"),
    Column("Share failing", "n"),
    Column("Lasted", "n"),
    Column("Spent", "n"),
    Column("Of the budget", "n"),
)


_SPANS = (
    Column("Measured from", "fit sre-num"),
    Column("To", "sre-num"),
    Column("Good", "n"),
    Column("Spent", "n"),
    Column("Of the budget", "n"),
)


def spending(slo: ServiceLevelObjective, states: Sequence[BudgetState], site: Site, page: str) -> str:
    """Return what a document's budgets are and what spent them: sentences, a table, a picture for each objective."""
    parts = [_measured(one) for one in states]
    parts += [_live(slo, states), budgets_table(states)]
    for one in states:
        tables = (_spans(one), _incidents(one, site, page), _untimed(one, site, page))
        drawn = [burn_down(one), *tables]
        title = f"### {escape(one.target.name)}\n" if len(states) > 1 and any(drawn) else ""
        parts += [title, *drawn]
    return "\n\n".join(part.strip("\n") for part in parts if part)


def _measured(state: BudgetState) -> str:
    """Return what a measured value means today, as a sentence; nothing where nothing was measured."""
    measurement, share = state.measurement, state.measured_share
    if measurement is None or share is None:
        return ""
    percent = f"{decimal_text(measurement.ratio * WHOLE, _MEASURED_DIGITS, cut=True)} %"
    value = f"<b>{'no events' if measurement.eventless else percent}</b> measured"
    name = f" for {escape(state.target.name)}" if state.target.path else ""
    events = f", {int(measurement.good or 0):,} of {int(measurement.total):,} events" if measurement.total else ""
    known = (
        f" over {ratio_percent(state.coverage)} of the time so far" if state.coverage < 1 else " over the time so far"
    )
    return f"{value}{name}{known}{events}: {spent_words(share)} {_now(state)}".strip() + "\n{: .sre-measured }"


def spent_words(share: Fraction) -> str:
    """Return how much of a budget is spent as HTML, in words such as `180 % of the budget is spent, overspent by 80 %`."""
    over = f", overspent by <b>{share_percent(share - 1, 1)}</b>" if share > 1 else ""
    return f"<b>{share_percent(share, 1)}</b> of the budget is spent{over}."


def _now(state: BudgetState) -> str:
    """Return what the policy asks now, where a step is reached."""
    reached = [one for one in state.steps if one.reached]
    if not reached:
        return ""
    chip = Chip("changes stop" if state.stops_changes else "the policy acts", standing(state)).markdown()
    decides = f" {escape(reached[-1].decides)} decides." if reached[-1].decides else ""
    return f"{chip}{decides}"


def _live(slo: ServiceLevelObjective, states: Sequence[BudgetState]) -> str:
    """Return what the page counts, and where the live numbers are."""
    boards = ", ".join(web_link(one.title, one.url) for one in slo.dashboards)
    measured = [one for one in states if one.source == "measured"]
    counts = "measurements and reviews" if measured else "reviews of incidents"
    where = f" Live numbers: {boards}." if boards else ""
    return f"This page counts {counts}, as of {states[0].as_of.isoformat()}, and no live data.{where}\n{{: .sre-lede }}"


def _incidents(state: BudgetState, site: Site, page: str) -> str:
    if not state.incidents:
        return ""
    rows = [_row(one, state, site, page) for one in state.incidents[:MOST]]
    more = len(state.incidents) - MOST
    further = f"\n\nAnd {more:,} more incidents.\n" if more > 0 else ""
    caption = "Spent by incidents in the window; a minute spent is a minute of full outage"
    return table(caption, _INCIDENTS, rows, f"incidents-{state.target.id}") + further


def _spans(state: BudgetState) -> str:
    """Return what each of several measurements says, of many the newest."""
    zone, scale = ZoneInfo(state.timezone), scale_of(state.budget_seconds)
    found = state.measured_spans
    rows = [
        [
            f"{part.start.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{part.end.astimezone(zone):%Y-%m-%d %H:%M}",
            "no event" if part.ratio is None else f"{decimal_text(part.ratio * WHOLE, _MEASURED_DIGITS, cut=True)} %",
            f"{scale.plain(cost)} {scale.unit}",
            share_percent(cost / state.budget_seconds, 1),
        ]
        for part, cost in found[-MOST:]
    ]
    further = f"\n\nAnd {len(found) - MOST:,} earlier ones.\n" if len(found) > MOST else ""
    return table("Spent as measured", _SPANS, rows, f"spans-{state.target.id}") + further if rows else ""


def _row(one: Spent, state: BudgetState, site: Site, page: str) -> list[str]:
    scale = scale_of(state.budget_seconds)
    draft = f" {Chip('draft', 'none').markdown()}" if one.draft else ""
    began = one.start.astimezone(ZoneInfo(state.timezone))
    return [
        f"{site.link_id(page, one.pir)}{draft}",
        f"{began:%Y-%m-%d %H:%M}",
        ratio_percent(one.failing_percent / WHOLE),
        lasting(one.seconds),
        f"{scale.plain(one.cost)} {scale.unit}",
        share_percent(one.cost / state.budget_seconds, 1),
    ]


def _untimed(state: BudgetState, site: Site, page: str) -> str:
    """Return the reviews that name the objective without times from which a cost would follow."""
    names = ", ".join(site.link_id(page, one.pir) for one in state.untimed[:MOST])
    return f"Not counted, because their times are not known: {names}." if names else ""
