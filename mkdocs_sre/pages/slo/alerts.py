"""The alerts that follow from an objective: what makes each fire, how soon, and what is spent by then."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.burn_runbooks import burn_runbook
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.slo.amounts import lasting, times
from mkdocs_sre.pages.slo.sensitivity import sensitivity_figure
from mkdocs_sre.pages.standing import alert_link
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import ratio_percent, share_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.targets import Target

TENTH = Fraction(1, 10)
NEVER = "never"
_COLUMNS = (
    Column("Fires when", "fit"),
    Column("Goes to", "early", bare=True),
    Column("Errors above", "sre-num"),
    Column("Spent by then", "sre-num"),
    Column("Full outage noticed in", "sre-num"),
    Column("10 % errors noticed in", "sre-num"),
    Column("Budget gone in", "sre-num"),
)


def alerts_part(targets: Sequence[Target], site: Site, page: str) -> str:
    """Return the alerts of each objective as a picture and a table; a sentence where nothing is alerted."""
    return "\n\n".join(part for one in targets if (part := _of(one, len(targets) > 1, site, page)))


def _of(target: Target, several: bool, site: Site, page: str) -> str:  # noqa: FBT001 whether there are others
    title = f"### {escape(target.name)} {{: #sre-alerts-{target.id} }}\n\n" if several and target.path else ""
    alerts = burn_alerts(target)
    if not alerts:
        missing = Chip("no alert", "none").markdown()
        return f"{title}{missing} Nobody is called when the budget is spent: `alerting` names the alerts.\n"
    rows = [_row(one, target, site, page) for one in alerts]
    caption = (
        "Noticed: from the first error, none before. Budget gone: if it goes on just as fast as the alert asks for"
    )
    return "\n\n".join(
        (
            f"{title}{_called(target, site, page)}",
            sensitivity_figure(alerts),
            table(caption, _COLUMNS, rows, f"alerts-{target.id}"),
        )
    )


def _called(target: Target, site: Site, page: str) -> str:
    """Return the alert's name, as a link where it has a page, and whom the settings of the objective follow."""
    name = target.alerting.name if target.alerting else None
    named = f"<code>{alert_link(name, site, page)}</code> watches" if name else "The alerts watch"
    usual = target.alerting is not None and not target.alerting.windows
    pairs = "the usual pairs of windows" if usual else "pairs of windows of its own"
    return (
        f"{named} {pairs}: a pair fires while the budget burns faster than it allows in both of them.\n{{: .sre-lede }}"
    )


def _row(one: BurnAlert, target: Target, site: Site, page: str) -> list[str]:
    held = f" <small>held for {lasting(one.hold)}</small>" if one.hold else ""
    return [
        f"{times(one.factor)}, {lasting(one.short)} and {lasting(one.long)}{held}",
        _goes_to(one, target, site, page),
        ratio_percent(one.threshold) + _low_traffic(one, target),
        share_percent(one.share, 2),
        _noticed(one, Fraction(1)),
        _noticed(one, TENTH),
        lasting(one.time_to_exhaust) if one.factor else NEVER,
    ]


def _noticed(one: BurnAlert, error_ratio: Fraction) -> str:
    found = one.time_to_fire(error_ratio)
    if found is not None:
        return lasting(found)
    return NEVER if one.can_fire else Chip(NEVER, "bad").markdown()


def _low_traffic(one: BurnAlert, target: Target) -> str:
    """Return a warning where so few events come that a single bad one makes it fire."""
    daily = target.slo.events_per_day
    return " <small>a single bad event does</small>" if daily and one.fires_on_one(daily) else ""


def _goes_to(one: BurnAlert, target: Target, site: Site, page: str) -> str:
    runbook = burn_runbook(site.base, target, one.calls)
    link = site.link_id(page, runbook, "runbook") if runbook else Chip("no runbook", "none").markdown()
    return f"{Chip(one.calls, one.calls).markdown()} {link}"
