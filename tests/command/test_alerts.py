"""`alerts`: each rule with its place, where it leads, and whom it calls; in both forms, with exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main

Write = Callable[[Mapping[str, str | bytes]], Path]

CONFIGURATION = """\
site_name: Shop
plugins:
  - sre:
      as_of: 2026-03-09
      alerts:
        rules: [rules/*.yaml]
        alertmanager: [alertmanager.yml]
        url_prefix: ["https://sre.example.com/"]
"""
RULES = """\
groups:
  - name: shop
    rules:
      - alert: ShopSlow
        expr: up == 0
        labels: {severity: page, team: team-shop}
        annotations: {runbook_url: "https://sre.example.com/shop-slow"}
      - alert: CartFull
        expr: up == 0
"""
BROKEN = """\
groups:
  - name: till
    rules:
      - alert: TillSlow
        expr: up == 0
        labels: {severity: page}
        annotations: {runbook_url: "https://sre.example.com/gone/"}
      - alert: TillDown
        expr: up == 0
        annotations: {runbook_url: "https://sre.example.com/shop-slow/#gone"}
"""
ALERTMANAGER = """\
route:
  receiver: nobody
  routes:
    - receiver: pager
      matchers: [severity = "page"]
receivers:
  - name: nobody
  - name: pager
    pagerduty_configs: [{routing_key_file: /etc/key}]
"""
RUNBOOK = "---\ntype: runbook\nid: {}\nowner: '@team-shop'\n---\n\n# {}\n"


@pytest.fixture
def shop(write: Write) -> Path:
    return write(
        {
            "mkdocs.yml": CONFIGURATION,
            "rules/shop.yaml": RULES,
            "alertmanager.yml": ALERTMANAGER,
            "docs/shop-slow.md": RUNBOOK.format("shop-slow", "Slow"),
            "docs/cart.md": RUNBOOK.format("cart-is-full", "Full"),
        }
    )


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["alerts", "-f", str(folder / "mkdocs.yml"), *arguments])


def report(folder: Path, *arguments: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(run(folder, "--format", "json", *arguments).stdout)
    return loaded


def test_text(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    result = run(Path())
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "rules/shop.yaml:8:16 CartFull no severity no owner",
        "    no link",
        "    page /alerts/cartfull/",
        "    calls perhaps pager (pagerduty), perhaps nobody (silent)",
        "rules/shop.yaml:4:16 ShopSlow page team-shop",
        "    runbook docs/shop-slow.md (slash missing or too many) <- https://sre.example.com/shop-slow",
        "    page /alerts/shopslow/",
        "    calls pager (pagerduty)",
        "",
        "docs/cart.md:3:5 no alert leads to cart-is-full; probably for CartFull",
        "",
        "2 rules of 2 alerts: 1 lead to a runbook, 1 nowhere, without a link",
        "1 rule with a slip in the link",
        "1 paging alert: 0 without runbook, 0 without owner",
        "1 runbook that no alert leads to",
    ]


def test_json(shop: Path) -> None:
    made = report(shop)
    assert made["version"] == 1
    assert made["totals"]["rules"] == 2
    cart, slow = made["alerts"]
    assert cart["rules"][0]["links"] == []
    assert cart["page"] == "/alerts/cartfull/"
    assert slow == {
        "name": "ShopSlow",
        "severity": "page",
        "paging": True,
        "owner": "team-shop",
        "runbook": {"id": "shop-slow", "path": "shop-slow.md"},
        "page": "/alerts/shopslow/",
        "successor": None,
        "rules": [
            {
                "path": "../rules/shop.yaml",
                "line": 4,
                "column": 16,
                "group": "shop",
                "severity": "page",
                "outcome": "runbook",
                "links": [
                    {
                        "line": 7,
                        "column": 36,
                        "text": "https://sre.example.com/shop-slow",
                        "outcome": "runbook",
                        "slip": "slash",
                        "target": "shop-slow.md",
                        "anchor": None,
                        "runbook": "shop-slow",
                    }
                ],
                "calls": [{"receiver": "pager", "means": ["pagerduty"], "certain": True}],
            }
        ],
    }
    assert made["orphans"] == [{"id": "cart-is-full", "path": "cart.md", "line": 3, "probable_alert": "CartFull"}]


def test_files_that_are_given_stand_in_for_the_configured_ones(shop: Path) -> None:
    (shop / "new.yml").write_text(BROKEN, encoding="utf-8")
    result = run(shop, str(shop / "new.yml"))
    assert result.exit_code == 1
    assert "2 rules of 2 alerts: 1 to nothing, 1 to no heading" in result.stdout
    assert "ShopSlow" not in result.stdout
    made = report(shop, str(shop / "new.yml"), str(shop / "rules/shop.yaml"))
    assert [one["name"] for one in made["alerts"]] == ["CartFull", "ShopSlow", "TillDown", "TillSlow"]
    assert made["totals"]["paging_without_runbook"] == 1
    assert [one["rules"][0]["outcome"] for one in made["alerts"]] == ["none", "runbook", "no-anchor", "nothing"]


def test_a_label_makes_several_links_and_the_worst_counts(shop: Path) -> None:
    labels = CONFIGURATION + "        label_values: {kind: [slow, gone]}\n"
    (shop / "mkdocs.yml").write_text(labels, encoding="utf-8")
    text = RULES.replace("com/shop-slow", "com/shop-{{ $labels.kind }}/")
    (shop / "rules/shop.yaml").write_text(text, encoding="utf-8")
    made = report(shop)
    (rule,) = made["alerts"][1]["rules"]
    assert [(one["text"][-5:], one["outcome"]) for one in rule["links"]] == [("slow/", "runbook"), ("gone/", "nothing")]
    assert rule["outcome"] == "nothing"
    assert made["totals"]["rules_to_nothing"] == 1


def test_what_cannot_be_read_is_told_and_fails(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    (shop / "rules/broken.yaml").write_text("groups: [\n", encoding="utf-8")
    result = run(Path())
    assert result.exit_code == 1
    assert result.stderr.startswith("rules/broken.yaml:")
    assert "ShopSlow" in result.stdout
    missing = run(Path(), "rules/gone.yaml")
    assert missing.exit_code == 2
    assert missing.stderr == "rules/gone.yaml: No such file or directory\n"
    (shop / "rules/given.yaml").write_bytes(b"\xff\xfe\0")
    assert run(Path(), "rules/given.yaml").exit_code == 1


def test_hostile_names_steer_no_terminal(shop: Path) -> None:
    text = 'groups: [{name: a, rules: [{alert: "x\\e[31m\\u202e", expr: up, labels: {severity: "\\x07"}}]}]\n'
    (shop / "rules/shop.yaml").write_text(text, encoding="utf-8")
    result = run(shop)
    assert not set(result.stdout) & set("\x1b\u202e\x07")
    assert "Traceback" not in result.stderr


def test_without_rule_files_it_says_where_they_are_named(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: Shop\nplugins: [sre]\n", "docs/a.md": RUNBOOK.format("a", "A")})
    result = run(folder)
    hint = "mkdocs.yml: set `alerts.rules` to the patterns of your rule files, or name files behind the command\n"
    assert (result.exit_code, result.stderr) == (0, hint)
    assert result.stdout.startswith("0 rules of 0 alerts")
    (folder / "r.yaml").write_text(RULES, encoding="utf-8")
    assert run(folder, str(folder / "r.yaml")).stderr == ""


def test_an_alerts_own_page_leads_on_to_its_runbook(shop: Path) -> None:
    rules = (
        RULES.replace("com/shop-slow", "com/alerts/shopslow/")
        + "        annotations: {runbook_url: /alerts/cartfull/}\n"
    )
    (shop / "rules/shop.yaml").write_text(rules, encoding="utf-8")
    (shop / "docs/shop-slow.md").write_text(
        RUNBOOK.format("shop-slow", "Slow").replace("id:", "alerts: [ShopSlow]\nid:"), encoding="utf-8"
    )
    said = run(shop).stdout
    assert "    its own page <- https://sre.example.com/alerts/shopslow/\n    has the runbook " in said
    own, bare = "1 lead to their own page, and from there to a runbook", "1 to a page without a runbook"
    assert f"2 rules of 2 alerts: {own}, {bare}\n" in said


def test_addresses_end_as_the_site_lets_them(shop: Path) -> None:
    (shop / "mkdocs.yml").write_text(f"use_directory_urls: false\n{CONFIGURATION}", encoding="utf-8")
    made = report(shop)
    assert [one["page"] for one in made["alerts"]] == ["/alerts/cartfull.html", "/alerts/shopslow.html"]
