"""What is drawn: which nodes, in which columns, joined by which lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.graph.analysis import Graph
from mkdocs_sre.graph.layers import layered
from mkdocs_sre.graph.model import DOMAIN, INSTANCE, JOURNEY, Builder, Element, Group, Origin
from mkdocs_sre.graph.outline import Outline
from mkdocs_sre.graph.teams import needs_between, owned, teams
from mkdocs_sre.graph.views import EGO_COLUMN, View, critical_path, ego, whole


def shop(*, far: int = 0) -> Outline:
    """A journey over a shop, payments and a store with two of three copies in one zone of a region."""
    builder = Builder()
    kinds = {"buy": JOURNEY, "db": "datastore", "card": "external", "zone-a": DOMAIN, "zone-b": DOMAIN, "eu": DOMAIN}
    names = ["buy", "shop", "pay", "hints", "db", "card", "zone-a", "zone-b", "eu", "db-1", "db-2", "db-3"]
    for name in [*names, *(f"far-{number}" for number in range(far))]:
        kind = INSTANCE if name.startswith("db-") else kinds.get(name, "service")
        builder.add(Element(name, kind, replicated=name == "db", tier=1, owner="@shop" if name == "shop" else "@pay"))

    def group(owner: str, members: str, need: int = 1, *, origin: Origin = "dependency", hard: bool = True) -> None:
        indexes = tuple(builder.names[name] for name in members.split())
        builder.group(Group(builder.names[owner], indexes, need, hard, origin))

    group("buy", "shop")
    group("shop", "pay")
    group("shop", "hints", hard=False)
    group("pay", "db")
    group("pay", "card")
    group("db", "db-1 db-2 db-3", 2, origin="replicas")
    for copy, zone in (("db-1", "zone-a"), ("db-2", "zone-a"), ("db-3", "zone-b"), ("zone-a", "eu"), ("zone-b", "eu")):
        group(copy, zone, origin="placement")
    for number in range(far):
        group("pay", f"far-{number}")
    return Outline(Graph(builder.system()))


def index(outline: Outline, name: str) -> int:
    found = outline.graph.system.find(name)
    assert found is not None
    return found


def columns(view: View) -> dict[int, set[str]]:
    return {
        layer: {node.key for node in view.nodes if node.layer == layer} for layer in {one.layer for one in view.nodes}
    }


def lines(view: View) -> dict[tuple[str, str], str]:
    form = {(True, True): "heavy", (True, False): "hard", (False, False): "soft"}
    return {(edge.source, edge.target): form[edge.hard, edge.heavy] for edge in view.edges}


def test_copies_are_folded_into_their_service_and_domains_say_what_they_hold() -> None:
    outline = shop()
    links = {outline.graph[one.target].id: one for one in outline.links[index(outline, "db")]}
    assert {name: (one.holds, one.of, one.fatal) for name, one in links.items()} == {
        "zone-a": (2, 3, True),
        "zone-b": (1, 3, False),
    }
    assert outline.links[index(outline, "db-1")] == ()
    assert [outline.graph[one].id for one in outline.needed_by[index(outline, "zone-b")]] == []
    assert [outline.graph[one].id for one in outline.needed_by[index(outline, "zone-a")]] == ["db"]


def test_around_an_element_stands_what_is_two_steps_away() -> None:
    outline = shop()
    view = ego(outline, index(outline, "pay"))
    assert columns(view) == {-2: {"buy"}, -1: {"shop"}, 0: {"pay"}, 1: {"db", "card"}, 2: {"zone-a", "zone-b"}}
    assert view.titles == {-2: "Journeys", -1: "Need it", 1: "It needs", 2: "Those need"}
    assert lines(view) == {
        ("buy", "shop"): "hard",
        ("shop", "pay"): "hard",
        ("pay", "db"): "heavy",
        ("pay", "card"): "heavy",
        ("db", "zone-a"): "heavy",
        ("db", "zone-b"): "hard",
    }
    assert {node.key for node in view.nodes if node.single} == {"card", "zone-a"}
    assert {node.key: node.note for node in view.nodes}["zone-a"] == "holds 2 of 3"


def test_the_critical_path_goes_on_and_leaves_out_what_is_soft() -> None:
    outline = shop()
    view = critical_path(outline, index(outline, "buy"))
    assert columns(view) == {0: {"buy"}, 1: {"shop"}, 2: {"pay"}, 3: {"db", "card"}, 4: {"zone-a"}, 5: {"eu"}}
    assert set(lines(view).values()) == {"heavy"}


def test_a_region_in_which_the_focus_itself_stands_is_joined_to_it_alone() -> None:
    builder = Builder()
    for name, kind in (("web", "service"), ("api", "service"), ("eu", DOMAIN)):
        builder.add(Element(name, kind))
    builder.group(Group(0, (1,)))
    builder.group(Group(0, (2,), origin="placement"))
    builder.group(Group(1, (2,), origin="placement"))
    view = ego(Outline(Graph(builder.system())), 0)
    assert lines(view) == {("web", "api"): "heavy", ("web", "eu"): "heavy"}


def test_a_line_says_how_many_are_enough_and_that_something_stands_in() -> None:
    builder = Builder()
    for name in ("shop", "a", "b", "c"):
        builder.add(Element(name))
    builder.group(Group(0, (1, 2)))
    assert {edge.note for edge in ego(Outline(Graph(builder.system())), 0).edges} == {"1 of 2"}
    builder.group(Group(0, (1, 2, 3, 3), 2))
    assert {edge.note for edge in ego(Outline(Graph(builder.system())), 0).edges} == {"1 of 2", "2 of 2, or instead"}


def test_a_full_column_is_folded_and_keeps_what_is_single() -> None:
    outline = shop(far=20)
    view = ego(outline, index(outline, "pay"))
    first = [node for node in view.nodes if node.layer == 1]
    assert len(first) == EGO_COLUMN
    assert first[-1].folded == 22 - (EGO_COLUMN - 1)
    assert sum(node.folded or 1 for node in first) == 22
    assert ("pay", first[-1].key) in lines(view)


def test_the_whole_graph_has_no_copies_and_no_domains() -> None:
    view = whole(shop())
    assert {node.key for node in view.nodes} == {"buy", "shop", "pay", "hints", "db", "card"}
    assert lines(view)["shop", "hints"] == "soft"


def test_teams_need_each_other_by_what_they_own() -> None:
    outline = shop()
    assert needs_between(outline) == {("@pay", "@shop"): 1, ("@shop", "@pay"): 1}
    assert sum(len(members) for members in owned(outline).values()) == 6
    view = teams(outline)
    assert {(node.name, node.note) for node in view.nodes} == {
        ("@pay", "4 services, 1 journey"),
        ("@shop", "1 service"),
    }
    assert len(view.edges) == 2


graphs = st.integers(1, 12).flatmap(
    lambda size: st.tuples(
        st.just(size), st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=40)
    )
)


@given(graphs)
def test_columns_go_from_left_to_right_but_where_a_cycle_closes(graph: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = graph
    targets: dict[int, list[int]] = {one: [] for one in range(size)}
    for source, target in pairs:
        targets[source].append(target)
    column = layered(range(size), targets)
    reach = {one: _reach(one, targets) for one in range(size)}
    for source, target in pairs:
        if source not in reach[target]:  # no cycle
            assert column[source] < column[target]
    assert min(column.values()) == 0


def _reach(start: int, targets: dict[int, list[int]]) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        new = set(targets[waiting.pop()]) - seen
        seen |= new
        waiting += new
    return seen


@pytest.mark.parametrize("name", ["buy", "shop", "pay", "db", "card", "zone-a", "eu", "hints"])
def test_every_line_joins_two_nodes_and_a_view_is_the_same_each_time(name: str) -> None:
    outline = shop(far=9)
    view = ego(outline, index(outline, name))
    keys = [node.key for node in view.nodes]
    assert len(set(keys)) == len(keys)
    assert all({edge.source, edge.target} <= set(keys) and edge.source != edge.target for edge in view.edges)
    assert [node.key for node in view.nodes if node.focus] == [name]
    assert view == ego(shop(far=9), index(outline, name))
