"""The hook of `.pre-commit-hooks.yaml`, installed and run by pre-commit as in anybody's repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.conftest import GIT

Write = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent.parent
PACKAGE = ("mkdocs_sre", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
HOOK = "repos:\n  - repo: {repository}\n    rev: {revision}\n    hooks: [{{id: mkdocs-sre}}]\n"


def test_the_hook_stops_a_commit_with_a_fault_and_no_other(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {**GIT, "PRE_COMMIT_HOME": str(tmp_path / "cache")}

    def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    repository, site = tmp_path / "mkdocs-sre", tmp_path / "site"
    repository.mkdir()
    for name in PACKAGE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, repository / name)
    for folder in (repository, site):
        folder.mkdir(exist_ok=True)
        assert run(folder, "git", "init", "-q").returncode == 0
    run(repository, "git", "add", ".")
    assert run(repository, "git", "commit", "-qm", "Release").returncode == 0
    revision = run(repository, "git", "rev-parse", "HEAD").stdout.strip()

    (site / "docs").mkdir()
    (site / "mkdocs.yml").write_text("plugins:\n  - sre: {as_of: 2026-03-09}\n")
    (site / ".pre-commit-config.yaml").write_text(HOOK.format(repository=repository, revision=revision))
    (site / "docs/note.md").write_text("# Note\n\n[the basket](sre:basket)\n")
    run(site, "git", "add", ".")
    failed = run(site, sys.executable, "-m", "pre_commit", "run")
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "docs/note.md:3:1 REF106 unknown-link error" in failed.stdout

    (site / "docs/note.md").write_text("# Note\n")
    run(site, "git", "add", ".")
    passed = run(site, sys.executable, "-m", "pre_commit", "run")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
