"""`graph`: what takes what down, of the site and of files, in all forms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.cli import main
from mkdocs_sre.documents.described import DescribedDependency, DescribedNode, DescribedSystem
from mkdocs_sre.graph.described import described_graph
from mkdocs_sre.reports.graph.dot import dot
from mkdocs_sre.reports.graph.layout import Look, Sheet
from mkdocs_sre.reports.graph.mermaid import mermaid

Write = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parents[2]
EXAMPLE = ("-f", str(ROOT / "mkdocs.yml"))
HOSTILE = [
    'a"]-->b',
    "x\\",
    "<script>alert(1)</script>",
    "line\nbreak",
    "#quot;",
    "end",
    "1. one",
    "`code`",
    "%%{init}%%",
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["graph", *arguments])


def shop(**more: Any) -> dict[str, Any]:
    """A shop with two stores in one zone, a provider, and a soft list of hints."""
    copies = [{"id": f"db-{number}", "availability": "0.99", "domains": ["zone-a"]} for number in (1, 2)]
    return {
        "nodes": [
            {"id": "buy", "kind": "journey", "title": "Buy a basket"},
            {"id": "shop", "availability": "0.9999", "tier": 1, "owner": "@shop"},
            {"id": "db", "kind": "datastore", "availability": 1, "tier": 1, "replicas": {"k": 1, "instances": copies}},
            {"id": "card", "kind": "external", "availability": 0.999},
            {"id": "hints", "availability": "0.95", "tier": 3},
            {"id": "zone-a", "kind": "domain", "availability": "0.9995"},
        ],
        "dependencies": [
            {"from": "buy", "members": ["shop"]},
            {"from": "shop", "kind": "hard", "members": ["db"]},
            {"from": "shop", "kind": "hard", "members": ["card"]},
            {"from": "shop", "kind": "soft", "members": ["hints"], "fallback": "the best sellers"},
            {"from": "shop", "members": ["hints"], "needed": "start"},
        ],
        **more,
    }


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = tmp_path / "shop.json"
    made.write_text(json.dumps(shop()))
    return str(made)


def test_json_holds_roots_blast_radii_and_deadlocks(file: str) -> None:
    result = run(file, "--format", "json", "--order", "3")
    assert result.exit_code == 0
    assert result.stderr == ""
    printed = json.loads(result.stdout)
    assert list(printed) == ["roots", "blast_radius", "cold_start_deadlock"]
    bounds = printed["roots"]["buy"].pop("availability")
    assert printed["roots"] == {
        "buy": {
            "self_spof": False,
            "spofs": ["card", "shop", "zone-a"],
            "critical_dependencies": ["card", "db", "shop", "zone-a"],
            "order2": [["db-1", "db-2"]],
            "order3plus": [],
        }
    }
    upper = 0.9999 * 0.999 * 0.9995
    assert bounds["upper_any"] == 0.999
    assert bounds["upper_independent"] == pytest.approx(upper, abs=1e-12)
    assert bounds["exact_independent"] == pytest.approx(upper * (1 - 0.01**2), abs=1e-12)
    assert bounds["lower_independent"] == pytest.approx(upper * 0.99**2, abs=1e-12)
    assert bounds["lower_any"] == pytest.approx(0.9999 + 0.999 + 0.9995 + 2 * 0.99 - 4, abs=1e-12)
    assert printed["blast_radius"]["zone-a"] == {"down": ["buy", "db", "shop"], "degraded": []}
    assert printed["blast_radius"]["hints"] == {"down": [], "degraded": ["buy", "shop"]}
    assert printed["blast_radius"]["db-1"] == {"down": [], "degraded": []}
    assert set(printed["blast_radius"]) == {"buy", "shop", "db", "db-1", "db-2", "card", "hints", "zone-a"}
    assert printed["cold_start_deadlock"] == []
    assert "order3plus" not in json.loads(run(file, "--format", "json").stdout)["roots"]["buy"]


def test_bounds_that_are_not_known_are_null(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    made.write_text('{"services": [{"id": "a", "dependsOn": ["b"]}, {"id": "b", "availability": 0.5}]}')
    printed = json.loads(run(str(made), "--format", "json").stdout)
    assert printed["roots"]["a"]["availability"] == {
        "exact_independent": None,
        "upper_independent": 0.5,
        "upper_any": 0.5,
        "lower_independent": None,
        "lower_any": None,
        "lower_any_mcs": None,
    }
    told = " ".join(run(str(made)).stdout.split())
    assert "at most 50 % whatever fails together: no better than b" in told
    assert "The availability of a is not stated (`availability:`), so there is no lower bound." in told


def test_text_tells_each_root_with_ways_pairs_and_bounds(file: str) -> None:
    told = " ".join(run(file).stdout.split())
    assert told.startswith("1 journey, 2 services, 1 datastore, 1 external provider, 1 failure domain and 2 copies ")
    assert "3 of 5 dependencies say how critical or redundant they are" in told
    assert "Buy a basket (buy), journey 3 single points of failure, 2 declared, 1 assumed:" in told
    assert (
        "zone-a domain, declared: Buy a basket needs shop, which needs db, which needs 1 of its 2 copies, "
        "and both are lost with zone-a"
    ) in told
    assert "Down when both fail: 2 copies of db." in told
    assert "at most 99.84 % assumes independent failures: card 99.9 % x shop 99.99 % x zone-a 99.95 %" in told
    assert "zone-a 1 journey and 2 services (2 of tier 0 or 1) of 1 owner" in told


def test_every_product_says_that_it_assumes_independence(file: str) -> None:
    lines = " ".join(run(file).stdout.split()).split("at ")
    assert [part for part in lines if " x " in part and "assumes independent failures" not in part] == []


def test_bounds_are_cut_off_and_never_rounded_up(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    made.write_text('{"nodes": [{"id": "a", "availability": "0.99999999"}]}')
    assert "at most 99.9999 %" in run(str(made)).stdout
    assert "100 %" not in run(str(made)).stdout


def test_only_the_roots_that_are_named(file: str) -> None:
    assert list(json.loads(run(file, "--format", "json", "--root", "SHOP", "--root", "db").stdout)["roots"]) == [
        "shop",
        "db",
    ]
    assert "Buy a basket (buy)," not in run(file, "--root", "shop").stdout
    assert "hints" not in run(file, "--format", "dot", "--root", "db").stdout


def test_roots_of_the_file_are_those_that_are_told(tmp_path: Path) -> None:
    made = tmp_path / "shop.json"
    made.write_text(json.dumps(shop(roots=["shop"])))
    assert list(json.loads(run(str(made), "--format", "json").stdout)["roots"]) == ["shop"]


def test_cycles_and_cold_starts_are_told(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    needs = {"web": ["auth"], "auth": ["config"], "config": ["auth", "db"], "db": []}
    made.write_text(json.dumps({"services": [{"id": one, "dependsOn": others} for one, others in needs.items()]}))
    told = " ".join(run(str(made)).stdout.split())
    assert "2 elements auth needs config, which needs auth" in told
    assert "these can never come up, since each waits for another: auth, config and web." in told


def test_what_if_tells_journeys_tiers_and_the_chain(file: str) -> None:
    result = run(file, "--what-if", "zone-a,hints")
    assert result.exit_code == 0
    assert result.stdout == (
        "When hints and zone-a fail together\n"
        "\n"
        "Down: 1 of 1 journey, 1 of 2 services and 1 of 1 datastore (2 copies too)\n"
        "    journeys  Buy a basket (buy)\n"
        "    tier 1    db and shop\n"
        "\n"
        "How it spreads\n"
        "    1.  2 copies stand in zone-a: db-1 and db-2\n"
        "    2.  db: 0 of 2 copies left, 1 needed (db-1 and db-2 are gone)\n"
        "    3.  shop: needs db\n"
        "    4.  Buy a basket: needs shop\n"
    )


def test_what_if_tells_what_only_degrades_and_what_is_used_instead(file: str) -> None:
    told = run(file, "--what-if", "hints").stdout
    assert "Nothing that users or services call goes down\n" in told
    assert "    shop          lacks hints; instead: the best sellers\n" in told
    assert "    Buy a basket  needs shop, which is degraded\n" in told
    assert "Runs on, but cannot start again\n    shop  needs hints to start\n" in told


def test_what_if_tells_what_has_no_spare_left(file: str) -> None:
    told = run(file, "--what-if", "db-1").stdout
    assert "Still enough, with less to spare\n    db  1 of 2 copies left, 1 needed; one more lost is too many\n" in told


def test_a_replicated_service_fails_as_a_whole_and_says_so(file: str) -> None:
    told = " ".join(run(file, "--what-if", "db").stdout.split())
    assert "db is replicated. This is its failure as a whole, whatever its 2 copies do" in told
    assert "such as db-1 and db-2." in told


def test_what_if_as_json(file: str) -> None:
    printed = json.loads(run(file, "--what-if", "db-1", "--what-if", "db-2", "--format", "json").stdout)
    assert printed == {
        "failed": ["db-1", "db-2"],
        "down": ["buy", "db", "shop"],
        "degraded": [],
        "rounds": [
            [{"id": "db", "lost": ["db-1", "db-2"], "left": 0, "need": 1}],
            [{"id": "shop", "lost": ["db"], "left": 0, "need": 1}],
            [{"id": "buy", "lost": ["shop"], "left": 0, "need": 1}],
        ],
        "strained": [],
        "stuck": [],
    }


def test_the_example_without_its_orders_db() -> None:
    told = run(*EXAMPLE, "--what-if", "orders-db").stdout
    assert "Down: 3 of 4 journeys and 5 of 14 services" in told
    assert "Buy a basket (buy-a-basket), Refund an order (refund-an-order)" in told
    assert "    2.  checkout: needs orders\n" in told


def test_the_example_in_all_forms() -> None:
    assert list(json.loads(run(*EXAMPLE, "--format", "json").stdout)["roots"]) == [
        "buy-a-basket", "find-an-article", "refund-an-order", "track-an-order",
    ]  # fmt: skip
    assert run(*EXAMPLE, "--format", "svg").stdout.startswith("<svg xmlns=")
    assert run(*EXAMPLE, "--format", "svg", "--root", "cart").exit_code == 0
    assert run(*EXAMPLE, "--format", "dot").stdout.startswith("digraph")
    assert run(*EXAMPLE, "--format", "mermaid").stdout.startswith("flowchart LR\n")
    assert run(*EXAMPLE).exit_code == 0


def test_a_graph_that_is_too_large_for_one_picture_says_so(tmp_path: Path) -> None:
    made = tmp_path / "large.json"
    others = [f"s{number}" for number in range(200)]
    made.write_text(json.dumps({"services": [{"id": "a", "dependsOn": others}, *({"id": one} for one in others)]}))
    result = run(str(made), "--format", "svg")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "too many for one picture; name one with `--root`" in result.stderr
    assert run(str(made), "--format", "svg", "--root", "s7").stdout.startswith("<svg xmlns=")


@pytest.mark.parametrize("form", ["text", "json", "dot", "mermaid"])
def test_the_same_again(file: str, form: str) -> None:
    assert run(file, "--format", form).stdout_bytes == run(file, "--format", form).stdout_bytes


@pytest.mark.parametrize("columns", [20, 60, 80, 120])
def test_lines_end_before_the_terminal_does(columns: int) -> None:
    sheet = Sheet(Look(width=columns))
    sheet.heading("Buy a basket " * 20)
    sheet.text("needs checkout, which needs payments " * 10)
    sheet.items(
        [("orders-db", "needs 2 of its 3 copies " * 10), ("a-label-that-is-longer-than-most", "and more " * 20)]
    )
    assert max(map(len, str(sheet).splitlines())) <= max(columns, 60)


def test_colour_only_where_it_is_wanted() -> None:
    sheet = Sheet(Look(colour=True))
    sheet.heading("Down")
    sheet.items([("shop\x1b[31m", "needs \x9b db")])
    assert str(sheet) == "\x1b[1mDown\x1b[0m\n    \x1b[1mshop\\x1b[31m\x1b[0m  needs \\x9b db\n"


def test_unknown_ids_are_told_all_with_the_nearest(file: str) -> None:
    result = run(file, "--what-if", "zone-b,hint,zzz")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "nothing in the graph has the id `zone-b`; did you mean `zone-a`?",
        "nothing in the graph has the id `hint`; did you mean `hints`?",
        "nothing in the graph has the id `zzz`; ids are those of the documents or the file",
    ]
    assert "did you mean `shop`?" in run(file, "--root", "shopp").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what-if", "shop", "--format", "dot"],
        ["--what-if", "shop", "--root", "buy"],
        ["--what-if", ","],
        ["--order", "1"],
        ["--order", "99"],
        ["--format", "svg", "--root", "buy", "--root", "shop"],
    ],
)
def test_options_that_do_not_go_together(file: str, arguments: list[str]) -> None:
    result = run(file, *arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


def test_a_file_with_faults_prints_no_result(tmp_path: Path) -> None:
    made = tmp_path / "bad.json"
    made.write_text(json.dumps({"nodes": [{"id": "a", "availability": "99,9"}, {"id": "a"}], "roots": ["b"]}))
    result = run(str(made), "--format", "json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"{made}:1:40 `availability` is `99,9`; write a ratio from 0 to 1, such as 0.999",
        f"{made}:1:56 the id `a` is taken; give one of the two another id (see {made}:1:19)",
        f"{made}:1:73 no node has the id `b`; add a node with this id, or correct it",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.json"))
    assert result.exit_code == 2
    assert result.stderr.endswith("none.json: No such file or directory\n")


def test_what_stands_twice_is_a_notice(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    made.write_text('{"services": [{"id": "a", "dependsOn": ["b", "b"]}, {"id": "b"}]}')
    result = run(str(made))
    assert result.exit_code == 0
    assert result.stderr == f"notice: {made}:1:46 this dependency is there already; each counts once\n"


CATALOGUE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: shop}
spec: {type: service, owner: team-shop, dependsOn: ["resource:shop-db"]}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: shop-db}
spec: {type: database, owner: team-data}
"""


def test_a_catalogue_is_a_graph(tmp_path: Path) -> None:
    made = tmp_path / "catalog-info.yaml"
    made.write_text(CATALOGUE)
    printed = json.loads(run(str(made), "--format", "json").stdout)
    assert printed["roots"]["shop"]["spofs"] == ["shop-db"]
    assert "all assumed" in run(str(made)).stdout or "assumed:" in run(str(made)).stdout


def test_a_broken_catalogue_prints_no_result(tmp_path: Path) -> None:
    made = tmp_path / "catalog-info.yaml"
    made.write_text(CATALOGUE.replace("name: shop-db}", "name: shop-db"))
    result = run(str(made))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.match(re.escape(str(made)) + r":\d+:\d+ ", result.stderr)


def test_an_unknown_name_in_a_catalogue_is_a_notice(tmp_path: Path) -> None:
    made = tmp_path / "catalog-info.yml"
    made.write_text(CATALOGUE.replace("resource:shop-db", "resource:shop-dbb"))
    result = run(str(made))
    assert result.exit_code == 0
    assert "notice: " in result.stderr
    assert "shop-dbb" in result.stderr


SERVICE = "---\ntype: service\nid: {id}\nowner: '@a'\ntier: 1\n{more}---\n\n# A\n\n## Overview\n\nIt is there.\n"


def test_damaged_documents_and_unknown_names_are_counted(write: Write) -> None:
    folder = write(
        {
            "mkdocs.yml": "site_name: x\nplugins: [sre]\n",
            "docs/a.md": SERVICE.format(id="a", more="dependencies: [b, none]\n"),
            "docs/b.md": SERVICE.format(id="b", more="tier: 9\n").replace("tier: 1\n", ""),
            "docs/c.md": SERVICE.format(id="c", more="").encode() + b"\xff",
        }
    )
    result = run("-f", str(folder / "mkdocs.yml"))
    assert result.exit_code == 0
    assert result.stderr == (
        "notice: the graph lacks 1 damaged service, 1 unreadable page, 1 unknown id; `mkdocs-sre check` shows where\n"
    )


def test_the_system_in_the_guide_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs/guide/graph.md").read_text(encoding="utf-8")
    (system,) = [one for one in re.findall(r"(?s)```json\n(.*?)```", page) if '"nodes"' in one]
    made = tmp_path / "system.json"
    made.write_text(system)
    result = run(str(made), "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["roots"]["shop"]["spofs"] == ["eu", "pay"]


def test_a_site_without_services_says_so(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/index.md": "# x\n"})
    result = run("-f", str(folder / "mkdocs.yml"))
    assert result.exit_code == 0
    assert result.stdout == "The graph is empty: no document of type `service`, no node and no entity is there\n"


def test_nothing_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text('{"nodes": []}', encoding="utf-8")
    assert run(str(path)).stdout.startswith("The graph is empty: no document of type `service`, no node")
    result = run(str(path), "--format", "svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "the graph is empty: there is nothing to draw\n"


def test_a_root_is_told_once_whatever_its_case(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text('{"nodes": [{"id": "a"}], "roots": ["a", "A", "a"]}', encoding="utf-8")
    assert run(str(path)).stdout.count("a, service\n") == 1


def test_a_root_without_a_name_is_not_taken_for_all(file: str) -> None:
    result = run(file, "--root", "")
    assert result.exit_code == 2
    assert "names nothing" in result.stderr


def test_a_site_without_configuration(tmp_path: Path) -> None:
    result = run("-f", str(tmp_path / "mkdocs.yml"))
    assert result.exit_code == 2
    assert "No such file" in result.stderr


def exported(names: list[str], form: Callable[..., str]) -> str:
    unique = list({name.lower(): name for name in names}.values())
    nodes = tuple(DescribedNode(name) for name in unique)
    needs = tuple(
        DescribedDependency(unique[0], (other,), hard=bool(index % 2)) for index, other in enumerate(unique[1:])
    )
    graph = described_graph(DescribedSystem(nodes, needs))
    return form(graph, graph.roots)


NAMES = st.lists(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=12), min_size=1, max_size=5)
DOT_LINE = re.compile(
    r'digraph dependencies \{|\}|  rankdir=LR;|  node \[shape=box\];|  n\d+ \[label="(?:[^"\\]|\\.)*", shape=\w+[^"]*("#b3261e")?\];'
    r"|  [ng]\d+ -> [ng]\d+( \[style=dotted\])?;"
)
MERMAID_LINE = re.compile(
    r'flowchart LR|  classDef single [\w:#,-]+|  n\d+\["(?:[\w .\-]|#\d+;|<br/>)*"\](:::single)?|  n\d+ (-->|-\.->) n\d+'
)


@given(NAMES)
def test_no_name_leaves_its_quotes_in_dot(names: list[str]) -> None:
    lines = exported(names, dot).split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not DOT_LINE.fullmatch(line)] == []


@given(NAMES)
def test_no_name_leaves_its_quotes_in_mermaid(names: list[str]) -> None:
    lines = exported(names, mermaid).split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not MERMAID_LINE.fullmatch(line)] == []


def test_exports_tell_hard_from_soft_and_how_many_are_needed(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    needs = [{"from": "a", "k": 2, "members": ["b", "c", "d"]}, {"from": "a", "kind": "soft", "members": ["e"]}]
    made.write_text(
        json.dumps(
            {"nodes": [{"id": one} for one in "abcdef"], "dependencies": [*needs, {"from": "a", "members": ["f"]}]}
        )
    )
    assert run(str(made), "--format", "mermaid").stdout.splitlines()[2:] == [
        '  n0["a"]',
        '  n1["b"]',
        '  n2["c"]',
        '  n3["d"]',
        '  n4["e"]',
        '  n5["f<br/>single point of failure"]:::single',
        '  g0{{"2 of 3"}}',
        "  n0 --> g0",
        "  g0 --> n1",
        "  g0 --> n2",
        "  g0 --> n3",
        "  n0 -.-> n4",
        "  n0 --> n5",
    ]
    drawn = run(str(made), "--format", "dot").stdout
    assert '  g0 [label="2 of 3", shape=diamond];\n  n0 -> g0;\n  g0 -> n1;' in drawn
    assert "  n0 -> n4 [style=dotted];\n" in drawn
    assert '  n5 [label="f\\nsingle point of failure", shape=box, style=bold, color="#b3261e"];' in drawn


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_hostile_names() -> None:
    drawn = subprocess.run(["dot", "-Tplain"], input=exported(HOSTILE, dot), capture_output=True, text=True, check=True)
    assert drawn.stdout.count("\nnode ") == len(HOSTILE)
