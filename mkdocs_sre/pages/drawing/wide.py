"""A view in columns, from what breaks on the left to what is needed on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.columns import Places, placed
from mkdocs_sre.pages.drawing.shapes import FLAG_WIDTH, flag, halo, number, outline, shape_of
from mkdocs_sre.pages.drawing.text import fitted, width
from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.graph.views import Edge, Node, View
    from mkdocs_sre.pages.drawing.labels import Labels

NAME, NOTE = 12.5, 11.0  # sizes of the two lines of a node
HEIGHT, GAP, BEND = 40.0, 22.0, 4.0
LEAST, MOST = 104.0, 178.0  # widths of a node
INSET = 11.0  # of the words from a node's edge
BETWEEN, NEAREST = 56.0, 34.0  # columns, usually and where there are many
ROOM = 960.0  # pixels of a page's text, which a picture fills at most
TOP = 26.0  # for the titles of columns
TIP = 7.0
MAX_COLUMNS = 8  # beyond that words would be too small; the rail shows them at every width


def fits(view: View) -> bool:
    """Whether a view can be drawn in columns so that its words can be read."""
    return len({node.layer for node in view.nodes}) <= MAX_COLUMNS


def wide(view: View, labels: Labels, name: str) -> str:
    """Return the picture as SVG; `name` tells its ids from those of other pictures of the page."""
    layers = {node.key: node.layer for node in view.nodes}
    places = placed(layers, [(edge.source, edge.target) for edge in view.edges], HEIGHT, GAP, BEND)
    number_of_columns = len(places.columns)
    box = min(MOST, max([LEAST, *(_needed(node, labels) for node in view.nodes)]))
    between = BETWEEN
    if number_of_columns > 1:
        between = min(BETWEEN * 1.6, max(NEAREST, (ROOM - number_of_columns * box) / (number_of_columns - 1)))
    frame = _Frame(places, box, between, TOP if view.titles else 8.0)
    nodes = {node.key: node for node in view.nodes}
    parts = [*_titles(view, places, frame)]
    parts += lines([_edge(edge, places, frame, layers) for edge in view.edges])
    parts += [_tag(edge, places, frame, layers) for edge in view.edges if edge.note]
    parts += [
        _node(nodes[key], labels, frame, column, places.y[key, column])
        for index, items in enumerate(places.columns)
        for key, column in items
        if key in nodes and column == index
    ]
    across = number_of_columns * box + (number_of_columns - 1) * between
    view_box = f"-5 0 {number(across + 10)} {number(frame.top + places.height + 9)}"
    said = f'aria-labelledby="{name}-t {name}-d"'
    return (
        f'<svg class="sre-svg wide" viewBox="{view_box}" style="max-width:{number((across + 10) * 1.05)}px" role="group" {said}>'
        f'<title id="{name}-t">{escape(labels.title)}</title><desc id="{name}-d">{escape(labels.said)}</desc>{"".join(parts)}</svg>'
    )


class _Frame:
    """Where columns stand."""

    def __init__(self, places: Places, box: float, between: float, top: float) -> None:
        self.box = box
        self.between = between
        self.top = top + 8.0
        self.columns = len(places.columns)

    def x(self, column: int) -> float:
        return column * (self.box + self.between)


def _needed(node: Node, labels: Labels) -> float:
    name, note = labels.name(node), labels.note(node)
    return max(width(name, NAME, bold=True), width(note, NOTE)) + 2 * INSET + 2


def _titles(view: View, places: Places, frame: _Frame) -> list[str]:
    numbers = {node.layer: column for node in view.nodes for column in [_column(places, node.key)]}
    return [
        f'<text class="col" x="{number(frame.x(numbers[layer]))}" y="11">{escape(text)}</text>'
        for layer, text in sorted(view.titles.items())
    ]


def _column(places: Places, key: str) -> int:
    return next(column for items in places.columns for name, column in items if name == key)


def form_of(edge: Edge) -> str:
    """Return the style of a line: `soft`, `hard`, or `crit` when it leads to a single point of failure."""
    return "crit" if edge.heavy else "hard" if edge.hard else "soft"


def lines(drawn: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return lines as SVG from style, path and tip of each; those of one style are one path, heavy ones lie on top.

    One tag for many lines: whoever reads a page takes time for each tag, not for each curve.
    """
    found: dict[str, tuple[list[str], list[str]]] = {form: ([], []) for form in ("soft", "hard", "crit")}
    for form, path, tip in drawn:
        found[form][0].append(path)
        found[form][1].append(tip)
    made = []
    for form, (paths, tips) in found.items():
        made += [f'<path class="e {form}" d="{"".join(paths)}"/>'] if paths else []
        made += [f'<path class="tip {form}" d="{"".join(tips)}"/>'] if any(tips) else []
    return made


def _edge(edge: Edge, places: Places, frame: _Frame, layers: dict[str, int]) -> tuple[str, str, str]:
    """Return style, path and arrow of a line; one that closes a cycle runs back to the right side of its target."""
    forward = layers[edge.source] < layers[edge.target]
    first, last = _column(places, edge.source), _column(places, edge.target)
    x = frame.x(first) + (frame.box if forward else 0)
    y = places.y[edge.source, first] + frame.top
    path = f"M{number(x)} {number(y)}"
    stops = [
        (frame.x(column), places.y[key, column] + frame.top) for key, column in places.bends[edge.source, edge.target]
    ]
    for at, height in stops:
        near, far = (at, at + frame.box) if forward else (at + frame.box, at)
        path += _curve(x, y, near, height) + f"H{number(far)}"
        x, y = far, height
    end = frame.x(last) + (0 if forward else frame.box)
    sign = 1 if forward else -1
    height = places.y[edge.target, last] + frame.top
    path += _curve(x, y, end - sign * TIP, height)
    tip = f"M{number(end - sign)} {number(height)}l{-8 * sign} -4v8z"
    return form_of(edge), path, tip


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = number((x + to_x) / 2)
    return f"C{middle} {number(y)} {middle} {number(to_y)} {number(to_x)} {number(to_y)}"


def _tag(edge: Edge, places: Places, frame: _Frame, layers: dict[str, int]) -> str:
    """Return the words on a line, such as `1 of 2`, near where it begins."""
    forward = layers[edge.source] < layers[edge.target]
    first, last = _column(places, edge.source), _column(places, edge.target)
    bends = places.bends[edge.source, edge.target]
    end = places.y[bends[0]] if bends else places.y[edge.target, last]
    x = frame.x(first) + (frame.box + frame.between / 2 if forward else -frame.between / 2)
    y = (places.y[edge.source, first] + end) / 2 + frame.top
    half = (width(edge.note, 10.5) + 10) / 2
    box = f'x="{number(x - half)}" y="{number(y - 8)}" width="{number(2 * half)}" height="16" rx="8"'
    return f'<rect class="tag" {box}/><text class="tagt" x="{number(x)}" y="{number(y + 3.5)}" text-anchor="middle">{escape(edge.note)}</text>'


def _node(node: Node, labels: Labels, frame: _Frame, column: int, middle: float) -> str:
    x, y = frame.x(column), middle + frame.top - HEIGHT / 2
    shape, on = shape_of(labels.kind(node)), " on" if node.focus else ""
    drum = shape == "datastore"
    top, height = (y - 4, HEIGHT + 6) if drum else (y, HEIGHT)
    room = frame.box - 2 * INSET
    words = 3 if drum else 0
    parts = [
        halo(x, top, frame.box, height) if node.single else "",
        "" if node.folded and not node.name else outline(shape, x, top, frame.box, height, filled=node.focus),
        f'<text class="b{on}" x="{number(x + INSET)}" y="{number(y + 17 + words)}">{escape(fitted(labels.name(node), room, NAME, bold=True))}</text>',
        f'<text class="sub{on}" x="{number(x + INSET)}" y="{number(y + 31 + words)}">{escape(fitted(labels.note(node), room, NOTE))}</text>',
        flag(x + frame.box - FLAG_WIDTH + 4, top - 11) if node.single else "",
    ]
    return linked(node, labels, "".join(parts))


def linked(node: Node, labels: Labels, drawn: str) -> str:
    """Return what is drawn of a node as a link to its page, with what is read out of it; a group without a page."""
    mark = ' class="spof"' if node.single else ""
    title = f"<title>{escape(labels.tip(node))}</title>"
    target = labels.target(node)
    return f'<a href="{escape(target)}"{mark}>{title}{drawn}</a>' if target else f"<g{mark}>{title}{drawn}</g>"
