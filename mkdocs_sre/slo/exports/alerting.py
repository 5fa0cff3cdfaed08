"""The alerts of an objective: one that pages and one that opens a ticket, with all that whoever is called needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import promql_duration
from mkdocs_sre.slo.exports import names
from mkdocs_sre.slo.exports.templates import is_plain_template, literal, taken_over
from mkdocs_sre.slo.losses import loss_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.losses import Loss
    from mkdocs_sre.slo.targets import Target

    Rule = dict[str, Any]

TICKET = "ticket"  # the severity of alerts that wake nobody
_OURS = frozenset(("alertname", "sloth_id", "sloth_service", "sloth_slo", "sloth_severity", "sloth_window"))


def alert_rules(target: Target, context: Context) -> list[Rule]:
    """Return the alerts of an objective: of each sort one for all pairs of windows that must hold equally long.

    Any pair of windows fires it, when both windows are over the threshold. Pairs that must hold for different times make
    rules of their own, told apart by the label `hold`.
    """
    rules = []
    alerts = burn_alerts(target)
    for one in CALLS:
        by_hold: dict[int, list[_Pair]] = {}
        for alert in alerts:
            if alert.calls == one:
                by_hold.setdefault(alert.hold, []).append(_Pair.of(target, alert))
        rules += [_rule(target, one, pairs, context, apart=len(by_hold) > 1) for pairs in by_hold.values()]
    return rules


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair of windows, and the PromQL that says for each of them whether it is over the threshold."""

    alert: BurnAlert
    short: str
    long: str

    @classmethod
    def of(cls, target: Target, alert: BurnAlert) -> _Pair:
        """Return a pair of windows of an objective."""
        threshold = f"({decimal_text(alert.factor)} * {decimal_text(alert.allowed, 40)})"
        over = f"{names.selector(target)} > {threshold}) without (sloth_window)"
        short, long = (f"max({names.error_ratio_metric(window)}{over}" for window in (alert.short, alert.long))
        return cls(alert, short, long)


def _rule(target: Target, calls: Calls, pairs: Sequence[_Pair], context: Context, *, apart: bool) -> Rule:
    labels = alert_labels(target, calls, context)
    hold = promql_duration(pairs[0].alert.hold)
    if apart:
        labels = dict(sorted({**labels, "hold": hold}.items()))
    return {
        "alert": names.alert_name(target),
        "expr": "\nor\n".join(f"(\n    {one.short}\n    and\n    {one.long}\n)" for one in pairs),
        "for": hold,
        "labels": labels,
        "annotations": _annotations(target, calls, pairs, context),
    }


def alert_labels(target: Target, calls: Calls, context: Context) -> dict[str, str]:
    """Return the labels of an alert, sorted: those of its series, the author's, and where these lack them severity and owner.

    The labels of its series are written too, so that it is known without Prometheus whom Alertmanager calls.
    """
    alerting = target.alerting
    own = alerting.labels_of(calls) if alerting is not None else {}
    # Labels of alerts are templates, those of series are not.
    series = {name: text.replace("{{", '{{"{{"}}') for name, text in names.rule_labels(target, context.labels).items()}
    given = {name: taken_over(text) for name, text in names.known_labels(own).items() if name not in _OURS}
    labels = {"severity": context.paging if calls == "page" else TICKET, **series, **given, "sloth_severity": calls}
    owner = context.owner(target)
    if owner and context.owner_labels and not any(name in labels for name in context.owner_labels):
        labels |= names.known_labels({context.owner_labels[0]: literal(owner)})
    return dict(sorted(labels.items()))


def _annotations(target: Target, calls: Calls, pairs: Sequence[_Pair], context: Context) -> dict[str, str]:
    """Return the annotations of an alert, sorted; the author's count before ours.

    `summary`, `title` (as Sloth says it), `description` with the windows that are over their thresholds and how long the
    budget lasts, `runbook_url`, `slo_page` (the page of the objective) and `dashboard`, those that there are.
    """
    alerting = target.alerting
    own = alerting.annotations_of(calls) if alerting is not None else {}
    dashboards = target.slo.dashboards
    spoken = "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too fast."
    made = {
        "summary": f"{literal(_title(target))}: the error budget of {target.window} is spent too fast.",
        "title": f"({calls}) {spoken}",
        "description": "".join((_promise(target), *(_fired(target, one) for one in pairs))),
        "runbook_url": literal(context.runbook_url(target, calls)),
        "slo_page": literal(context.page_url(target)),
        "dashboard": literal(dashboards[0].url) if dashboards else "",
    }
    given = {name: taken_over(text) for name, text in names.known_labels(own).items()}
    return dict(sorted({name: text for name, text in {**made, **given}.items() if text}.items()))


def _title(target: Target) -> str:
    return f"{target.slo.name} ({target.name})" if target.path else target.slo.name


def _promise(target: Target) -> str:
    objective = decimal_text(Fraction(target.objective), 40)
    return f"Promised: {literal(target.behaviour).rstrip('.')} ({objective} % over {target.window}). {{{{ $value | humanizePercentage }}}} are bad now."


def _fired(target: Target, pair: _Pair) -> str:
    """Return what tells, where this pair fires, which windows it is and in what time a whole budget is spent.

    Each part of an objective that is told apart by labels of its own (a region) is told.
    """
    alert = pair.alert
    long, short = promql_duration(alert.long), promql_duration(alert.short)
    lasts = f"round({decimal_text(alert.period * alert.allowed)} / {pair.long}, {_rounded(alert)})"
    percent, factor = decimal_text(alert.threshold * 100), decimal_text(alert.factor, 6)
    said = (
        f"Fired by the last {short} and the last {long}, both above {percent} % (burn rate {factor}). "
        f"As in the last {long}, a whole budget of {target.window} lasts {{{{ humanizeDuration .Value }}}}."
    )
    return f"{{{{ range query `{lasts} and {pair.short}` }}}}\n{said}{{{{ end }}}}"


def _rounded(alert: BurnAlert) -> int:
    """Return to how many seconds a time is rounded, of which nobody needs more than one in a hundred."""
    return 60 if alert.time_to_exhaust >= 100 * 60 else 1


def alert_losses(target: Target) -> Iterator[Loss]:
    """Yield what of the author's labels and annotations is not taken over."""
    alerting = target.alerting
    yield from _label_losses(target, target.slo.labels, "labels")
    if alerting is None:
        return
    for call in CALLS:
        special = alerting.call(call)
        yield from _template_losses(target, special.labels, "alerting", call, "labels")
        yield from _template_losses(target, special.annotations, "alerting", call, "annotations")
    yield from _template_losses(target, alerting.labels, "alerting", "labels")
    yield from _template_losses(target, alerting.annotations, "alerting", "annotations")


def _label_losses(target: Target, labels: Mapping[str, str], *keys: str) -> Iterator[Loss]:
    for name in names.unknown_labels(labels):
        what = f"`{name[:80]}` is no name that Prometheus takes, so it is left out"
        yield loss_of(target, what, *keys, name)
    for name in sorted(_OURS & labels.keys()):
        yield loss_of(target, f"`{name}` is a name that the rules themselves need, so it is left out", *keys, name)


def _template_losses(target: Target, labels: Mapping[str, str], *keys: str) -> Iterator[Loss]:
    yield from _label_losses(target, labels, *keys)
    for name, text in labels.items():
        if not is_plain_template(text):
            what = f"the template of `{name[:80]}` is written as text: only labels and the value are shown by templates"
            yield loss_of(target, what, *keys, name)
