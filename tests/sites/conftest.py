"""Real sites, built by the programs that people use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.history.seals import LOCK
from mkdocs_sre.sites.begin import begin
from tests.conftest import required

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 21)

Program = Callable[..., subprocess.CompletedProcess[str]]


def command(folder: Path, name: str, *arguments: str) -> Result:
    """Run `mkdocs-sre` on the site of a folder."""
    return CliRunner().invoke(main, [name, "-f", str(folder / "mkdocs.yml"), *arguments])


@pytest.fixture
def run(tmp_path: Path) -> Program:
    """Run a module as a program in the temporary folder; its output is one text, and a traceback is a failure."""

    def start(module: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=folder or tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        assert "Traceback" not in done.stdout, done.stdout
        return done

    return start


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of this project's own site."""
    for folder in ("docs", "monitoring"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copy(ROOT / "sre-waivers.yml", tmp_path)
    if (ROOT / LOCK).is_file():
        shutil.copy(ROOT / LOCK, tmp_path)
    return tmp_path


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A site as `init` begins it, with a fixed day."""
    begin(tmp_path, DAY)
    file = tmp_path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("# as_of: today", f"as_of: {DAY}")
    assert f"as_of: {DAY}" in text
    file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(starter: Path, run: Program) -> Callable[..., Callable[[str], str]]:
    """Build the begun site strictly, with plugins and lines added to its configuration, and return a reader of pages."""

    def build(plugins: str = "", lines: str = "", *, program: str = "mkdocs") -> Callable[[str], str]:
        file = starter / "mkdocs.yml"
        text = file.read_text(encoding="utf-8").replace("  - search\n", f"  - search\n{plugins}")
        file.write_text(text + lines, encoding="utf-8")
        done = run(program, "build", "--strict", "-f", "mkdocs.yml")
        assert done.returncode == 0, done.stdout
        assert "15 documents: 1 information" in done.stdout  # that there is no git
        verified = command(starter, "verify-site", str(starter / "site"))
        assert verified.exit_code == 0, verified.output
        return lambda page: (starter / "site" / page).read_text(encoding="utf-8")

    return build


def need(module: str, package: str) -> None:
    """Skip a test that needs a package which is not installed; fail when the environment says that it must be."""
    if find_spec(module) is None:
        if required(package):
            pytest.fail(f"{package} is required (MKDOCS_SRE_REQUIRE) and not installed")
        pytest.skip(f"{package} is not installed: pip install {package}")
