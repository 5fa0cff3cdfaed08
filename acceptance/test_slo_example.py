"""The example's objectives as rules of every form: promtool takes them, and the tests that are written beside them pass."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_sre.cli import main

EXAMPLE = Path(__file__).parents[1] / "mkdocs.yml"
PROMTOOL = shutil.which("promtool") or "promtool"


def promtool(folder: Path, *arguments: str) -> None:
    done = subprocess.run([PROMTOOL, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def exported(folder: Path, form: str, *options: str) -> list[Path]:
    """Export the example, and return the files, those of tests apart."""
    command = ["slo", "export", "-f", str(EXAMPLE), "--to", form, "--out", str(folder), *options]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    found = sorted(folder.glob("*.yaml"))
    assert len(found) >= 10
    return found


def test_rules_and_their_tests_pass(tmp_path: Path) -> None:
    rules = exported(tmp_path, "prometheus", "--with-tests")
    promtool(tmp_path, "check", "rules", "--lint-fatal", *(one.name for one in rules))
    tests = sorted((tmp_path / "tests").glob("*.test.yml"))
    assert tests
    promtool(tmp_path, "test", "rules", *(f"tests/{one.name}" for one in tests))


@pytest.mark.parametrize("form", ["prometheus", "prometheusrule"])
@pytest.mark.parametrize("options", [[], ["--sloth-form"]])
def test_rules_of_every_form_are_taken(tmp_path: Path, form: str, options: list[str]) -> None:
    for file in exported(tmp_path, form, *options):
        if form == "prometheusrule":
            file.write_text(yaml.safe_dump(yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]), encoding="utf-8")
        promtool(tmp_path, "check", "rules", "--lint-fatal", file.name)
