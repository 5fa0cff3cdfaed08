"""Alerts on the spending of a budget: whether they can fire, on how little, and on what the budget bears."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.slo.amounts import above, at_least, at_most, below, length
from mkdocs_sre.checks.slo.judged import judged
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.words import listed
from mkdocs_sre.slo.budgets import budget_events
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import decimal_text, ratio_percent
from mkdocs_sre.slo.durations import promql_duration

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.targets import Target

SUSTAINABLE = Fraction(9, 10)  # a burn rate below it is one that the budget bears; the usual 10 % in 3d of 28d is 0.93


@rule("SLO101", "alert-cannot-fire", level=Level.ERROR, since="0.1")
def alert_cannot_fire(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An alert on the budget fires at least when everything fails.

    It fires above an error rate of burn rate * (1 - objective). The usual windows are looked at too when none are written.

    ## Why
    With an objective of 90 % a burn rate of 14.4 is an error rate of 144 %. Nothing can fail so often, so nobody is called,
    and nobody sees that from the rule.

    ## Example
    ```yaml
    type: slo
    id: reports-made
    service: reports
    behaviour: A report that is asked for is made.
    sli: {good: "reports_total{result='made'}", total: reports_total}
    objective: 90
    window: 30d
    alerting: {runbook: reports-missing}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: reports-made
    service: reports
    behaviour: A report that is asked for is made.
    sli: {good: "reports_total{result='made'}", total: reports_total}
    objective: 90
    window: 30d
    alerting:
      runbook: reports-missing
      windows: [{alert: page, short: 30m, long: 6h, budget_percent: 5}]
    ```

    ## Source
    Beyer, Murphy, Rensin, Kawahara, Thorne (eds.), "The Site Reliability Workbook", chapter 5: an alert fires when the
    error rate exceeds burn rate * (1 - SLO).
    """
    for target in judged(slo):
        for alert in burn_alerts(target):
            if alert.can_fire:
                continue
            usual = "" if alert.index is not None else "give `windows` of your own, in which it fires "
            yield fault(
                _place(target, alert, "budget_percent"),
                f"{target.id} can never {_calls(alert)}: {_rate(alert)} times the {ratio_percent(alert.allowed)} that may fail "
                f"is an error rate of {ratio_percent(alert.threshold)}",
                f"promise more than {above(alert.fires_above)} %, or {usual or 'let it fire '}"
                f"at less than {below(alert.share / alert.threshold)} % of the budget",
            )


@rule("SLO210", "low-traffic", level=Level.WARNING, since="0.1")
def low_traffic(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """One bad event alone calls nobody.

    It does when the long window holds fewer than 1 / (burn rate * (1 - objective)) events at `events_per_day`, which is when
    the share of the budget at which the alert fires is less than one event.

    ## Why
    Whoever is woken for a single request that failed finds nothing, and soon trusts no page. With so few events a ratio
    says little, whatever its decimals.

    ## Example
    ```yaml
    type: slo
    id: refunds-booked
    service: payments
    behaviour: A refund is booked within 4 hours.
    sli: {good: "refunds_total{result='booked'}", total: refunds_total}
    objective: 99.9
    window: 30d
    events_per_day: 480
    alerting: {runbook: refund-backlog}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: refunds-booked
    service: payments
    behaviour: A refund is booked within 4 hours.
    sli: {good: "refunds_total{result='booked'}", total: refunds_total}
    objective: 99
    window: 30d
    events_per_day: 480
    alerting:
      runbook: refund-backlog
      windows: [{alert: ticket, short: 2h, long: 1d, budget_percent: 10}]
    ```

    ## Source
    "The Site Reliability Workbook", chapter 5, "Low-Traffic Services and Error Budget Alerting".
    """
    if not slo.events_per_day:
        return
    for target in judged(slo):
        low = [alert for alert in burn_alerts(target) if alert.fires_on_one(slo.events_per_day)]
        if low:
            first = min(low, key=lambda one: one.share)
            yield fault(
                _place(target, first, "budget_percent"),
                f"one bad event of {target.id} is enough to {listed(map(_calls, low))}: {promql_duration(first.long)} holds "
                f"{_number(first.events_held(slo.events_per_day))} events at {slo.events_per_day:f} a day, "
                f"fewer than {_number(first.fewest_events)}",
                _for_low_traffic(first, budget_events(first.allowed, first.period, slo.events_per_day)),
            )


@rule("SLO301", "alert-on-sustainable-burn", level=Level.INFO, since="0.1")
def alert_on_sustainable_burn(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An alert fires only while the budget is spent faster than it can be borne: at a burn rate of 0.9 or more.

    ## Why
    At a burn rate below 1 the budget lasts longer than its window, and the objective is kept. The usual windows are made
    for 30 days: 10 % of the budget of 7 days in 3 days is a burn rate of 0.23, which is always exceeded by a service that
    keeps its objective.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 7d
    alerting: {runbook: payments-errors}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 7d
    alerting:
      runbook: payments-errors
      windows:
        - {alert: page, short: 5m, long: 1h, budget_percent: 8}
        - {alert: ticket, short: 1h, long: 12h, budget_percent: 10}
    ```

    ## Source
    "The Site Reliability Workbook", chapter 5: a burn rate of 1 spends the whole budget in exactly the window.
    """
    for target in judged(slo):
        for alert in burn_alerts(target):
            if alert.factor < SUSTAINABLE:
                share = (
                    ""
                    if alert.long > alert.period
                    else f"from {at_least(Fraction(alert.long, alert.period))} % of the budget, or "
                )
                yield fault(
                    _place(target, alert, "budget_percent"),
                    f"{target.id} {_calls(alert, 'pages', 'opens a ticket')} at a burn rate of {_rate(alert)}, "
                    f"at which the budget of {target.window} lasts {length(alert.time_to_exhaust)}",
                    f"let it fire {share}over at most {length(alert.share * alert.period)}",
                )


def _for_low_traffic(alert: BurnAlert, budget: Fraction) -> str:
    """Return the cure where a share of a budget, which is a number of events, is less than one of them."""
    least = 1 / (budget / alert.allowed * alert.share)  # the share that may be bad of which one event is this share
    promise = f"promise at most {at_most(1 - least)} %" if least < 1 else "count what happens more often"
    if budget < 1:
        return f"{promise}; its whole budget is {_number(budget)} events"
    return f"let it fire at {at_least(1 / budget)} % or more of its budget of {_number(budget)} events, or {promise}"


def _calls(alert: BurnAlert, page: str = "page", ticket: str = "open a ticket") -> str:
    does = page if alert.calls == "page" else ticket
    return f"{does} over {promql_duration(alert.short)}/{promql_duration(alert.long)}"


def _rate(alert: BurnAlert) -> str:
    return decimal_text(alert.factor, 4)


def _number(amount: Fraction) -> str:
    return decimal_text(amount, 4)


def _place(target: Target, alert: BurnAlert, key: str) -> Location:
    if alert.index is None:
        return target.slo.at(*target.key("alerting"))
    return target.slo.value_at(*target.key("alerting", "windows", alert.index, key))
