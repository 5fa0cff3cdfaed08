"""What is recorded of an objective: its ratio of bad events over every window and over its period, its budget and burn rate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY, promql_duration
from mkdocs_sre.slo.error_ratio import (
    bad_events,
    components_of,
    counted,
    error_ratio,
    total_events,
    weighted,
    worst,
)
from mkdocs_sre.slo.exports import names
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.targets import Target

    Rule = dict[str, Any]


def recording(name: str, expression: str, labels: dict[str, str], window: int | None = None) -> Rule:
    """Return a recording rule; `window`, in seconds, gets a label of its own."""
    if window is not None:
        labels = dict(sorted({**labels, "sloth_window": promql_duration(window)}.items()))
    return {"record": name, "expr": expression, "labels": labels}


def indicator_recordings(target: Target, context: Context) -> list[Rule]:
    """Return the rules that record the ratio of bad events over every window, ascending, and over the period.

    For events the bad ones and all of the shortest window are recorded too: their sums over the period give a ratio in
    which each event counts once, whatever went on at the time. Raises ComponentError as `error_ratio` does.
    """
    labels, period = names.rule_labels(target, context.labels), nominal_seconds(target.window)
    shortest, *longer = names.windows_of(target)
    rules = []
    if counted(target.sli):
        shown = promql_duration(shortest)
        rules += [
            recording(names.bad_metric(shortest), bad_events(target.sli, shown), labels, shortest),
            recording(names.total_metric(shortest), total_events(target.sli, shown), labels, shortest),
        ]
        ratio = _quotient(
            *(metric(shortest) + names.selector(target) for metric in (names.bad_metric, names.total_metric))
        )
    else:
        ratio = error_ratio(target, promql_duration(shortest), context.find)
    rules.append(recording(names.error_ratio_metric(shortest), ratio, labels, shortest))
    for window in longer:
        expression = error_ratio(target, promql_duration(window), context.find)
        rules.append(recording(names.error_ratio_metric(window), expression, labels, window))
    if period != shortest and period not in longer:  # else it is recorded already
        rules.append(recording(names.error_ratio_metric(period), period_ratio(target, context), labels, period))
    return rules


def period_ratio(target: Target, context: Context) -> str:
    """Return the PromQL of the share that is bad over the period, out of what is recorded.

    Events: their sums. A composite by weight, or of the worst: of the ratios of its objectives over this period. Where
    slices of time are counted, or a query gives a ratio without its events, there is nothing to weigh by: the mean over time.
    """
    sli, period = target.sli, promql_duration(nominal_seconds(target.window))
    if sli.composite is None or sli.composite.method == "time-slices":
        return _own_ratio(target, period)
    parts = components_of(target, context.find)
    ratios = [f"max(\n{_own_ratio(one, period)}\n)" for one, _ in parts]
    return worst(ratios) if sli.composite.method == "worst" else weighted(ratios, [weight for _, weight in parts])


def _own_ratio(target: Target, period: str) -> str:
    shortest, found = names.windows_of(target)[0], names.selector(target)
    if not counted(target.sli):
        return f"avg_over_time({names.error_ratio_metric(shortest)}{found}[{period}])"
    bad, total = (
        f"sum_over_time({metric(shortest)}{found}[{period}])" for metric in (names.bad_metric, names.total_metric)
    )
    return _quotient(bad, total)


def _quotient(bad: str, total: str) -> str:
    return f"{bad}\n/\n({total} > 0)\nor\n0 * {total}"


def budget_recordings(target: Target, context: Context) -> list[Rule]:
    """Return the rules that record the objective, its budget, how fast that is spent, and what is left of it.

    All numbers are exact. The ratio of bad events is that of `indicator_recordings`.
    """
    labels, found = names.rule_labels(target, context.labels), names.selector(target)
    period, shortest = nominal_seconds(target.window), names.windows_of(target)[0]
    info = {
        **labels,
        "sloth_mode": "mkdocs-sre",
        "sloth_objective": decimal_text(Fraction(target.objective), 40),
        "sloth_spec": "mkdocs-sre",
        "sloth_version": "1",
    }
    return [
        recording(names.OBJECTIVE, f"vector({decimal_text(target.ratio, 40)})", labels),
        recording(names.BUDGET, f"vector({decimal_text(target.allowed, 40)})", labels),
        recording(names.DAYS, f"vector({decimal_text(Fraction(period, DAY))})", labels),
        recording(names.CURRENT_BURN, burn_rate(names.error_ratio_metric(shortest), found), labels),
        recording(names.PERIOD_BURN, burn_rate(names.error_ratio_metric(period), found), labels),
        recording(names.REMAINING, f"1 - {names.PERIOD_BURN}{found}", labels),
        recording(names.INFO, "vector(1)", dict(sorted(info.items()))),
    ]


def burn_rate(metric: str, found: str) -> str:
    """Return the PromQL of a recorded ratio of bad events divided by the budget."""
    return f"{metric}{found}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n{names.BUDGET}{found}"
