"""Dashboards of Grafana: complete, the same on every run, over nothing but what the exported rules record."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.slo.exports import Context, Export
from mkdocs_sre.slo.exports.grafana import export, uid_of
from mkdocs_sre.slo.exports.prometheus import prometheus
from mkdocs_sre.slo.targets import Target, targets_of
from tests.pages.slo.shop import SHOP
from tests.tree import parse_tree

SERIES = re.compile(r"([a-z_]+:[a-z_]+:[a-z0-9_]+)(\{[^}]*\})")
GRID = 24


def targets(tree: str = SHOP) -> list[Target]:
    """Return all objectives of a tree."""
    return [target for slo in parse_tree(tree).base().of_kind(ServiceLevelObjective) for target in targets_of(slo)]


def context(found: list[Target]) -> Context:
    """Return what an export is told of a site at an address."""
    known = {one.id.lower(): one for one in found}
    return Context(
        page_url=lambda target: f"https://sre.example/slos/{target.slo.id}/",
        runbook_url=lambda _, calls: f"https://sre.example/runbooks/{calls}/",
        find=lambda identifier: known.get(identifier.lower()),
    )


def exported(tree: str = SHOP) -> Export:
    found = targets(tree)
    return export(found, context(found))


@pytest.fixture(scope="module")
def boards() -> dict[str, dict[str, Any]]:
    return {file.name: json.loads(file.text) for file in exported().files}


def expressions(board: dict[str, Any]) -> Iterator[str]:
    for panel in board["panels"]:
        for query in panel.get("targets", []):
            yield query["expr"]


def test_there_is_one_dashboard_a_service_and_the_same_each_time(boards: dict[str, dict[str, Any]]) -> None:
    assert list(boards) == ["pay.json", "search.json"]
    assert exported() == exported()
    assert exported().losses == ()
    assert boards["pay.json"]["title"] == "SLOs of pay"


def test_every_objective_has_a_row_with_its_four_panels(boards: dict[str, dict[str, Any]]) -> None:
    panels = boards["pay.json"]["panels"]
    rows = [one["title"] for one in panels if one["type"] == "row"]
    assert rows == [
        "old: 99 % over 7d",
        "pay-answers: 99.9 % over 30d",
        "pay-answers-fast: 95 % over 30d",
        "together: 99.5 % over 30d",
    ]
    assert [one["title"] for one in panels][:5] == [rows[0], "Objective", "Budget left", "Burn rate now", "Burn rate"]


def test_panels_fill_the_grid_and_none_covers_another(boards: dict[str, dict[str, Any]]) -> None:
    for board in boards.values():
        taken: set[tuple[int, int]] = set()
        for panel in board["panels"]:
            place = panel["gridPos"]
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert not cells & taken
            taken |= cells
        height = max(y for _, y in taken) + 1
        assert taken == {(x, y) for x in range(GRID) for y in range(height)}
        numbers = [panel["id"] for panel in board["panels"]]
        assert len(numbers) == len(set(numbers))


def test_it_asks_for_nothing_that_the_rules_do_not_record(boards: dict[str, dict[str, Any]]) -> None:
    found = targets()
    recorded = {
        (rule["record"], rule["labels"]["sloth_id"], rule["labels"]["sloth_service"], rule["labels"]["sloth_slo"])
        for file in prometheus(found, context(found)).files
        for group in yaml.safe_load(file.text)["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    asked = {
        (name, *re.fullmatch(r'\{sloth_id="([^"]*)", sloth_service="([^"]*)", sloth_slo="([^"]*)"\}', labels).groups())  # type: ignore[union-attr]
        for board in boards.values()
        for text in expressions(board)
        for name, labels in SERIES.findall(text)
    }
    assert asked
    assert asked <= recorded


def test_expressions_parse(boards: dict[str, dict[str, Any]]) -> None:
    parser = pytest.importorskip("promql_parser")
    for board in boards.values():
        for text in expressions(board):
            parser.parse(text)


def test_promtool_takes_every_expression(boards: dict[str, dict[str, Any]], promtool: str, tmp_path: Path) -> None:
    rules = [
        {"record": f"check:{number}", "expr": text}
        for number, text in enumerate(text for board in boards.values() for text in expressions(board))
    ]
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}))
    done = subprocess.run([promtool, "check", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{len(rules)} rules found" in done.stdout


def test_panels_link_to_the_page_and_to_what_to_do(boards: dict[str, dict[str, Any]]) -> None:
    panel = next(one for one in boards["pay.json"]["panels"] if one["gridPos"]["y"] == 8 and one["type"] == "stat")
    assert [(one["title"], one["url"]) for one in panel["links"]] == [
        ("The objective's page", "https://sre.example/slos/pay-answers/"),
        ("Runbook of the page", "https://sre.example/runbooks/page/"),
        ("Runbook of the ticket", "https://sre.example/runbooks/ticket/"),
    ]
    plain = json.loads(export(targets(), Context(find=context(targets()).find)).files[0].text)
    assert all(panel.get("links", []) == [] for panel in plain["panels"])


def test_colours_follow_the_policy_and_the_alerts(boards: dict[str, dict[str, Any]]) -> None:
    own = [one for one in boards["pay.json"]["panels"] if one["gridPos"]["y"] == 8]
    steps = {
        one["title"]: [(step["color"], step["value"]) for step in one["fieldConfig"]["defaults"]["thresholds"]["steps"]]
        for one in own
    }
    assert steps["Budget left"] == [("red", None), ("orange", 0), ("green", 0.5)]
    assert steps["Burn rate"] == [("green", None), ("orange", 1), ("red", 6)]
    assert own[0]["fieldConfig"]["defaults"]["decimals"] == 1


def test_what_has_no_rules_is_left_out_and_told() -> None:
    lost = exported(SHOP.replace("{slo: measured, weight: 1}", "{slo: nowhere, weight: 1}"))
    assert [(one.slo, one.what) for one in lost.losses] == [
        ("together", "it is left out: it is made of `nowhere`, which is no objective, or made of others itself")
    ]
    assert "together" not in lost.files[0].text


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", fullmatch=True))
def test_an_id_of_a_dashboard_is_one_that_grafana_takes(service: str) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,40}", uid_of(service))
    assert uid_of(service) == uid_of(service.upper())


def test_hostile_words_stay_inside_their_strings() -> None:
    tree = SHOP.replace("A payment is answered within 3 s", '\'"}], "panels": [] <script> ${__user.email} \\ é\'')
    board = json.loads(exported(tree).files[0].text)
    assert len(board["panels"]) == 20
