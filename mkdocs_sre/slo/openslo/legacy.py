"""The first version of OpenSLO, `openslo/v1alpha`: objectives with a ratio each, or one threshold for all.

Each objective becomes a document of its own, called as Sloth calls it: the name of the SLO and its number from 0. So
dashboards of those who made rules of such a file keep working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.slo.document_text import unsaid_behaviour
from mkdocs_sre.slo.imports.draft import Draft
from mkdocs_sre.slo.openslo.metadata import described, object_of
from mkdocs_sre.slo.openslo.naming import id_of
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.numbers import percent_of, plain
from mkdocs_sre.slo.openslo.policies import OPERATORS
from mkdocs_sre.slo.openslo.shapes import (
    Breach,
    Key,
    boolean,
    breach,
    exactly_one,
    mapping,
    number,
    number_of,
    one_of,
    sequence,
    text,
)
from mkdocs_sre.slo.openslo.windows import put_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Imported

VERSION = "openslo/v1alpha"
_UNITS = {"Second": "s", "Day": "d", "Week": "w", "Month": "M", "Quarter": "Q"}
_MINUTE = 60
_METRIC = mapping({"source": Key(text()), "queryType": Key(text(required=False)), "query": Key(text(), required=True)})
_RATIO = mapping(
    {
        "good": Key(_METRIC),
        "bad": Key(_METRIC),
        "total": Key(_METRIC, required=True),
        "counter": Key(boolean),
        "incremental": Key(boolean),
    },
    exactly_one("good", "bad"),
)
_OBJECTIVE = mapping(
    {
        "displayName": Key(text(required=False)),
        "op": Key(one_of(*OPERATORS)),
        "value": Key(number()),
        "target": Key(number("a ratio from 0 to below 1", lambda value: 0 <= value < 1), required=True),
        "timeSliceTarget": Key(number("a number above 0 and up to 1", lambda value: 0 < value <= 1)),
        "ratioMetrics": Key(_RATIO),
    }
)
_WINDOW = mapping(
    {
        "count": Key(number("a whole number above 0", lambda value: value > 0 and value == value.to_integral_value())),
        "unit": Key(one_of(*_UNITS), required=True),
        "isRolling": Key(boolean),
        "calendar": Key(mapping({"startTime": Key(text()), "timeZone": Key(text(required=False))})),
    }
)


def _one_form(node: Node) -> Iterator[Breach]:
    ratios = [one for one in node.child("objectives").items() if one.child("ratioMetrics").given]
    indicator = node.child("indicator")
    if indicator.given and ratios:
        hint = "keep one of them"
        yield breach(ratios[0], f"{node.name} has `indicator` for all objectives, and `ratioMetrics` of one", hint)
    for one in node.child("objectives").items():
        if not indicator.given and one.value is not None and not one.child("ratioMetrics").given:
            yield breach(one, f"{one.name} has no `ratioMetrics`, and there is no `indicator`", "add one of them")
        elif indicator.given:
            for key in ("op", "value"):
                if not one.child(key).given:
                    yield breach(one, f"{one.name} lacks `{key}`, as its indicator is a threshold", f"add `{key}:`")


_SLO = object_of(
    mapping(
        {
            "description": described(),
            "service": Key(text(), required=True),
            "indicator": Key(mapping({"thresholdMetric": Key(_METRIC, required=True)})),
            "budgetingMethod": Key(one_of("Occurrences", "Timeslices"), required=True),
            "timeWindows": Key(sequence(_WINDOW, 1, 1, "keep one window"), required=True),
            "objectives": Key(sequence(_OBJECTIVE, 1), required=True),
        },
        _one_form,
    ),
    version=VERSION,
)
_SERVICE = object_of(mapping({"description": described()}), version=VERSION, required=False)


def breaches(node: Node) -> tuple[Breach, ...]:
    """Return what keeps an object of the first version from being read."""
    kinds = {"SLO": _SLO, "Service": _SERVICE}
    kind = node.child("kind")
    found = kinds[kind.text](node) if kind.text in kinds else one_of(*kinds)(kind)
    return tuple(sorted(found, key=lambda one: (one.fault.location, one.fault.message)))


def documents(slo: Node, faults: list[Fault]) -> Iterator[Imported]:
    """Yield a document for each objective."""
    for index, objective in enumerate(slo.child("spec", "objectives").items()):
        yield _document(slo, objective, index, faults)


def _document(slo: Node, objective: Node, index: int, faults: list[Fault]) -> Imported:
    metadata, spec = slo.child("metadata"), slo.child("spec")
    service, name = spec.child("service"), metadata.child("name")
    draft = Draft(id_of(f"{service.text}-{name.text}-{index}"), name.place)
    draft.put(("service",), id_of(service.text), service.place)
    said = spec.child("description")
    draft.put(("behaviour",), said.text or unsaid_behaviour(draft.id), said.place)
    _put_indicator(draft, spec, objective)
    ratio = number_of(objective.child("target"))
    draft.put(("objective",), percent_of(ratio) if ratio is not None else None, objective.child("target").place)
    for window in spec.child("timeWindows").items():
        put_window(draft, window, _length(window), faults)
    for key in ("labels", "annotations"):
        if metadata.child(key).value:
            draft.lose(f"{metadata.child(key).name}", metadata.child(key).place)
    shown_name = objective.child("displayName")
    if shown_name.text:
        draft.lose(f"{shown_name.name}: the objective's name `{shown(shown_name.text)}`", shown_name.place)
    return draft.done(metadata.child("displayName").text)


def _put_indicator(draft: Draft, spec: Node, objective: Node) -> None:
    ratio, threshold = objective.child("ratioMetrics"), spec.child("indicator", "thresholdMetric")
    if ratio.given:
        metrics = [ratio.child(key) for key in ("good", "bad", "total") if ratio.child(key).given]
        for metric in metrics:
            draft.put(("sli", str(metric.path[-1])), metric.child("query").text, metric.child("query").place)
        for key in ("op", "value"):
            if objective.child(key).given:
                node = objective.child(key)
                draft.lose(f"{node.name}: a ratio is not compared with a value", node.place)
    else:
        metrics = [threshold]
        value = number_of(objective.child("value"))
        draft.put(("sli", "threshold", "metric"), threshold.child("query").text, threshold.child("query").place)
        draft.put(("sli", "threshold", "op"), objective.child("op").text, objective.child("op").place)
        draft.put(("sli", "threshold", "value"), None if value is None else plain(value), objective.place)
    share = number_of(objective.child("timeSliceTarget"))
    if spec.child("budgetingMethod").text == "Timeslices":
        place = spec.child("budgetingMethod").place
        draft.put(("sli", "slices", "length"), "1m", place)
        draft.lose("this version does not say how long slices of time are, so 1m is taken", place)
        draft.put(("sli", "slices", "good_percent"), None if share is None else percent_of(share), objective.place)
    sources = [metric.child("source") for metric in metrics if metric.child("source").text]
    if sources:
        draft.put(("sli", "source"), sources[0].text, sources[0].place)


def _length(window: Node) -> tuple[int, str]:
    """Return number and unit of a window in the units of the present version; seconds become minutes."""
    count, unit = int(number_of(window.child("count")) or 1), _UNITS[window.child("unit").text]
    return (-(-count // _MINUTE), "m") if unit == "s" else (count, unit)
