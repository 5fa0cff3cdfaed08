"""Minimal cut sets: the sets of faults that take a root down, of which none can be left out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.graph.diagrams import LEAF, Diagram, Node, TooLargeError, below, down_function, levels_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mkdocs_sre.graph.diagrams import Pair
    from mkdocs_sre.graph.needs import Needs

MOST_NODES = 100_000  # of the diagram for one root; past it there is no answer: some seconds, some 100 MB
MOST_CUTS = 100_000  # listed for one root; past it there is no answer


class Family(Diagram):
    """Sets of faults: a node holds those of `low`, and those of `high` with its own fault added to each.

    `never` is no set at all, `always` the empty set alone. Source: Minato, "Zero-suppressed BDDs for set manipulation
    in combinatorial problems", Design Automation Conference 1993.
    """

    def node(self, level: int, low: Node, high: Node) -> Node:
        """Return the one node with these sets."""
        return low if high is self.never else self._one(level, low, high)

    def minimal(self, function: Node) -> Node:
        """Return the minimal sets of faults by which a function that only grows with them happens.

        Those with the fault of a node are the minimal sets of `high` by which `low` does not happen already. Source:
        Rauzy, "New algorithms for fault trees analysis", Reliability Engineering and System Safety 40(3), 1993.
        """
        found = {function.diagram.never: self.never, function.diagram.always: self.always}
        known: dict[Pair, Node] = {}
        for node in below(function):
            if node.level != LEAF:
                high = self.settled((found[node.high], node.low), self._without, known)
                found[node] = self.node(node.level, found[node.low], high)
        return found[function]

    def _without(self, pair: Pair) -> Node | tuple[Pair, Pair]:
        """Split: the sets of the first of a pair by which the second does not happen."""
        sets, function = pair
        if function is function.diagram.always:
            return self.never
        if function is function.diagram.never or sets.level == LEAF:
            return sets  # by no fault at all, a function that is not `always` does not happen
        if sets.level < function.level:
            return (sets.low, function), (sets.high, function)
        if sets.level > function.level:
            return (sets, function.low), (self.never, function)
        return (sets.low, function.low), (sets.high, function.high)


def minimal_cuts(function: Node, most: int) -> Node:
    """Return the minimal sets of faults by which a function happens, as a `Family`; `TooLargeError` past `most` nodes."""
    return Family(most).minimal(function)


def listed(sets: Node, order: int) -> list[tuple[int, ...]]:
    """Return the sets of a family with at most `order` faults, each as levels. Raises `TooLargeError` past `MOST_CUTS`."""
    least = {sets.diagram.never: order + 1, sets.diagram.always: 0}
    for node in below(sets):
        if node.level != LEAF:
            least[node] = min(least[node.low], least[node.high] + 1)
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[Node, tuple[int, ...]]] = [(sets, ())]
    while waiting:
        node, chosen = waiting.pop()
        if len(chosen) + least[node] > order:
            continue
        if node.level == LEAF:
            found.append(chosen)
            if len(found) > MOST_CUTS:
                raise TooLargeError(f"more than {MOST_CUTS:,} cut sets")
            continue
        waiting.append((node.low, chosen))
        waiting.append((node.high, (*chosen, node.level)))
    return found


def sum_of_least(sets: Node, weights: Sequence[Fraction]) -> Fraction:
    """Return the sum, over the sets of a family, of the least weight in each; weights by level, above 0.

    A least weight is the sum of the steps between the distinct weights up to it: for each step, the sets are counted
    of which no member weighs less. Linear in nodes times distinct weights.
    """
    nodes = below(sets)
    total, before = Fraction(0), Fraction(0)
    for weight in sorted(set(weights)):
        count = {sets.diagram.never: 0, sets.diagram.always: 1}
        for node in nodes:
            if node.level != LEAF:
                count[node] = count[node.low] + (count[node.high] if weights[node.level] >= weight else 0)
        total += count[sets] * (weight - before)
        before = weight
    return total


def cut_sets(
    needs: Needs, root: int, physical: int, order: int, without: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """Return the minimal cut sets of a root in the physical universe, of 3 up to `order` faults; by size, then sorted.

    `physical` is that universe as a bitset. The root itself counts as no fault, nor does what is in `without`: the
    single points, which stand in no greater minimal cut. Raises `TooLargeError` when the cone of the root is too
    entangled (`MOST_NODES`) or the sets are too many (`MOST_CUTS`).
    """
    cone = needs.cone([root])
    local = needs.within(cone)
    left_out = {root, *without}
    levels = levels_of(local, cone.index(root), [bool(physical >> one & 1) and one not in left_out for one in cone])
    element_at = {level: cone[at] for at, level in enumerate(levels) if level is not None}
    sets = minimal_cuts(down_function(local, cone.index(root), levels, MOST_NODES), MOST_NODES)
    cuts = [tuple(sorted(element_at[level] for level in cut)) for cut in listed(sets, order)]
    return tuple(sorted((cut for cut in cuts if len(cut) >= 3), key=lambda cut: (len(cut), cut)))  # noqa: PLR2004
