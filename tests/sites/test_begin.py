"""`init`: a site that passes everything at once, in whatever year it is begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.history.canonical import digest
from mkdocs_sre.history.seals import LOCK, parse_seals
from mkdocs_sre.knowledge import load
from mkdocs_sre.pages.steps import first_command
from mkdocs_sre.settings import Settings
from mkdocs_sre.sites.begin import CI, MARGIN, begin
from tests.sites.conftest import Program, command

DAYS = ("2026-11-21", "2028-02-29", "2031-01-01", "2027-12-31", "2030-07-15")
LATER = timedelta(days=42)


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments])


@pytest.mark.parametrize("day", DAYS)
def test_it_has_no_findings_from_two_weeks_before_to_six_weeks_after(tmp_path: Path, day: str) -> None:
    assert init(str(tmp_path), "--as-of", day).exit_code == 0
    then = date.fromisoformat(day)
    for as_of in (then - MARGIN, then, then + timedelta(days=1), then + LATER):
        result = command(tmp_path, "check", "--strict", "--as-of", as_of.isoformat())
        assert result.exit_code == 0, (as_of, result.stdout)
        assert [line.split(" ")[1] for line in result.stdout.splitlines()] == ["IMM303", "documents:"], as_of


def test_it_has_a_document_of_each_kind(tmp_path: Path) -> None:
    begin(tmp_path, date(2026, 11, 21))
    base = load(Settings(), tmp_path / "docs")
    assert {type(one) for one in base.documents} == set(kinds().values())
    assert "TODO" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.*") if file.is_file())
    assert "<<" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.*") if file.is_file())


def test_it_builds_strictly_before_and_after_the_first_commit(
    tmp_path: Path, git: Callable[..., str], run: Program
) -> None:
    """With today's day, as people begin."""
    git("init", "-q")
    result = init(str(tmp_path))
    assert result.exit_code == 0
    for said in ("1 information", "no findings"):  # before the first commit, that git remembers nothing yet
        done = run("mkdocs", "build", "--strict")
        assert done.returncode == 0, done.stdout
        assert f"15 documents: {said}" in done.stdout
        assert command(tmp_path, "check", "--strict").exit_code == 0
        assert command(tmp_path, "verify-site", str(tmp_path / "site")).exit_code == 0
        git("add", ".")
        git("commit", "-qm", "Begin", "--allow-empty")
    assert "site/" not in git("ls-files")


def test_in_a_repository_whose_last_commit_is_old_it_says_to_commit_first(
    tmp_path: Path, git: Callable[..., str]
) -> None:
    git("init", "-q")
    git("commit", "-qm", "x", "--allow-empty", GIT_COMMITTER_DATE="2020-12-01T12:00:00Z")
    assert "git commit" in init(str(tmp_path)).stdout
    assert command(tmp_path, "check", "--strict").exit_code == 1
    git("add", ".")
    git("commit", "-qm", "Begin")
    assert command(tmp_path, "check", "--strict").exit_code == 0


def test_its_runbook_shows_a_safe_command_in_the_first_screen(tmp_path: Path) -> None:
    begin(tmp_path, date(2026, 11, 21))
    found = [
        first_command(base.body) for base in load(Settings(), tmp_path / "docs").documents if base.kind == "runbook"
    ]
    assert [one.lines for one in found if one] == [("kubectl --namespace ${NAMESPACE} get pods --selector app=shop",)]


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_it_builds_without_material(tmp_path: Path, run: Program, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.setattr("mkdocs_sre.sites.begin.find_spec", lambda _: None)
    assert init(str(tmp_path)).exit_code == 0
    file = tmp_path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert "material" not in text
    assert "pymdownx" not in text
    file.write_text(text.replace("name: mkdocs", f"name: {theme}"), encoding="utf-8")
    done = run("mkdocs", "build", "--strict", "-q")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "there",
    [
        "mkdocs.yml",
        "mkdocs.yaml",
        "properdocs.yml",
        ".gitignore",
        "docs/mine.md",
        "docs/sre/services/shop.md",
        ".github/workflows/reliability.yml",
    ],
)
def test_nothing_is_overwritten_and_nothing_written_beside_it(tmp_path: Path, there: str) -> None:
    file = tmp_path / there
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = init(str(tmp_path), "--ci", "github")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / there.removesuffix('/mine.md')} exists already\n" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("link", ["docs", ".github"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / link).symlink_to(tmp_path / "outside")
    assert init(str(tmp_path / "here"), "--ci", "github").exit_code == 2
    assert not any((tmp_path / "outside").iterdir())


def test_what_cannot_be_written_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert init(str(tmp_path / "file")).exit_code == 2
    assert init(str(tmp_path / "file/below")).exit_code == 2


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_the_end_of_the_calendar_is_refused(tmp_path: Path, day: date) -> None:
    result = init(str(tmp_path), "--as-of", day.isoformat())
    assert result.exit_code == 2
    assert "choose another day" in result.stderr
    assert not any(tmp_path.iterdir())


def test_the_folder_is_named_so_that_a_shell_finds_it(tmp_path: Path) -> None:
    assert f"cd '{tmp_path}/our site; ls'\n" in init(str(tmp_path / "our site; ls")).stdout


def test_what_else_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert init(str(tmp_path)).exit_code == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("service", CI)
def test_the_commands_of_the_pipeline_run(tmp_path: Path, run: Program, service: str) -> None:
    assert init(str(tmp_path), "--ci", service).exit_code == 0
    pipeline = yaml.safe_load((tmp_path / CI[service]).read_text(encoding="utf-8"))
    job = pipeline["jobs"]["site"]["steps"] if service == "github" else pipeline["site"]["script"]
    lines = [step.get("run", "") if isinstance(step, dict) else step for step in job]
    ours = [line.split("|| ")[-1] for line in lines if "mkdocs" in line and "pip" not in line]
    assert len(ours) == 4
    (tmp_path / "run.py").write_text("from mkdocs_sre.cli import main; main()", encoding="utf-8")
    for line in ours:
        program, *arguments = line.split()
        done = run("run" if program == "mkdocs-sre" else program, *arguments)
        assert done.returncode == 0, done.stdout


def test_the_final_review_is_sealed(tmp_path: Path) -> None:
    assert init(str(tmp_path)).exit_code == 0
    seals = parse_seals((tmp_path / LOCK).read_bytes(), LOCK)
    assert seals.defects == ()
    (seal,) = seals.seals.values()
    assert digest((tmp_path / seal.path).read_bytes()) == seal.digest
    (review,) = load(Settings(), tmp_path / "docs").of_kind(Pir)
    assert (review.id, review.status) == (seal.id, "final")
