"""From the objectives of OpenSLO v1 to documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.documents.windows import parse_window
from mkdocs_sre.slo.document_text import unsaid_behaviour
from mkdocs_sre.slo.imports.draft import Draft
from mkdocs_sre.slo.openslo import kept
from mkdocs_sre.slo.openslo.alerts import policies_of, put_alerting
from mkdocs_sre.slo.openslo.indicators import Measured, measured
from mkdocs_sre.slo.openslo.naming import distinct, id_of, read_back_id
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.numbers import percent_of, plain
from mkdocs_sre.slo.openslo.shapes import number_of
from mkdocs_sre.slo.openslo.windows import put_window, written_window
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from decimal import Decimal

    from mkdocs_sre.slo.imports import Imported
    from mkdocs_sre.slo.openslo.objects import Objects


def document(slo: Node, objects: Objects, faults: list[Fault]) -> Imported | None:
    """Return the document of an objective with one indicator; None when nothing can be made of it.

    Raises UnreadableError when it names what cannot be read.
    """
    spec = slo.child("spec")
    objectives = list(spec.child("objectives").items())
    if not objectives:
        faults.append(Fault(spec.place, f"{slo.child('metadata', 'name').text} has no objectives", "add one"))
        return None
    draft = begun(slo)
    indicator = indicator_of(spec, objects, draft, slo.child("metadata", "name").text)
    method = spec.child("budgetingMethod").text
    first = measured(indicator, objectives[0], method, objects)
    first.into(draft)
    first.tell(draft, faults)
    draft.put(("objective",), objective_percent(objectives[0]), objectives[0].place)
    put_rest(draft, slo, objects, faults)
    name = objectives[0].child("displayName")
    if name.text and name.text != kept.kept(slo.child("metadata"), kept.NAME).text:
        draft.lose(f"{name.name}: the objective's name `{shown(name.text)}`", name.place)
    further = [measured(indicator, one, method, objects) for one in objectives[1:]]
    faults += [fault for one in further for fault in one.faults if fault not in first.faults]
    _put_further(draft, objectives[1:], first, further)
    return finished(draft, slo)


def begun(slo: Node, id_: str = "") -> Draft:
    """Return a document with what names an objective and says what it is about; `id_` where it is not the SLO itself."""
    metadata, spec = slo.child("metadata"), slo.child("spec")
    service, name = spec.child("service"), metadata.child("name")
    own = kept.kept(metadata, kept.ID)
    made = own.text if is_id(own.text) else read_back_id(service.text, name.text)
    draft = Draft(id_ or made, name.place)
    draft.put(("service",), id_of(service.text), service.place)
    if id_of(service.text) != service.text:
        draft.lose(
            f"{service.name}: `{shown(service.text)}` is no id, and becomes `{id_of(service.text)}`", service.place
        )
    said = spec.child("description")
    draft.put(("behaviour",), said.text or unsaid_behaviour(draft.id), said.place)
    return draft


def indicator_of(whole: Node, objects: Objects, draft: Draft, name: str) -> Node:
    """Return the `spec` of the indicator of an SLO or of one objective, and note what is lost of its metadata."""
    reference = whole.child("indicatorRef")
    found = objects.named("SLI", reference) if reference.text else whole.child("indicator")
    metadata = found.child("metadata")
    said = [key for key in ("displayName", "labels", "annotations") if _foreign(metadata.child(key))]
    if said or metadata.child("name").text != name:
        more = f", its {' and '.join(f'`{key}`' for key in said)}" if said else ""
        where = reference if reference.text else whole.child("indicator", "metadata")
        draft.lose(
            f"{where.name}: that the indicator is called `{shown(metadata.child('name').text)}`{more}", where.place
        )
    return found.child("spec")


def _foreign(node: Node) -> bool:
    """Whether metadata hold anything that is not our own annotation."""
    return bool(node.value) if not isinstance(node.value, dict) else bool(set(node.keys) - set(kept.NAMES))


def objective_percent(objective: Node) -> Decimal | None:
    """Return the target of an objective in percent."""
    percent, ratio = number_of(objective.child("targetPercent")), number_of(objective.child("target"))
    return plain(percent) if percent is not None else percent_of(ratio) if ratio is not None else None


def put_rest(draft: Draft, slo: Node, objects: Objects, faults: list[Fault], *, alerts: bool = True) -> None:
    """Write the window, how it alerts unless that is told elsewhere, and the labels."""
    spec = slo.child("spec")
    policies = list(policies_of(spec, objects))
    for window in spec.child("timeWindow").items():
        written = put_window(draft, window, written_window(window.child("duration").text), faults)
        if written is not None and alerts:
            put_alerting(draft, slo.child("metadata"), policies, nominal_seconds(parse_window(written)))
    labels = slo.child("metadata", "labels")
    for key in labels.keys:
        _put_label(draft, key, labels.child(key))


def _put_label(draft: Draft, key: str, label: Node) -> None:
    texts = [one.text for one in label.items()] if isinstance(label.value, list) else [label.text]
    if len(texts) == 1:
        draft.put(("labels", key), texts[0], label.place)
    else:
        draft.lose(f"{label.name}: a label has one value, and this one {len(texts)}", label.place)


def _put_further(draft: Draft, objectives: list[Node], first: Measured, indicators: list[Measured]) -> None:
    texts = [one.child("displayName").text or f"objective-{index}" for index, one in enumerate(objectives, 2)]
    for index, (objective, indicator, name) in enumerate(zip(objectives, indicators, distinct(texts), strict=True)):
        said = objective.child("displayName")
        if said.text and name != said.text:
            draft.lose(f"{said.name}: the objective's name `{shown(said.text)}`, which becomes `{name}`", said.place)
        draft.put(("objectives", index, "name"), name, said.place)
        draft.put(("objectives", index, "objective"), objective_percent(objective), objective.place)
        if indicator.values != first.values:
            indicator.into(draft, "objectives", index)


def finished(draft: Draft, slo: Node) -> Imported:
    """Return the document, once what is lost of the metadata is noted."""
    annotations = slo.child("metadata", "annotations")
    others = [key for key in annotations.keys if key not in kept.NAMES]
    if others:
        draft.lose(f"{annotations.name}: {', '.join(f'`{shown(key)}`' for key in others)}", annotations.place)
    return draft.done(slo.child("metadata", "displayName").text)
