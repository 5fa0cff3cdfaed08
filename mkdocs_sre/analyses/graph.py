"""The dependency graph of a knowledge base, made once and asked by rules and pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.declared import declared_system

if TYPE_CHECKING:
    from mkdocs_sre.knowledge import KnowledgeBase

_graphs: WeakKeyDictionary[KnowledgeBase, Graph] = WeakKeyDictionary()


def graph_of(base: KnowledgeBase) -> Graph:
    """Return the dependency graph of a knowledge base, the same one each time."""
    if base not in _graphs:
        _graphs[base] = Graph(declared_system(base.of_kind(Service), base.landscape))
    return _graphs[base]
