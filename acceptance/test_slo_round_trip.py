"""Sloth's specs and files of windows become documents and come back: the same objectives, labels, alerts and windows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_sre.cli import main

SLOTH = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere")) / "slo" / "sloth"
SPECS = [path for path in sorted(SLOTH.glob("in/*.yml")) if "openslo" not in path.name]
USUAL = {"google-28d.yaml", "google-30d.yaml"}  # which Sloth has itself, so that no file is written


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that knows all services of the specs, and nothing else."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").touch()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Objectives\nplugins:\n  - sre: {as_of: 2026-08-21}\n", encoding="utf-8"
    )
    (tmp_path / "docs/sre/services").mkdir(parents=True)
    for service in {spec["service"] for file in SPECS for spec in written(file)}:
        text = f"---\ntype: service\nid: {service}\nowner: '@team'\ntier: 3\n---\n\n# {service}\n"
        (tmp_path / f"docs/sre/services/{service}.md").write_text(text, encoding="utf-8")
    return tmp_path


def run(site: Path, command: str, *arguments: str | Path) -> str:
    """Run a command about objectives on the site, and return what it prints."""
    done = CliRunner().invoke(main, ["slo", command, "-f", str(site / "mkdocs.yml"), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def written(file: Path) -> list[Any]:
    """Return the YAML documents of a file, scalars as their text."""
    return list(yaml.load_all(file.read_text(encoding="utf-8"), yaml.BaseLoader))


def by_id(specs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return each objective of Sloth's specs by service and name, with all labels of its rules."""
    return {
        f"{spec['service']}-{slo['name']}": {**slo, "labels": {**spec.get("labels", {}), **slo.get("labels", {})}}
        for spec in specs
        for slo in spec["slos"]
    }


def test_there_are_specs() -> None:
    assert len(SPECS) == 6


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_specs_come_back(site: Path, file: Path) -> None:
    said = run(site, "import", file)
    assert "documents do not say" not in said
    run(site, "export", "--to", "sloth", "--out", site / "sloth")
    back = [spec for one in sorted((site / "sloth").rglob("*.yml")) for spec in written(one)]
    assert all(len(written(one)) == 1 for one in (site / "sloth").rglob("*.yml"))
    wanted = by_id(written(file))
    assert by_id(back) == wanted
    assert {path.stem for path in (site / "docs/sre/slos").iterdir()} == set(wanted)


@pytest.mark.parametrize("windows", sorted(SLOTH.glob("windows/*.yaml")), ids=lambda file: file.stem)
def test_windows_come_back(site: Path, windows: Path) -> None:
    run(site, "import", SLOTH / "in/getting-started.yml", "--windows", windows)
    run(site, "export", "--to", "sloth", "--out", site / "sloth")
    (wanted,) = written(windows)
    found = [written(one)[0] for one in (site / "sloth").rglob("windows.yml")]
    if windows.name in USUAL:
        assert found == []
    else:
        assert [_days(one["spec"]) for one in found] == [_days(wanted["spec"])]
    period = wanted["spec"]["sloPeriod"]
    (spec,) = (site / "sloth").glob("*.yml")
    assert (f"--default-slo-period {period}" in spec.read_text(encoding="utf-8")) == (period != "30d")


def _days(value: Any) -> Any:
    """Return windows in which a length has one spelling only: hours that are whole days count as days."""
    if isinstance(value, dict):
        return {key: _days(inner) for key, inner in value.items()}
    return {"24h": "1d", "72h": "3d", "36h": "1d12h"}.get(value, value)
