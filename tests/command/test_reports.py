"""The forms of a report on real folders: where paths are seen from, the terminal, the levels of rules."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.reports import FORMS
from mkdocs_sre.settings import DEFAULT_WAIVERS

Write = Callable[[Mapping[str, str | bytes]], Path]
COMMAND = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "check"]
CONFIGURATION = "plugins:\n  - sre:\n      as_of: 2026-03-09\n"
SCHEMA = Path(__file__).parent.parent / "reports/schemas/sarif-2.1.0.json"
RUNBOOK = '---\ntype: runbook\nid: cart\nowner: "@team"\n---\n\n# Cart\n\n[Stock](sre:stock)\n'
WAIVERS = "waivers:\n- {rule: REF106, document: cart, reason: It comes., by: '@team', until: 2026-03-31}\n"
FILES = {"site/mkdocs.yml": CONFIGURATION, "site/docs/sre/cart.md": RUNBOOK, "site/docs/stock.md": RUNBOOK}


def check(folder: Path, *arguments: str) -> str:
    done = subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("below", "arguments", "seen"),
    [
        ("site", (), "docs/stock.md:3:5"),
        ("", ("-f", "site/mkdocs.yml"), "site/docs/stock.md:3:5"),
        ("site/docs", ("-f", "../mkdocs.yml"), "stock.md:3:5"),
        ("site/docs/sre", ("-f", "../../mkdocs.yml"), "docs/stock.md:3:5"),
    ],
)
def test_people_can_open_the_printed_paths(write: Write, below: str, arguments: tuple[str, ...], seen: str) -> None:
    folder = write(FILES)
    text = check(folder / below, *arguments, "--select", "REF101")
    assert text.startswith(f"{seen} REF101 duplicate-id error"), text
    assert text.splitlines()[1] == f"    see {seen.replace('stock.md', 'sre/cart.md')}"


def test_machines_get_paths_from_the_root_of_the_repository(write: Write, git: Callable[..., str]) -> None:
    folder = write({**FILES, f"site/{DEFAULT_WAIVERS}": WAIVERS})
    git("init", "-q")
    log = json.loads(check(folder / "site", "--format", "sarif", "--select", "REF101,REF106"))
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(log)
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in log["runs"][0]["results"]]
    assert [one["uri"] for one in uris] == ["site/docs/sre/cart.md", "site/docs/stock.md", "site/docs/stock.md"]
    assert {one["uriBaseId"] for one in uris} == {"%SRCROOT%"}
    assert [len(one["suppressions"]) for one in log["runs"][0]["results"]] == [1, 0, 0]
    waived = log["runs"][0]["results"][0]["suppressions"][0]
    assert (waived["justification"], waived["properties"]) == ("It comes.", {"by": "@team", "until": "2026-03-31"})
    assert waived["location"]["physicalLocation"]["artifactLocation"]["uri"] == f"site/{DEFAULT_WAIVERS}"
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) > 50

    assert check(folder / "site", "--format", "github", "--select", "REF101,REF106").splitlines() == [
        "::error file=site/docs/stock.md,line=3,col=5,title=REF101 duplicate-id::the id cart is taken; give one of the two another id%0Asee site/docs/sre/cart.md:3:5",
        "::error file=site/docs/stock.md,line=9,col=1,title=REF106 unknown-link::a link leads to sre:stock, and nothing has that id; name an id that exists, or write its document",
        "2 documents: 2 errors, 1 waived",
    ]

    root = ET.fromstring(check(folder / "site", "--format", "junit", "--select", "REF106"))  # noqa: S314 our own
    assert [(one.get("name"), one.get("failures"), one.get("skipped")) for one in root] == [
        ("site/docs/sre/cart.md", "0", "1"),
        ("site/docs/stock.md", "1", "0"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_same_exit_codes_and_can_go_to_a_file(write: Write, form: str) -> None:
    folder = write(FILES) / "site"

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml"), "--format", form, *arguments])

    printed = run("--select", "REF")
    written = run("--select", "REF", "--output", str(folder / "report"))
    assert (printed.exit_code, written.exit_code, written.stdout) == (1, 1, "")
    assert (folder / "report").read_text(encoding="utf-8") == printed.stdout
    assert run("--select", "PIR").exit_code == 0
    assert run("--select", "nothing").exit_code == 2


def test_statistics_count_each_rule(write: Write) -> None:
    folder = write(FILES)
    assert check(folder / "site", "--select", "REF101,REF106,FRS", "--statistics").splitlines()[-4:] == [
        "      2 FRS103 never-reviewed",
        "      2 REF106 unknown-link",
        "      1 REF101 duplicate-id",
        "2 documents: 3 errors, 2 information",
    ]


def test_a_terminal_gets_a_blank_line_between_files_and_nobody_else_does(write: Write) -> None:
    folder = write(FILES) / "site"
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run([*COMMAND, "--select", "REF106"], cwd=folder, stdout=follower, env=environment, check=False)
    os.close(follower)
    shown = os.read(leader, 100_000).decode().replace("\r\n", "\n")
    os.close(leader)
    plain = check(folder, "--select", "REF106")
    assert "\n\n" in shown
    assert "\n\n" not in plain
    without = shown
    for code in ("0", "1", "2", "31", "32"):
        without = without.replace(f"\x1b[{code}m", "")
    assert [line for line in without.split("\n") if line] == plain.splitlines()


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("{FRS103: error}", {"error"}),
        ("{never-reviewed: error}", {"error"}),
        ("{FRS: warning}", {"warning"}),
        ("{frs: warning}", {"warning"}),
        ("{FRS: off}", set()),
        ("{FRS103: error, FRS: off}", {"error"}),
        ("{never-reviewed: error, FRS: off}", {"error"}),
        ("{FRS: off, never-reviewed: error}", {"error"}),
    ],
)
def test_a_level_is_that_of_the_rule_then_of_its_family(write: Write, levels: str, expected: set[str]) -> None:
    folder = write({**FILES, "site/mkdocs.yml": f"{CONFIGURATION}      levels: {levels}\n"})
    found = json.loads(check(folder / "site", "--format", "json"))["findings"]
    assert {one["level"] for one in found if one["code"] == "FRS103"} == expected
