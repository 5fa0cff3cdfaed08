"""What follows when something fails, as text: who is hit, what they are left with, and how it spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.model import INSTANCE, JOURNEY
from mkdocs_sre.graph.words import listed, needs, why_degraded, why_down
from mkdocs_sre.reports.graph.layout import Look, Sheet, first_of
from mkdocs_sre.reports.graph.names import counted, full_name, kinds_of, naming, shares_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.what_if import Loss, Outage

MOST = 20  # rows of a list
COPIES = 3  # copies that are named where many go down at once
_ALL = "`--format json` has all"


def outage_text(graph: Graph, outage: Outage, look: Look) -> str:
    """Return what goes down, journeys first, what only degrades and what it uses instead, and the chain."""
    return _Telling(graph, outage, look).text()


class _Telling:
    """One outage, told section by section."""

    def __init__(self, graph: Graph, outage: Outage, look: Look) -> None:
        self._graph, self._outage = graph, outage
        self._say = naming(graph)
        self._sheet = Sheet(look)

    def text(self) -> str:
        names = listed([full_name(self._graph, one) for one in self._outage.failed], MOST)
        self._sheet.heading(f"When {names} {'fails' if len(self._outage.failed) == 1 else 'fail together'}")
        for one in self._outage.failed:
            if self._graph[one].replicated:
                self._sheet.text(self._as_a_whole(one))
        self._down()
        self._degraded()
        self._chain()
        self._rows(
            "Still enough, with less to spare", [(self._say(one.element), self._left(one)) for one in self._plain()]
        )
        self._rows("Runs on, but cannot start again", [self._stuck(one) for one in self._outage.stuck])
        return str(self._sheet)

    def _as_a_whole(self, index: int) -> str:
        copies = [
            one for group in self._graph.system.groups_of[index] if group.origin == "replicas" for one in group.members
        ]
        named = listed([self._graph[one].id for one in copies[:COPIES]])
        return (
            f"{self._graph[index].id} is replicated. This is its failure as a whole, whatever its {len(copies)} copies do: "
            f"a bad release, a wrong configuration, lost data. For the loss of a copy or a zone, name that instead, such as {named}."
        )

    def _down(self) -> None:
        down = [one for one in self._outage.down if self._graph[one].counts]
        rest = [one for one in self._outage.down if not self._graph[one].counts]
        also = f" ({listed(kinds_of(self._graph, rest))} too)" if rest else ""
        if not down:
            self._sheet.heading(f"Nothing that users or services call goes down{also}")
            return
        self._sheet.heading(f"Down: {listed(shares_of(self._graph, down), MOST)}{also}")
        self._sheet.items(self._by_weight(down))

    def _by_weight(self, elements: Sequence[int]) -> Iterator[tuple[str, str]]:
        """Yield journeys, then the tiers, the most critical first, then what has no tier."""
        journeys = [one for one in elements if self._graph[one].kind == JOURNEY]
        if journeys:
            yield "journeys", listed([full_name(self._graph, one) for one in journeys], MOST)
        others = [one for one in elements if self._graph[one].kind != JOURNEY]
        tiers = sorted({tier for one in others if (tier := self._graph[one].tier) is not None})
        for tier in [*tiers, None]:
            names = [self._graph[one].id for one in others if self._graph[one].tier == tier]
            if names:
                yield ("others" if tier is None else f"tier {tier}"), listed(names, MOST)

    def _degraded(self) -> None:
        rows = [(self._say(loss.element), self._lacks(loss)) for loss in self._outage.degraded]
        if rows:
            shares = shares_of(self._graph, [loss.element for loss in self._outage.degraded])
            self._rows(f"Works, with less: {listed(shares, MOST)}", rows)

    def _lacks(self, loss: Loss) -> str:
        gone = {*self._outage.failed, *self._outage.down}
        lost = tuple(one for one in loss.lost if one in gone)
        if not loss.group.hard and not lost:
            return f"uses {listed(map(self._say, loss.lost))}, which {'is' if len(loss.lost) == 1 else 'are'} degraded"
        return why_degraded(loss.group, lost if lost and not loss.group.hard else loss.lost, self._say)

    def _chain(self) -> None:
        if not self._outage.rounds:
            return
        self._sheet.heading("How it spreads")
        rows: list[tuple[str, str]] = []
        for number, losses in enumerate(self._outage.rounds, 1):
            told = [
                *self._copies(losses),
                *(self._reason(one) for one in losses if self._graph[one.element].kind != INSTANCE),
            ]
            rows += [(f"{number}." if not position else "", one) for position, one in enumerate(told)]
        self._sheet.items(first_of(rows, MOST * 2, _ALL))

    def _copies(self, losses: Sequence[Loss]) -> Iterator[str]:
        """Yield what stands in one domain together."""
        by_domain: dict[tuple[int, ...], list[int]] = {}
        for one in losses:
            if self._graph[one.element].kind == INSTANCE:
                by_domain.setdefault(one.lost, []).append(one.element)
        for lost, copies in by_domain.items():
            names = listed([self._graph[one].id for one in copies])
            verb = "stands" if len(copies) == 1 else "stand"
            many = "" if len(copies) == 1 else f"{counted(len(copies), INSTANCE)} {verb} in "
            where = listed(map(self._say, lost))
            yield f"{many}{where}: {names}" if many else f"{names} {verb} in {where}"

    def _reason(self, loss: Loss) -> str:
        return f"{self._say(loss.element)}: {why_down(loss.group, loss.lost, self._say)}"

    def _plain(self) -> list[Loss]:
        """Return the groups with less to spare, those without any spare first."""
        return sorted(self._outage.strained, key=lambda one: (one.spare > 0, one.element))

    def _left(self, loss: Loss) -> str:
        group = loss.group
        members = set(group.members)
        left, lost = len(members) - len(loss.lost), listed(map(self._say, loss.lost))
        what = " copies" if group.origin == "replicas" else ""
        next_ = "; one more lost is too many" if not loss.spare else ""
        if group.origin == "replicas":
            return f"{left} of {len(members)}{what} left, {group.need} needed{next_}"
        if len(members) < len(group.members):  # what stands in counts for as many as are needed
            rest = [one for one in dict.fromkeys(group.members) if one not in loss.lost]
            verb = "is" if left == 1 else "are"
            return f"{needs(group, self._say)}; without {lost}, {listed(map(self._say, rest))} {verb} left{next_}"
        return f"{needs(group, self._say)}; without {lost}, {left} of {len(members)} left{next_}"

    def _stuck(self, loss: Loss) -> tuple[str, str]:
        return self._say(loss.element), f"needs {listed(map(self._say, loss.lost))} to start"

    def _rows(self, heading: str, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            self._sheet.heading(heading)
            self._sheet.items(first_of(rows, MOST, _ALL))
