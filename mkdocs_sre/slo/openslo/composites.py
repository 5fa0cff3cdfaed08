"""Composite objectives of OpenSLO: each objective has an indicator of its own, and counts by a weight.

In documents a composite names other objectives, so a document is made for each objective, unless an annotation of ours
says which one it is. OpenSLO gives a composite no target; the mean of the targets by weight is taken.
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.values import is_id, parse_number
from mkdocs_sre.slo.document_text import unsaid_behaviour
from mkdocs_sre.slo.openslo import kept
from mkdocs_sre.slo.openslo.convert import begun, finished, indicator_of, objective_percent, put_rest
from mkdocs_sre.slo.openslo.indicators import measured
from mkdocs_sre.slo.openslo.naming import distinct, read_back_id
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.numbers import plain
from mkdocs_sre.slo.openslo.shapes import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Imported
    from mkdocs_sre.slo.openslo.objects import Objects

METHODS = ("weighted", "worst", "time-slices")
_MEAN = Context(prec=8)  # digits of a mean that is no exact decimal


def is_composite(slo: Node) -> bool:
    """Whether the objectives of an SLO have indicators of their own."""
    objectives = slo.child("spec", "objectives").items()
    return any(one.child("indicator").given or one.child("indicatorRef").given for one in objectives)


def documents(slo: Node, objects: Objects, faults: list[Fault]) -> Iterator[Imported]:
    """Yield the documents of a composite: one for each objective that is not known to be another, and the whole.

    Raises UnreadableError when it names what cannot be read.
    """
    objectives = list(slo.child("spec", "objectives").items())
    ids = _ids(slo, objectives, objects)
    for id_, objective in zip(ids, objectives, strict=True):
        if id_ != _known_id(objective, objects):
            yield _component(id_, objective, slo, objects, faults)
    draft = begun(slo)
    method = kept.kept(slo.child("metadata"), kept.METHOD)
    draft.put(("sli", "composite", "method"), method.text if method.text in METHODS else METHODS[0], method.place)
    for index, (id_, objective) in enumerate(zip(ids, objectives, strict=True)):
        draft.put(("sli", "composite", "of", index, "slo"), id_, objective.place)
        weight = objective.child("compositeWeight")
        if (number := number_of(weight)) is not None:
            draft.put(("sli", "composite", "of", index, "weight"), plain(number), weight.place)
    target, told = _target(slo, objectives)
    draft.put(("objective",), target, slo.child("spec", "objectives").place)
    if told:
        place = slo.child("spec", "objectives").place
        draft.lose(f"a composite has no target in OpenSLO; {target:f} %, the mean by weight, is taken", place)
    put_rest(draft, slo, objects, faults)
    yield finished(draft, slo)


def _ids(slo: Node, objectives: Sequence[Node], objects: Objects) -> list[str]:
    whole = read_back_id(slo.child("spec", "service").text, slo.child("metadata", "name").text)
    names = [one.child("displayName").text or str(index) for index, one in enumerate(objectives, 1)]
    made = distinct(f"{whole}-{name}" for name in names)
    return [_known_id(one, objects) or id_ for one, id_ in zip(objectives, made, strict=True)]


def _known_id(objective: Node, objects: Objects) -> str:
    reference = objective.child("indicatorRef")
    found = objects.named("SLI", reference) if reference.text else objective.child("indicator")
    text = kept.kept(found.child("metadata"), kept.ID).text
    return text if is_id(text) else ""


def _component(id_: str, objective: Node, slo: Node, objects: Objects, faults: list[Fault]) -> Imported:
    draft = begun(slo, id_)
    name = objective.child("displayName")
    draft.put(("behaviour",), name.text or unsaid_behaviour(id_), name.place)
    indicator = indicator_of(objective, objects, draft, "")
    made = measured(indicator, objective, slo.child("spec", "budgetingMethod").text, objects)
    made.into(draft)
    made.tell(draft, faults)
    draft.put(("objective",), objective_percent(objective), objective.place)
    put_rest(draft, slo, objects, faults, alerts=False)
    return draft.done(shown(name.text))


def _target(slo: Node, objectives: Sequence[Node]) -> tuple[Decimal, bool]:
    """Return the target of a composite in percent, and whether it is only the mean of those of its objectives."""
    try:
        return parse_number(kept.kept(slo.child("metadata"), kept.OBJECTIVE).value), False
    except PydanticCustomError:
        pass
    weights = [number_of(one.child("compositeWeight")) or Decimal(1) for one in objectives]
    targets = [objective_percent(one) or Decimal(0) for one in objectives]
    products = sum((weight * target for weight, target in zip(weights, targets, strict=True)), Decimal(0))
    return plain(_MEAN.divide(products, sum(weights, Decimal(0)))), True
