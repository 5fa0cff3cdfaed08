"""The example has one finding, an event that its runbooks show; with one fault planted for each rule it has exactly those too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mkdocs_sre.checks.registry import rules
from mkdocs_sre.checks.run import examine
from mkdocs_sre.knowledge import assemble, load
from mkdocs_sre.reading.configuration import load_configuration
from mkdocs_sre.reading.source import read
from mkdocs_sre.reading.waivers import parse_waivers
from mkdocs_sre.settings import Settings
from tests.example.planting import WAIVERS, Copy, Fault, Place, example, read_faults

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "check", "--format", "json"]
OPTIONS = load_configuration(ROOT / "mkdocs.yml").settings.model_dump(exclude_unset=True)
FAULTS = read_faults(Path(__file__).parent / "faults")
# On purpose: shipping runs a version that its runbook is not verified for. It is information.
STANDING: list[Place] = [("sre/runbooks/parcel-states-old.md", 29, "FRS101")]
# Rules about commits, which a test of its own makes, or those of tests/history.
NEEDS_COMMITS = ("FRS106", "IMM104", "IMM108", "IMM201", "IMM301", "IMM303")
# It judges what is written by hand where no file of pages is named; ALT308 and ALT309 need the file.
WITHOUT_PAGES = ("ONC202",)
READ = cache(read)  # most copies have most pages in common, and a knowledge base leaves its sources as they are
IMMUTABILITY = [fault for fault in FAULTS if fault.code.startswith("IMM")]
OTHERS = [
    fault for fault in FAULTS if fault not in IMMUTABILITY
]  # they edit final reviews too, and that is not their point


def run(configuration: Path, *options: str) -> tuple[int, list[Place]]:
    """Run the command and return its exit code and the findings."""
    done = subprocess.run([*COMMAND, "-f", str(configuration), *options], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, sorted(
        (one["path"], one["line"], one["code"]) for one in json.loads(done.stdout)["findings"]
    )


def found(copy: Copy, folder: Path) -> list[Place]:
    """Check a copy; only one with links, or for which other files are looked for, is written to disk."""
    settings = Settings.load(copy.options)
    if copy.links or copy.searched:
        copy.write(folder)
        base = load(settings, folder, config_file=folder.parent / "mkdocs.yml")
    else:
        sources = [READ(path, data) for path, data in copy.pages().items()]
        base = assemble(settings, sources, monitoring=copy.monitoring(settings))
    assert isinstance(settings.as_of, date)
    waivers = parse_waivers(copy.files[WAIVERS].decode(), WAIVERS)
    findings = examine(base, settings.as_of, waivers).findings
    return sorted((one.location.path, one.location.line, one.code) for one in findings)


def test_the_example_has_the_finding_that_it_shows() -> None:
    assert run(ROOT / "mkdocs.yml") == (0, STANDING)


def test_every_rule_has_a_fault() -> None:
    assert sorted([*NEEDS_COMMITS, *(fault.code for fault in FAULTS)]) == list(rules())


@pytest.mark.untraced  # each examines the whole example
@pytest.mark.parametrize("fault", OTHERS, ids=[f"{fault.code} {fault.title}" for fault in OTHERS])
def test_one_fault_gives_one_finding(fault: Fault, tmp_path: Path) -> None:
    copy = example(ROOT / "docs", OPTIONS)
    copy.plant(fault)
    expected = copy.lift()
    assert [code for _, _, code in expected] == [fault.code]
    assert found(copy, tmp_path / "docs") == sorted([*STANDING, *expected])


def test_all_faults_at_once_give_exactly_their_findings(tmp_path: Path) -> None:
    copy = example(ROOT / "docs", OPTIONS)
    together = [fault for fault in OTHERS if fault.code not in WITHOUT_PAGES]
    for fault in together:
        copy.plant(fault)
    expected = copy.lift()
    assert len(expected) == len(together)
    copy.write(tmp_path / "docs")
    if (tmp_path / "DOCS").exists():
        pytest.skip("DOC111 needs a file system that tells upper from lower case")
    assert run(tmp_path / "mkdocs.yml", "--ignore", "IMM") == (1, sorted([*STANDING, *expected]))


@pytest.mark.parametrize("fault", IMMUTABILITY, ids=[f"{fault.code} {fault.title}" for fault in IMMUTABILITY])
def test_one_fault_of_a_final_review_gives_one_finding(fault: Fault, tmp_path: Path) -> None:
    copy = example(ROOT / "docs", OPTIONS)
    copy.plant(fault)
    expected = copy.lift()
    copy.write(tmp_path / "docs")
    assert [code for _, _, code in expected] == [fault.code]
    assert run(tmp_path / "mkdocs.yml", "--select", "IMM", "--evidence", "seal")[1] == expected


def test_all_faults_of_final_reviews_at_once_give_exactly_their_findings(tmp_path: Path) -> None:
    copy = example(ROOT / "docs", OPTIONS)
    for fault in IMMUTABILITY:
        copy.plant(fault)
    expected = copy.lift()
    copy.write(tmp_path / "docs")
    assert run(tmp_path / "mkdocs.yml", "--select", "IMM", "--evidence", "seal") == (1, expected)


def test_days_of_reviews_changed_in_bulk_give_one_finding(tmp_path: Path, git: Callable[..., str]) -> None:
    copy = example(ROOT / "docs", OPTIONS)
    copy.write(tmp_path / "docs")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "The example")
    slos = sorted((tmp_path / "docs/sre/slos").glob("*.md"))
    stamped = [file for file in slos if b"last_reviewed_on: 2026-03-05" in file.read_bytes()]
    assert len(stamped) >= 10
    for file in stamped:
        file.write_bytes(file.read_bytes().replace(b"last_reviewed_on: 2026-03-05", b"last_reviewed_on: 2026-03-08"))
    git("commit", "-q", "-a", "-m", "All reviewed")
    line = stamped[0].read_text(encoding="utf-8").splitlines().index("last_reviewed_on: 2026-03-08") + 1
    expected = (stamped[0].relative_to(tmp_path / "docs").as_posix(), line, "FRS106")
    assert run(tmp_path / "mkdocs.yml") == (0, sorted([*STANDING, expected]))
