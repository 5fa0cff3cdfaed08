"""Objects of OpenSLO from text, and documents from front matter, as the tests of this folder read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mkdocs_sre.documents.base import Origin
from mkdocs_sre.documents.finding import Defect
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.reading.validation import make
from mkdocs_sre.reading.yaml_documents import Sort, yaml_documents
from mkdocs_sre.slo.document_text import document_text, yaml_text
from mkdocs_sre.slo.exports import Context, Export
from mkdocs_sre.slo.exports.openslo import export
from mkdocs_sre.slo.imports import Import, Imported, SourceDocument
from mkdocs_sre.slo.imports.openslo import check, read
from mkdocs_sre.slo.targets import Target, targets_of

PATH = "openslo.yaml"


def sources(text: str, path: str = PATH) -> list[SourceDocument]:
    defects: list[Defect] = []
    found = list(yaml_documents(path, text.encode(), path, Sort("file", "unreadable-file"), defects))
    assert defects == []
    return [SourceDocument(one.made, one.made.marks, one.extent.start) for one in found]


def faults_of(text: str) -> list[str]:
    """Return what is wrong with objects: line, column, message."""
    return [f"{one.location.line}:{one.location.column}: {one.message}" for one in check(sources(text))]


def imported(text: str) -> Import:
    return read(sources(text))


def losses_of(one: Imported) -> list[str]:
    return [f"{loss.place.line if loss.place else 0}: {loss.what}" for loss in one.losses]


def front_matter(one: Imported) -> str:
    """Return the front matter of an imported document as it is written, without type."""
    return document_text(one).split("---\n")[1].removeprefix("type: slo\n")


def document(values: Mapping[str, Any]) -> ServiceLevelObjective:
    """Return the document of this front matter, read from text as any other."""
    made = construct(yaml_text(dict(values)), "slo.md", 2)
    assert made.defects == []
    result = make(ServiceLevelObjective, dict(made), Origin("slo.md", dict(made), made.marks))
    assert result.defects == []
    assert isinstance(result.document, ServiceLevelObjective)
    return result.document


def exported(*documents: ServiceLevelObjective, **known: Any) -> Export:
    targets = [target for one in documents for target in targets_of(one)]
    by_id: dict[str, Target] = {target.id: target for target in targets}
    return export(targets, Context(find=by_id.get, **known))


def text_of(export_: Export) -> str:
    return "---\n".join(file.text for file in export_.files)


def only(documents: Iterable[Imported]) -> Imported:
    [one] = documents
    return one
