"""A dependency graph as a Mermaid flowchart. A text export only: from about 500 edges on Mermaid draws none."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.reports.graph.exports import gate, part_of
from mkdocs_sre.reports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.model import Group

_SHAPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "journey": ("([", "])"),
        "datastore": ("[(", ")]"),
        "queue": ("[(", ")]"),
        "cache": ("[(", ")]"),
        "external": ("[/", "/]"),
        "domain": ("[[", "]]"),
    }
)
_PLAIN = re.compile(r"[\w ]|[.\-](?! )")  # what means nothing to Mermaid; `1. ` and `- ` begin lists


def mermaid(graph: Graph, roots: Sequence[int]) -> str:
    """Return the graph as a flowchart: hard arrows solid, soft ones dotted, `k of n` on a node of its own, single points thick."""
    part = part_of(graph, roots)
    lines = ["flowchart LR", "  classDef single stroke:#b3261e,stroke-width:4px"]
    for index in part.elements:
        single = index in part.single
        left, right = _SHAPES.get(graph[index].kind, ("[", "]"))
        label = escaped(graph[index].name) + ("<br/>single point of failure" if single else "")
        lines.append(f'  n{index}{left}"{label}"{right}{":::single" if single else ""}')
    for number, group in enumerate(part.groups):
        lines += _edges(group, number)
    return "\n".join([*lines, ""])


def _edges(group: Group, number: int) -> Iterator[str]:
    arrow = "-->" if group.hard else "-.->"
    said = gate(group)
    source = f"g{number}" if said else f"n{group.owner}"
    if said:
        yield f'  {source}{{{{"{said}"}}}}'
        yield f"  n{group.owner} {arrow} {source}"
    for member in dict.fromkeys(group.members):
        yield f"  {source} {arrow} n{member}"


def escaped(text: str) -> str:
    """Return text for a quoted label, all signs that mean something to Mermaid or HTML as numbers.

    >>> escaped('orders-db "2" <b>')
    'orders-db #34;2#34; #60;b#62;'
    """
    shown = printable(text)
    return "".join(one if _PLAIN.match(shown, position) else f"#{ord(one)};" for position, one in enumerate(shown))
