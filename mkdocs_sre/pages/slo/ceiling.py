"""What the dependencies of a service leave of its budget: what each may take, laid end to end beside the budget."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.pages.elements import element_link
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.objectives import sums_of, unstated, verdict
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.slo.amounts import WHOLE, lasting, place, scale_of
from mkdocs_sre.pages.words import length
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from mkdocs_sre.analyses.objectives import ObjectiveSum, Promise
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.heads import Chip
    from mkdocs_sre.pages.site import Site

MOST = 12  # dependencies with a bar of their own; the others share one


@dataclass(frozen=True)
class _Taken:
    """What one row takes of the budget, in seconds, after what those before it take. `name` and `small` are Markdown."""

    name: str
    small: str
    start: Fraction
    seconds: Fraction
    form: str = ""


def sum_of(slo: ServiceLevelObjective, site: Site) -> ObjectiveSum | None:
    """Return an objective beside the promises of its service's dependencies; None where nothing is promised."""
    one = sums_of(site, site.base.document(slo.service, Service)).get(id(slo))
    return one if one is not None and one.promises else None


def ceiling_chip(slo: ServiceLevelObjective, site: Site) -> Chip | None:
    """Return whether the dependencies allow an objective; None where nothing is promised."""
    one = sum_of(slo, site)
    return None if one is None else verdict(one, holds="dependencies allow it")


def ceiling(slo: ServiceLevelObjective, site: Site, page: str) -> str:
    """Return a sentence on what the dependencies allow, and a table in which their shares lie end to end."""
    one = sum_of(slo, site)
    if one is None or one.product is None:
        return ""
    period = nominal_seconds(slo.window)
    budget = (1 - one.objective) * period
    rows = _rows(one, period, site, page)
    taken = (1 - one.product) * period
    rows.append(_rest(slo, budget, taken))
    scale, room = scale_of(budget), max(taken, budget)
    made = render(
        "ceiling.md.jinja",
        caption=f"What each may fail in {escape(length(slo.window))}, laid end to end; the upright line is the budget, {lasting(budget, cut=True)}",
        unit=scale.unit,
        limit=place(budget / room * WHOLE) if room else 0,
        rows=[
            (row, scale.plain(row.seconds), place(row.start / room * WHOLE), place(row.seconds / room * WHOLE))
            for row in rows
        ]
        if room
        else [],
    )
    return "\n\n".join(part for part in (_lead(one, budget - taken), made, unstated(one, site, page)) if part)


def _lead(one: ObjectiveSum, left: Fraction) -> str:
    at_most = cut_percent(one.product or Fraction(0), one.decimals)
    assumed = ", assuming independent failures" if len(one.promises) > 1 else ""
    objective = cut_percent(one.objective, one.decimals)
    if one.above_least:
        said = f"A dependency promises less than the objective of {objective}: it is missed even when all keep theirs."
    elif one.above_product:
        said = f"The objective of {objective} is above that, by {lasting(-left)} of the budget."
    else:
        said = f"The objective of {objective} holds, with {lasting(left, cut=True)} for everything else."
    asked = cut_percent(one.asked, one.decimals + 1)
    nine = f"By the rule of the extra nine each would promise {asked}."
    return f"{verdict(one).markdown()} At most <b>{at_most}</b>{assumed}. {said} {nine}\n{{: .sre-lede }}"


def _rows(one: ObjectiveSum, period: int, site: Site, page: str) -> list[_Taken]:
    """Return what each dependency takes, the largest first; those past the limit in one row."""
    kept, found = Fraction(1), list[_Taken]()
    for promise in one.promises[:MOST]:
        start, kept = 1 - kept, kept * promise.ratio
        small = f"{cut_percent(promise.ratio, one.decimals)} by {_by(promise, site, page)}"
        found.append(
            _Taken(element_link(site, page, promise.element), small, start * period, (1 - kept - start) * period)
        )
    if len(one.promises) > MOST:
        start = 1 - kept
        rest = 1 - (one.product or Fraction(0)) - start
        found.append(_Taken(f"{len(one.promises) - MOST:,} others", "", start * period, rest * period))
    return found


def _rest(slo: ServiceLevelObjective, budget: Fraction, taken: Fraction) -> _Taken:
    if taken <= budget:
        return _Taken(
            "left for the rest", f"{escape(slo.service)} itself: deploys, code, chance", taken, budget - taken, "left"
        )
    return _Taken("more than there is", "taken by dependencies beyond the budget", budget, taken - budget, "over")


def _by(promise: Promise, site: Site, page: str) -> str:
    if promise.slo is not None:
        return site.link_document(page, promise.slo)
    return "its availability; the service stands in it" if promise.domain else "its availability"
