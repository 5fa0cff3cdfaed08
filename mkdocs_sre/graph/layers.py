"""Columns for a drawing: what is needed stands to the right of what needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def layered(nodes: Sequence[int], targets: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the column of each node, from 0: one more than the greatest of the nodes that lead to it.

    Nodes are taken in their order, and links that would close a cycle are passed over, so every other link leads from
    left to right. Linear in nodes and links.

    >>> layered([0, 1, 2], {0: [1, 2], 1: [2], 2: [0]})
    {0: 0, 1: 1, 2: 2}
    """
    order, kept = _finished(nodes, targets)
    column = dict.fromkeys(nodes, 0)
    for node in reversed(order):
        for target in kept[node]:
            column[target] = max(column[target], column[node] + 1)
    return column


def _finished(nodes: Sequence[int], targets: Mapping[int, Sequence[int]]) -> tuple[list[int], dict[int, list[int]]]:
    """Return the nodes in the order in which a walk in depth leaves them, and the links that close no cycle."""
    open_: set[int] = set()
    done: dict[int, None] = {}
    kept: dict[int, list[int]] = {node: [] for node in nodes}
    for start in nodes:
        if start in done:
            continue
        open_.add(start)
        walk = [(start, iter(targets.get(start, ())))]
        while walk:
            node, rest = walk[-1]
            for target in rest:
                if target in open_:
                    continue
                kept[node].append(target)
                if target not in done:
                    open_.add(target)
                    walk.append((target, iter(targets.get(target, ()))))
                    break
            else:
                walk.pop()
                open_.discard(node)
                done[node] = None
    return list(done), kept
