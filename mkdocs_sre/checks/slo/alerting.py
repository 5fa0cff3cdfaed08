"""How the spending of a budget calls somebody: at all, with what to do, and over windows that make sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.burn_runbooks import burn_runbook
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.slo.judged import first_with, judged
from mkdocs_sre.documents.burn_alerting import CALLS, Calls
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.graph.words import listed
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.durations import whole_seconds
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from mkdocs_sre.documents.burn_alerting import BurnWindow
    from mkdocs_sre.slo.targets import Target


@rule("SLO212", "burn-alert-without-runbook", level=Level.WARNING, since="0.1")
def burn_alert_without_runbook(slo: ServiceLevelObjective, context: Context) -> Iterator[Fault]:
    """Each alert on the budget has a runbook: by `runbook`, by an annotation, or because a runbook names the alert.

    ## Why
    Such an alert says that users suffer, and not why. Without a runbook, whoever is called begins with nothing but a
    ratio.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    alerting: {name: PaymentsErrorsHigh}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    alerting: {name: PaymentsErrorsHigh, runbook: payments-errors}
    ```

    ## Source
    Requirements: alerts link to runbooks; alerts of SLOs too.
    """
    for target in first_with(slo, "alerting"):
        used = {alert.calls for alert in burn_alerts(target)}
        bare = [calls for calls in CALLS if calls in used and not _has_runbook(target, calls, context)]
        if bare:
            yield fault(
                slo.at(*target.key("alerting")),
                f"whoever gets {listed(f'the {calls}' for calls in bare)} of {target.id} has no runbook",
                "name one under `alerting: runbook:`",
            )


@rule("SLO215", "slo-without-alerting", level=Level.INFO, since="0.1")
def slo_without_alerting(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """The spending of a budget calls somebody.

    A question only: a composite, or an objective for a report, may go without.

    ## Why
    Alerts on causes are many and miss what nobody thought of. An alert on the budget is derived from what was promised to
    users: it fires when the promise is in danger, and only then. `alerting: {}` already gives the usual windows.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    alerting: {runbook: payments-errors}
    ```

    ## Source
    Requirements: alerting is derived from the objective.
    """
    if slo.in_force and all(one.alerting is None and one.sli.form != "composite" for one in judged(slo)):
        yield fault(
            slo.at("id"),
            f"nobody is called while the budget of {slo.id} is spent",
            "add `alerting:` with its `runbook`; the usual windows need not be written",
        )


@rule("SLO216", "senseless-windows", level=Level.WARNING, since="0.1")
def senseless_windows(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """The short window of a pair is shorter than the long one, which is no longer than the SLO's own, and no pair comes twice.

    ## Why
    The long window tells that enough of the budget is gone, the short one that it is still being spent, so that the alert
    ends soon after the errors do. Turned round, it fires late and does not end. A long window beyond that of the SLO counts
    errors for which the budget has long come back.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    alerting:
      runbook: payments-errors
      windows: [{alert: page, short: 1h, long: 5m, budget_percent: 2}]
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    alerting:
      runbook: payments-errors
      windows: [{alert: page, short: 5m, long: 1h, budget_percent: 2}]
    ```

    ## Source
    "The Site Reliability Workbook", chapter 5: a short window of 1/12 of the long one.
    """
    for target in first_with(slo, "alerting"):
        before: dict[tuple[Calls, int, int], int] = {}
        for index, pair in enumerate(target.alerting.windows if target.alerting else ()):
            key = (pair.alert, whole_seconds(pair.short), whole_seconds(pair.long))
            place = target.key("alerting", "windows", index)
            said = _senseless(pair, target)
            if said is not None:
                yield fault(slo.at(*place), *said)
            elif key in before:
                yield fault(
                    slo.at(*place),
                    f"{target.id} has the pair {pair.short} and {pair.long} twice for a {pair.alert}",
                    "keep the one with the lower `budget_percent`, which fires first",
                    slo.at(*target.key("alerting", "windows", before[key])),
                )
            before.setdefault(key, index)


def _senseless(pair: BurnWindow, target: Target) -> tuple[str, str] | None:
    short, long, period = whole_seconds(pair.short), whole_seconds(pair.long), nominal_seconds(target.window)
    if short >= long:
        turned = f"did you mean `short: {pair.long}, long: {pair.short}`?" if short > long else "shorten one to 1/12"
        return f"the short window of {target.id}, {pair.short}, is not shorter than the long one, {pair.long}", turned
    if long > period:
        return (
            f"the long window {pair.long} of {target.id} is longer than {target.window}, over which the objective holds",
            f"shorten it to at most {target.window}",
        )
    return None


def _has_runbook(target: Target, calls: Calls, context: Context) -> bool:
    if burn_runbook(context.base, target, calls) is not None:
        return True
    links = context.settings.alerts.link_keys
    return target.alerting is not None and not target.alerting.annotations_of(calls).keys().isdisjoint(links)
