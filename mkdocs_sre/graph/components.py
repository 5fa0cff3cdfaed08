"""Strongly connected components, in the order in which a pass over the dependencies can take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components of a graph, each after all that it leads to; members sorted.

    Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2), 1972; without
    recursion.
    """
    order = [0] * len(successors)  # when an element was first met, from 1; 0 when not yet
    low = [0] * len(successors)
    done = [False] * len(successors)
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
                if not order[other]:
                    met += 1
                    order[other] = low[other] = met
                    open_.append(other)
                    walk.append((other, iter(successors[other])))
                    break
                if not done[other]:
                    low[node] = min(low[node], order[other])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == order[node]:
                    at = open_.index(node) if open_[-1] != node else len(open_) - 1
                    members = open_[at:]
                    del open_[at:]
                    for member in members:
                        done[member] = True
                    found.append(sorted(members))
    return found
