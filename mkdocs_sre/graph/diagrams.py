"""Binary decision diagrams: all the sets of faults that take something down, in a form that can be weighed and counted."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_sre.graph.needs import Needs

LEAF = 1 << 62  # the level of a node that asks about no fault
STEPS = 8  # so many intermediate results a node are kept at most


class TooLargeError(Exception):
    """A diagram would need more nodes than it may have. Its text says how many."""


class Node:
    """A function of faults, as a question: `low` is the rest when the fault of this `level` has not happened, else `high`.

    Equal functions are one node, so nodes are compared by identity.
    """

    __slots__ = ("diagram", "high", "level", "low")

    def __init__(self, diagram: Diagram, level: int, low: Node | None = None, high: Node | None = None) -> None:
        self.diagram = diagram
        self.level = level
        self.low = low or self
        self.high = high or self

    def __or__(self, other: Node, /) -> Node:
        return self.diagram.either(self, other)

    def __and__(self, other: Node, /) -> Node:
        return self.diagram.both(self, other)


Pair = tuple[Node, Node]


class Diagram:
    """The nodes of functions of the same faults, at most `most` of them. Faults are told apart by level, from 0.

    Source: Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE Transactions on Computers 35(8),
    1986; without recursion.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.never = Node(self, LEAF)
        self.always = Node(self, LEAF)
        self._nodes: dict[tuple[int, Node, Node], Node] = {}
        self._either: dict[Pair, Node] = {}
        self._both: dict[Pair, Node] = {}

    def node(self, level: int, low: Node, high: Node) -> Node:
        """Return the one node with this question and these answers."""
        return low if low is high else self._one(level, low, high)

    def _one(self, level: int, low: Node, high: Node) -> Node:
        key = (level, low, high)
        found = self._nodes.get(key)
        if found is None:
            if len(self._nodes) >= self._most:
                raise TooLargeError(f"more than {self._most:,} nodes")
            found = self._nodes[key] = Node(self, level, low, high)
        return found

    def fault(self, level: int) -> Node:
        """Return what happens exactly when the fault of a level does."""
        return self.node(level, self.never, self.always)

    def either(self, one: Node, other: Node) -> Node:
        """Return what happens when one or the other does."""
        return self.settled((one, other), lambda pair: _split(pair, self.always, self.never), self._either)

    def both(self, one: Node, other: Node) -> Node:
        """Return what happens when both do."""
        return self.settled((one, other), lambda pair: _split(pair, self.never, self.always), self._both)

    def settled(self, first: Pair, parts: Callable[[Pair], Node | tuple[Pair, Pair]], known: dict[Pair, Node]) -> Node:
        """Return what an operation makes of a pair. `parts` says it of simple pairs, and splits others by their level."""
        waiting = [first]
        while waiting:
            pair = waiting[-1]
            split = None if pair in known else parts(pair)
            if isinstance(split, Node):
                known[pair] = split
            elif split is not None:
                low, high = split
                if low not in known or high not in known:
                    waiting += split
                    continue
                known[pair] = self.node(min(pair[0].level, pair[1].level), known[low], known[high])
            if len(known) > STEPS * self._most:
                raise TooLargeError(f"more than {STEPS * self._most:,} steps")
            waiting.pop()
        return known[first]


def _split(pair: Pair, ends: Node, passes: Node) -> Node | tuple[Pair, Pair]:
    """Split a pair of which the leaf `ends` decides alone, and the leaf `passes` leaves it to the other."""
    one, other = pair
    if one is ends or other is passes or one is other:
        return one
    if other is ends or one is passes:
        return other
    if one.level == other.level:
        return (one.low, other.low), (one.high, other.high)
    if one.level < other.level:
        return (one.low, other), (one.high, other)
    return (one, other.low), (one, other.high)


def below(node: Node) -> list[Node]:
    """Return a node and all under it, each after those that it leads to."""
    seen = {node}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for other in (one.low, one.high):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return sorted(seen, key=lambda one: -one.level)


def levels_of(needs: Needs, top: int, universe: Sequence[bool]) -> list[int | None]:
    """Return the level of each element of a universe, None of others: in the order of a walk in depth from the top.

    What stands close together in the system does so in the diagram, which keeps it small.
    """
    found: list[int | None] = [None] * len(needs)
    seen: set[int] = set()
    waiting = [top]
    level = 0
    while waiting:
        element = waiting.pop()
        if element in seen:
            continue
        seen.add(element)
        if universe[element]:
            found[element] = level
            level += 1
        waiting.extend(reversed(needs.successors[element]))
    return found


def down_function(needs: Needs, top: int, levels: Sequence[int | None], most: int) -> Node:
    """Return which faults take the top down. Raises `TooLargeError` when that takes more than `most` nodes.

    By the same pass as that for single faults, with functions in place of sets.
    """
    diagram = Diagram(most)
    own = [diagram.never if level is None else diagram.fault(level) for level in levels]
    return needs.spread(own, diagram.never)[top]


def chance_of_none(function: Node, works: Sequence[Fraction]) -> Fraction:
    """Return the probability that a function of independent faults does not happen.

    `works` says, by level, with which probability its fault does not happen: exactly
    P(node) = works * P(low) + (1 - works) * P(high). In whole numbers over one denominator, since fractions would be
    reduced at every node.
    """
    common = lcm(*(one.denominator for one in works))
    powers = [1]
    for _ in works:
        powers.append(powers[-1] * common)
    never = function.diagram.never
    depth = len(works)
    chance: dict[Node, int] = {}  # in parts of common ** (depth - level)
    for node in below(function):
        if node.level == LEAF:
            chance[node] = int(node is never)
            continue
        up = works[node.level].numerator * (common // works[node.level].denominator)
        low, high = (chance[one] * powers[min(one.level, depth) - node.level - 1] for one in (node.low, node.high))
        chance[node] = up * low + (common - up) * high
    return Fraction(chance[function], powers[depth - min(function.level, depth)])
