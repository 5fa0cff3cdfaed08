"""Dependency graphs as text, JSON, DOT and Mermaid, and what follows when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.reports.graph.dot import dot
from mkdocs_sre.reports.graph.json import graph_json, outage_json
from mkdocs_sre.reports.graph.layout import Look
from mkdocs_sre.reports.graph.mermaid import mermaid
from mkdocs_sre.reports.graph.outage import outage_text
from mkdocs_sre.reports.graph.text import graph_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.what_if import Outage

__all__ = ["FORMS", "Look", "graph_report", "outage_report"]

FORMS = ("text", "json", "dot", "mermaid")


def graph_report(form: str, graph: Graph, roots: Sequence[int], order: int, look: Look) -> Iterator[str]:
    """Yield what is known of a graph in one of the `FORMS`, for these roots, with cuts of up to `order` failures."""
    if form == "json":
        yield from graph_json(graph, roots, order)
    elif form == "text":
        yield graph_text(graph, roots, order, look)
    else:
        yield (dot if form == "dot" else mermaid)(graph, roots)


def outage_report(form: str, graph: Graph, outage: Outage, look: Look) -> str:
    """Return what follows when elements fail, as `json` or as text."""
    return outage_json(graph, outage) if form == "json" else outage_text(graph, outage, look)
