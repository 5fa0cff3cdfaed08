"""What is measured: from our indicators to OpenSLO's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_sre.slo.openslo import kept
from mkdocs_sre.slo.openslo.durations import written_duration
from mkdocs_sre.slo.openslo.naming import object_name
from mkdocs_sre.slo.openslo.numbers import plain, ratio_of
from mkdocs_sre.slo.openslo.writing import Writing
from mkdocs_sre.slo.queries import PLACEHOLDER, has_window, is_selector

if TYPE_CHECKING:
    from mkdocs_sre.documents.indicators import Component, Indicator
    from mkdocs_sre.slo.targets import Target


def indicator(writing: Writing, target: Target, annotations: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the indicator of a target, which is not a composite."""
    sli = target.sli
    queries = _queries(sli)
    if sli.form == "threshold":
        spec: dict[str, Any] = {"thresholdMetric": queries["metric"]}
    elif sli.form == "raw":
        spec = {"ratioMetric": {"rawType": sli.raw_type, "raw": queries["raw"]}}
    else:
        counter = all(is_selector(query) for query in (sli.good, sli.bad, sli.total) if query is not None)
        spec = {"ratioMetric": {"counter": counter, **queries}}
    texts = (sli.good, sli.bad, sli.total, sli.raw, sli.threshold.metric if sli.threshold else None)
    if any(text is not None and has_window(text) and not is_selector(text) for text in texts):
        why = f"queries keep `{PLACEHOLDER}` where the window stands, which other programs must be told"
        writing.lose(why, *target.key("sli"))
    metadata: dict[str, Any] = {"name": object_name(target.id)}
    return {"metadata": {**metadata, **({"annotations": annotations} if annotations else {})}, "spec": spec}


def _queries(sli: Indicator) -> dict[str, dict[str, Any]]:
    found = {"good": sli.good, "bad": sli.bad, "total": sli.total, "raw": sli.raw}
    found["metric"] = sli.threshold.metric if sli.threshold else None
    kind = {"type": sli.source} if sli.source else {}
    return {
        name: {"metricSource": {**kind, "spec": {"query": query}}} for name, query in found.items() if query is not None
    }


def method(writing: Writing, target: Target) -> str:
    """Return the budgeting method of a target."""
    slices, found = target.sli.slices, plain_method(target)
    if slices is not None and found == "Occurrences":
        writing.lose(f"OpenSLO has no slices of {slices.length}, so events are counted", *target.key("sli"), "slices")
    return found


def objective(target: Target, budgeting: str) -> dict[str, Any]:
    """Return what OpenSLO says of a target beside its indicator."""
    found: dict[str, Any] = {}
    if target.sli.threshold is not None:
        found |= {"op": target.sli.threshold.op, "value": plain(target.sli.threshold.value)}
    found["target"] = ratio_of(target.objective)
    slices = target.sli.slices
    if budgeting != "Occurrences" and slices is not None:
        if slices.good_percent is not None and budgeting == "Timeslices":
            found["timeSliceTarget"] = ratio_of(slices.good_percent)
        found["timeSliceWindow"] = written_duration(slices.length)
    return found


def composite_parts(writing: Writing, target: Target) -> tuple[str, list[dict[str, Any]]]:
    """Return the budgeting method of a composite and its objectives, each with the indicator of the one that it names.

    Raises UnwritableError when one of them is not known, or is a composite itself.
    """
    composite, path = target.sli.composite, (*target.key("sli"), "composite")
    parts: list[tuple[Component, Target]] = []
    for index, one in enumerate(composite.of if composite is not None else ()):
        found = writing.context.find(one.slo)
        if found is None or found.sli.composite is not None:
            why = f"`{one.slo}` is {'not known' if found is None else 'a composite too'}"
            raise writing.unwritable(why, *path, "of", index)
        parts.append((one, found))
    methods = {plain_method(part) for _, part in parts}
    budgeting = methods.pop() if len(methods) == 1 else "Occurrences"
    if methods:
        writing.lose("some of them count slices of time and others do not; all are said to count events", *path, "of")
    objectives = []
    for one, part in parts:
        apart = Writing(part.slo, writing.context)  # what is lost of a part is told where the part itself is written
        said = {"displayName": part.id, **objective(part, budgeting), "compositeWeight": plain(one.weight)}
        objectives.append({**said, "indicator": indicator(apart, part, {kept.ID: part.id})})
    return budgeting, objectives


def plain_method(target: Target) -> str:
    """Return the budgeting method of a target without telling what is lost by it."""
    slices = target.sli.slices
    if slices is None or written_duration(slices.length) is None:
        return "Occurrences"
    return "RatioTimeslices" if slices.good_percent is None else "Timeslices"
