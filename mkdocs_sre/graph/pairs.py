"""Double points of failure: two faults that take a root down together and neither alone."""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from mkdocs_sre.graph.bits import members_of
from mkdocs_sre.graph.needs import lost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.graph.needs import Choice, Needs


def double_faults(needs: Needs, root: int, physical: int) -> tuple[tuple[int, int], ...]:
    """Return the minimal cut sets of order 2 of a root in the physical universe, without the root itself; sorted.

    `physical` is that universe as a bitset. Only what alone takes down a member of a group with slack can be half of a
    pair, and nothing else of it matters: two faults that take down the same such members have the same partners, and are
    followed as one. Each is failed in turn (the sets of its members become "every later fault"), and what that changes
    spreads upwards until it reaches the root or changes nothing.
    """
    cone = needs.cone([root])
    local = needs.within(cone)
    top = cone.index(root)
    found = local.spread([1 << at if physical >> cone[at] & 1 else 0 for at in range(len(cone))], 0)
    shared = sorted({one for choices in local.choices for _, members in choices for one in members})
    alone = found[top] | 1 << top
    taken: dict[int, int] = defaultdict(int)  # by fault, what it takes down of those members
    for slot, member in enumerate(shared):
        for fault in members_of(found[member] & ~alone):
            taken[fault] |= 1 << slot
    alike: dict[int, list[int]] = defaultdict(list)
    for fault in sorted(taken):
        alike[taken[fault]].append(cone[fault])
    kinds = list(alike.items())
    reached = _Kinds(local, top, shared, [kind for kind, _ in kinds]).partners()
    return tuple(
        sorted(
            (min(one, other), max(one, other))
            for first, partners in enumerate(reached)
            for second in members_of(partners)
            for one in kinds[first][1]
            for other in kinds[second][1]
        )
    )


class _Kinds:
    """Kinds of faults, each a bit: the members (slots of `shared`) that they take down at least."""

    def __init__(self, needs: Needs, top: int, shared: list[int], kinds: list[int]) -> None:
        self._needs = needs
        self._top = top
        self._every = (1 << len(kinds)) - 1
        self._members = [[shared[slot] for slot in members_of(kind)] for kind in kinds]
        found = [0] * len(needs)
        for bit, members in enumerate(self._members):
            for member in members:
                found[member] |= 1 << bit
        self._found = needs.spread(found, 0)
        self._plain: list[list[int]] = [[] for _ in found]  # by member, who needs it
        self._groups: list[list[tuple[int, Choice]]] = [[] for _ in found]  # by member, its groups with slack
        for owner in range(len(needs)):
            for member in dict.fromkeys(needs.plain[owner]):
                self._plain[member].append(owner)
            for choice in needs.choices[owner]:
                for member in dict.fromkeys(choice[1]):
                    self._groups[member].append((owner, choice))
        self._rank = [0] * len(found)
        for rank, element in enumerate(needs.order):
            self._rank[element] = rank

    def partners(self) -> list[int]:
        """Return, by kind, the later kinds with which it takes the top down, as bitsets."""
        return [self._with(members, self._every >> kind + 1 << kind + 1) for kind, members in enumerate(self._members)]

    def _with(self, members: Sequence[int], others: int) -> int:
        """Return which of the others take the top down when the members are down already.

        What has changed is taken in the order of needs, so that it is final when it is handed on, but for circles.
        """
        found, rank, order = self._found.copy(), self._rank, self._needs.order
        for member in members:
            found[member] |= others
        waiting = [rank[member] for member in members]
        heapify(waiting)
        while waiting:
            place = heappop(waiting)
            if waiting and waiting[0] == place:
                continue
            member = order[place]
            for owner in self._plain[member]:
                now = found[owner] | found[member]
                if now != found[owner]:
                    found[owner] = now
                    heappush(waiting, rank[owner])
            for owner, (slack, group) in self._groups[member]:
                now = found[owner] | lost(found, slack, group, 0)
                if now != found[owner]:
                    found[owner] = now
                    heappush(waiting, rank[owner])
        return found[self._top]
