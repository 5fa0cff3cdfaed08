"""OpenSLO: the judgement of each recorded file by the checks of the reference, and what comes back of its examples."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere")) / "slo/openslo"
ANSWER = "go-sdk v1 rules, restated in Python"
EXAMPLES = sorted(CASES.glob("spec/examples/**/*.yaml"))
# What the reference calls wrong, and where the same stands in the file; what is not named here is named by its last word.
SAID = {
    "condition required": "`condition`",
    "severity required": "`severity`",
    "target required": "`target`",
    "conditionRef or inline required": "`conditionRef:`",
    "targetRef or inline required": "`targetRef:`",
    "conditions length must be 1": "conditions",
    "notificationTargets >=1": "`notificationTargets`",
    "description >1050": "1,050",
    "raw/good/bad mutually exclusive": "`good` and `bad`",
    "alertPolicies item needs": "alertPolicies[1]",
    "op/value forbidden": "`spec.objectives[1].op`",
    "exactly one of thresholdMetric": "`thresholdMetric` or `ratioMetric`",
    "condition.op": "`op`",
    "not RFC-1123 label": "`metadata.name`",
    "indicatorRef": "indicatorRef",
    "targetRef": "targetRef",
}


def rows() -> list[dict[str, str]]:
    vectors = CASES / "VECTORS.tsv"
    lines = vectors.read_text(encoding="utf-8").splitlines() if vectors.is_file() else []
    return list(csv.DictReader(lines, delimiter="\t"))


ROWS = rows()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "slo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_cases_are_there() -> None:
    assert CASES.is_dir(), f"no folder of cases at {CASES}; run `make acceptance CASES=FOLDER`"
    assert len(ROWS) == 105
    assert len(EXAMPLES) == 4


@pytest.fixture(scope="module")
def told() -> dict[str, list[str]]:
    """What is said of each file, all of them judged in one run."""
    done = run("import", "--check", *(str(CASES / row["file"]) for row in ROWS))
    assert (done.returncode, done.stderr) == (1, "")
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if place := re.match(r"(.*?\.yaml):\d+:\d+ (.*)", line):
            found.setdefault(place[1], []).append(place[2])
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_file_is_judged_as_by_the_reference(row: dict[str, str], told: dict[str, list[str]]) -> None:
    answer, said = row[ANSWER], told.get(str(CASES / row["file"]), [])
    assert (answer == "valid") == (said == [])
    if answer.startswith("n/a"):
        assert "`apiVersion`" in said[0]
    elif answer.startswith("INVALID: "):
        # Long answers are cut off in the table, so the last of them may be no whole one.
        for one in (part for part in answer.removeprefix("INVALID: ").split("; ") if ": " in part):
            words = next(ours for theirs, ours in SAID.items() if theirs in one)
            assert any(words in line for line in said), (one, said)


def test_what_is_valid_is_called_so() -> None:
    valid = [str(CASES / row["file"]) for row in ROWS if row[ANSWER] == "valid"]
    done = run("import", "--check", *valid)
    assert (done.returncode, done.stderr) == (0, "")
    print(done.stdout)


@pytest.mark.parametrize("file", EXAMPLES, ids=[file.parent.name + "/" + file.stem for file in EXAMPLES])
def test_an_example_of_the_specification_comes_back(file: Path, tmp_path: Path) -> None:
    """Imported, exported and imported again, the document is the same; what the import loses is told.

    The examples name all queries `Any`; good and total events that are the same are refused, so the total is renamed.
    """
    example = tmp_path / "example.yaml"
    text = file.read_text(encoding="utf-8")
    start, total, rest = text.partition("        total:\n")
    example.write_text(start + total + rest.replace("query: Any", "query: All", 1), encoding="utf-8")
    original: dict[str, Any] = yaml.safe_load(text)
    (tmp_path / "docs/sre/slos").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Docs\n", encoding="utf-8")
    service = f"---\ntype: service\nid: {original['spec']['service']}\n---\n\n# Shop\n"
    (tmp_path / "docs/service.md").write_text(service, encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Shop\nplugins:\n  - sre\n", encoding="utf-8")
    done = run("import", str(example), "-f", str(config))
    assert done.returncode == 0, done.stderr
    print(done.stdout, done.stderr)
    assert "displayName" in done.stdout
    [document] = (tmp_path / "docs/sre/slos").iterdir()
    written = run("export", "--to", "openslo", "--out", str(tmp_path / "out"), "-f", str(config))
    assert written.returncode == 0, written.stdout + written.stderr
    [exported] = (tmp_path / "out").iterdir()
    again: dict[str, Any] = yaml.safe_load(exported.read_text(encoding="utf-8"))
    assert run("import", "--check", str(exported)).returncode == 0
    for key in ("service", "budgetingMethod"):
        assert again["spec"][key] == original["spec"][key]
    targets = [[one["target"] for one in slo["spec"]["objectives"]] for slo in (again, original)]
    assert targets[0] == targets[1]
    back = run("import", str(exported), "--out", str(tmp_path / "second"), "-f", str(config))
    assert back.returncode == 0, back.stderr
    [second] = (tmp_path / "second").iterdir()
    first = document.read_text(encoding="utf-8").split("---\n")[1]
    assert second.read_text(encoding="utf-8").split("---\n")[1] == first
