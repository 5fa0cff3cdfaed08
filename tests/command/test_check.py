"""The command, as people and pipelines call it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main

Write = Callable[[Mapping[str, str | bytes]], Path]
COMMAND = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()"]
GOOD = '---\ntype: runbook\nid: cart\nowner: "@team"\nlast_reviewed_on: 2026-03-01\nreview_in: 6 months\n---\n'
SECTIONS = "".join(
    f"## {name}\n\nRun this and look.\n\n```bash\ntrue\n```\n\n"
    for name in ("Meaning", "Impact", "Diagnosis", "Mitigation")
)
CONFIGURATION = "site_name: x\nplugins:\n  - sre:\n      as_of: 2026-03-09\n"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml"), *arguments])


def test_clean_exits_0(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD + SECTIONS})
    result = run(folder, "--strict")
    assert (result.exit_code, result.stdout) == (0, "1 document: no findings\n")


def test_errors_exit_1_warnings_only_with_strict(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD + SECTIONS + "## More\n\nTODO\n"})
    assert run(folder).exit_code == 0
    assert run(folder, "--strict").exit_code == 1
    (folder / "docs/cart.md").write_text(GOOD)
    result = run(folder)
    assert result.exit_code == 1
    assert (
        "cart.md:3:1 DOC301 missing-section error runbook cart has no section “Detection”; add `## Detection`"
        in result.stdout
    )


def test_findings_are_complete_sorted_and_the_same_on_every_run(write: Write) -> None:
    bad = "---\ntype: runbook\nid: cart\nonwer: x\nreview_in: soon\n---\n"
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/b.md": bad.replace("cart", "b"), "docs/a.md": bad})
    first = run(folder)
    assert run(folder).stdout == first.stdout
    lines = [line for line in first.stdout.splitlines() if " DOC2" in line]
    assert lines == sorted(lines)
    assert [line.split()[1] for line in lines] == ["DOC202", "DOC205", "DOC203"] * 2


def test_json_holds_everything(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/a.md": GOOD + SECTIONS, "docs/b.md": GOOD + SECTIONS})
    report = json.loads(run(folder, "--format", "json", "--select", "REF101").stdout)
    assert report == {
        "version": 1,
        "as_of": "2026-03-09",
        "docs": "docs",
        "documents": 2,
        "findings": [
            {
                "path": "b.md",
                "line": 3,
                "column": 5,
                "code": "REF101",
                "name": "duplicate-id",
                "level": "error",
                "message": "the id cart is taken",
                "hint": "give one of the two another id",
                "related": [{"path": "a.md", "line": 3, "column": 5}],
            },
        ],
        "waived": [],
    }


def test_rules_are_selected_by_code_name_or_family(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": "---\ntype: runbook\nid: cart\nonwer: x\n---\n"})
    assert "DOC301" not in run(folder, "--select", "missing-key,DOC205").stdout
    assert "DOC202" in run(folder, "--select", "doc").stdout
    assert "DOC" not in run(folder, "--ignore", "DOC").stdout.replace("document", "")
    wrong = run(folder, "--select", "mising-key")
    assert wrong.exit_code == 2
    assert "did you mean `missing-key`?" in wrong.stderr


def test_output_goes_to_a_file(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD})
    result = run(folder, "--format", "json", "--output", str(folder / "out.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((folder / "out.json").read_text())["findings"]
    assert run(folder, "--output", str(folder / "no/where")).exit_code == 2


def test_as_of_comes_from_the_command_line_first(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD + SECTIONS})
    assert "FRS102" in run(folder, "--as-of", "2026-12-01").stdout
    assert run(folder, "--as-of", "2026-02-30").exit_code == 2
    assert run(folder, "--as-of", "today").exit_code == 0


def test_as_of_comes_from_the_last_commit_then_from_the_clock_with_a_notice(
    write: Write, git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"mkdocs.yml": "site_name: x\n", "docs/cart.md": GOOD + SECTIONS})
    assert "no commit to take the date from" in run(folder).stderr
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x", GIT_COMMITTER_DATE="2026-12-01T12:00:00Z", GIT_AUTHOR_DATE="2020-01-01T12:00:00Z")
    assert json.loads(run(folder, "--format", "json").stdout)["as_of"] == "2026-12-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")
    assert json.loads(run(folder, "--format", "json").stdout)["as_of"] == "2026-03-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert "`SOURCE_DATE_EPOCH` names no day in seconds" in run(folder).stderr
    assert json.loads(run(folder, "--format", "json").stdout)["as_of"] == "2026-12-01"


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        ("site_name: [\n", "mkdocs.yml:2:1 is not valid YAML"),
        (
            "site_name: x\nplugins:\n  - sre:\n      folder: []\n",
            "mkdocs.yml:4:7 folder is no option; did you mean `folders`?",
        ),
        ("- a\n", "holds no keys"),
        ("docs_dir: nowhere\n", "does not exist"),
        ("INHERIT: mkdocs.yml\n", "goes in a circle"),
        ("INHERIT: other.yml\n", "other.yml: No such file or directory\n"),
    ],
)
def test_what_cannot_run_exits_2_and_says_why(write: Write, configuration: str, said: str) -> None:
    folder = write({"mkdocs.yml": configuration, "docs/cart.md": GOOD})
    result = run(folder)
    assert result.exit_code == 2
    assert said in result.stderr
    nowhere = run(folder / "nowhere")
    assert (nowhere.exit_code, "begin a site with `mkdocs-sre init`" in nowhere.stderr) == (2, True)


def test_real_configurations_are_read_without_running_them(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAY", "2026-12-01")
    parent = """
site_name: !ENV [NAME, "A site"]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:os.system
      options: !!python/object/apply:os.system ["touch ran"]
  - toc: {slugify: !relative x}
hooks: [hook.py]
"""
    child = "INHERIT: base/parent.yml\ndocs_dir: pages\nexclude_docs: |\n  /drafts/\ndraft_docs: unready.md\nplugins:\n  search: {}\n  sre:\n    as_of: !ENV DAY\n"
    hook = "raise SystemExit('ran')"
    files = {
        "base/parent.yml": parent,
        "mkdocs.yml": child,
        "hook.py": hook,
        "pages/cart.md": GOOD + SECTIONS,
        "pages/drafts/x.md": "---\n[\n---\n",
    }
    folder = write(files)
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "FRS102" in result.stdout
    assert not (folder / "ran").exists()


def test_a_configuration_without_the_plugin_is_checked_with_defaults(write: Write) -> None:
    folder = write({"mkdocs.yml": "site_name: x\nplugins: [search]\n", "docs/cart.md": GOOD})
    assert "DOC301" in run(folder).stdout


def test_the_engine_stands_without_mkdocs(write: Write) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD + SECTIONS})
    code = "import sys; sys.modules['mkdocs'] = None; from mkdocs_sre.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "1 document: no findings\n")


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_only_on_a_terminal_and_without_no_color(write: Write, no_color: str, *, coloured: bool) -> None:
    folder = write({"mkdocs.yml": CONFIGURATION, "docs/cart.md": GOOD})
    assert "\x1b" not in run(folder).stdout
    leader, follower = pty.openpty()
    environment = {**os.environ, "NO_COLOR": no_color}
    subprocess.run([*COMMAND, "check"], cwd=folder, stdout=follower, stderr=follower, env=environment, check=False)
    os.close(follower)
    text = os.read(leader, 100_000).decode()
    os.close(leader)
    assert "DOC301" in text
    assert ("\x1b" in text) is coloured


def test_a_hostile_name_cannot_steer_the_terminal(write: Write) -> None:
    folder = write(
        {
            "mkdocs.yml": CONFIGURATION,
            "docs/a\x1b[2J\nb.md": '---\ntype: runbook\nid: x\nowner: "\\e[31m"\nservice: "\\e[31m"\n---\n',
        }
    )
    result = run(folder)
    assert "\x1b" not in result.stdout
    assert "a\\x1b[2J\\nb.md:" in result.stdout
