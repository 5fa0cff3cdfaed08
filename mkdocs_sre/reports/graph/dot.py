"""A dependency graph in Graphviz' language, for `dot -Tsvg`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.reports.graph.exports import gate, part_of
from mkdocs_sre.reports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.model import Group

_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "journey": "ellipse",
        "datastore": "cylinder",
        "queue": "cds",
        "cache": "cylinder",
        "external": "parallelogram",
        "domain": "house",
        "instance": "box3d",
    }
)


def dot(graph: Graph, roots: Sequence[int]) -> str:
    """Return the graph in DOT: hard edges solid, soft ones dotted, `k of n` on a node of its own, single points in bold."""
    part = part_of(graph, roots)
    lines = ["digraph dependencies {", "  rankdir=LR;", "  node [shape=box];"]
    for index in part.elements:
        single = index in part.single
        label = quoted(graph[index].name, *(["single point of failure"] if single else []))
        shape = _SHAPES.get(graph[index].kind, "box")
        marked = ', style=bold, color="#b3261e"' if single else ""
        lines.append(f"  n{index} [label={label}, shape={shape}{marked}];")
    for number, group in enumerate(part.groups):
        lines += _edges(group, number)
    return "\n".join([*lines, "}", ""])


def _edges(group: Group, number: int) -> Iterator[str]:
    style = "" if group.hard else " [style=dotted]"
    said = gate(group)
    source = f"g{number}" if said else f"n{group.owner}"
    if said:
        yield f"  {source} [label={quoted(said)}, shape=diamond];"
        yield f"  n{group.owner} -> {source}{style};"
    for member in dict.fromkeys(group.members):
        yield f"  {source} -> n{member}{style};"


def quoted(*lines: str) -> str:
    r"""Return lines of text as a quoted string in which nothing but its end ends it.

    >>> print(quoted('a "b" \\N', "c"))
    "a \"b\" \\N\nc"
    """
    return '"' + r"\n".join(printable(line).replace("\\", r"\\").replace('"', r"\"") for line in lines) + '"'
