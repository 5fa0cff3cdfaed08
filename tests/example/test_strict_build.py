"""A strict build of the example fails for a single point of failure that nobody decided about, at the dependency's line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from tests.example.planting import example
from tests.example.test_example import FAULTS, OPTIONS, ROOT


def build(folder: Path, *codes: str) -> tuple[int, str]:
    """Build a copy of the example with these faults by `mkdocs build --strict`; return the exit code and what is said."""
    copy = example(ROOT / "docs", OPTIONS)
    for fault in FAULTS:
        if fault.code in codes:
            copy.plant(fault)
    copy.lift()
    files = {path: text for path, text in copy.files.items() if not path.startswith("guide/")}
    copy.files = files
    copy.write(folder / "docs")
    configuration = {
        "site_name": "Example",
        "theme": {"name": "mkdocs"},
        "plugins": [{"sre": copy.options}],
        "validation": {"links": {"not_found": "info"}},  # the guide is left out
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_an_undocumented_single_point_fails_the_strict_build(tmp_path: Path) -> None:
    code, said = build(tmp_path, "GRF101")
    pricing = (tmp_path / "docs/sre/services/pricing.md").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(pricing, 1) if "tax-rates" in text)
    assert code == 1, said
    assert f"sre/services/pricing.md:{line}:5 GRF101 undocumented-single-point error tax-rates alone takes" in said


def test_without_it_the_same_build_passes(tmp_path: Path) -> None:
    code, said = build(tmp_path)
    assert code == 0, said
