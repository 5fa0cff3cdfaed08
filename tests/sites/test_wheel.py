"""The wheel works elsewhere: built, installed into a new environment, and a site begun, checked and built with it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.sites.conftest import ROOT, need


def _run(*command: str | Path, folder: Path) -> str:
    """Run a program without anything that leads back to this tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(one) for one in command],
        cwd=folder,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the hatchling that is installed here, so that nothing is fetched."""
    need("hatchling", "hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    _run(*pip, "--no-build-isolation", "--wheel-dir", folder, ROOT, folder=folder)
    (found,) = folder.glob("mkdocs_sre-*.whl")
    return found


def test_everything_is_inside(wheel: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "mkdocs_sre"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a clone, so the files of the package are not known")
    inside = ZipFile(wheel).namelist()
    assert [name for name in tracked.stdout.splitlines() if name not in inside] == []
    assert [name for name in inside if not name.startswith("mkdocs_sre")] == []


def test_the_source_archive_holds_what_the_tests_need(tmp_path: Path) -> None:
    need("hatchling", "hatchling")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a clone, so the files of the project are not known")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, folder=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        inside = {name.partition("/")[2] for name in opened.getnames()}
    assert [name for name in tracked.stdout.splitlines() if name not in inside] == [".ci/run"]


def test_it_begins_checks_builds_renders_and_verifies_a_site(wheel: Path, tmp_path: Path) -> None:
    """The environment is new. What the wheel depends on is lent from this one by a path, which leaves editable installs out."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin/python"
    own = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=tmp_path).strip())
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "--quiet"]
    _run(*pip, "--no-deps", "--no-index", "--ignore-installed", wheel, folder=tmp_path)

    site, command = tmp_path / "site", environment / "bin/mkdocs-sre"
    imported = _run(python, "-c", "import mkdocs_sre; print(mkdocs_sre.__file__)", folder=tmp_path)
    assert Path(imported.strip()).is_relative_to(own)
    assert "mkdocs serve" in _run(command, "init", "site", "--ci", "github", folder=tmp_path)
    assert "15 documents: 1 information" in _run(command, "check", "--strict", folder=site)  # there is no git
    assert "15 documents: 1 information" in _run(python, "-m", "mkdocs", "build", "--strict", folder=site)
    assert "nothing is missing" in _run(command, "verify-site", "site", folder=site)
    assert "1 information" in _run(command, "render", "--out", "rendered", "--strict", folder=site)
    assert "TODO" in _run(command, "new", "runbook", "search-slow", folder=site)
    assert '"$defs"' in _run(command, "schema", "runbook", folder=site)
    assert "## Use instead" in _run(command, "explain", "DOC202", folder=site)
