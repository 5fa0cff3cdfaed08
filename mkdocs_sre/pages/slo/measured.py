"""What an objective counts: its queries, or the objectives that it is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.slo.bar import left_words, small_bar
from mkdocs_sre.pages.slo.states import states_of
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import length, number, percent
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.indicators import Component, Composite, Indicator
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState
    from mkdocs_sre.slo.targets import Target

_SIGNS = {"lt": "below", "lte": "at most", "gt": "above", "gte": "at least"}
_QUERIES = (Column("Events", "fit0"), Column("Query", "wide", bare=True))
_PARTS = (
    Column("Part", "fit"),
    Column("Weight", "n"),
    Column("Objective", "n"),
    Column("Over", "sre-num"),
    Column("Left", "sre-num"),
)
_METHODS = {
    "weighted": "the mean of their ratios, by weight",
    "worst": "the lowest of their ratios",
    "time-slices": "the slices of time in which every one of them is good",
}


def measured(targets: Sequence[Target], site: Site, page: str) -> str:
    """Return what each objective counts as tables; those with the indicator of the document are told once."""
    parts = []
    for one in targets:
        if one.path and one.sli is one.slo.sli:
            continue
        title = f"### {escape(one.name)}\n\n" if one.path else ""
        made = _composite(one.sli.composite, site, page) if one.sli.composite else _queries(one.sli)
        parts.append(f"{title}{made}")
    return "\n\n".join(parts)


def _queries(sli: Indicator) -> str:
    queries = (("Good", sli.good), ("Bad", sli.bad), ("Of all", sli.total), ("Ratio", sli.raw))
    rows = [[label, f"<code>{escape(query)}</code>"] for label, query in queries if query]
    if sli.threshold:
        one = sli.threshold
        rows.append(["Good when", f"<code>{escape(one.metric)}</code> is {_SIGNS[one.op]} {number(one.value)}"])
    if sli.raw:
        rows.append(["It counts", "bad events" if sli.raw_type == "failure" else "good events"])
    if sli.slices:
        good = sli.slices.good_percent
        asks = f", each good when {percent(good)} of it is" if good is not None else ", whose ratios are averaged"
        rows.append(["Counted in", f"slices of {escape(length(sli.slices.length))}{asks}"])
    caption = f"Answered by {sli.source}" if sli.source else "The queries that are counted"
    return table(caption, _QUERIES, rows)


def _composite(composite: Composite, site: Site, page: str) -> str:
    """Return the parts with their weights. They say nothing about dependencies, whose promises stand apart."""
    total = sum((Fraction(one.weight) for one in composite.of), Fraction(0))
    weighted = composite.method == "weighted"
    rows = [_part(one, total if weighted else Fraction(0), site, page) for one in composite.of]
    lead = (
        f"Other objectives seen as one: {_METHODS[composite.method]}. This is a way of reporting; what the dependencies "
        "of the service allow is another question.\n{: .sre-lede }"
    )
    return f"{lead}\n\n{table('What it is made of', _PARTS, rows)}"


def _part(one: Component, total: Fraction, site: Site, page: str) -> list[str]:
    weight = share_percent(Fraction(one.weight) / total, 1) if total else ""
    state = _state(one.slo, site)
    told = (
        ["", "", ""]
        if state is None
        else [
            percent(state.target.objective),
            escape(length(state.target.window)),
            f"{small_bar(state)} {left_words(state)}",
        ]
    )
    return [site.link_id(page, one.slo), weight, *told]


def _state(identifier: str, site: Site) -> BudgetState | None:
    entry = site.base.find(identifier)
    document = entry.document if entry else None
    if not isinstance(document, ServiceLevelObjective) or not document.origin.intact:
        return None
    states = states_of(document, site)
    return next((state for state in states if state.target.id.lower() == identifier.lower()), states[0])
