"""Worked systems: what is single, what hangs together, what the availability can be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.graph import analysis, availability, cuts
from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.diagrams import TooLargeError
from mkdocs_sre.graph.model import DOMAIN, EXTERNAL, INSTANCE, JOURNEY, Builder, Element, Group
from mkdocs_sre.graph.needs import Needs, lost


def graph(text: str, **stated: str) -> Graph:
    """A graph from lines: `a: b` needs b, `a: 2 of b c d` so many of them, `a ~ b` softly; a copy is `db-1`, a domain `@eu`.

    `stated` are availabilities, by name; `_` stands for `-`.
    """
    builder = Builder()

    def index(name: str) -> int:
        kind = DOMAIN if name.startswith("@") else INSTANCE if name[-2:-1] == "-" else "service"
        value = stated.get(name.replace("-", "_").removeprefix("@"))
        element = Element(name, kind, availability=Fraction(value) if value else None)
        return builder.add(element)

    for line in text.strip().splitlines():
        hard = ":" in line
        owner, rest = (part.strip() for part in line.split(":" if hard else "~"))
        need, members = rest.split(" of ") if " of " in rest else ("1", rest)
        names = members.split()
        at = index(owner)
        group = Group(at, tuple(index(name) for name in names), int(need), hard=hard)
        if any(name[-2:-1] == "-" for name in names):
            one = builder.elements[at]
            builder.elements[at] = Element(one.id, availability=one.availability, replicated=True)
            for name in names:
                copy = builder.elements[index(name)]
                builder.elements[index(name)] = Element(
                    copy.id, INSTANCE, availability=copy.availability, service=owner
                )
        builder.group(group)
    return Graph(builder.system())


def named(found: Graph, indexes: tuple[int, ...]) -> str:
    return " ".join(sorted(found[index].id for index in indexes))


def points(found: Graph) -> str:
    return " ".join(sorted(f"{found[one.element].id}/{one.cause}" for one in found.single_points(0)))


def pairs(found: Graph) -> list[str]:
    return sorted(named(found, pair) for pair in found.pairs(0))


@pytest.mark.parametrize(
    ("text", "single", "critical", "double"),
    [
        ("web: a\na: b\nb: c\nc: 1 of p q", "a/unreplicated b/unreplicated c/unreplicated", "a b c", ["p q"]),
        ("web: api\napi: db", "api/unreplicated db/unreplicated", "api db", []),
        ("web: a\nweb: b\na: db\nb: db", "a/unreplicated b/unreplicated db/unreplicated", "a b db", []),
        ("web: 1 of a b\na: db\nb: db", "db/shared", "db", ["a b"]),
        (
            "web: db\ndb: 1 of db-1 db-2\ndb-1: @a\ndb-2: @a\n@a: @eu",
            "@a/domain @eu/domain",
            "@a @eu db",
            ["db-1 db-2"],
        ),
        ("web: db\ndb: 2 of n-1 n-2 n-3", "", "db", ["n-1 n-2", "n-1 n-3", "n-2 n-3"]),
        ("web: 3 of a b c", "a/unreplicated b/unreplicated c/unreplicated", "a b c", []),
        ("web: a\na: b\nb: a\nb: db", "a/unreplicated b/unreplicated db/unreplicated", "a b db", []),
        ("web: pay\nweb ~ mail\nmail: smtp", "pay/unreplicated", "pay", []),
        # a fallback that alone is enough is listed as often as members are needed
        ("web: 2 of a b c c", "", "", ["a c", "b c"]),
        # each of two circles keeps itself up, and either is enough
        ("web: 1 of a c\na: b\nb: a\nc: d\nd: c", "", "", ["a c", "a d", "b c", "b d"]),
        # one half of a pair may lie deep below the group, and be half of several
        ("web: 1 of a b\na: x\nx: 1 of p q\nb: p", "", "", ["a b", "a p", "b x", "p q", "p x"]),
    ],
    ids=[
        "pair below a chain",
        "chain",
        "diamond",
        "shared behind redundant",
        "group in one zone",
        "2 of 3",
        "3 of 3",
        "circle",
        "soft",
        "fallback",
        "two circles",
        "deep halves",
    ],
)
def test_faults_that_take_the_first_down(text: str, single: str, critical: str, double: list[str]) -> None:
    found = graph(text)
    assert points(found) == single
    assert named(found, found.critical_dependencies(0)) == critical
    assert pairs(found) == double


def test_an_external_is_told_as_one() -> None:
    builder = Builder()
    web, bank = builder.add(Element("web")), builder.add(Element("bank", EXTERNAL))
    builder.group(Group(web, (bank,)))
    assert [point.cause for point in Graph(builder.system()).single_points(web)] == ["external"]


def test_greater_cuts_are_only_as_great_as_asked() -> None:
    found = graph("web: 1 of a b c\nweb: 1 of p q r s\nweb: single")
    assert [named(found, cut) for cut in found.cuts(0, 3)] == ["a b c"]
    assert [named(found, cut) for cut in found.cuts(0, 4)] == ["a b c", "p q r s"]
    assert found.cuts(0, 2) == ()


def test_cuts_of_what_is_too_entangled_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = graph("web: 3 of " + " ".join(f"s{number}x" for number in range(12)))
    assert len(found.cuts(0, 10)) == 66
    monkeypatch.setattr(cuts, "MOST_CUTS", 60)
    with pytest.raises(TooLargeError, match="more than 60 cut sets"):
        found.cuts(0, 10)
    monkeypatch.setattr(cuts, "MOST_NODES", 20)
    with pytest.raises(TooLargeError, match="more than 20 nodes"):
        found.cuts(0, 10)


def test_availability_of_a_group_in_one_zone() -> None:
    text = "web: db\ndb: 1 of db-1 db-2\ndb-1: @a\ndb-2: @a\n@a: @eu"
    stated = {"web": "1", "db": "1", "db_1": "0.99", "db_2": "0.99", "a": "0.9995", "eu": "0.9999"}
    bounds = graph(text, **stated).availability(0)
    assert bounds.exact == Fraction("0.999300109995")
    assert bounds.upper_independent == Fraction("0.99940005")
    assert bounds.upper_any == Fraction("0.9995")
    assert bounds.lower_independent == Fraction("0.979511989005")
    assert bounds.lower_any == Fraction("0.9794")
    assert bounds.lower_any_mcs == Fraction("0.9894")


def test_each_factor_counts_once_and_is_named() -> None:
    found = graph("web: a\nweb: b\na: db\nb: db", web="1", a="0.999", b="0.999", db="0.9995")
    bounds = found.availability(0)
    assert bounds.exact == bounds.upper_independent == Fraction("0.999") ** 2 * Fraction("0.9995")
    assert [(found[one].id, value) for one, value in bounds.factors] == [
        ("web", Fraction(1)),
        ("a", Fraction("0.999")),
        ("b", Fraction("0.999")),
        ("db", Fraction("0.9995")),
    ]


def test_what_nobody_states_leaves_the_upper_bounds() -> None:
    found = graph("web: a\nweb: 1 of b c", web="0.999", a="0.99", b="0.9")
    bounds = found.availability(0)
    assert named(found, bounds.unstated) == "c"
    assert bounds.upper_independent == Fraction("0.98901")
    assert bounds.upper_any == Fraction("0.99")
    assert (bounds.exact, bounds.lower_independent, bounds.lower_any, bounds.lower_any_mcs) == (None,) * 4


def test_copies_are_covered_by_their_service_and_journeys_do_not_fail() -> None:
    found = graph("web: db\ndb: 1 of db-1 db-2", db="0.999")
    elements = (Element("web", JOURNEY), *found.system.elements[1:])
    system = type(found.system)(elements, found.system.groups, found.system.names)
    bounds = Graph(system).availability(0)
    assert bounds.unstated == ()
    assert bounds.exact == Fraction("0.999")
    without = graph("web: db\ndb: 1 of db-1 db-2", web="1")
    assert named(without, without.availability(0).unstated) == "db"  # and not its copies


def test_past_the_limit_nothing_is_said_of_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = {f"s{number}": "0.9" for number in range(9)}
    text = "web: 4 of " + " ".join(stated)
    monkeypatch.setattr(availability, "MOST_NODES", 5)
    bounds = graph(text, web="1", **stated).availability(0)
    assert (bounds.exact, bounds.lower_any_mcs) == (None, None)
    assert bounds.lower_independent == Fraction("0.9") ** 9
    assert bounds.lower_any == Fraction("0.1")


def test_a_circle_is_told_by_its_shortest_way_round() -> None:
    found = graph("c: a\na: b\nb: c\nb: d\nd: b\nx: x2\nx2: a\nself: 1 of self a")
    assert [[found[one].id for one in cycle] for cycle in found.cycles] == [["b", "d"], ["self"]]


def test_what_waits_for_itself_cannot_start() -> None:
    found = graph("web: auth\nauth: config\nconfig: auth\nconfig: db\nfree: 1 of auth db")
    assert named(found, found.cold_start_deadlock) == "auth config web"


def test_a_long_chain_and_a_long_circle_are_followed() -> None:
    size = 5_000
    chain = graph("\n".join(f"e{number}x: e{number + 1}x" for number in range(size)))
    assert len(chain.critical_dependencies(0)) == size
    assert len(chain.blast_radius(size).down) == size
    ring = graph("\n".join(f"e{number}x: e{(number + 1) % size}x" for number in range(size)))
    assert [len(cycle) for cycle in ring.cycles] == [size]
    assert len(ring.cold_start_deadlock) == size
    assert len(ring.critical_dependencies(7)) == size - 1


def test_a_system_past_the_limit_is_answered_without_bitsets(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "web: 1 of a b\nweb ~ mail\na: db\nb: db\nmail: smtp"
    small = graph(text)
    monkeypatch.setattr(analysis, "LARGE", 3)
    found = graph(text)
    monkeypatch.setattr(Needs, "single_faults", None)  # calling it would fail
    assert found.single_points(0) == small.single_points(0)
    assert [found.blast_radius(one) for one in range(6)] == [small.blast_radius(one) for one in range(6)]
    assert found.register == small.register


class Counted:
    """A set of faults that counts how often two are joined."""

    steps = 0

    def __init__(self, members: frozenset[int] = frozenset()) -> None:
        self.members = members

    def __or__(self, other: Counted) -> Counted:
        Counted.steps += 1
        return Counted(self.members | other.members)

    def __and__(self, other: Counted) -> Counted:
        Counted.steps += 1
        return Counted(self.members & other.members)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and self.members == other.members

    def __hash__(self) -> int:
        return hash(self.members)


def test_a_thousand_copies_are_not_joined_a_million_times() -> None:
    copies = [Counted(frozenset({at, 1000} if at < 3 else {at})) for at in range(1000)]
    Counted.steps = 0
    assert lost(copies, 499, range(1000), Counted()) == Counted()
    assert Counted.steps < 10_000
    assert lost(copies, 2, range(1000), Counted()) == Counted(frozenset({1000}))


@given(st.lists(st.integers(0, 255), min_size=2, max_size=40), st.integers(0, 39))
def test_what_many_copies_share_is_counted(sets: list[int], slack: int) -> None:
    slack = min(slack, len(sets) - 1)
    shared = sum(1 << bit for bit in range(8) if sum(one >> bit & 1 for one in sets) > slack)
    assert lost(sets, slack, range(len(sets)), 0) == shared


def test_a_thousand_copies_in_two_zones_are_paired() -> None:
    copies = "".join(f" c{at}" for at in range(1000))
    placed = "\n".join(f"c{at}: @z{at % 2}" for at in range(1000))
    assert len(graph(f"r: 500 of{copies}\n{placed}").pairs(0)) == 1001, "both zones, or one and a copy of the other"
