"""How the spending of a budget calls somebody: from our pairs of windows to OpenSLO's alert policies, one for each."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.burn_alerting import CALLS
from mkdocs_sre.slo.burn import burn_alerts
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.openslo import kept
from mkdocs_sre.slo.openslo.durations import duration_text
from mkdocs_sre.slo.openslo.naming import with_ending

if TYPE_CHECKING:
    from mkdocs_sre.documents.burn_alerting import Alerting
    from mkdocs_sre.slo.burn import BurnAlert
    from mkdocs_sre.slo.openslo.writing import Writing
    from mkdocs_sre.slo.targets import Target

_DIGITS = 15  # significant ones of a burn rate that is no exact decimal


def policies(writing: Writing, target: Target, name: str) -> list[dict[str, Any]]:
    """Return the alert policies of a target, of which `name` is the name in OpenSLO."""
    for alert in burn_alerts(target):
        if duration_text(alert.long) is None:
            writing.lose("OpenSLO counts windows in whole minutes, so it is not written", *_path(target, alert))
    made = []
    times: Counter[str] = Counter()
    for alert in _writable(target):
        ending = f"{alert.calls}-{duration_text(alert.long)}"
        times[ending] += 1
        numbered = ending if times[ending] == 1 else f"{ending}-{times[ending]}"
        made.append(_policy(writing, target, alert, with_ending(name, numbered)))
    _lose_rest(writing, target, written=bool(made))
    return made


def kept_of(target: Target) -> dict[str, str]:
    """Return what annotations of an SLO keep of how it alerts; nothing where none of the windows given can be written."""
    alerting = target.alerting
    if alerting is None or (alerting.windows and not _writable(target)):
        return {}
    found = {kept.ALERT_NAME: alerting.name, kept.RUNBOOK: alerting.runbook}
    found[kept.WINDOWS] = None if alerting.windows else "usual"
    found[kept.DISABLED] = ",".join(one for one in CALLS if alerting.call(one).disabled)
    return {name: text for name, text in found.items() if text}


def _writable(target: Target) -> list[BurnAlert]:
    """Return the pairs of windows that OpenSLO can say: those that are alerted, of whole minutes."""
    return [alert for alert in burn_alerts(target) if duration_text(alert.long) is not None]


def _path(target: Target, alert: BurnAlert, *key: str) -> tuple[str | int, ...]:
    path = target.key("alerting")
    return path if alert.index is None else (*path, "windows", alert.index, *key)


def _policy(writing: Writing, target: Target, alert: BurnAlert, name: str) -> dict[str, Any]:
    notes = {kept.SHORT: f"{alert.short}s", kept.SHARE: decimal_text(alert.share * 100, 40)}
    notes[kept.SHORT] = duration_text(alert.short) or notes[kept.SHORT]
    call = target.alerting.call(alert.calls) if target.alerting is not None else None
    if call is not None and call.runbook:
        notes[kept.RUNBOOK] = call.runbook
    if address := writing.context.runbook_url(target, alert.calls):
        notes[kept.RUNBOOK_URL] = address
    threshold = decimal_text(alert.factor, _DIGITS)
    if Fraction(threshold) != alert.factor:
        writing.lose("a burn rate is cut after 15 digits; an annotation keeps the share", *_path(target, alert))
    condition = {
        "kind": "burnrate",
        "op": "gt",
        "threshold": Decimal(threshold),
        "lookbackWindow": duration_text(alert.long),
        **_after(writing, target, alert),
    }
    spec = {"severity": alert.calls, "condition": condition}
    told = {"kind": "AlertNotificationTarget", "metadata": {"name": alert.calls}, "spec": {"target": alert.calls}}
    return {
        "kind": "AlertPolicy",
        "metadata": {"name": name, "annotations": notes},
        "spec": {
            "alertWhenBreaching": True,
            "conditions": [{"kind": "AlertCondition", "metadata": {"name": name}, "spec": spec}],
            "notificationTargets": [told],
        },
    }


def _after(writing: Writing, target: Target, alert: BurnAlert) -> dict[str, str]:
    if not alert.hold:
        return {}
    text = duration_text(alert.hold)
    if text is None:
        writing.lose("OpenSLO counts in whole minutes, so it alerts at once", *_path(target, alert, "for"))
        return {}
    return {"alertAfter": text}


def _lose_rest(writing: Writing, target: Target, *, written: bool) -> None:
    """Note what OpenSLO's policies do not say."""
    alerting, path = target.alerting, target.key("alerting")
    if alerting is None:
        return
    if written:
        writing.lose("OpenSLO has no short window beside the long one; annotations keep it", *path)
    for index, one in enumerate(alerting.windows):
        if alerting.call(one.alert).disabled:
            writing.lose("its alert is disabled, so it is not written", *path, "windows", index)
    if alerting.windows and not written:
        writing.lose("none of its windows can be written, so nothing is", *path)
    for key in ("labels", "annotations"):
        if getattr(alerting, key):
            writing.leave(*path, key)
        for call in CALLS:
            if getattr(alerting.call(call), key):
                writing.leave(*path, call, key)
    _lose_runbooks(writing, target, alerting)


def _lose_runbooks(writing: Writing, target: Target, alerting: Alerting) -> None:
    """Note runbooks of one alert alone where there is no policy that could carry them."""
    called = {one.calls for one in _writable(target)}
    for call in CALLS:
        if alerting.call(call).runbook and call not in called:
            writing.lose("there is no policy that could carry it", *target.key("alerting"), call, "runbook")
