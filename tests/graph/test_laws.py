"""What the passes say of any system is what trying every element, pair and combination says."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.graph import large
from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.blast import Counters
from mkdocs_sre.graph.faults import faults_of
from mkdocs_sre.graph.fixed_points import down, rounds
from mkdocs_sre.graph.model import System
from mkdocs_sre.graph.needs import Needs
from tests.graph.drawn import cone, exact_availability, minimal_cuts, physical, systems, takes_down, up

many = settings(max_examples=200, deadline=None)
some = settings(max_examples=100, deadline=None)


@many
@given(systems())
def test_single_points_are_what_takes_a_root_down_alone(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        alone = [one for one in range(len(system)) if one != root and takes_down(system, [one], root)]
        assert list(graph.critical_dependencies(root)) == alone
        assert [point.element for point in graph.single_points(root)] == [
            one for one in alone if one in physical(system)
        ]


@many
@given(systems())
def test_a_blast_radius_is_what_no_longer_works(system: System) -> None:
    graph = Graph(system)
    for fault in range(len(system)):
        counted = [one for one in range(len(system)) if one != fault and system.elements[one].counts]
        gone = [one for one in counted if one not in up(system, [fault])]
        worse = [one for one in counted if one not in up(system, [fault], soft=True) and one not in gone]
        radius = graph.blast_radius(fault)
        assert list(radius.down) == gone
        assert list(radius.degraded) == worse


@many
@given(systems(), st.data())
def test_any_failures_take_down_what_no_longer_works(system: System, data: st.DataObject) -> None:
    failed = data.draw(st.sets(st.integers(0, len(system) - 1)))
    everything = set(range(len(system)))
    for soft in (False, True):
        expected = everything - up(system, failed, soft=soft)
        assert down(system, failed, soft=soft) == expected
        assert Counters(Needs.of(system, soft=soft)).down(failed) == expected


@many
@given(systems(), st.data())
def test_a_round_goes_down_for_want_of_what_earlier_ones_lost(system: System, data: st.DataObject) -> None:
    failed = data.draw(st.sets(st.integers(0, len(system) - 1)))
    gone = set(failed)
    for one in rounds(system, failed):
        for element, group in one:
            assert element == group.owner
            assert element not in gone
            assert sum(member not in gone for member in group.members) < group.need
        gone |= {element for element, _ in one}


@many
@given(systems())
def test_pairs_take_a_root_down_together_and_neither_alone(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        universe = [one for one in physical(system) if one != root]
        pairs = [cut for cut in minimal_cuts(system, root, universe, 2) if len(cut) == 2]
        assert list(graph.pairs(root)) == pairs


@some
@given(systems(7))
def test_greater_cuts_are_the_minimal_ones(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        universe = [one for one in physical(system) if one != root]
        cuts = [cut for cut in minimal_cuts(system, root, universe, 4) if len(cut) > 2]
        assert list(graph.cuts(root, 4)) == cuts


@many
@given(systems())
def test_what_cannot_start_is_up_in_the_greatest_and_not_in_the_least_fixed_point(system: System) -> None:
    def counts(group: object) -> bool:
        return getattr(group, "needed", "") in ("start", "both")

    greatest, least = up(system, [], counts=counts), up(system, [], counts=counts, start=True)
    assert set(Graph(system).cold_start_deadlock) == greatest - least


@some
@given(systems(8))
def test_exact_availability_is_the_sum_over_all_combinations(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        assert graph.availability(root).exact == exact_availability(system, root)


@some
@given(systems(7))
def test_the_bound_by_cut_sets_is_the_sum_over_all_of_them(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        elements = cone(system, root)
        missing = {one: 1 - (system.elements[one].availability or Fraction(0)) for one in elements}
        cuts = minimal_cuts(system, root, elements, len(elements))
        bound = 1 - sum((min(missing[one] for one in cut) for cut in cuts), Fraction(0))
        assert graph.availability(root).lower_any_mcs == max(0, bound)


@many
@given(systems())
def test_lower_bounds_lie_below_and_upper_ones_above(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        found = graph.availability(root)
        assert found.exact is not None
        assert found.lower_any is not None
        assert found.lower_independent is not None
        assert found.lower_any_mcs is not None
        rising = (found.lower_any, found.lower_independent, found.exact, found.upper_independent, found.upper_any)
        assert all(low <= high for low, high in pairwise((Fraction(0), *rising, Fraction(1))))
        assert found.lower_any_mcs <= found.exact


@many
@given(systems())
def test_a_way_shows_how_the_fault_takes_the_root_down(system: System) -> None:
    graph = Graph(system)
    for root in range(len(system)):
        for point in graph.single_points(root):
            gone = set(range(len(system))) - up(system, [point.element])
            assert point.way[0].element == root
            assert point.way[-1].towards == point.element
            for step, after in pairwise(point.way):
                assert step.towards == after.element
            for step in point.way:
                assert step.group.owner == step.element
                assert step.group in system.groups
                assert step.towards in step.lost
                assert set(step.lost) == gone & set(step.group.members)
                assert sum(member not in gone for member in step.group.members) < step.group.need


@many
@given(systems(), st.integers(1, 5))
def test_faults_followed_in_turns_are_those_followed_at_once(system: System, block: int) -> None:
    graph = Graph(system)
    every = range(len(system))
    assert faults_of(Needs.of(system), every, block) == {one: tuple(graph.faults_of(one)) for one in every}


@some
@given(systems())
def test_a_large_system_is_told_the_same(system: System) -> None:
    small, other = Graph(system), Graph(system)
    other.__dict__["_large"] = large.Large(system, other.roots)
    for one in range(len(system)):
        assert other.single_points(one) == small.single_points(one)
        assert other.critical_dependencies(one) == small.critical_dependencies(one)
        assert other.blast_radius(one) == small.blast_radius(one)
        assert other.availability(one) == small.availability(one)
    assert other.register == small.register


@many
@given(systems())
def test_a_cycle_is_a_shortest_one_of_its_component(system: System) -> None:
    edges: dict[int, set[int]] = {one: set() for one in range(len(system))}
    for group in system.groups:
        if group.hard and group.needed != "start":
            edges[group.owner] |= set(group.members)
    after = {one: _reached(edges, one) for one in edges}
    circles = {frozenset(other for other in after[one] if one in after[other]) for one in edges if one in after[one]}
    found = Graph(system).cycles
    assert sorted(cycle[0] for cycle in found) == [cycle[0] for cycle in found]
    assert {next(one for one in circles if cycle[0] in one) for cycle in found} == circles
    assert len(found) == len(circles)
    for cycle in found:
        assert cycle[0] == min(cycle)
        assert all(other in edges[one] for one, other in pairwise((*cycle, cycle[0])))
        assert len(cycle) == min(_girth(edges, one) for one in next(c for c in circles if cycle[0] in c))


def _reached(edges: dict[int, set[int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = set(edges[start])
    while waiting:
        found |= waiting
        waiting = {other for one in waiting for other in edges[one]} - found
    return found


def _girth(edges: dict[int, set[int]], start: int) -> int:
    """How many steps lead from an element back to it."""
    front, steps = edges[start], 1
    while start not in front:
        front, steps = {other for one in front for other in edges[one]}, steps + 1
    return steps
