"""Objectives as OpenSLO v1: a file for each document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_sre.slo.exports import Context, Export, ExportedFile, exporter, header
from mkdocs_sre.slo.exports.names import file_stem
from mkdocs_sre.slo.exports.yaml_text import yaml_text
from mkdocs_sre.slo.openslo.write import objects
from mkdocs_sre.slo.openslo.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.slo.losses import Loss
    from mkdocs_sre.slo.targets import Target

FORM = "openslo"


@exporter(FORM)
def export(targets: Sequence[Target], context: Context) -> Export:
    """Return the SLOs of each document as a file; objectives that share no indicator are SLOs of their own in it."""
    files: list[ExportedFile] = []
    losses: list[Loss] = []
    for _, group in groupby(targets, key=lambda target: target.slo.id):
        of_document = list(group)
        writing = Writing(of_document[0].slo, context)
        texts = [yaml_text(one) for one in objects(writing, of_document)]
        losses += writing.losses
        if texts:
            text = "---\n".join(texts)
            files.append(ExportedFile(f"{file_stem(writing.slo)}.yaml", header(FORM, writing.slo.path) + text))
    return Export(tuple(files), tuple(losses))
