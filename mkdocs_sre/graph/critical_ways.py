"""Along which links of a drawing the single points of failure of its focus spread."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from mkdocs_sre.graph.model import DOMAIN

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.graph.outline import Link, Outline

Pairs = set[tuple[int, int]]  # links by source and target


def critical_ways(outline: Outline, focus: int | None, shown: set[int]) -> tuple[dict[int, Pairs], Pairs]:
    """Return, for each domain that is single, the links by which it is met first on a way from the focus; and all such ways.

    A way ends where it first meets the single point, so that a region in which everything stands is joined to the
    foremost services alone.
    """
    first: dict[int, Pairs] = {}
    heavy: Pairs = set()
    for element in outline.graph.single_elements(focus) if focus is not None else ():
        subject = outline.graph.subject(element)
        ways, last = _ways(outline, focus or 0, element, subject, shown)
        heavy |= ways
        if outline.graph[subject].kind == DOMAIN:
            first[subject] = last
    return first, heavy


def _ways(outline: Outline, focus: int, fault: int, subject: int, shown: set[int]) -> tuple[Pairs, Pairs]:
    """Return the links along which a fault spreads to the focus, and those of them that lead to it itself."""
    into: dict[int, list[int]] = defaultdict(list)  # from where each element is reached
    last: Pairs = set()
    seen, queue = {focus}, deque([focus])
    while queue:
        one = queue.popleft()
        links = [
            link
            for link in outline.links[one]
            if link.target in shown and _carries(outline.graph, link, fault, subject)
        ]
        direct = [link for link in links if link.target == subject]
        last |= {(one, subject) for _ in direct}
        for link in direct or links:
            into[link.target].append(one)
            if link.target not in seen and not direct:
                seen.add(link.target)
                queue.append(link.target)
    ways: Pairs = set()
    waiting = [subject]
    while waiting:
        target = waiting.pop()
        for source in into.pop(target, ()):
            ways.add((source, target))
            waiting.append(source)
    return ways, last


def _carries(graph: Graph, link: Link, fault: int, subject: int) -> bool:
    """Whether a fault spreads along a link: it takes its group below what is needed, this member among others."""
    if not link.hard or not (link.target == subject or graph.takes_down(fault, link.target)):
        return False
    if link.of:
        return link.fatal
    return sum(graph.takes_down(fault, member) for member in link.group.members) > link.group.slack
