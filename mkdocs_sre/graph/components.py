"""Strongly connected components, in the order in which a pass over the dependencies can take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:  # noqa: C901 - one loop; calls would double its time
    """Return the strongly connected components of a graph, each after all that it leads to; members sorted.

    Linear in elements and edges. Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on
    Computing 1(2), 1972; without recursion.
    """
    done = len(successors) + 1  # later than any element is met
    order = [0] * len(successors)  # when an element was first met, from 1; 0 when not yet, `done` once it is placed
    low = [0] * len(successors)
    found: list[list[int]] = []
    open_: list[int] = []
    met = 0
    for start in range(len(successors)):
        if order[start]:
            continue
        met += 1
        order[start] = low[start] = met
        open_.append(start)
        walk = [(start, iter(successors[start]))]
        while walk:
            node, rest = walk[-1]
            for other in rest:
                seen = order[other]
                if not seen:
                    met += 1
                    order[other] = low[other] = met
                    open_.append(other)
                    walk.append((other, iter(successors[other])))
                    break
                if seen < low[node]:  # noqa: PLR1730 - the innermost line of all: a call would cost a third of the walk
                    low[node] = seen
            else:
                walk.pop()
                least = low[node]
                if least == order[node]:
                    members = [open_.pop()]
                    while members[-1] != node:
                        members.append(open_.pop())
                    for member in members:
                        order[member] = done
                    found.append(sorted(members))
                elif least < low[walk[-1][0]]:
                    low[walk[-1][0]] = least
    return found
