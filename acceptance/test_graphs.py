"""Worked systems with known answers, and six real ones, through the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))
WORKED = sorted(CASES.glob("graph/*.json"))
CLOSE = 1e-9
REAL = {  # nodes, dependencies, single points of all entry points together, services on cycles
    "online-boutique": (12, 16, 11, 0),
    "otel-demo": (18, 34, 17, 0),
    "dsb-hotel-reservation": (23, 29, 22, 0),
    "train-ticket": (65, 153, 64, 3),
    "sock-shop": (14, 15, 12, 0),
    "backstage-examples": (11, 3, 3, 0),
}


def run(*arguments: str) -> str:
    command = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "graph", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_the_cases_are_there() -> None:
    assert CASES.is_dir(), f"no folder of cases at {CASES}; run `make acceptance CASES=FOLDER`"
    assert WORKED
    assert {file.stem for file in CASES.glob("real-graphs/*.json")} == set(REAL)


@pytest.mark.parametrize("file", WORKED, ids=[file.stem for file in WORKED])
def test_a_worked_system_has_its_answers(file: Path) -> None:
    expected: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["expected"]
    printed: dict[str, Any] = json.loads(run(str(file), "--format", "json", "--order", "3"))
    assert list(printed) == list(expected)
    assert printed["cold_start_deadlock"] == expected["cold_start_deadlock"]
    radii = printed["blast_radius"]
    assert {one: radii[one] for one in expected["blast_radius"]} == expected["blast_radius"]
    assert set(radii) == set(expected["blast_radius"])
    assert list(printed["roots"]) == list(expected["roots"])
    for root, answers in expected["roots"].items():
        found = printed["roots"][root]
        ratios = {bound: ratio for bound, ratio in answers["availability"].items() if bound != "formula"}
        assert found.pop("availability") == pytest.approx(ratios, abs=CLOSE, rel=0)
        assert found == {name: answer for name, answer in answers.items() if name != "availability"}
        print(file.stem, root, ratios)


@pytest.mark.parametrize("name", REAL)
def test_a_real_system_has_its_counts(name: str) -> None:
    nodes, dependencies, points, on_cycles = REAL[name]
    file = str(CASES / "real-graphs" / f"{name}.json")
    printed: dict[str, Any] = json.loads(run(file, "--format", "json"))
    assert len(printed["blast_radius"]) == nodes
    assert len({point for root in printed["roots"].values() for point in root["spofs"]}) == points
    assert len(re.findall(r"n\d+ -> n\d+;", run(file, "--format", "dot"))) == dependencies
    text = run(file)
    assert sum(int(number) for number in re.findall(r"(?m)^    (\d+) elements  .+ needs ", text)) == on_cycles
    assert f"0 of {dependencies} dependencies say" in text
    print(name, len(printed["roots"]), "roots")
