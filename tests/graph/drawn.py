"""Systems that hypothesis draws, and what is said of them by trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from mkdocs_sre.graph.model import DOMAIN, INSTANCE, JOURNEY, Builder, Element, Group, System

SIZE = 8
AVAILABILITIES = ("1", "0.999", "0.99", "0.95", "0.9", "0.5", "0")


@st.composite
def systems(draw: st.DrawFn, size: int = SIZE, *, stated: bool = True) -> System:
    """Up to `size` elements: services, some with two or three copies, and domains that nest; any groups, circles too."""
    builder = Builder()

    def stated_availability() -> Fraction | None:
        return Fraction(draw(st.sampled_from(AVAILABILITIES))) if stated else None

    domains = [
        builder.add(Element(f"zone-{number}", DOMAIN, availability=stated_availability()))
        for number in range(draw(st.integers(0, 2)))
    ]
    services = [
        builder.add(Element(f"service-{number}", availability=stated_availability()))
        for number in range(draw(st.integers(1, max(1, size - len(domains) - 2))))
    ]
    if len(domains) == 2 and draw(st.booleans()):
        builder.group(Group(domains[0], (domains[1],), origin="placement", declared=True))
    copied = draw(st.sampled_from([None, *services]))
    if copied is not None and size - len(builder.elements) >= 2:
        _copies(draw, builder, copied, domains, draw(st.integers(2, min(3, size - len(builder.elements)))))
    everything = list(range(len(builder.elements)))
    for _ in range(draw(st.integers(0, 2 * len(services)))):
        owner = draw(st.sampled_from(services))
        number = draw(st.sampled_from([1, 1, 1, 2, 2, 3, 4]))
        members = draw(st.lists(st.sampled_from(everything), min_size=number, max_size=number))
        builder.group(
            Group(
                owner,
                tuple(members),
                draw(st.integers(1, len(members))),
                hard=draw(st.sampled_from([True, True, True, False])),
                declared=draw(st.booleans()),
                needed=draw(st.sampled_from(["both", "both", "both", "run", "start"])),
            )
        )
    return builder.system()


def _copies(draw: st.DrawFn, builder: Builder, service: int, domains: list[int], number: int) -> None:
    one = builder.elements[service]
    builder.elements[service] = Element(one.id, availability=one.availability, replicated=True)
    copies: list[int] = []
    for position in range(number):
        copies.append(
            builder.add(Element(f"{one.id}-{position}", INSTANCE, availability=one.availability, service=one.id))
        )
        placed = draw(st.booleans())
        if domains and placed:
            builder.group(Group(copies[-1], (draw(st.sampled_from(domains)),), origin="placement", declared=True))
    need = draw(st.integers(1, number))
    builder.group(Group(service, tuple(copies), need, origin="replicas", declared=True))


def runs(group: Group) -> bool:
    return group.needed in ("run", "both")


def up(
    system: System,
    failed: Iterable[int],
    *,
    soft: bool = False,
    counts: Callable[[Group], bool] = runs,
    start: bool = False,
) -> set[int]:
    """What works, by the definition: every group counted again until nothing changes, from all (or, to start, none)."""
    gone = set(failed)
    works = set() if start else set(range(len(system))) - gone
    while True:
        now = {
            element
            for element in range(len(system))
            if element not in gone
            and all(
                sum(member in works for member in group.members) >= group.need
                for group in system.groups
                if group.owner == element and counts(group) and (group.hard or soft)
            )
        }
        if now == works:
            return works
        works = now


def takes_down(system: System, failed: Iterable[int], element: int) -> bool:
    return element not in up(system, failed)


def physical(system: System) -> list[int]:
    return [index for index, one in enumerate(system.elements) if not one.replicated]


def cone(system: System, root: int) -> set[int]:
    """Everything that an element needs to run by hard groups, itself among it."""
    found = {root}
    while True:
        more = {
            member
            for group in system.groups
            if group.owner in found and group.hard and runs(group)
            for member in group.members
        }
        if more <= found:
            return found
        found |= more


def minimal_cuts(system: System, root: int, universe: Iterable[int], order: int) -> list[tuple[int, ...]]:
    """All minimal sets of up to `order` elements of a universe that take a root down; by size, then sorted."""
    found: list[tuple[int, ...]] = []
    elements = sorted(universe)
    for size in range(1, order + 1):
        for chosen in combinations(elements, size):
            if not any(set(cut) <= set(chosen) for cut in found) and takes_down(system, chosen, root):
                found.append(chosen)
    return found


def exact_availability(system: System, root: int) -> Fraction:
    """The probability that a root is up: every combination of what works and what has failed, weighed."""
    elements = sorted(cone(system, root))
    total = Fraction(0)
    for size in range(len(elements) + 1):
        for failed in combinations(elements, size):
            if takes_down(system, failed, root):
                continue
            weight = Fraction(1)
            for element in elements:
                stated = system.elements[element].availability
                works = Fraction(1) if stated is None else stated
                weight *= 1 - works if element in failed else works
            total += weight
    return total


__all__ = ["JOURNEY", "cone", "exact_availability", "minimal_cuts", "physical", "runs", "systems", "takes_down", "up"]
