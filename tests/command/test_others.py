"""`new`, `explain`, `schema`, and what all commands share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.checks.registry import rules
from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds import kinds

Write = Callable[[Mapping[str, str | bytes]], Path]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("kind", kinds())
def test_new_writes_a_template_that_the_check_reads(write: Write, kind: str) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/index.md": "# Home\n"})
    result = run("new", "-f", str(folder / "mkdocs.yml"), kind, "ABC-2026-001")
    assert result.exit_code == 0, result.output
    file = folder / "docs" / kinds()[kind].folder / "abc-2026-001.md"
    assert str(file) in result.stdout
    assert "id: ABC-2026-001" in file.read_text()
    checked = run("check", "--strict", "-f", str(folder / "mkdocs.yml"))
    assert checked.exit_code == 1
    assert "still says TODO" in checked.stdout
    assert "DOC205" not in checked.stdout


def test_new_refuses_to_overwrite_whatever_the_case(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/sre/runbooks/Cart.md": "mine"})
    result = run("new", "-f", str(folder / "mkdocs.yml"), "runbook", "cart")
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert (folder / "docs/sre/runbooks/Cart.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("kind", "identifier", "said"),
    [
        ("runbok", "x", "did you mean `runbook`?"),
        ("runbook", "../x", "is no id"),
        ("runbook", "a b", "is no id"),
        ("runbook", "Index", "would be the front page"),
    ],
)
def test_new_says_what_is_wrong(write: Write, kind: str, identifier: str, said: str) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/index.md": ""})
    result = run("new", "-f", str(folder / "mkdocs.yml"), kind, identifier)
    assert result.exit_code == 2
    assert said in result.stderr


def test_new_writes_nothing_out_of_the_docs_folder(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/index.md": "", "elsewhere/note.txt": ""})
    (folder / "docs/sre").symlink_to(folder / "elsewhere")
    result = run("new", "-f", str(folder / "mkdocs.yml"), "runbook", "cart")
    assert result.exit_code == 2
    assert "leads out of the docs folder" in result.stderr
    assert [file.name for file in (folder / "elsewhere").rglob("*")] == ["note.txt"]


@pytest.mark.parametrize("code", rules())
def test_explain_prints_every_rule(code: str) -> None:
    rule = rules()[code]
    result = run("explain", code.lower())
    assert result.exit_code == 0
    assert result.stdout == run("explain", rule.name).stdout
    assert rule.summary.split(maxsplit=1)[0] in result.stdout
    assert "## Use instead" in result.stdout


def test_explain_suggests() -> None:
    result = run("explain", "missing-kee")
    assert result.exit_code == 2
    assert "did you mean `missing-key`?" in result.stderr


@pytest.mark.parametrize("kind", kinds())
def test_schema_describes_every_key(kind: str) -> None:
    schema = json.loads(run("schema", kind).stdout)
    assert schema["properties"]["type"]["const"] == kind
    assert {"type", "id"} <= set(schema["required"])
    undescribed = [key for key, value in schema["properties"].items() if not value.get("description")]
    assert undescribed == []
    assert schema["additionalProperties"] is False
    assert len([key for key in schema["required"] if key != "type"]) <= 7


def test_schema_of_nothing() -> None:
    assert run("schema", "runbok").exit_code == 2


def test_help_names_every_command_in_a_whole_line() -> None:
    shown = run("--help").stdout
    assert all(f"  {name} " in shown for name in main.commands)
    assert "..." not in shown.partition("Commands:")[2]


@pytest.mark.parametrize("command", ["new", "schema"])
def test_help_names_every_kind(command: str) -> None:
    shown = run(command, "--help").stdout.partition("Kinds:")[2].partition("Options:")[0]
    assert "".join(shown.split()).split(",") == list(kinds())


@pytest.mark.parametrize(
    "command",
    [
        "amend",
        "audit",
        "check",
        "explain",
        "freshness",
        "graph",
        "init",
        "new",
        "render",
        "schema",
        "seal",
        "verify-site",
    ],
)
def test_help_has_examples_and_exit_codes(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"mkdocs-sre {command}" in result.stdout
    assert "Exit codes" in result.stdout
