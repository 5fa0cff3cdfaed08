"""Objectives from OpenSLO: version 1, and the first version, which is old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.slo.imports import Import, SourceDocument, importer
from mkdocs_sre.slo.openslo.nodes import Node
from mkdocs_sre.slo.openslo.validity import breaches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from mkdocs_sre.documents.finding import Fault


def recognises(values: Mapping[str, Any]) -> bool:
    """Whether a YAML document is an object of OpenSLO, of whatever version."""
    return str(values.get("apiVersion") or "").startswith("openslo")


def check(sources: Sequence[SourceDocument]) -> tuple[Fault, ...]:
    """Return what is wrong with objects by the rules of OpenSLO v1."""
    return tuple(one.fault for source in sources for one in breaches(Node(source, dict(source.values))))


@importer("OpenSLO", recognises, check)
def read(sources: Sequence[SourceDocument]) -> Import:
    """Return what objects of OpenSLO come to; they may name each other."""
    raise NotImplementedError
