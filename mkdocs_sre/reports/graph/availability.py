"""The bounds of an availability, each with what it assumes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.words import listed
from mkdocs_sre.reports.graph.layout import tied
from mkdocs_sre.reports.graph.names import percent

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.availability import Availability

FACTORS = 4  # of a product that are written out
NAMES = 6  # of what states nothing
_INDEPENDENT = "assumes independent failures"
_WHATEVER = "whatever fails together"


def availability_rows(graph: Graph, known: Availability) -> list[tuple[str, str]]:
    """Return the bounds from the highest to the lowest, each in percent with its assumption; none without any factor."""
    if not known.factors:
        return []
    least = min(known.factors, key=lambda one: one[1])
    rows = [
        (f"at most {percent(known.upper_any)}", f"{_WHATEVER}: no better than {graph[least[0]].id}"),
        (f"at most {percent(known.upper_independent)}", f"{_INDEPENDENT}: {_product(graph, known)}"),
    ]
    if known.exact is not None:
        rows.append((f"exactly {percent(known.exact)}", f"{_INDEPENDENT}; what copies and stand-ins save is in it"))
    lower = [
        (
            known.lower_independent,
            f"{_INDEPENDENT}: everything that it needs works at once, all copies and stand-ins too",
        ),
        (
            known.lower_any_mcs,
            f"{_WHATEVER}: at worst each set that must fail at once does so for as long as its most reliable part",
        ),
        (known.lower_any, f"{_WHATEVER}: at worst no two things that it needs ever fail at the same time"),
    ]
    stated = [(bound, why) for bound, why in lower if bound is not None]
    return rows + [(f"at least {percent(bound)}", why) for bound, why in sorted(stated, key=lambda one: -one[0])]


def _product(graph: Graph, known: Availability) -> str:
    factors = [(one, ratio) for one, ratio in known.factors if ratio != 1]
    said = " x ".join(tied(f"{graph[one].id} {percent(ratio)}") for one, ratio in factors[:FACTORS])
    more = len(factors) - FACTORS
    return f"{said or 'all 100 %'}{f' x {more:,} more' if more > 0 else ''}"


def unstated(graph: Graph, known: Availability) -> str:
    """Return whose availability nobody states, and what follows; empty when all that is needed is stated."""
    if not known.unstated:
        return ""
    names = listed([graph[one].id for one in known.unstated], NAMES)
    what = "no lower bound" if known.factors else "no bound"
    return f"The availability of {names} is not stated (`availability:`), so there is {what}."
