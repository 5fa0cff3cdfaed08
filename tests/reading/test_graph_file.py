"""Systems out of JSON files; what is wrong with a file is told with its place, all of it."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_sre.documents.described import DescribedCopy, DescribedDependency, DescribedNode
from mkdocs_sre.reading.graph_file import GraphFile, read_graph_file
from mkdocs_sre.reading.json_text import MAX_BYTES, MAX_DUPLICATES


def read(text: str | bytes | dict[str, Any]) -> GraphFile:
    given = json.dumps(text) if isinstance(text, dict) else text
    return read_graph_file(given if isinstance(given, bytes) else given.encode(), "shop.json")


def told(text: str | bytes | dict[str, Any]) -> list[str]:
    found = read(text)
    assert found.described is None
    return [f"{one.location} {one.message}; {one.hint}" for one in found.faults]


def node(**keys: Any) -> dict[str, Any]:
    return {"nodes": [{"id": "a", **keys}, {"id": "b"}, {"id": "eu", "kind": "domain"}]}


def needs(**keys: Any) -> dict[str, Any]:
    return {**node(), "dependencies": [{"from": "a", **keys}]}


def test_nodes_with_dependencies_are_a_system() -> None:
    found = read(
        {
            "name": "Shop",
            "nodes": [
                {"id": "shop", "kind": "journey", "title": "Buy", "owner": "@shop", "tier": 1},
                {
                    "id": "db",
                    "kind": "datastore",
                    "replicas": {"k": 1, "instances": [{"id": "db-1", "domains": ["eu"]}]},
                },
                {"id": "pay", "availability": "0.999", "domains": ["eu"]},
                {"id": "eu", "kind": "domain", "level": "region", "availability": 0.9999},
            ],
            "dependencies": [
                {"from": "shop", "kind": "hard", "k": 1, "members": ["DB", "pay"]},
                {"from": "pay", "members": ["db"], "needed": "start"},
                {"from": "pay", "kind": "soft", "members": ["shop"], "fallback": "the list price"},
            ],
            "roots": ["shop"],
        }
    )
    assert found.faults == []
    assert found.notices == []
    assert found.described is not None
    assert found.described.nodes == (
        DescribedNode("shop", "journey", "Buy", tier=1, owner="@shop"),
        DescribedNode("db", "datastore", need=1, copies=(DescribedCopy("db-1", domains=("eu",)),)),
        DescribedNode("pay", availability=Fraction(999, 1000), domains=("eu",)),
        DescribedNode("eu", "domain", availability=Fraction(9999, 10000), level="region"),
    )
    assert found.described.dependencies == (
        DescribedDependency("shop", ("DB", "pay"), declared=True),
        DescribedDependency("pay", ("db",), needed="start"),
        DescribedDependency("pay", ("shop",), hard=False, declared=True, fallback="the list price"),
    )
    assert found.described.roots == ("shop",)


def test_services_with_what_they_depend_on_are_a_system_of_assumed_dependencies() -> None:
    found = read({"services": [{"id": "a", "dependsOn": ["b"]}, {"id": "b", "kind": "datastore", "dependsOn": []}]})
    assert found.described is not None
    assert found.described.dependencies == (DescribedDependency("a", ("b",), declared=False),)
    assert found.described.roots == ()


@pytest.mark.parametrize("written", [1, 0, "1", "0", 0.5, "0.5", "1.000"])
def test_a_ratio_is_an_availability(written: Any) -> None:
    found = read(node(availability=written))
    assert found.described is not None
    assert found.described.nodes[0].availability == Fraction(str(written))


def test_a_ratio_is_taken_as_it_is_written() -> None:
    found = read('{"nodes": [{"id": "a", "availability": 0.1000000000000000055511151231}]}')
    assert found.described is not None
    assert found.described.nodes[0].availability == Fraction("0.1000000000000000055511151231")


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("99,9", "0.999"),
        (99.9, "0.999"),
        ("99.95 %", "0.9995"),
        (100, "1"),
        (-0.1, "0.999"),
        (1.1, "0.011"),
        ("", "0.999"),
        ("high", "0.999"),
        (True, "0.999"),
        ([1], "0.999"),
        ("1e-3", "0.999"),
        ("\u0660", "0.999"),
    ],
)
def test_an_availability_that_is_no_ratio_says_what_to_write(written: Any, cure: str) -> None:
    (line,) = told(node(availability=written))
    assert line.startswith("shop.json:1:40 `availability` is ")
    assert line.endswith(f"; write a ratio from 0 to 1, such as {cure}")


@pytest.mark.parametrize("written", ["NaN", "Infinity", "1e999999999", "1e99999999999999999999", "9" * 5000])
def test_a_number_that_is_none_is_no_ratio(written: str) -> None:
    (line,) = told(f'{{"nodes": [{{"id": "a", "availability": {written}}}]}}')
    assert "`availability` is" in line
    assert len(line) < 250


@pytest.mark.parametrize("written", ["1e-999999999", "0e-999999999", f"0.{'1' * 31}"])
def test_a_ratio_of_a_billion_digits_is_refused(written: str) -> None:
    (line,) = told(f'{{"nodes": [{{"id": "a", "availability": {written}}}]}}')
    assert "has more than 30 decimals" in line


@pytest.mark.parametrize(
    ("system", "there", "said"),
    [
        (needs(members=["bb-x", "b"]), '"bb-x"', "no node has the id `bb-x`; add a node with this id, or correct it"),
        (needs(members=["a"]), '"a"', "`a` depends on itself; name what it needs, or take this away"),
        (needs(members=["b", "A"]), '"A"', "`A` depends on itself; name what it needs, or take this away"),
        (needs(members=["b"], k=0), "0", "`k` is 0, so nothing of it is needed; write 1 to 1"),
        (needs(members=["b"], k=2), "2", "2 of 1 `members` can never work; write 1 to 1"),
        (needs(members=["b"], k="1"), '"1"', "`k` is `1`; write a whole number from 1 to 1"),
        (needs(members=["b"], k=True), "true", "`k` is `true`; write a whole number from 1 to 1"),
        (needs(members=["b"], k=1.5), "1.5", "`k` is `1.5`; write a whole number from 1 to 1"),
        (needs(members=[]), "[]}]}", "`members` lists nothing; name at least one"),
        (needs(), '{"from": "a"}]', "`members` lists nothing; name at least one"),
        (needs(members="b"), '"b"', "`members` must be a list; write `[…]`"),
        (needs(members=[3]), "3", "an item of `members` must be an id; write the id of a node"),
        (needs(members=["b"], kind="sotf"), '"sotf"', "`sotf` is no `kind`; did you mean `soft`?"),
        (needs(members=["b"], kind=None), "null", "`null` is no `kind`; write `hard`, `soft`"),
        (needs(members=["b"], needed="never"), '"never"', "`never` is no `needed`; write `both`, `start`, `run`"),
        (needs(member=["b"], members=["b"]), '"member": ', "`member` is no key that is read; did you mean `members`?"),
        (node(domains=["b"]), '"b"', "`b` is a service, no domain; name a domain, or list it as a dependency"),
        (node(domains=["us"]), '"us"', "no node has the id `us`; add a node with this id, or correct it"),
        (node(kind="domain", domains=["a"]), '"a"', "`a` stands in itself; take this away"),
        (node(kind="server"), '"server"', "`server` is no `kind`; did you mean `service`?"),
        (node(tier=4), "4", "`tier` is `4`; write a whole number from 0 to 3"),
        (node(title=3), "3", "`title` must be text of at most 1,000 characters; put it in quotes"),
        (node(replicas=[]), '[]}, {"id": "b', "`replicas` must be an object; write `{…}` with keys"),
        (node(replicas={"k": 1, "instances": []}), '[]}}, {"id": "', "`instances` lists nothing; name at least one"),
        (node(replicas={"k": 3, "instances": [{"id": "a-1"}]}), "3", "3 of 1 `instances` can never work; write 1 to 1"),
        (
            node(replicas={"k": 1, "instances": [{"id": "b"}]}),
            '"b"',
            "the id `b` is taken; give one of the two another id",
        ),
        ({**node(), "roots": ["c"]}, '"c"', "no node has the id `c`; add a node with this id, or correct it"),
        ({**node(), "services": []}, '"services": ', "both `nodes` and `services` are there; write one list"),
        ({"nodes": [{"id": "a"}, {"id": "A"}]}, '"A"', "the id `A` is taken; give one of the two another id"),
        ({"nodes": [{"kind": "queue"}]}, '{"kind": "queu', "`id` is missing; add it"),
        ({"nodes": ["a"]}, '"a"', "an item of `nodes` must be an object; write `{…}` with keys"),
        ({}, "{}", "neither `nodes` nor `services` is there; list what can fail under `nodes`"),
        (
            {"services": [{"id": "a", "dependsOn": ["a"]}]},
            '"a"',
            "`a` depends on itself; name what it needs, or take this away",
        ),
        (
            {"services": [{"id": "a", "dependsOn": ["b"]}]},
            '"b"',
            "no node has the id `b`; add a node with this id, or correct it",
        ),
        (
            {"services": [{"id": "orders-db"}, {"id": "a", "dependsOn": ["order-db"]}]},
            '"order-db"',
            "no node has the id `order-db`; did you mean `orders-db`?",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(system: dict[str, Any], there: str, said: str) -> None:
    (fault,) = read(system).faults
    assert fault.location.line == 1
    assert json.dumps(system)[fault.location.column - 1 :].startswith(there)
    assert f"{fault.message}; {fault.hint}" == said


def test_domains_in_a_cycle_are_told_as_a_chain() -> None:
    domains = [("eu", ["cloud"]), ("cloud", ["zone-a"]), ("zone-a", ["eu"]), ("zone-b", ["eu"])]
    nodes = [{"id": name, "kind": "domain", "domains": inside} for name, inside in domains]
    (line,) = told({"nodes": nodes})
    assert line.endswith("domains stand in each other: `eu` in `cloud` in `zone-a` in `eu`; take one of them out")


def test_all_faults_of_a_file_are_told_in_one_run_sorted_by_place() -> None:
    text = """{
 "nodes": [{"id": "a", "availability": "99,9"}, {"id": "a"}],
 "dependencies": [
  {"from": "b", "k": 0, "members": ["a"]},
  {"from": "a", "members": ["c", "a"]}
 ]
}"""
    lines = told(text)
    assert [line.split()[0] for line in lines] == [
        "shop.json:2:40", "shop.json:2:56", "shop.json:4:12", "shop.json:4:22", "shop.json:5:29", "shop.json:5:34",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "1:1 the file is empty"),
        (b" \n\t\n", "1:1 the file is empty"),
        (b"[]", "1:1 the file holds a list, no system"),
        (b"3", "1:1 the file holds a single value, no system"),
        (b'{"nodes": [\n  {"id": "a"},\n]}', "3:1 the file is not JSON: expecting value"),
        (b'{"nodes": []} x', "1:15 the file is not JSON: extra data"),
        (b'{"nodes": [{"id": "caf\xe9"}]}', "1:23 the file is not UTF-8"),
        (b'{\n"a": "\xc3\xa4\xff"}', "2:8 the file is not UTF-8"),
        (b"[" * 200_000, "1:65 the file is nested deeper than 64 levels"),
        (b'{"a":' * 100_000, "1:321 the file is nested deeper than 64 levels"),
        (b'{"nodes": [], "nodes": []}', "1:15 the key `nodes` stands twice"),
        (b" " * (MAX_BYTES + 1), f"1:1 the file has more than {MAX_BYTES:,} bytes"),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_system_says_why(data: bytes, line: str) -> None:
    (found,) = told(data)
    assert found.startswith(f"shop.json:{line}; ")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbf" + json.dumps(node()).encode()).faults == []


def test_keys_that_stand_twice_are_told_up_to_a_number() -> None:
    text = '{"nodes": [' + ",".join('{"id": "x", "id": "y"}' for _ in range(MAX_DUPLICATES + 5)) + "]}"
    assert len(told(text)) == MAX_DUPLICATES


def test_dependencies_that_stand_twice_count_once_and_are_told_once() -> None:
    found = read({"services": [{"id": "a", "dependsOn": ["b", "B", "b"]}, {"id": "b"}]})
    assert found.faults == []
    assert found.notices == ["shop.json:1:46 this dependency is there already, and so are 1 more; each counts once"]
    twice = read(needs(members=["b", "b", "eu"], k=2))
    assert twice.described is not None
    assert twice.described.dependencies[0].members == ("b", "eu")
    assert twice.notices == ["shop.json:1:119 this dependency is there already; each counts once"]


def test_keys_that_nothing_reads_are_told() -> None:
    assert read(node(colour="red", replicas=None)).notices == ["shop.json: nothing reads `colour`"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(["a", "b", "eu"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["id", "kind", "availability", "replicas", "domains", "dependsOn", "tier"]), JSON),
    JSON,
    JSON,
)
@example({"id": "x", "replicas": {"k": None, "instances": [{}]}}, [{}], None)
def test_whatever_stands_there_is_a_system_or_told(one: dict[str, Any], dependencies: Any, roots: Any) -> None:
    found = read(
        {"nodes": [one, {"id": "a"}, {"id": "eu", "kind": "domain"}], "dependencies": dependencies, "roots": roots}
    )
    assert (found.described is None) == bool(found.faults)
    assert all(fault.location.line == 1 and fault.message and fault.hint for fault in found.faults)


@given(st.binary(max_size=60))
def test_whatever_the_bytes_a_file_is_a_system_or_told(data: bytes) -> None:
    found = read(data)
    assert (found.described is None) == bool(found.faults)
