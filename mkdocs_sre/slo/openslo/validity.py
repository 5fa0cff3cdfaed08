"""What is valid OpenSLO v1, by the checks of the reference implementation.

Two things differ, both so that no file is called invalid that others call valid: `operator` beside `conditionRef`, which
examples of the specification carry, is passed over; and names of labels may have upper-case letters.
"""

from __future__ import annotations

import re
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.timing import zone_named
from mkdocs_sre.slo.openslo.durations import duration
from mkdocs_sre.slo.openslo.metadata import (
    METADATA,
    VERSION,
    described,
    filled,
    free,
    object_of,
    reference_or_inline,
)
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.policies import CONDITION_SPEC, OPERATORS, POLICY, TARGET_SPEC
from mkdocs_sre.slo.openslo.shapes import (
    Breach,
    Key,
    Shape,
    boolean,
    breach,
    exactly_one,
    label,
    mapping,
    number,
    number_of,
    one_of,
    sequence,
    text,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

METHODS = ("Occurrences", "Timeslices", "RatioTimeslices")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")


def breaches(node: Node) -> tuple[Breach, ...]:
    """Return what is wrong with an object of OpenSLO v1, in the order in which it stands."""
    version, kind = node.child("apiVersion"), node.child("kind")
    if version.text != VERSION:
        message = f"`apiVersion` is `{shown(version.text)}`, so the rules of {VERSION} do not say whether it is valid"
        hint = "write the object as `openslo/v1`; `slo import` converts `openslo/v1alpha`"
        return (breach(version, message, hint),)
    if kind.text not in KINDS:
        return tuple(one_of(*KINDS)(kind))
    found = KINDS[kind.text](node)
    return tuple(sorted(found, key=lambda one: (one.fault.location, one.fault.message)))


_METRIC_SOURCE = mapping(
    {"metricSourceRef": Key(label), "type": Key(text(required=False)), "spec": Key(free(filled), required=True)}
)
_METRIC = mapping({"metricSource": Key(_METRIC_SOURCE, required=True)})


def _ratio_rules(node: Node) -> Iterator[Breach]:
    given = {name for name in ("total", "raw", "good", "bad") if node.child(name).given}
    if len(given & {"raw", "good", "bad"}) > 1 or {"total", "raw"} <= given:
        several = " and ".join(f"`{name}`" for name in ("good", "bad", "raw", "total") if name in given)
        message = f"{node.name} has {several}: it may be good of total, bad of total, or raw"
        yield breach(node, message, "keep one of `good`, `bad` and `raw`; `raw` has no `total`")
    elif not given & {"total", "raw"}:
        yield breach(node, f"{node.name} has neither `total` nor `raw`", "add the query of all events as `total`")
    elif "total" in given and not given & {"good", "bad"}:
        yield breach(node, f"{node.name} has a `total` without `good` or `bad`", "add one of them")
    if "raw" in given and not node.child("rawType").given:
        yield breach(node, f"{node.name} has `raw` without `rawType`", "add `rawType: success` or `rawType: failure`")


_RATIO = mapping(
    {
        "counter": Key(boolean),
        "good": Key(_METRIC),
        "bad": Key(_METRIC),
        "total": Key(_METRIC),
        "rawType": Key(one_of("success", "failure")),
        "raw": Key(_METRIC),
    },
    _ratio_rules,
)
_INDICATOR_SPEC = mapping(
    {"description": described(), "thresholdMetric": Key(_METRIC), "ratioMetric": Key(_RATIO)},
    exactly_one("thresholdMetric", "ratioMetric"),
)
_INDICATOR = mapping({"metadata": Key(METADATA, required=True), "spec": Key(_INDICATOR_SPEC)})


def _indicator_has_metric(node: Node) -> Iterator[Breach]:
    """An indicator without `spec` has no metric."""
    indicator = node.child("indicator")
    if indicator.given and not indicator.child("spec").given:
        message = f"{indicator.name} has no `spec` with `thresholdMetric` or `ratioMetric`"
        yield breach(indicator, message, "add one of them")


def _target(most: int) -> Shape:
    def fits(value: Decimal) -> bool:
        return 0 <= value < most

    shape = number(f"a number from 0 to below {most}", fits)

    def check(node: Node) -> Iterator[Breach]:
        for one in shape(node):
            found = number_of(node)
            if most == 1 and found is not None and 1 < found < 100:  # noqa: PLR2004 percent
                hint = f"`target` is a ratio: did you mean `targetPercent: {found}`?"
                yield Breach(Fault(one.fault.location, one.fault.message, hint))
            else:
                yield one

    return check


_OBJECTIVE = mapping(
    {
        "displayName": Key(text(required=False)),
        "op": Key(text(required=False)),
        "value": Key(number()),
        "target": Key(_target(1)),
        "targetPercent": Key(_target(100)),
        "timeSliceTarget": Key(number("a number above 0 and up to 1", lambda value: 0 < value <= 1)),
        "timeSliceWindow": Key(duration),
        "indicator": Key(_INDICATOR),
        "indicatorRef": Key(label),
        "compositeWeight": Key(number("a number above 0", lambda value: value > 0)),
    },
    exactly_one("target", "targetPercent"),
    _indicator_has_metric,
)


def _moment(node: Node) -> Iterator[Breach]:
    try:
        real = _MOMENT.fullmatch(node.text) is not None and bool(datetime.fromisoformat(node.text))
    except ValueError:
        real = False
    if not real:
        yield breach(node, f"{node.name} must be a day and a time", "such as `2026-01-01 00:00:00`")


def _zone(node: Node) -> Iterator[Breach]:
    if node.text and zone_named(node.text) is None:
        yield breach(
            node, f"{node.name} `{shown(node.text)}` is no time zone", "write an IANA name, such as `Europe/London`"
        )


def _rolling_or_calendar(node: Node) -> Iterator[Breach]:
    rolling, calendar = truth(node.child("isRolling")), node.child("calendar")
    if rolling and calendar.given:
        yield breach(calendar, f"{node.name} is rolling and has a `calendar`", "keep one of them")
    elif not rolling and not calendar.given:
        yield breach(
            node, f"{node.name} is neither rolling nor has a `calendar`", "add `isRolling: true`, or `calendar:`"
        )


_WINDOW = mapping(
    {
        "duration": Key(duration, required=True),
        "isRolling": Key(boolean),
        "calendar": Key(mapping({"startTime": Key(_moment, required=True), "timeZone": Key(_zone)})),
    },
    _rolling_or_calendar,
)


def _composite(node: Node) -> bool:
    return any(
        one.child("indicator").given or one.child("indicatorRef").given for one in node.child("objectives").items()
    )


def _indicator_once(node: Node) -> Iterator[Breach]:
    own = [one for one in (node.child("indicator"), node.child("indicatorRef")) if one.given]
    if len(own) > 1:
        yield from exactly_one("indicator", "indicatorRef")(node)
    if own and _composite(node):
        message = f"{node.name} has an indicator, and so have its objectives"
        yield breach(own[0], message, "keep the indicator of the whole, or those of the objectives")
    elif not own and not _composite(node):
        yield breach(node, f"{node.name} has no indicator", "add `indicator:` or `indicatorRef:`")


def _objective_rules(node: Node) -> Iterator[Breach]:
    indicator = node.child("indicator", "spec")
    method, composite = node.child("budgetingMethod").text, _composite(node)
    for one in node.child("objectives").items():
        if not isinstance(one.value, dict):
            continue
        if composite:
            yield from exactly_one("indicator", "indicatorRef")(one)
        if indicator.child("ratioMetric").given:
            yield from _without_threshold(one)
        elif indicator.child("thresholdMetric").given:
            yield from _with_threshold(one)
        if method == "Timeslices" and not one.child("timeSliceTarget").given:
            yield breach(one, f"{one.name} lacks `timeSliceTarget`", "say which share of a slice must be good: `0.99`")
        if method in METHODS[1:] and not one.child("timeSliceWindow").given:
            yield breach(one, f"{one.name} lacks `timeSliceWindow`", "say how long a slice is: `1m`")


def _without_threshold(one: Node) -> Iterator[Breach]:
    for name in ("op", "value"):
        if one.child(name).given:
            message = f"{one.child(name).name} compares with a threshold, and a ratio has none"
            yield Breach(Fault(one.child(name).place, message, "remove it"), bars=False)


def _with_threshold(one: Node) -> Iterator[Breach]:
    for name in ("op", "value"):
        if not one.child(name).given:
            yield breach(one, f"{one.name} lacks `{name}`", f"add `{name}:`, as the indicator is a threshold")
    if one.child("op").given:
        yield from one_of(*OPERATORS)(one.child("op"))


_SLO_SPEC = mapping(
    {
        "description": described(),
        "service": Key(text(), required=True),
        "indicator": Key(_INDICATOR),
        "indicatorRef": Key(label),
        "budgetingMethod": Key(one_of(*METHODS), required=True),
        "timeWindow": Key(sequence(_WINDOW, 1, 1, "keep one window"), required=True),
        "objectives": Key(sequence(_OBJECTIVE)),
        "alertPolicies": Key(sequence(reference_or_inline("alertPolicyRef", "AlertPolicy", POLICY))),
    },
    _indicator_once,
    _objective_rules,
    _indicator_has_metric,
)
_DATA_SOURCE = mapping(
    {
        "description": described(),
        "type": Key(text(), required=True),
        "connectionDetails": Key(lambda _: iter(()), required=True),
    }
)
KINDS: Mapping[str, Shape] = MappingProxyType(
    {
        "SLO": object_of(_SLO_SPEC),
        "SLI": object_of(_INDICATOR_SPEC),
        "DataSource": object_of(_DATA_SOURCE),
        "Service": object_of(mapping({"description": described()}), required=False),
        "AlertPolicy": object_of(POLICY),
        "AlertCondition": object_of(CONDITION_SPEC),
        "AlertNotificationTarget": object_of(TARGET_SPEC),
    }
)
