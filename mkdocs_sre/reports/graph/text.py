"""A dependency graph as text: for each root what takes it down alone, in pairs, and what it can hope for."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from typing import TYPE_CHECKING

from mkdocs_sre.graph.components import components
from mkdocs_sre.graph.large import LARGE
from mkdocs_sre.graph.model import INSTANCE
from mkdocs_sre.graph.needs import Needs
from mkdocs_sre.graph.words import listed, reach_in_words, way_in_words
from mkdocs_sre.reports.graph.availability import availability_rows, unstated
from mkdocs_sre.reports.graph.json import MOST_PAIRED, PAIR, are_named, cuts_of, pairs_of
from mkdocs_sre.reports.graph.layout import Look, Sheet, first_of, more, tied
from mkdocs_sre.reports.graph.names import full_name, kinds_of, naming, what_it_is
from mkdocs_sre.reports.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.analysis import Graph, SinglePoint

MOST = 20  # rows of a list, roots of a report, names of a sentence
WEIGHED = 200  # blast radii that are ranked in a graph of over `MOST_PAIRED` elements: those of most elements
_ALL = "`--format json` has all"


def graph_text(graph: Graph, roots: Sequence[int], order: int, look: Look) -> str:
    """Return what is known of a graph: its size, its roots one by one, blast radii by weight, cycles, cold starts."""
    return _Telling(graph, order, look).text(roots)


class _Telling:
    """One graph, told section by section."""

    def __init__(self, graph: Graph, order: int, look: Look) -> None:
        self._graph, self._order = graph, order
        self._say = naming(graph)
        self._sheet = Sheet(look)
        self._named = False  # whether the roots are some that were asked for, not all

    def text(self, roots: Sequence[int]) -> str:
        self._named = are_named(self._graph, roots)
        self._size()
        for root in roots[:MOST]:
            self._root(root)
        if len(roots) > MOST:
            self._sheet.heading(f"{plural(len(roots) - MOST, 'further root')}; name one with `--root ID`, or {_ALL}")
        self._blast_radii()
        self._cycles()
        return str(self._sheet)

    def _size(self) -> None:
        elements = range(len(self._graph.system))
        if not elements:
            self._sheet.heading("The graph is empty: no document of type `service`, no node and no entity is there")
            return
        self._sheet.heading(listed(kinds_of(self._graph, elements), MOST))
        said, of = self._graph.declared_share
        if of and said == of:
            self._sheet.text("Every dependency says how critical or redundant it is.")
        elif of:
            self._sheet.text(
                f"{said:,} of {of:,} dependencies say how critical or redundant they are; of the others it is assumed that "
                "nothing works without them."
            )

        if not self._stated:
            self._sheet.text("Nobody states an availability (`availability:`), so no bounds of it are told.")

    @property
    def _stated(self) -> bool:
        return any(one.availability is not None for one in self._graph.system.elements)

    def _root(self, root: int) -> None:
        self._sheet.heading(f"{full_name(self._graph, root)}, {what_it_is(self._graph, root)}")
        self._points(root)
        self._wholes(root)
        self._cuts(root)
        if self._stated:
            self._availability(root)

    def _points(self, root: int) -> None:
        points = self._graph.single_elements(root)
        if not points:
            self._sheet.text("No single point of failure.")
            return
        said = len(self._graph.declared_points(root))
        assumed = len(points) - said
        every = "" if len(points) == 1 else "all "
        how = (
            f"{said:,} declared, {assumed:,} assumed"
            if said and assumed
            else f"{every}{'declared' if said else 'assumed'}"
        )
        self._sheet.text(f"{plural(len(points), 'single point')} of failure, {how}:")
        rows = [(self._graph[one].id, self._why(self._graph.point(root, one))) for one in points[:MOST]]
        self._sheet.items([*rows, *more(len(points) - MOST, _ALL)])

    def _why(self, point: SinglePoint) -> str:
        how = "declared" if point.declared else "assumed"
        return f"{point.cause}, {how}: {way_in_words(point.way, point.element, self._say)}"

    def _wholes(self, root: int) -> None:
        wholes = [one for one in self._graph.critical_dependencies(root) if self._graph[one].replicated]
        if wholes:
            names = listed([self._graph[one].id for one in wholes], MOST)
            self._sheet.text(
                f"Also down with the whole of any of these, whose copies share a release, a configuration or data: {names}."
            )

    def _cuts(self, root: int) -> None:
        pairs = pairs_of(self._graph, root, named=self._named)
        if pairs is None:
            self._sheet.text(
                f"What takes it down in pairs is told with `--root {self._graph[root].id}`: the graph is large."
            )
            return
        self._together("Down when both fail", pairs)
        if self._order == PAIR:
            return
        most = "3" if self._order == PAIR + 1 else f"3 to {self._order}"
        cuts = cuts_of(self._graph, root, self._order)
        if cuts is None:
            self._sheet.text(f"What takes it down when {most} fail is too much to be told.")
        else:
            self._together(f"Down when all {most} fail", cuts)

    def _together(self, what: str, cuts: Sequence[Sequence[int]]) -> None:
        if not cuts:
            return
        ways = Counter(" + ".join(self._sorts(cut)) for cut in cuts)
        names = [tied(one if number == 1 else f"{one} ({number:,} ways)") for one, number in sorted(ways.items())]
        more = f", and {len(names) - MOST:,} more ({_ALL})" if len(names) > MOST else ""
        self._sheet.text(f"{what}: {', '.join(names[:MOST])}{more}.")

    def _sorts(self, cut: Sequence[int]) -> list[str]:
        """Return the members of a cut, the copies of one service as one: `2 copies of orders-db`, `zone-a`."""
        subjects = Counter((self._graph.subject(one), self._graph[one].kind == INSTANCE) for one in cut)
        named = [(self._graph[one].id, copy, number) for (one, copy), number in subjects.items()]
        return [
            (f"{number} copies of {name}" if number > 1 else f"a copy of {name}") if copy else name
            for name, copy, number in sorted(named)
        ]

    def _availability(self, root: int) -> None:
        known = self._graph.availability(root)
        rows = availability_rows(self._graph, known)
        if rows:
            self._sheet.text("Availability, from what is stated:")
            self._sheet.items(rows)
        lacking = unstated(self._graph, known)
        if lacking:
            self._sheet.text(lacking)

    def _blast_radii(self) -> None:
        found = [(reach, one) for one in self._heavy() if any(astuple(reach := self._graph.reach(one)))]
        found.sort(key=lambda one: (*one[0].rank, self._graph[one[1]].id.lower()))
        if found:
            self._sheet.heading("What goes down with each alone, the most first")
            rows = [
                (self._graph[one].id, reach_in_words(reach, len(self._graph.blast_radius(one).degraded)))
                for reach, one in found[:MOST]
            ]
            self._sheet.items([*rows, *more(len(found) - MOST, _ALL)])

    def _heavy(self) -> Sequence[int]:
        """Return the elements whose blast radii are ranked: all, of a large graph those that take most elements down."""
        every = range(len(self._graph.system))
        if len(every) <= MOST_PAIRED:
            return every
        if len(every) > LARGE:
            self._sheet.heading(
                "What goes down with each alone is not told of so large a graph; ask with `--what-if ID`"
            )
            return ()
        sizes = self._graph.down_sets
        return sorted(every, key=lambda one: (-sizes.count(one), one))[:WEIGHED]

    def _cycles(self) -> None:
        if self._graph.cycles:
            needs = Needs.of(self._graph.system)
            sizes = {one: len(members) for members in components(needs.successors) for one in members}
            self._sheet.heading("Cycles: these need each other, so that all of them go down together")
            rows = [(f"{sizes[cycle[0]]:,} elements", self._round(cycle)) for cycle in self._graph.cycles]
            self._sheet.items(first_of(rows, MOST, "mend these first"))
        if self._graph.cold_start_deadlock:
            names = listed([self._graph[one].id for one in self._graph.cold_start_deadlock], MOST)
            self._sheet.heading("Cold start")
            self._sheet.text(f"When everything is off, these can never come up, since each waits for another: {names}.")

    def _round(self, cycle: Sequence[int]) -> str:
        first, *rest = [self._say(one) for one in (*cycle, cycle[0])]
        return f"{first} needs {', which needs '.join(rest)}"
