"""What is measured: from OpenSLO's indicators to ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.slo.openslo.durations import our_duration
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.numbers import percent_of, plain
from mkdocs_sre.slo.openslo.policies import OPERATORS
from mkdocs_sre.slo.openslo.shapes import number_of, truth
from mkdocs_sre.slo.queries import is_selector

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.slo.imports.draft import Draft
    from mkdocs_sre.slo.openslo.objects import Objects


class Line(NamedTuple):
    """One value of an indicator: its path below `sli`, and the place that it came from."""

    path: KeyPath
    value: Any
    place: Location


@dataclass(slots=True)
class Measured:
    """An indicator in our terms, line by line, with what is wrong with it and what is lost."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    losses: list[tuple[str, Location]] = field(default_factory=list)

    def put(self, path: KeyPath, value: Any, node: Node) -> None:
        """Add a value."""
        self.lines.append(Line(path, value, node.place))

    def lose(self, what: str, node: Node) -> None:
        """Note what is lost."""
        self.losses.append((what, node.place))

    @property
    def values(self) -> list[tuple[KeyPath, Any]]:
        """What it says, wherever that stands."""
        return [(line.path, line.value) for line in self.lines]

    def into(self, draft: Draft, *prefix: str | int) -> None:
        """Write it into a document under `sli` at a path."""
        for line in self.lines:
            draft.put((*prefix, "sli", *line.path), line.value, line.place)

    def tell(self, draft: Draft, faults: list[Fault]) -> None:
        """Tell what is lost, and what is wrong."""
        faults += self.faults
        for what, place in self.losses:
            draft.lose(what, place)


def measured(spec: Node, objective: Node, method: str, objects: Objects) -> Measured:
    """Return what an indicator (its `spec`) measures for an objective under a budgeting method.

    Raises UnreadableError when it names a source that cannot be read.
    """
    made = Measured()
    ratio, threshold = spec.child("ratioMetric"), spec.child("thresholdMetric")
    if threshold.given:
        _threshold(made, threshold, objective)
        used = [threshold]
    else:
        used = _ratio(made, ratio)
    _slices(made, objective, method)
    _source(made, used, objects)
    if spec.child("description").text:
        made.lose(f"{spec.child('description').name}: the indicator's description", spec.child("description"))
    return made


def _threshold(made: Measured, threshold: Node, objective: Node) -> None:
    op, value = objective.child("op"), objective.child("value")
    number = number_of(value)
    if op.text not in OPERATORS or number is None:
        message = f"{objective.name} needs `op` and `value`, as its indicator is a threshold"
        made.faults.append(Fault(objective.value_place, message, "such as `op: lte` and `value: 0.5`"))
        return
    _query(made, ("threshold", "metric"), threshold)
    made.put(("threshold", "op"), op.text, op)
    made.put(("threshold", "value"), plain(number), value)


def _ratio(made: Measured, ratio: Node) -> list[Node]:
    used = [ratio.child(name) for name in ("good", "bad", "total", "raw") if ratio.child(name).given]
    for metric in used:
        _query(made, (str(metric.path[-1]),), metric)
    counter = ratio.child("counter")
    counted = all(is_selector(metric.child("metricSource", "spec", "query").text) for metric in used)
    if counter.given and not ratio.child("raw").given and truth(counter) is not counted:
        why = "bare names are taken for counters" if counted else "the query itself says what is counted"
        made.lose(f"{counter.name}: `{shown(counter.text)}`, as {why}", counter)
    if ratio.child("raw").given:
        made.put(("raw_type",), ratio.child("rawType").text, ratio.child("rawType"))
    return used


def _query(made: Measured, path: KeyPath, metric: Node) -> None:
    spec = metric.child("metricSource", "spec")
    query = spec.child("query")
    if not query.text:
        message = f"{spec.name} has no `query`, so the objective has nothing to ask for"
        made.faults.append(Fault(spec.value_place, message, "write the query of the source as `query`"))
        return
    made.put(path, query.text, query)
    others = [key for key in spec.keys if key != "query"]
    if others:
        made.lose(f"{spec.name}: {', '.join(f'`{shown(key)}`' for key in others)}", spec)


def _slices(made: Measured, objective: Node, method: str) -> None:
    length, share = objective.child("timeSliceWindow"), objective.child("timeSliceTarget")
    if method == "Occurrences":
        for one in (length, share):
            if one.given:
                made.lose(f"{one.name}: slices of time do not count where `budgetingMethod` is `Occurrences`", one)
        return
    made.put(("slices", "length"), our_duration(length.text), length)
    ratio = number_of(share)
    if method == "Timeslices" and ratio is not None:
        made.put(("slices", "good_percent"), percent_of(ratio), share)
    elif share.given:
        made.lose(f"{share.name}: ratios of slices are averaged, so none is good or bad as a whole", share)


def _source(made: Measured, used: list[Node], objects: Objects) -> None:
    types = []
    for metric in used:
        source = metric.child("metricSource")
        reference, kind = source.child("metricSourceRef"), source.child("type")
        if reference.text and not kind.text:
            kind = objects.named("DataSource", reference).child("spec", "type")
        if reference.text:
            objects.mention("DataSource", reference)
            made.lose(f"{reference.name}: how the source `{shown(reference.text)}` is reached", reference)
        types.append(kind)
    said = [kind for kind in types if kind.text]
    if said:
        made.put(("source",), said[0].text, said[0])
    for other in said[1:]:
        if other.text != said[0].text:
            made.lose(f"{other.name}: a document names one source, and this is another, `{shown(other.text)}`", other)
    if not said and used and used[0].path[-1] == "raw":
        source = used[0].child("metricSource")
        message = f"{source.name} does not say which system answers the query"
        made.faults.append(Fault(source.value_place, message, "add `type`, such as `type: Prometheus`"))
