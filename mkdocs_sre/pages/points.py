"""The single points of failure of one element, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.words import way_in_words
from mkdocs_sre.pages.elements import documentation_of, documentation_words, element_link, saying, sort_words
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.tables import Column, further, table

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import RankedPoint, SinglePoint
    from mkdocs_sre.pages.site import Site

CAUSES = {"unreplicated": "runs once", "domain": "failure domain", "shared": "shared", "external": "external provider"}
_POINTS = (
    Column("Element", "fit"),
    Column("Why it is single", "wide", bare=True),
    Column("Basis", bare=True),
    Column("Risk assessment", "early", bare=True),
)
MOST = 20  # rows; the register holds them all


def way_words(site: Site, page: str, point: SinglePoint) -> str:
    """Return the way along which a single point takes its root down, as a sentence in Markdown."""
    return way_in_words(point.way, point.element, saying(site, page))


def basis(point: SinglePoint | RankedPoint) -> str:
    """Return whether a single point follows from what is written down, as a chip when it does not."""
    return "declared" if point.declared else Chip("assumed", "none").markdown()


def points_table(site: Site, page: str, root: int) -> str:
    """Return the single points of one root as a table, those that take down most first; nothing without any."""
    found = site.outline.single_points(root)
    order = {one.subject: at for at, one in enumerate(site.graph.register)}
    ranked = sorted(found.items(), key=lambda one: (order.get(one[0], len(order)), site.graph[one[0]].id.lower()))
    rows = [
        [
            f"{element_link(site, page, subject)} <small>{escape(sort_words(site, subject))}</small>",
            f"{CAUSES[point.cause]} <small>{way_words(site, page, point)}</small>",
            basis(point),
            documentation_words(site, page, documentation_of(site, subject)),
        ]
        for subject, point in ranked[:MOST]
    ]
    more = further(len(ranked) - MOST)
    caption = f"What takes {site.graph[root].name} down by failing alone"
    return table(caption, _POINTS, rows, "points") + f"\n{more}" if rows else ""
