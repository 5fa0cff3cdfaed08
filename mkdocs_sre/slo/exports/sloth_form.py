"""Rules exactly as Sloth writes them, to the noise of its binary fractions, so that what was built on them keeps working.

Source: Sloth 0.16, https://github.com/slok/sloth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.durations import DAY, HOUR, promql_duration
from mkdocs_sre.slo.error_ratio import error_ratio, indented
from mkdocs_sre.slo.exports import names
from mkdocs_sre.slo.exports.recordings import burn_rate, recording
from mkdocs_sre.slo.losses import loss_of
from mkdocs_sre.slo.periods import nominal_seconds
from mkdocs_sre.slo.queries import ratio_with_window, with_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.losses import Loss
    from mkdocs_sre.slo.targets import Target

    Rule = dict[str, Any]

_SPOKEN = "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is"


def sloth_recordings(target: Target, context: Context) -> list[Rule]:
    """Return the rules that record the ratio of bad events; that of the period is the mean of those of the shortest window."""
    labels, found = names.rule_labels(target, context.labels), names.selector(target)
    windows, period = names.windows_of(target), nominal_seconds(target.window)
    rules = [
        recording(names.error_ratio_metric(one), _ratio(target, promql_duration(one), context), labels, one)
        for one in windows
    ]
    if period in windows:  # Prometheus takes no rule twice
        return rules
    short = f"{names.error_ratio_metric(windows[0])}{found}[{promql_duration(period)}]"
    mean = f"sum_over_time({short})\n/ ignoring (sloth_window)\ncount_over_time({short})\n"
    return [*rules, recording(names.error_ratio_metric(period), mean, labels, period)]


def sloth_budget(target: Target, context: Context) -> list[Rule]:
    """Return the rules that record the objective, its budget, how fast that is spent, and what is left of it."""
    labels, found = names.rule_labels(target, context.labels), names.selector(target)
    period, shortest = nominal_seconds(target.window), names.windows_of(target)[0]
    objective = float(target.objective)
    info = {
        "sloth_mode": "cli-gen-prom",
        "sloth_objective": _number(objective),
        "sloth_spec": "prometheus/v1",
        "sloth_version": "dev",
    }
    return [
        recording(names.OBJECTIVE, f"vector({_number(objective / 100)})", labels),
        recording(names.BUDGET, f"vector(1-{_number(objective / 100)})", labels),
        recording(names.DAYS, f"vector({_number(period / DAY)})", labels),
        recording(names.CURRENT_BURN, burn_rate(names.error_ratio_metric(shortest), found) + "\n", labels),
        recording(names.PERIOD_BURN, burn_rate(names.error_ratio_metric(period), found) + "\n", labels),
        recording(names.REMAINING, f"1 - {names.PERIOD_BURN}{found}", labels),
        recording(names.INFO, "vector(1)", dict(sorted({**labels, **info}.items()))),
    ]


def sloth_alerts(target: Target) -> list[Rule]:
    """Return the alert that pages and the one that opens a ticket, where they are wanted; labels are those of the author."""
    alerts = burn_alerts(target)
    return [_alert(target, one, pairs) for one in CALLS if (pairs := [pair for pair in alerts if pair.calls == one])]


def _alert(target: Target, calls: Calls, pairs: Sequence[BurnAlert]) -> Rule:
    alerting = target.alerting
    labels, annotations = {"sloth_severity": str(calls)}, {}
    if alerting is not None:
        labels |= names.known_labels(alerting.labels_of(calls))
        annotations = names.known_labels(alerting.annotations_of(calls))
    said = {"summary": f"{_SPOKEN} over expected.", "title": f"({calls}) {_SPOKEN} too fast."}
    return {
        "alert": names.alert_name(target),
        "expr": "\nor\n".join(_pair(target, one) for one in pairs) + "\n",
        "labels": dict(sorted(labels.items())),
        "annotations": dict(sorted({**said, **annotations}.items())),
    }


def _pair(target: Target, alert: BurnAlert) -> str:
    factor = float(alert.share * 100) * (alert.period / HOUR) / 100 / (alert.long / HOUR)
    allowed = (100 - float(target.objective)) / 100
    found, over = names.selector(target), f"({_number(factor)} * {_number(allowed)})"
    short, long = (
        f"    max({names.error_ratio_metric(window)}{found} > {over}) without (sloth_window)"
        for window in (alert.short, alert.long)
    )
    return f"(\n{short}\n    and\n{long}\n)"


def _ratio(target: Target, window: str, context: Context) -> str:
    sli = target.sli
    if sli.form == "events" and sli.slices is None:
        total = with_window(sli.total or "", window)
        if sli.bad is not None:
            return f"({with_window(sli.bad, window)})\n/\n({total})\n"
        good = with_window(sli.good or "", window)
        inner = f"(\n{indented(good)}\n)\n/\n(\n{indented(total)}\n)"
        return f"(\n  1 - (\n{indented(indented(inner))}\n  )\n)"
    if sli.form == "raw" and sli.slices is None:
        raw = ratio_with_window(sli.raw or "", window)
        return f"({raw}\n)" if sli.raw_type == "failure" else f"(1 - ({raw}\n)\n)"
    return f"(\n{indented(error_ratio(target, window, context.find))}\n)"


def _number(value: float) -> str:
    """Return a number as Go's `%v` writes it: as Python does, but for `.0`."""
    return repr(value).removesuffix(".0")


def sloth_losses(target: Target, context: Context) -> Iterator[Loss]:
    """Yield what Sloth's form does not say of an objective."""
    alerting = target.alerting
    pairs = burn_alerts(target)
    if any(context.runbook_url(target, pair.calls) for pair in pairs):
        yield loss_of(target, "Sloth's form has no link to the runbook", "alerting", "runbook")
    if alerting is not None and any(pair.hold for pair in pairs):
        yield loss_of(target, "Sloth's alerts fire at once: how long it must hold is left out", "alerting", "windows")
    yield from _name_losses(target)
    if context.owner(target):
        yield loss_of(target, "Sloth's form does not name the owner but by labels of your own", "owner")


def _name_losses(target: Target) -> Iterator[Loss]:
    """Yield the names of labels and annotations that Prometheus would refuse, and the whole file with them."""
    given: list[tuple[str, str]] = [("labels", name) for name in target.slo.labels]
    alerting = target.alerting
    if alerting is not None:
        for calls in CALLS:
            given += [("alerting", name) for name in (*alerting.labels_of(calls), *alerting.annotations_of(calls))]
    for key, name in dict.fromkeys(given):
        if names.unknown_labels([name]):
            yield loss_of(target, f"`{name[:80]}` is no name that Prometheus takes, so it is left out", key)
