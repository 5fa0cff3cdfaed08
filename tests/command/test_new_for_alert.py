"""`new runbook --for-alert`: a runbook begins with what the rules say, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown  # type: ignore[import-untyped]

from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration
from mkdocs_sre.sites.for_alert import hyphenated

Write = Callable[[Mapping[str, str | bytes]], Path]
CONFIGURATION = """\
site_name: T
plugins:
  - sre:
      as_of: 2026-03-09
      alerts: {rules: "r/*.yaml"}
"""
SERVICE = "---\ntype: service\nid: cart\nowner: '@team-cart'\ntier: 1\n---\n\n# Cart\n"
RULE = {
    "alert": "CartSessionsLost",
    "expr": 'rate(cart_sessions_lost_total{job="cart"}[5m])\n  > 3\n',
    "for": "10m",
    "labels": {"severity": "page", "team": "@team-cart", "service": "cart"},
    "annotations": {
        "summary": "Baskets of {{ $labels.region }} are emptied.",
        "description": "{{ $value | humanize }} baskets a second are lost in {{$labels.region}}.",
        "dashboard_url": "https://grafana.example.com/d/cart",
    },
}


def site(write: Write, *rules: Mapping[str, Any]) -> Path:
    text = yaml.safe_dump({"groups": [{"name": "g", "rules": [*rules]}]}, allow_unicode=True)
    return write({"mkdocs.yml": CONFIGURATION, "r/a.yaml": text, "docs/sre/services/cart.md": SERVICE})


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", "-f", str(folder / "mkdocs.yml"), *arguments])


def written(folder: Path, name: str = "cart-sessions-lost") -> tuple[dict[str, Any], str]:
    text = (folder / f"docs/sre/runbooks/{name}.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


def test_it_begins_with_what_the_rules_say(write: Write) -> None:
    folder = site(write, RULE)
    done = run(folder, "runbook", "--for-alert", "CartSessionsLost")
    assert (done.exit_code, "cart-sessions-lost.md: fill in what says TODO" in done.stdout) == (0, True)
    head, body = written(folder)
    assert head["id"] == "cart-sessions-lost"
    assert head["title"] == "Baskets of region are emptied"
    assert (head["owner"], head["service"], head["severity"]) == ("@team-cart", "cart", "page")
    assert head["alerts"] == ["CartSessionsLost"]
    assert head["dashboards"] == [{"title": "Dashboard of the alert", "url": "https://grafana.example.com/d/cart"}]
    assert "# Baskets of region are emptied\n" in body
    detection = body.partition("## Detection\n")[2].partition("\n## ")[0]
    assert "fires as page when this holds for 10m:\n\n```promql\nrate(cart_sessions_lost_total" in detection
    assert "[5m])\n  > 3\n```\n" in detection
    assert "It says: … baskets a second are lost in region." in detection
    assert [section for section in Runbook.schemes["detection"] if f"\n## {section}\n" not in body] == []


def test_it_is_the_runbook_of_its_alert_once_it_is_filled_in(write: Write) -> None:
    folder = site(write, RULE)
    run(folder, "runbook", "lost", "--for-alert", "cartsessionslost")
    file = folder / "docs/sre/runbooks/lost.md"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "TODO" not in line]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    found = load_configuration(folder / "mkdocs.yml")
    base = load(found.settings, found.docs_dir, found.exclude, found.file)
    runbook = base.document("lost", Runbook)
    assert runbook is not None
    assert (runbook.alerts, runbook.owner, [one.url for one in runbook.dashboards]) == (
        ["CartSessionsLost"],
        "@team-cart",
        ["https://grafana.example.com/d/cart"],
    )
    again = run(folder, "runbook", "other", "--for-alert", "CartSessionsLost")
    assert (again.exit_code, "has the runbook sre/runbooks/lost.md already" in again.stderr) == (2, True)


@pytest.mark.parametrize("duration", ["0s", "0m", "0", "0h0m"])
def test_an_alert_that_fires_at_once_is_not_said_to_wait(write: Write, duration: str) -> None:
    folder = site(write, {**RULE, "for": duration})
    run(folder, "runbook", "--for-alert", "CartSessionsLost")
    assert "fires as page when this holds:\n" in written(folder)[1]


def test_what_is_not_known_stays_to_be_filled_in(write: Write) -> None:
    labels = {"severity": "{{ $labels.x }}", "service": "gone"}
    folder = site(write, {"alert": "A", "expr": "1", "labels": labels})
    assert run(folder, "runbook", "--for-alert", "A").exit_code == 0
    head, body = written(folder, "a")
    assert [head[key][:4] for key in ("title", "owner", "service", "severity")] == ["TODO"] * 4
    assert "dashboards" not in head
    assert "It says" not in body


def test_an_unknown_alert_names_those_that_are_near(write: Write) -> None:
    folder = site(write, RULE, {"alert": "CartDown", "expr": "1"})
    done = run(folder, "runbook", "--for-alert", "CartSessionLost")
    assert (done.exit_code, "did you mean `CartSessionsLost`?" in done.stderr) == (2, True)
    assert "`mkdocs-sre alerts` lists all" in run(folder, "runbook", "--for-alert", "x" * 500).stderr
    assert not (folder / "docs/sre/runbooks").exists()


def test_without_rule_files_it_says_so(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: T\nplugins: [sre]\n", "docs/index.md": "# T\n"})
    assert "set `alerts.rules`" in run(folder, "runbook", "--for-alert", "A").stderr


def test_an_existing_file_is_never_overwritten(write: Write) -> None:
    folder = site(write, RULE)
    file = write({"docs/sre/runbooks/cart-sessions-lost.md": "# mine\n"}) / "docs/sre/runbooks/cart-sessions-lost.md"
    done = run(folder, "runbook", "--for-alert", "CartSessionsLost")
    assert (done.exit_code, "exists already" in done.stderr) == (2, True)
    assert file.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("runbook",), "Missing argument 'ID'"),
        (("pir", "--for-alert", "A"), "goes with the kind `runbook`"),
        (("runbook", "../x", "--for-alert", "CartSessionsLost"), "is no id"),
        (("runbook", "--for-alert", ""), "no rule names the alert"),
    ],
)
def test_what_does_not_go_together_is_refused(write: Write, arguments: tuple[str, ...], said: str) -> None:
    done = run(site(write, RULE), *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_name_that_makes_no_id_asks_for_one(write: Write) -> None:
    folder = site(write, {"alert": "警报", "expr": "1"})
    assert "give one" in run(folder, "runbook", "--for-alert", "警报").stderr
    assert run(folder, "runbook", "alarm", "--for-alert", "警报").exit_code == 0
    assert written(folder, "alarm")[0]["alerts"] == ["警报"]


@pytest.mark.parametrize(
    "hostile",
    [
        'x"\nowner: "@evil',
        "---\n# Other\n",
        "<script>alert(1)</script>",
        "{{ config.site_name }} {% include 'x' %}",
        "[a](javascript:alert(1)) ![b](//evil/x.png)",
        "`rm -rf /` ${HOME} ~~x~~",
        '--8<-- "mkdocs.yml"',
        "{#id .class onclick=x}",
        "```\n\n# out of the block\n",
        "!!python/object:os.system &a *a",
        "\\u202e\\ufffe\x85",
    ],
)
def test_hostile_values_stay_values(write: Write, hostile: str) -> None:
    text = {"summary": hostile, "description": hostile, "dashboard": f"https://x/{hostile}"}
    labels = {"severity": hostile, "team": hostile}
    folder = site(write, {"alert": "A", "expr": hostile, "for": hostile, "labels": labels, "annotations": text})
    assert run(folder, "runbook", "--for-alert", "A").exit_code == 0
    head, body = written(folder, "a")
    keys = {"type", "id", "title", "owner", "service", "alerts", "severity", "impact", "escalation"}
    assert set(head) - {"dashboards"} == keys | {"last_reviewed_on", "review_in", "decide"}
    assert (head["alerts"], head["id"]) == (["A"], "a")
    assert re.findall(r"\{\{|\{%|\{#|\$\{|-8<-", body) == []
    html = markdown(body, extensions=["attr_list", "fenced_code", "pymdownx.tilde", "pymdownx.superfences"])
    plain = re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)
    assert set(re.findall(r"<(\w+)", plain)) <= {"h1", "h2", "h3", "p", "div"}, plain
    assert plain.count("<h1") == 1
    assert "onclick=" not in "".join(re.findall(r"<[^>]*>", plain))


@given(st.text(max_size=200))
def test_an_id_made_of_a_name_is_one(name: str) -> None:
    made = hyphenated(name)
    assert made == "" or (is_id(made) and made == made.lower())
