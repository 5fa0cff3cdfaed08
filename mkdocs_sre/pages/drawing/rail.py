"""A view as an indented list of lines, which a phone can show: each node below one that needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.shapes import FLAG_WIDTH, flag, number, outline, shape_of
from mkdocs_sre.pages.drawing.text import fitted, width
from mkdocs_sre.pages.drawing.wide import form_of, lines, linked
from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.graph.views import Edge, Node, View
    from mkdocs_sre.pages.drawing.labels import Labels

WIDTH, ROW, STEP = 328.0, 33.0, 20.0
DEEPEST = 7  # indents; what is deeper stands at this one and says so in words
MOST = 60  # rows of one half
TITLE = 24.0
NAME, NOTE = 12.5, 11.0
LEFT = 14.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a node, how far it is indented, the edge by which it hangs, and other nodes that it is joined to."""

    node: Node
    indent: int
    edge: Edge | None
    others: tuple[str, ...]


def rail(view: View, labels: Labels, name: str) -> str:
    """Return the picture as SVG: what needs the focus above it, what it needs below."""
    y, parts = 0.0, []
    for title, rows, up in _halves(view):
        if title:
            y += 6 if y else 0
            parts.append(f'<text class="col" x="0" y="{number(y + 14)}">{escape(title)}</text>')
            y += TITLE
        parts.append(_half(rows, labels, y, up=up))
        y += len(rows) * ROW
    said = f'aria-labelledby="{name}-nt"'
    return (
        f'<svg class="sre-svg narrow" viewBox="0 0 {number(WIDTH)} {number(y + 2)}" role="group" {said}>'
        f'<title id="{name}-nt">{escape(labels.title)}</title>{"".join(parts)}</svg>'
    )


def _halves(view: View) -> Iterator[tuple[str, list[Row], bool]]:
    roots = [node for node in view.nodes if node.focus] or [node for node in view.nodes if not node.layer]
    above = _rows(view, roots, up=True) if any(node.layer < 0 for node in view.nodes) else []
    if len(above) > len(roots):
        yield "Need it", above[::-1], True
        yield ("It needs", _rows(view, roots, up=False), False)
    else:
        yield "", _rows(view, roots, up=False), False


def _rows(view: View, roots: list[Node], *, up: bool) -> list[Row]:
    """Return the nodes of one half in the order of a walk in depth, each once, below what it was first reached from."""
    nodes = {node.key: node for node in view.nodes}
    joined: dict[str, list[Edge]] = {key: [] for key in nodes}
    for edge in view.edges:
        joined[edge.target if up else edge.source].append(edge)
    rows: list[Row] = []
    waiting: list[tuple[Node, int, Edge | None]] = [(node, 0, None) for node in reversed(roots)]
    seen: set[str] = set()
    while waiting and len(rows) < MOST:
        node, indent, via = waiting.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        further, others = [], []
        for edge in joined[node.key]:
            other = nodes[edge.source if up else edge.target]
            if (other.layer < 0) is not up and not (up and other.focus):
                continue
            if other.key in seen:
                others.append(other.key)
            else:
                further.append((other, indent + 1, edge))
        rows.append(Row(node, indent, via, tuple(others)))
        waiting += sorted(further, key=lambda one: (-one[0].layer if up else one[0].layer, one[0].single), reverse=True)
    return rows


def _half(rows: list[Row], labels: Labels, top: float, *, up: bool) -> str:
    middles = {row.node.key: top + index * ROW + ROW / 2 for index, row in enumerate(rows)}
    drawn = []
    for row in rows:
        if row.edge is not None:
            parent = row.edge.target if up else row.edge.source
            indent = next(one.indent for one in rows if one.node.key == parent)
            path = _line(indent, row.indent, middles[parent], middles[row.node.key])
            drawn.append((form_of(row.edge), path, ""))
    names = {row.node.key: labels.name(row.node) for row in rows}
    return "".join([*lines(drawn), *(_node(row, labels, middles[row.node.key], names, up=up) for row in rows)])


def _x(indent: int) -> float:
    return LEFT + min(indent, DEEPEST) * STEP


def _line(parent: int, indent: int, from_y: float, to_y: float) -> str:
    at = _x(parent) if parent < DEEPEST else _x(DEEPEST - 1)
    return f"M{number(at)} {number(from_y)}V{number(to_y)}H{number(max(_x(indent) - 11, at))}"


def _node(row: Row, labels: Labels, middle: float, names: dict[str, str], *, up: bool) -> str:
    node, x = row.node, _x(row.indent)
    note = _words(row, labels, names, up=up)
    room = WIDTH - x - 21 - (FLAG_WIDTH + 8 if node.single else 0)
    name = fitted(labels.name(node), room, NAME, bold=True)
    parts = [
        ""
        if node.folded and not node.name
        else outline(shape_of(labels.kind(node)), x - 11, middle - 8, 24, 16, filled=node.focus),
        f'<text class="b" x="{number(x + 21)}" y="{number(middle - 1)}">{escape(name)}</text>',
        f'<text class="sub" x="{number(x + 21)}" y="{number(middle + 12)}">{escape(fitted(note, WIDTH - x - 21, NOTE))}</text>',
        flag(x + 29 + width(name, NAME, bold=True), middle - 12) if node.single else "",
    ]
    return linked(node, labels, "".join(parts))


def _words(row: Row, labels: Labels, names: dict[str, str], *, up: bool) -> str:
    """Return the second line: how it hangs there, what it is, and what else it is joined to."""
    parts = [] if row.edge is None or row.edge.hard else ["soft"]
    parts += [labels.note(row.node)] if labels.note(row.node) else []
    if row.edge is not None and row.edge.note:
        parts.append(row.edge.note)
    if row.others:
        parts.append(f"{'also needed by' if up else 'needs'} {', '.join(names.get(key, key) for key in row.others)}")
    return "; ".join(parts) if row.others else ", ".join(parts)
