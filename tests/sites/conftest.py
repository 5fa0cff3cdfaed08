"""Real sites, built by the programs that people use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main

ROOT = Path(__file__).parents[2]

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
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path
