"""What a service or journey can hope for, given what it needs: bounds, each with its assumption beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.elements import element_link
from mkdocs_sre.pages.tables import Column, table

if TYPE_CHECKING:
    from fractions import Fraction

    from mkdocs_sre.graph.availability import Availability
    from mkdocs_sre.pages.site import Site

_BOUNDS = (Column("Availability", "fit"), Column("Value", "n", bare=True), Column("Holds", "wide", bare=True))
DECIMALS = 3
NAMED = 12  # factors of the product that are written out


def availability_table(site: Site, page: str, index: int) -> str:
    """Return the bounds of one element's availability as a table; nothing when it needs nothing, or nothing is stated."""
    found = site.graph.availability(index)
    if len(found.factors) < 2:  # noqa: PLR2004 one factor is no sum
        return ""
    rows = [
        [label, cut_percent(value, DECIMALS), holds]
        for label, value, holds in _bounds(site, page, found)
        if value is not None
    ]
    made = table(f"What {site.graph[index].name} can hope for; cut off, never rounded up", _BOUNDS, rows, "bounds")
    if not found.unstated:
        return made
    names = listed([element_link(site, page, one) for one in found.unstated], NAMED)
    return f"{made}\nNobody states the availability of {names}, so nothing is known from below.\n{{: .sre-more }}\n"


def _bounds(site: Site, page: str, found: Availability) -> list[tuple[str, Fraction | None, str]]:
    factors = [
        f"{element_link(site, page, one)} {cut_percent(value, DECIMALS)}" for one, value in found.factors if value != 1
    ]
    product = f"assumes independent failures; each once: {listed(factors, NAMED)}"
    return [
        ("At most", found.upper_any, "always: the least available of what takes it down alone"),
        ("At most, as a product", found.upper_independent, product),
        ("Exactly", found.exact, "assumes independent failures; redundancy counted in"),
        ("At least, as a product", found.lower_independent, "assumes independent failures; redundancy left out"),
        ("At least", found.lower_any, "always: at worst no two things that it needs ever fail at the same time"),
        (
            "At least, by cuts",
            found.lower_any_mcs,
            "always: at worst each set that must fail at once does so for as long as its most reliable part",
        ),
    ]
