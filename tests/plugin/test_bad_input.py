"""A folder of everything that an author can get wrong, or mean ill: findings with places, the same from both doors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_sre.cli import main
from mkdocs_sre.plugin.adapter import SrePlugin
from mkdocs_sre.reports.json import json_report
from tests.plugin.conftest import CONFIGURATION

ROOT = Path(__file__).parents[2]
MAX_MEGABYTES = 300  # of a whole build with the front matter of 10 MB
# Runs a command and notes the memory of that child alone: this process has had others.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], check=False).returncode
with open("kilobytes", "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""
HEAD = "---\ntype: runbook\nid: {}\nowner: '@t'\n---\n# Title\n"
BOMB = "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
FILES: dict[str, str | bytes] = {
    "malformed.md": "---\ntype: runbook\nid: [\n---\n# Bad\n",
    "duplicate.md": "---\ntype: runbook\nid: dup\nid: dup2\nowner: '@t'\n---\n",
    "unclosed.md": "---\ntype: runbook\nid: un\n# Bad\n",
    "list.md": "---\n- a\n- b\n---\n",
    "late.md": "\n---\ntype: runbook\nid: late\n---\n",
    "date.md": "---\ntype: runbook\nid: date\nowner: '@t'\nlast_reviewed_on: 2026-02-30\n---\n",
    "nul.md": b"# a\0b\n",
    "latin.md": "---\ntype: runbook\nid: latin\n---\n# Caf\xe9\n".encode("latin-1"),
    "big.md": f"---\ntype: runbook\nid: big\ntext: {'x' * 10_000_000}\n---\n",
    "bomb.md": f"---\ntype: runbook\nid: bomb\na0: &a0 [x,x]\n{BOMB}---\n",
    "dots.md": HEAD.format("../../etc/passwd"),
    "script.md": HEAD.format("'<script>alert(1)</script>'"),
    "tick.md": HEAD.format("'a`b|c'"),
    "newline.md": HEAD.format('"a\\nb"'),
    "Case.md": "# Upper\n",
    "case.md": "# Lower\n",
    "type-list.md": "---\ntype: [a]\nid: x\n---\n",
    "type-mapping.md": "---\ntype: {}\nid: x\n---\n",
    "digits.md": f"---\ntype: runbook\nid: digits\nowner: '@t'\nreview_in: {'1' * 200_000}\n---\n",
}
EXPECTED = {
    "malformed.md:4:1 DOC101",
    "duplicate.md:4:1 DOC102",
    "unclosed.md:1:1 DOC103",
    "list.md:2:1 DOC104",
    "late.md:2:1 DOC105",
    "date.md:5:19 DOC204",
    "nul.md:1:4 DOC107",
    "latin.md:5:6 DOC106",
    "big.md:2:1 DOC108",
    "bomb.md:5:5 DOC109",
    "dots.md:3:5 DOC207",
    "script.md:3:5 DOC207",
    "tick.md:3:5 DOC207",
    "newline.md:3:5 DOC207",
    "case.md:1:1 DOC111",
    "type-list.md:2:7 DOC201",
    "type-mapping.md:2:7 DOC201",
    "digits.md:5:12 DOC203",
    "linked.md:1:1 DOC110",
    "linked.txt:1:1 DOC110",
    "linked:1:1 DOC110",
    "nowhere.png:1:1 DOC112",
    "\\udcff.md:1:1 DOC112",
}


@pytest.fixture
def bad_site(tmp_path: Path) -> Path:
    """A site of all bad inputs; with links to a folder outside of `docs/`, and without a repository."""
    docs, outside = tmp_path / "docs", tmp_path / "outside"
    for folder in (docs, outside):
        folder.mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    for name in ("page.md", "page.txt"):
        (outside / name).write_text("# Secret words\n", encoding="utf-8")
    for name, content in FILES.items():
        (docs / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (docs / os.fsdecode(b"\xff.md")).write_text("# Name\n", encoding="utf-8")
    for name, target in (("linked.md", "page.md"), ("linked.txt", "page.txt"), ("linked", ""), ("nowhere.png", "no")):
        (docs / name).symlink_to(outside / target if name != "nowhere.png" else docs / target)
    return tmp_path


def test_the_command_names_every_one(bad_site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "check"],
        cwd=bad_site,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == ""
    assert {" ".join(line.split(" ")[:2]) for line in done.stdout.splitlines()} >= {f"docs/{one}" for one in EXPECTED}


def test_a_quiet_strict_build_fails_twice_and_publishes_nothing_from_outside(bad_site: Path) -> None:
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, sys.executable, "-m", "mkdocs", "build", "--strict", "-q"],
            cwd=bad_site,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "strict build fails" in done.stdout
        assert int((bad_site / "kilobytes").read_text()) < MAX_MEGABYTES * 1024
    assert [file for file in (bad_site / "site").rglob("*") if file.is_file() and b"Secret" in file.read_bytes()] == []


def test_both_doors_have_the_same_findings_on_the_bad_folder(bad_site: Path) -> None:
    with pytest.raises(Abort):
        _built(bad_site)
    assert _plugin_findings(bad_site) == _command_findings(bad_site)


def test_both_doors_have_the_same_findings_on_the_example(tmp_path: Path) -> None:
    """A copy whose links by id are broken: the example itself has none."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for beside in ("sre-waivers.yml", "pir-seals.lock"):
        shutil.copy(ROOT / beside, tmp_path)
    for file in sorted((tmp_path / "docs").rglob("*.md")):
        file.write_text(file.read_text(encoding="utf-8").replace("](sre:c", "](sre:z"), encoding="utf-8")
    found = _command_findings(tmp_path)
    assert found
    assert _plugin_findings(tmp_path) == found


def _command_findings(folder: Path) -> object:
    arguments = ["check", "-f", str(folder / "mkdocs.yml"), "--format", "json"]
    return json.loads(CliRunner().invoke(main, arguments).stdout)["findings"]


def _plugin_findings(folder: Path) -> object:
    plugin = _built(folder, strict=False)
    assert plugin.run is not None
    return json.loads(json_report(plugin.run))["findings"]


def _built(folder: Path, *, strict: bool = True) -> SrePlugin:
    config = load_config(str(folder / "mkdocs.yml"), strict=strict, site_dir=str(folder / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    plugin = config.plugins["sre"]
    build(config)
    assert isinstance(plugin, SrePlugin)
    return plugin
