"""Imported objectives as the documents that are read back from what is written of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.slo_import import ImportFailedError, imported
from mkdocs_sre.slo.document_text import document_text
from mkdocs_sre.slo.exports import Context, exporters
from mkdocs_sre.slo.imports.completion import Completion
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Import, Imported


def import_text(folder: Path, text: str, completion: Completion | None = None, *others: str) -> Import:
    """Import one file with this text, `in.yml`, and further ones."""
    files = []
    for number, one in enumerate((text, *others)):
        files.append(folder / (f"in{number}.yml" if number else "in.yml"))
        files[-1].write_text(one, encoding="utf-8")
    return imported(files, completion or Completion())


def tried(folder: Path, text: str) -> tuple[Import | None, list[Fault]]:
    """Import one file with this text, and return what came of it: documents, or faults."""
    try:
        return import_text(folder, text), []
    except ImportFailedError as error:
        return None, error.faults


def faults_of(folder: Path, text: str) -> list[str]:
    """Return what is wrong with a file: line, column, cause and cure."""
    return [f"{one.location.line}:{one.location.column} {one.message}; {one.hint}" for one in tried(folder, text)[1]]


def read_back(one: Imported) -> ServiceLevelObjective:
    """Return the document that is read from the text of an imported one, which has no defect."""
    source = read(f"sre/slos/{one.id}.md", document_text(one).encode())
    documents = Typing(Settings()).documents(source)
    assert source.defects == []
    assert len(documents) == 1
    assert isinstance(documents[0], ServiceLevelObjective)
    return documents[0]


def exported(form: str, *documents: ServiceLevelObjective) -> dict[str, Any]:
    """Return the files of an export by name, each as YAML whose scalars are text."""
    targets = [target for document in documents for target in targets_of(document)]
    made = exporters()[form](targets, Context())
    return {file.name: yaml.load(file.text, yaml.BaseLoader) for file in made.files}  # noqa: S506 makes only text
