"""Who needs whom, as a square of rows and columns: for more teams than lines can be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.drawing.shapes import number
from mkdocs_sre.pages.drawing.text import fitted, width
from mkdocs_sre.pages.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

CELL, SIZE = 26.0, 11.5
LONGEST = 150.0  # of a name
FAINTEST, DARKEST = 0.06, 0.32  # how solid a cell is, of 1; beyond that its number could not be read in every scheme
SLANT = 0.75  # of a name's length is how high it stands above its column


def between_svg(
    names: Sequence[str], counts: Mapping[tuple[str, str], int], link: Callable[[str], str], title: str
) -> str:
    """Return a figure in HTML with a row and a column for each name; the row needs the column, so many times.

    `link` returns the address that a name leads to.
    """
    left = min(LONGEST, max(width(name, SIZE) for name in names)) + 8
    top = left * SLANT + 6
    side = len(names) * CELL
    most = max(counts.values(), default=1)
    parts = []
    for at, name in enumerate(names):
        shown = escape(fitted(name, LONGEST, SIZE))
        middle = top + at * CELL + CELL / 2
        parts.append(
            f'<a href="{escape(link(name))}"><text class="col" x="{number(left - 6)}" y="{number(middle + 4)}" text-anchor="end">{shown}</text></a>'
        )
        x, y = left + at * CELL + CELL / 2 + 3, top - 5
        parts.append(f'<text class="col" transform="translate({number(x)} {number(y)}) rotate(-45)">{shown}</text>')
        parts += [
            _cell(left + column * CELL, top + at * CELL, counts.get((name, other), 0), most, own=at == column)
            for column, other in enumerate(names)
        ]
    across, down = left + side + top * 0.9, top + side + 1
    return (
        f'<figure class="sre-fig sre-between" data-search-exclude><svg class="sre-svg" viewBox="0 0 {number(across)} {number(down)}"'
        f' style="max-width:{number(across)}px" role="group" aria-labelledby="sre-between-t"><title id="sre-between-t">{escape(title)}'
        f". The table below holds the same.</title>{''.join(parts)}</svg>"
        "<figcaption>The team of a row needs that of the column: so many hard dependencies.</figcaption></figure>\n"
    )


def _cell(x: float, y: float, count: int, most: int, *, own: bool) -> str:
    box = f'x="{number(x + 1)}" y="{number(y + 1)}" width="{number(CELL - 2)}" height="{number(CELL - 2)}" rx="2"'
    if not count:
        return f'<rect class="cell{" own" if own else ""}" {box}/>'
    solid = FAINTEST + (DARKEST - FAINTEST) * count / most
    text = f'<text class="letter" x="{number(x + CELL / 2)}" y="{number(y + CELL / 2 + 3.5)}" text-anchor="middle">{count}</text>'
    return f'<rect class="cell some" {box} fill-opacity="{solid:.2f}"/>{text}'
