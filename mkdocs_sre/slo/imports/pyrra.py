"""Pyrra's objects (`apiVersion: pyrra.dev/v1alpha1`, `kind: ServiceLevelObjective`).

Source: Pyrra, https://github.com/pyrra-dev/pyrra, `kubernetes/api/v1alpha1/servicelevelobjective_types.go`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.values import safe_id
from mkdocs_sre.documents.windows import parse_window
from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.document_text import unsaid_behaviour
from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE, WEEK, YEAR, promql_duration
from mkdocs_sre.slo.imports import Import, importer
from mkdocs_sre.slo.imports.draft import Draft
from mkdocs_sre.slo.imports.node import Node
from mkdocs_sre.slo.pyrra_windows import pyrra_windows
from mkdocs_sre.slo.queries import PLACEHOLDER, is_selector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Imported, SourceDocument

API_VERSION = "pyrra.dev/v1alpha1"
KIND = "ServiceLevelObjective"
ALERT, ABSENT = "ErrorBudgetBurn", "SLOMetricAbsent"  # what Pyrra calls its alerts without a name
LABEL = "pyrra.dev/"  # labels of the object that begin so become labels of the rules
SERVICE_LABELS = (f"{LABEL}service", "app.kubernetes.io/name")
SEVERITIES = {"page": "critical", "ticket": "warning"}
_OFFSET = re.compile(r"\soffset\s+(-?(?:\d{1,9}(?:ms|[ywdhms]))+)\Z")
_FORMS = ("ratio", "latency", "latencyNative", "bool_gauge")
_DURATION = re.compile(r"(?:\d{1,9}(?:ms|[ywdhms]))+")
_PART = re.compile(r"(\d+)(ms|[ywdhms])")
_SECONDS = {"ms": Fraction(1, 1000)} | {
    unit: Fraction(size) for unit, size in {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK, "y": YEAR}.items()
}


def is_pyrra(values: Mapping[str, Any]) -> bool:
    """Whether a document says that it is one of Pyrra's, of whatever version."""
    api = values.get("apiVersion")
    return isinstance(api, str) and api.startswith("pyrra.dev/") and values.get("kind") == KIND


@importer("Pyrra", is_pyrra)
def read_pyrra(sources: Sequence[SourceDocument]) -> Import:
    """Return a document for each object.

    Pyrra knows no services: the label `pyrra.dev/service` or `app.kubernetes.io/name` names it, else the object's name
    stands in for it. Its four pairs of windows are written out, as they are not the usual ones.
    """
    faults: list[Fault] = []
    return Import(tuple(_document(Node.root(source, faults)) for source in sources), tuple(faults))


def _document(root: Node) -> Imported:
    root.keys("apiVersion", "kind", "metadata", "spec", "status").needs("metadata", "spec")
    if root["apiVersion"].value != API_VERSION:
        root["apiVersion"].fault(
            f"`apiVersion: {root['apiVersion'].text()[:80]}` is not known", f"convert it to `{API_VERSION}`"
        )
    metadata, spec = root["metadata"], root["spec"]
    metadata.needs("name")
    spec.keys("description", "target", "window", "indicator", "alerting", "partial_response_strategy")
    spec.needs("target", "window", "indicator")
    name = metadata["name"].text()
    service = next(
        (metadata["labels"][label].text() for label in SERVICE_LABELS if metadata["labels"][label].text()), ""
    )
    draft = Draft(_id(name, service or name), metadata["name"].place)
    draft.put(("service",), safe_id(service or name), metadata["name"].place)
    if not service:
        draft.lose(f"no label names the service, so `{safe_id(name)}` stands in for it", metadata["name"].place)
    said = spec["description"].text()
    draft.put(("behaviour",), said or unsaid_behaviour(draft.id), spec["description"].place)
    _indicator(spec["indicator"], draft)
    draft.put(("objective",), spec["target"].number(), spec["target"].place)
    draft.put(("window",), spec["window"].text(), spec["window"].place)
    _labels(metadata, draft)
    _alerting(spec, draft)
    return draft.done(name)


def _id(name: str, service: str) -> str:
    """Return the id of the document: the service comes first in it, and it is not that of the service."""
    return safe_id(name if name.startswith(f"{service}-") else f"{service}-{name}")


def _labels(metadata: Node, draft: Draft) -> None:
    for key in metadata["labels"].value if isinstance(metadata["labels"].value, dict) else ():
        label = metadata["labels"][key]
        if key.startswith(LABEL) and key not in SERVICE_LABELS:
            draft.put(("labels", key.removeprefix(LABEL)), label.text(), label.place)
        elif key not in SERVICE_LABELS:
            draft.lose(f"the label `{key[:80]}` of the object is not kept", label.key_place)
    for key in ("namespace", "annotations"):
        if metadata[key].written:
            draft.lose(f"`{metadata[key].name}` of the object is not kept", metadata[key].key_place)


def _indicator(indicator: Node, draft: Draft) -> None:
    forms = [form for form in _FORMS if indicator.keys(*_FORMS)[form].written]
    if indicator.written and len(forms) != 1:
        indicator.fault(
            f"`{indicator.name}` must have one of {', '.join(f'`{form}`' for form in _FORMS)}", "keep one of them"
        )
        return
    for form in forms:
        _INDICATORS[form](indicator[form], draft)
        draft.put(("sli", "source"), "prometheus", indicator.place)
        grouping = indicator[form]["grouping"]
        names = [one.text() for one in grouping.items()]
        if names:
            draft.lose(
                f"an objective for each {', '.join(names)[:80]} becomes one over all of them", grouping.key_place
            )


def _ratio(ratio: Node, draft: Draft) -> None:
    ratio.keys("errors", "total", "grouping").needs("errors", "total")
    _events(draft, bad=ratio["errors"], total=ratio["total"])


def _latency(latency: Node, draft: Draft) -> None:
    latency.keys("success", "total", "grouping").needs("success", "total")
    _events(draft, good=latency["success"], total=latency["total"])


def _events(draft: Draft, **queries: Node) -> None:
    for key, query in queries.items():
        metric = _metric(query)
        if metric is not None:
            # A bare selector is the sum of its rate by itself.
            said = metric.selector if not metric.offset else f"sum(rate({metric.over_window}))"
            draft.put(("sli", key), said, query["metric"].place)


def _native_latency(latency: Node, draft: Draft) -> None:
    latency.keys("total", "latency", "grouping").needs("total", "latency")
    limit, metric = latency["latency"], _metric(latency["total"])
    length = prometheus_seconds(limit.text())
    if limit.written and length is None:
        limit.fault(f"`{limit.name}` is no duration", "write one, such as `200ms` or `1s`")
    if metric is not None and length is not None:
        query = f"histogram_fraction(0, {decimal_text(length)}, sum(rate({metric.over_window})))"
        draft.put(("sli", "raw"), query, latency["total"]["metric"].place)
        draft.put(("sli", "raw_type"), "success", limit.place)


def _bool_gauge(gauge: Node, draft: Draft) -> None:
    gauge.keys("metric", "grouping").needs("metric")
    metric = _metric_of(gauge["metric"])
    if metric is not None:
        for key, function in (("good", "sum_over_time"), ("total", "count_over_time")):
            draft.put(("sli", key), f"sum({function}({metric.over_window}))", gauge["metric"].place)


_INDICATORS: dict[str, Callable[[Node, Draft], None]] = {
    "ratio": _ratio,
    "latency": _latency,
    "latencyNative": _native_latency,
    "bool_gauge": _bool_gauge,
}


class _Metric(NamedTuple):
    """A selector of one metric, and how far back it looks, `1m`; empty when not at all."""

    selector: str
    offset: str

    @property
    def over_window(self) -> str:
        """The selector over the window."""
        return f"{self.selector}[{PLACEHOLDER}]" + (f" offset {self.offset}" if self.offset else "")


def _metric(query: Node) -> _Metric | None:
    query.keys("metric")
    if query.written:
        query.needs("metric")
    return _metric_of(query["metric"])


def _metric_of(node: Node) -> _Metric | None:
    """Return the metric that a query names; None, and a fault where something else is written, when it names none."""
    text = node.text().strip()
    found = _OFFSET.search(text)
    metric = _Metric(text[: found.start()].rstrip(), found[1]) if found else _Metric(text, "")
    if text and not is_selector(metric.selector):
        hint = 'write one, such as `http_requests_total{code="500"}`'
        node.fault(f"`{node.name}` is no selector of one metric", hint)
    return metric if text and is_selector(metric.selector) else None


def prometheus_seconds(text: str) -> Fraction | None:
    """Return a duration as Prometheus writes it (`200ms`, `1m30s`) in seconds; None for other text, and for zero.

    >>> prometheus_seconds("1m200ms")
    Fraction(301, 5)
    """
    if not _DURATION.fullmatch(text):
        return None
    return sum((int(number) * _SECONDS[unit] for number, unit in _PART.findall(text)), Fraction(0)) or None


def _alerting(spec: Node, draft: Draft) -> None:
    alerting = spec["alerting"].keys("disabled", "burnrates", "burnRateType", "absent", "name", "absentName")
    silent = alerting["disabled"].truth() or (alerting["burnrates"].written and not alerting["burnrates"].truth())
    draft.put(("alerting", "name"), alerting["name"].text() or ALERT, alerting["name"].place)
    for call, severity in SEVERITIES.items():
        if silent:
            draft.put(("alerting", call, "disabled"), value=True, place=alerting.place)
        draft.put(("alerting", call, "labels", "severity"), severity, alerting.place)
    _windows(spec["window"], draft)
    if not alerting["disabled"].truth() and (not alerting["absent"].written or alerting["absent"].truth()):
        absent = alerting["absentName"].text() or ABSENT
        draft.lose(f"the alert `{absent[:80]}`, which fires when the metric is absent, is not kept", alerting.key_place)
    if alerting["burnRateType"].text() == "dynamic":
        place = alerting["burnRateType"].place
        draft.lose("burn rates that follow the traffic (`burnRateType: dynamic`) become the fixed ones", place)
    if spec["partial_response_strategy"].written:
        draft.lose(
            f"`{spec['partial_response_strategy'].name}` is not kept", spec["partial_response_strategy"].key_place
        )


def _windows(window: Node, draft: Draft) -> None:
    """Write out Pyrra's pairs of windows; a period that cannot be read is left to the document's model to refuse."""
    try:
        rolling = parse_window(window.value).rolling
    except PydanticCustomError:
        return
    if rolling is None:
        window.fault(f"`{window.name}` must be a duration", "write one, such as `4w`")
        return
    pairs = pyrra_windows(rolling.seconds)
    if not all(one.long for one in pairs):
        window.fault(
            f"`{window.name}` is too short for the alerts of Pyrra, whose windows are rounded to minutes",
            "write a longer one, such as `1d`",
        )
        return
    if not all(one.short for one in pairs):
        draft.lose("its shortest window would be of no length, and became 1m", window.place)
    for index, one in enumerate(pairs):
        path = ("alerting", "windows", index)
        draft.put((*path, "alert"), one.calls, window.place)
        draft.put((*path, "short"), promql_duration(one.short or MINUTE), window.place)
        draft.put((*path, "long"), promql_duration(one.long), window.place)
        draft.put((*path, "budget_percent"), Decimal(decimal_text(one.share * 100)), window.place)
        if one.hold:
            draft.put((*path, "for"), promql_duration(one.hold), window.place)
