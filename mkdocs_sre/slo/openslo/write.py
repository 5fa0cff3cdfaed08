"""From documents to objects of OpenSLO v1."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.openslo import kept, write_alerts
from mkdocs_sre.slo.openslo.durations import written_duration
from mkdocs_sre.slo.openslo.metadata import MAX_DESCRIPTION, MAX_DISPLAY_NAME, VERSION
from mkdocs_sre.slo.openslo.naming import object_name, read_back_id
from mkdocs_sre.slo.openslo.numbers import plain
from mkdocs_sre.slo.openslo.windows import QUARTER
from mkdocs_sre.slo.openslo.write_indicators import composite_parts, indicator, method, objective, plain_method
from mkdocs_sre.slo.openslo.writing import UnwritableError, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.slo.targets import Target

START = "2020-01-01 00:00:00"  # midnight of the first day of a month and of a quarter
_LABEL_NAME = re.compile(r"[a-z0-9](?:[-._a-z0-9]{0,61}[a-z0-9])?")  # as every version of the reference takes it
_NO_PLACE = (
    "aliases", "owner", "error_budget_policy", "evidence", "events_per_day", "dashboards", "agreed_by", "sla",
    "last_reviewed_on", "review_in", "snooze",
)  # fmt: skip


def objects(writing: Writing, targets: Sequence[Target]) -> Iterator[dict[str, Any]]:
    """Yield the SLOs of a document, whose targets these are: one for those that share all that OpenSLO lets them share.

    An objective that cannot be written is left out, and told.
    """
    main, *further = targets
    together = [main]
    while further and _shares(main, further[0]):
        together.append(further.pop(0))
    for group in (together, *([one] for one in further)):
        with suppress(UnwritableError):
            yield _slo(writing, group)
    _lose_rest(writing)


def _shares(main: Target, other: Target) -> bool:
    """Whether two targets can be objectives of one SLO: the same queries, slices or none, and alerts."""
    own = other.slo.objectives[int(other.path[1])]
    if own.alerting is not None or own.behaviour is not None or main.sli.composite is not None:
        return False
    apart = {"threshold": None, "slices": None}  # what each objective of an SLO says for itself
    metrics = {one.sli.threshold.metric if one.sli.threshold else "" for one in (main, other)}
    same = main.sli.model_copy(update=apart) == other.sli.model_copy(update=apart)
    return same and len(metrics) == 1 and plain_method(main) == plain_method(other)


def _slo(writing: Writing, targets: Sequence[Target]) -> dict[str, Any]:
    main = targets[0]
    name = object_name(main.id)
    if main.sli.composite is not None:
        budgeting, objectives = composite_parts(writing, main)
        shared: dict[str, Any] = {}
        _lose_composite(writing, main)
    else:
        budgeting = method(writing, main)
        shared = {"indicator": indicator(writing, main)}
        for one in targets[1:]:
            method(writing, one)
        objectives = [_named(one, objective(one, budgeting)) for one in targets]
    spec = {
        **_description(writing, main),
        "service": main.service,
        **shared,
        "timeWindow": [_window(writing)],
        "budgetingMethod": budgeting,
        "objectives": objectives,
    }
    if alerts := write_alerts.policies(writing, main, name):
        spec["alertPolicies"] = alerts
    return {"apiVersion": VERSION, "kind": "SLO", "metadata": _metadata(writing, main, name), "spec": spec}


def _named(target: Target, said: dict[str, Any]) -> dict[str, Any]:
    return {"displayName": target.slo.objectives[int(target.path[1])].name, **said} if target.path else said


def _description(writing: Writing, target: Target) -> dict[str, str]:
    if len(target.behaviour) > MAX_DESCRIPTION:
        writing.lose(f"OpenSLO takes {MAX_DESCRIPTION:,} characters, the rest is cut", *target.path, "behaviour")
    text = target.behaviour[:MAX_DESCRIPTION]
    return {"description": text} if text else {}


def _window(writing: Writing) -> dict[str, Any]:
    window, zone = writing.slo.window, writing.slo.timezone
    if window.rolling is None:
        calendar = {"startTime": START, **({"timeZone": zone} if zone else {})}
        return {"duration": "1Q" if window.text == QUARTER else "1M", "isRolling": False, "calendar": calendar}
    if zone:
        writing.lose("a rolling window has none in OpenSLO", "timezone")
    length = written_duration(window.rolling)
    if length is None:
        raise writing.unwritable("OpenSLO counts windows in whole minutes", "window")
    return {"duration": length, "isRolling": True}


def _metadata(writing: Writing, target: Target, name: str) -> dict[str, Any]:
    slo = writing.slo
    found: dict[str, Any] = {"name": name}
    if len(slo.name) <= MAX_DISPLAY_NAME:
        found["displayName"] = slo.name
    else:
        writing.lose(f"OpenSLO takes {MAX_DISPLAY_NAME} characters, so it is not written", "title")
    labels = {key: text for key, text in slo.labels.items() if _LABEL_NAME.fullmatch(key)}
    for key in slo.labels:
        if key not in labels:
            writing.lose("OpenSLO's labels have lower-case names", "labels", key)
    notes = _annotations(writing, target, name)
    return {**found, **({"labels": labels} if labels else {}), **({"annotations": notes} if notes else {})}


def _annotations(writing: Writing, target: Target, name: str) -> dict[str, str]:
    found = {}
    if target.path:
        found[kept.FURTHER] = target.slo.id
        found[kept.NAME] = target.slo.objectives[int(target.path[1])].name
    elif read_back_id(target.service, name) != target.id:
        found[kept.ID] = target.id
    composite = target.sli.composite
    if composite is not None:
        found[kept.OBJECTIVE] = f"{plain(target.objective):f}"
        if composite.method != "weighted":
            found[kept.METHOD] = composite.method
    found |= write_alerts.kept_of(target)
    address = writing.context.page_url(target)
    return {**found, kept.PAGE_URL: address} if address else found


def _lose_composite(writing: Writing, target: Target) -> None:
    composite, path = target.sli.composite, target.key("sli")
    writing.lose("a composite has no target in OpenSLO; an annotation keeps it", *target.path, "objective")
    if composite is not None and composite.method != "weighted":
        writing.lose("OpenSLO knows weights only; an annotation keeps it", *path, "composite", "method")
    for key in ("source", "slices"):
        if getattr(target.sli, key) is not None:
            writing.lose("a composite has none in OpenSLO", *path, key)


def _lose_rest(writing: Writing) -> None:
    slo = writing.slo
    for key in _NO_PLACE:
        if getattr(slo, key):
            writing.leave(key)
    if slo.status != "active":
        writing.leave("status")
    if slo.body.text.strip():
        writing.leave("text")
    writing.lose_left()
