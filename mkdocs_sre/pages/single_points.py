"""The register of single points of failure: all of them, ranked by what they take down, and how each is documented."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.graph.model import INSTANCE, JOURNEY
from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.elements import documentation_of, documentation_words, element_link, saying, sort_words
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.graphs import path_figure
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.pairs import meetings, pairs_of, pairs_table
from mkdocs_sre.pages.points import CAUSES, basis, way_words
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page, Site
from mkdocs_sre.pages.tables import section
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.analysis import RankedPoint

REGISTER_PATH = "sre/single-points.md"
TITLE = "Single points of failure"
SAY = "What takes a journey or a service down by failing alone."
MOST = 200  # rows; the command `graph` prints them all
ROOTS_NAMED = 6
MAX_PAIRED = 20  # roots whose pairs are looked for
MAX_CHOICES = 24  # journeys or owners to which the register can be narrowed
_SORTS = {"external": "external provider", "domain": "failure domain"}


def register_page(site: Site) -> Page | None:
    """Return the register; None when no dependency is written down."""
    graph = site.graph
    if not graph.system.groups:
        return None
    path = REGISTER_PATH
    ranked = graph.register
    pairs = pairs_of(site, graph.roots[:MAX_PAIRED])
    choices = _Choices(
        _hit(site, ranked)[:MAX_CHOICES], sorted({graph[one.subject].owner for one in ranked} - {""})[:MAX_CHOICES]
    )
    markdown = render(
        "single_points.md.jinja",
        title=TITLE,
        say=SAY,
        where=_where(site),
        numbers=render("numbers.md.jinja", facts=_numbers(site, ranked, len(pairs))),
        rows=[_row(site, path, one, choices) for one in ranked[:MOST]],
        rooted=bool(graph.roots),
        more=len(ranked) - MOST,
        journeys=[graph[root].name for root in choices.roots],
        owners=choices.owners,
        ways=_ways(site, path, ranked),
        pairs=section("Pairs that meet", "pairs", pairs_table(site, path, meetings(site, pairs))),
        cycles=section("Cycles", "cycles", _cycles(site, path)),
        as_of=site.as_of.isoformat(),
        escape=escape,
    )
    return Page(path, TITLE, markdown, SAY)


def _hit(site: Site, ranked: Sequence[RankedPoint]) -> list[int]:
    """Return the roots that have single points, those with most first."""
    counts = Counter(point.root for one in ranked for point in one.points)
    return sorted(counts, key=lambda root: (-counts[root], site.graph[root].id.lower()))


def _where(site: Site) -> str:
    """Return what the register is computed from, in words."""
    counts: Counter[str] = Counter()
    for one in site.graph.system.elements:
        if one.kind not in (INSTANCE, JOURNEY):
            counts[_SORTS.get(one.kind, one.kind)] += 1
    order = ("service", "datastore", "queue", "cache", "external provider", "failure domain")
    names = [*order, *sorted(set(counts) - {*order})]
    return "computed from " + listed([counted(counts[name], name) for name in names if counts[name]], len(names))


def _numbers(site: Site, ranked: Sequence[RankedPoint], pairs: int) -> list[Fact]:
    graph = site.graph
    documented = sum(documentation_of(site, one.subject).documented for one in ranked)
    hit = {point.root for one in ranked for point in one.points}
    said, of = graph.declared_share
    journeys = all(graph[root].kind == JOURNEY for root in graph.roots)
    spared = [graph[root].name for root in graph.roots if root not in hit]
    without = (
        f"{escape(listed(spared, 3))} {'has' if len(spared) == 1 else 'have'} none" if spared else "none is without"
    )
    elements = sum(one.kind != INSTANCE for one in graph.system.elements)
    return [
        Fact("Single points", str(len(ranked)), f"of {elements:,} elements"),
        Fact("Undocumented", str(len(ranked) - documented), "no valid risk assessment"),
        Fact("Journeys at risk" if journeys else "Entry points at risk", f"{len(hit)} of {len(graph.roots)}", without),
        Fact("Pairs", f"{pairs:,}", "two failures that meet"),
        Fact("Declared", f"{100 * said // of} %" if of else "none", _share(site)),
    ]


def _share(site: Site) -> str:
    """Return what is declared in words, and how much of what is claimed was ever seen to hold."""
    claims = [one for one in site.graph.system.groups if one.origin == "dependency" and (not one.hard or one.redundant)]
    proven = sum(one.validated is not None for one in claims)
    return (
        f"of the dependencies; {proven} of {counted(len(claims), 'claim')} proven" if claims else "of the dependencies"
    )


def _row(site: Site, page: str, one: RankedPoint, choices: _Choices) -> dict[str, object]:
    graph, hit = site.graph, dict.fromkeys(point.root for point in one.points)
    names = listed([element_link(site, page, root) for root in hit], ROOTS_NAMED)
    owner = graph[one.subject].owner
    return {
        "link": element_link(site, page, one.subject),
        "sort": escape(", ".join(text for text in (sort_words(site, one.subject), owner) if text)),
        "why": f"{CAUSES[one.cause]} <small>{way_words(site, page, one.points[0])}</small>",
        "takes": names if any(graph[root].kind == JOURNEY for root in hit) else f"no journey; {names}",
        "services": f"{one.reach.services:,}",
        "basis": basis(one),
        "risk": documentation_words(site, page, documentation_of(site, one.subject)),
        "forms": " ".join(choices.forms(hit, owner)),
    }


@dataclass(frozen=True)
class _Choices:
    """What the register can be narrowed to: roots and owners. Rows carry a class for each that they belong to."""

    roots: list[int]
    owners: list[str]

    def forms(self, roots: Iterable[int], owner: str) -> list[str]:
        found = [f"j{self.roots.index(root)}" for root in roots if root in self.roots]
        return [*found, f"o{self.owners.index(owner)}"] if owner in self.owners else found


def _ways(site: Site, page: str, ranked: Sequence[RankedPoint]) -> str:
    """Return the picture of the root that most single points take down, and links to the pages of the others."""
    counts: Counter[int] = Counter(point.root for one in ranked for point in one.points)
    if not counts:
        return ""
    first, *others = _hit(site, ranked)
    drawn = path_figure(site, page, first)
    link = saying(site, page)
    lead = f"{counted(counts[first], 'single point')} on this way."
    rest = f" The others: {listed([f'{link(root)} ({counts[root]})' for root in others], 12)}." if others else ""
    return (
        section(f"Critical path: {site.graph[first].name}", "critical-path", f"{lead}{rest}\n{{: .sre-lede }}", drawn)
        if drawn
        else ""
    )


def _cycles(site: Site, page: str) -> str:
    """Return cycles of hard dependencies, and what could not be started from cold, as a list."""
    say = saying(site, page)
    lines = [f"- {' needs '.join(say(one) for one in (*cycle, cycle[0]))}" for cycle in site.graph.cycles]
    stuck = site.graph.cold_start_deadlock
    if stuck:
        lines.append(f"- Could not be started from cold: {listed([say(one) for one in stuck], 12)}")
    return "\n".join(lines)
