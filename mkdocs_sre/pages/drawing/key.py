"""The key of a picture: only what it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.shapes import NAMES, outline, shape_of

if TYPE_CHECKING:
    from mkdocs_sre.graph.views import View
    from mkdocs_sre.pages.drawing.labels import Labels

LINES = (
    ("hard", "hard: down without it"),
    ("soft", "soft: works without it, only loses something"),
    ("crit", "leads to a single point of failure (SPOF)"),
)


def key(view: View, labels: Labels) -> str:
    """Return the key as HTML."""
    shapes = {shape_of(labels.kind(node)) for node in view.nodes if not node.folded}
    forms = {"crit" if edge.heavy else "hard" if edge.hard else "soft" for edge in view.edges}
    items = [_item(outline(shape, 1, 1, 28, 14), name) for shape, name in NAMES.items() if shape in shapes]
    items += [_item(_line(form), words) for form, words in LINES if form in forms]
    return f'<p class="sre-key">{" ".join(items)}</p>'


def _item(drawn: str, words: str) -> str:
    return f'<span><svg viewBox="0 0 30 16" aria-hidden="true" class="sre-svg">{drawn}</svg>{words}</span>'


def _line(form: str) -> str:
    return f'<path class="e {form}" d="M0 8H22"/><path class="tip {form}" d="M28 8l-8 -4v8z"/>'
