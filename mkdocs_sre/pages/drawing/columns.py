"""Where nodes stand in columns, so that few lines cross and each node is near what it is joined to.

Source: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system structures", IEEE Transactions
on Systems, Man, and Cybernetics 11(2), 1981: columns, then barycentres, then places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SWEEPS = 12  # over all columns, there and back; further ones change next to nothing
SETTLES = 8

Item = tuple[str, int]  # a node by its key, in its column; or a bend of a line there


@dataclass(frozen=True)
class Places:
    """The columns from left to right, the height of the middle of each node and bend, and the bends of each line."""

    columns: list[list[Item]]
    y: dict[Item, float]
    bends: dict[tuple[str, str], list[Item]]
    height: float


def placed(layers: Mapping[str, int], edges: Sequence[tuple[str, str]], node: float, gap: float, bend: float) -> Places:
    """Return places for nodes in given columns (`layers`); `node` and `bend` are heights, `gap` what is between.

    A line that passes columns gets a bend in each, so that it does not run through nodes. Deterministic.
    """
    columns, bends, segments = _with_bends(layers, edges)
    columns = _ordered(columns, segments)
    sizes = {item: bend if "\n" in item[0] else node for column in columns for item in column}
    y = _settled(columns, segments, sizes, gap)
    low = min((y[item] - sizes[item] / 2 for item in y), default=0.0)
    high = max((y[item] + sizes[item] / 2 for item in y), default=0.0)
    return Places(columns, {item: value - low for item, value in y.items()}, bends, high - low)


def _with_bends(
    layers: Mapping[str, int], edges: Sequence[tuple[str, str]]
) -> tuple[list[list[Item]], dict[tuple[str, str], list[Item]], list[tuple[Item, Item]]]:
    numbers = {layer: index for index, layer in enumerate(sorted(set(layers.values())))}
    columns: list[list[Item]] = [[] for _ in numbers]
    for key, layer in layers.items():
        columns[numbers[layer]].append((key, numbers[layer]))
    bends: dict[tuple[str, str], list[Item]] = {}
    segments: list[tuple[Item, Item]] = []
    for source, target in edges:
        first, last = sorted((numbers[layers[source]], numbers[layers[target]]))
        low, high = (source, target) if numbers[layers[source]] == first else (target, source)
        between = [(f"{source}\n{target}", column) for column in range(first + 1, last)]
        for item in between:
            columns[item[1]].append(item)
        bends[source, target] = between if low == source else between[::-1]
        segments += pairwise([(low, first), *between, (high, last)])
    return columns, bends, segments


def _neighbours(segments: Sequence[tuple[Item, Item]]) -> tuple[dict[Item, list[Item]], dict[Item, list[Item]]]:
    before: dict[Item, list[Item]] = defaultdict(list)
    after: dict[Item, list[Item]] = defaultdict(list)
    for left, right in segments:
        after[left].append(right)
        before[right].append(left)
    return before, after


def _ordered(columns: list[list[Item]], segments: Sequence[tuple[Item, Item]]) -> list[list[Item]]:
    """Return the columns with their items ordered by the mean place of their neighbours; the best of all sweeps."""
    before, after = _neighbours(segments)
    current = [list(column) for column in columns]
    best, least = current, _crossings(current, after)
    for sweep in range(SWEEPS):
        if not least:
            break
        forth = sweep % 2 == 0
        for index in range(1, len(current)) if forth else range(len(current) - 2, -1, -1):
            place = {item: at for at, item in enumerate(current[index - 1 if forth else index + 1])}
            current[index] = _by_barycentre(current[index], before if forth else after, place)
        crossings = _crossings(current, after)
        if crossings < least:
            best, least = [list(column) for column in current], crossings
    return best


def _by_barycentre(
    column: Sequence[Item], joined: Mapping[Item, Sequence[Item]], place: Mapping[Item, int]
) -> list[Item]:
    keys: dict[Item, float] = {}
    for at, item in enumerate(column):
        near = [place[other] for other in joined.get(item, ()) if other in place]
        keys[item] = sum(near) / len(near) if near else float(at)
    return sorted(column, key=lambda item: keys[item])  # equal ones keep their order


def _crossings(columns: Sequence[Sequence[Item]], after: Mapping[Item, Sequence[Item]]) -> int:
    """Return how many pairs of lines cross between neighbouring columns."""
    total = 0
    for left, right in pairwise(columns):
        place = {item: at for at, item in enumerate(right)}
        ends = [end for item in left for end in sorted(place[other] for other in after.get(item, ()))]
        total += sum(first > second for at, first in enumerate(ends) for second in ends[at + 1 :])
    return total


def _settled(
    columns: Sequence[Sequence[Item]], segments: Sequence[tuple[Item, Item]], sizes: Mapping[Item, float], gap: float
) -> dict[Item, float]:
    """Return heights at which each item is as near as the others allow to the mean of what it is joined to."""
    before, after = _neighbours(segments)
    y: dict[Item, float] = {}
    for column in columns:
        total = sum(sizes[item] for item in column) + gap * (len(column) - 1)
        top = -total / 2
        for item in column:
            y[item] = top + sizes[item] / 2
            top += sizes[item] + gap
    for turn in range(SETTLES):
        for column in columns if turn % 2 == 0 else columns[::-1]:
            wanted = []
            for item in column:
                near = [y[other] for other in (*before.get(item, ()), *after.get(item, ()))]
                wanted.append(sum(near) / len(near) if near else y[item])
            y |= zip(column, _apart(wanted, [sizes[item] for item in column], gap), strict=True)
    return y


def _apart(wanted: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """Return the places nearest to those wanted (least squares) that keep order and distance: pool adjacent violators."""
    offsets, total = [], 0.0
    for size in sizes:
        offsets.append(total + size / 2)
        total += size + gap
    pools: list[tuple[float, int]] = []  # mean and number of places that are pushed together
    for want, offset in zip(wanted, offsets, strict=True):
        mean, number = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, number = (mean * number + other * count) / (number + count), number + count
        pools.append((mean, number))
    shifts = [mean for mean, number in pools for _ in range(number)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]
