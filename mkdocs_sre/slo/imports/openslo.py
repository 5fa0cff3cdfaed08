"""Objectives from OpenSLO: version 1, and the first version, which is old and is converted with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.slo.imports import Import, SourceDocument, importer
from mkdocs_sre.slo.losses import Loss
from mkdocs_sre.slo.openslo import composites, kept, legacy
from mkdocs_sre.slo.openslo.convert import document
from mkdocs_sre.slo.openslo.further import joined
from mkdocs_sre.slo.openslo.nodes import Node, shown
from mkdocs_sre.slo.openslo.objects import Objects, UnreadableError, key_of
from mkdocs_sre.slo.openslo.validity import breaches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from mkdocs_sre.slo.imports import Imported

_ELSEWHERE = {
    "Service": "as services have documents of their own",
    "AlertNotificationTarget": "as documents do not say how somebody is told",
}


def recognises(values: Mapping[str, Any]) -> bool:
    """Whether a YAML document is an object of OpenSLO, of whatever version."""
    version = values.get("apiVersion")
    return isinstance(version, str) and version.startswith("openslo")


def check(sources: Sequence[SourceDocument]) -> tuple[Fault, ...]:
    """Return what is wrong with objects by the rules of OpenSLO v1."""
    return tuple(one.fault for root in _roots(sources) for one in breaches(root))


@importer("OpenSLO", recognises, check)
def read(sources: Sequence[SourceDocument]) -> Import:
    """Return a document for each objective; of one that is composite for each of its parts too.

    What is not valid, but can be read without doubt, is a warning.
    """
    roots = _roots(sources)
    objects = Objects(roots)
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for root in roots:
        old = _is_old(root)
        if old:
            warnings.append(_told_old(root))
        for one in legacy.breaches(root) if old else breaches(root):
            (faults if one.bars else warnings).append(one.fault)
            if one.bars:
                objects.broken.add(id(root.value))
    faults += objects.faults()
    documents = _together([(root, made) for root in roots for made in _documents(root, objects, faults)])
    losses = tuple(_lost(root) for root in objects.unused())
    return Import(tuple(documents), tuple(faults), losses, tuple(warnings))


def _together(made: Sequence[tuple[Node, Imported]]) -> Iterator[Imported]:
    """Yield the documents; SLOs that an annotation calls further objectives of another become part of that."""
    ids = {one.id for _, one in made}
    further: dict[str, list[tuple[str, Imported]]] = {}
    for root, one in made:
        main, name = (kept.kept(root.child("metadata"), key).text for key in (kept.FURTHER, kept.NAME))
        if main in ids and main != one.id and is_id(name):
            further.setdefault(main, []).append((name, one))
    parts = {id(one) for several in further.values() for _, one in several}
    for _, one in made:
        if id(one) not in parts:
            yield joined(one, further[one.id]) if one.id in further else one


def _roots(sources: Sequence[SourceDocument]) -> list[Node]:
    return [Node(source, dict(source.values)) for source in sources]


def _is_old(root: Node) -> bool:
    return root.child("apiVersion").text == legacy.VERSION


def _told_old(root: Node) -> Fault:
    message = f"`{legacy.VERSION}` is an old form of OpenSLO; the object is converted"
    return Fault(root.child("apiVersion").value_place, message, "write it as `openslo/v1` where it is kept")


def _documents(root: Node, objects: Objects, faults: list[Fault]) -> Iterator[Imported]:
    if root.child("kind").text != "SLO" or id(root.value) in objects.broken:
        return
    try:
        if _is_old(root):
            yield from legacy.documents(root, faults)
        elif composites.is_composite(root):
            yield from list(composites.documents(root, objects, faults))
        elif (made := document(root, objects, faults)) is not None:
            yield made
    except UnreadableError:
        return


def _lost(root: Node) -> Loss:
    kind, name = key_of(root)
    why = _ELSEWHERE.get(kind, "which no objective uses")
    return Loss("", f"the {shown(kind)} `{shown(name)}`, {why}", root.child("metadata", "name").place)
