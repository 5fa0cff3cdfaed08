"""What one pass says of all pairs is what the walk along the ways says of each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.graph.declarations import declared_faults
from mkdocs_sre.graph.faults import single_faults
from mkdocs_sre.graph.model import Builder, Element, Group, System
from mkdocs_sre.graph.ways import declared

SIZE = 7


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Up to 7 elements with any groups between them, cycles and repeated members included."""
    builder = Builder()
    size = draw(st.integers(2, SIZE))
    for index in range(size):
        builder.add(Element(f"e{index}"))
    for _ in range(draw(st.integers(0, 2 * size))):
        members = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=3))
        builder.group(
            Group(
                draw(st.integers(0, size - 1)),
                tuple(members),
                draw(st.integers(1, len(members))),
                hard=draw(st.sampled_from([True, True, True, False])),
                declared=draw(st.booleans()),
                needed=draw(st.sampled_from(["both", "both", "run", "start"])),
            )
        )
    return builder.system()


@settings(max_examples=400, deadline=None)
@given(systems())
def test_one_pass_says_what_the_ways_say(system: System) -> None:
    faults = single_faults(system)
    said = declared_faults(system, faults)
    for root in range(len(system)):
        others = [fault for fault in faults.of(root) if fault != root]
        taken = {fault: [one for one in range(len(system)) if faults.has(one, fault)] for fault in others}
        assert said.of(root) == [one for one in others if declared(system, taken[one].__contains__, root, one)]


def test_a_word_far_down_declares_what_lies_below_it_and_nothing_beside() -> None:
    builder = Builder()
    for name in ("journey", "shop", "stock", "stock-db", "mail"):
        builder.add(Element(name))
    builder.group(Group(0, (1,)))
    builder.group(Group(1, (2,), declared=True))
    builder.group(Group(2, (3,)))
    builder.group(Group(1, (4,)))
    system = builder.system()
    said = declared_faults(system, single_faults(system))
    assert said.of(0) == [2, 3]
    assert said.of(2) == []
