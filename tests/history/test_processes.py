"""How often git is called, and what the cache may and may not do."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.history.edits import body
from tests.history.repositories import Repository, Verdict, environment, repository_in
from tests.history.site import CONFIGURATION, MKDOCS, REVIEW, REVIEWS, review

AT_MOST = 4
COMMANDS = {
    "build": [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
    "check": [sys.executable, "-m", "mkdocs_sre", "check", "--strict"],
    "render": [sys.executable, "-m", "mkdocs_sre", "render", "--out", "rendered"],
}


class Counted:
    """A folder with a program named git that notes each call and hands it on."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes"
        self.script = folder / "bin/git"
        self.script.parent.mkdir(parents=True)
        real = shutil.which("git")
        self.script.write_text(
            f'#!/bin/sh\necho "$@" | tr "\\n" " " >> "{self.notes}"\necho >> "{self.notes}"\nexec {real} "$@"\n'
        )
        self.script.chmod(stat.S_IRWXU)

    def calls(self, command: str, repository: Repository, **variables: str) -> list[str]:
        """Run a command, which must succeed, and return what git was called with meanwhile."""
        self.notes.write_text("")
        path = f"{self.script.parent}:{os.environ['PATH']}"
        done = subprocess.run(
            COMMANDS[command],
            cwd=repository.folder,
            env={**environment(), "NO_MKDOCS_2_WARNING": "1", "PATH": path, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return self.notes.read_text().splitlines()


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    return Counted(tmp_path / "counted")


def grown(repository: Repository, pages: int) -> Repository:
    """Add final reviews until there are this many, and commit them in three steps."""
    for step in range(3):
        for number in range(100 + step, 100 + pages, 3):
            repository.write(f"{REVIEWS}/PIR-2026-{number}.md", review(f"PIR-2026-{number}"))
        repository.commit()
    repository.seal()
    repository.commit()
    return repository


@pytest.mark.parametrize("as_of", ["", "      as_of: 2026-03-01\n"], ids=["as_of unset", "as_of set"])
@pytest.mark.parametrize("pages", [3, 60])
@pytest.mark.parametrize("command", COMMANDS)
def test_git_is_called_at_most_four_times(
    repository: Repository, counted: Counted, command: str, pages: int, as_of: str
) -> None:
    repository.write(
        CONFIGURATION,
        MKDOCS.replace("      as_of: 2026-03-01\n", as_of).replace("sre:\n", "sre:\n" if as_of else "sre\n"),
    )
    grown(repository, pages)
    for _ in range(2):
        calls = counted.calls(command, repository)
        assert 0 < len(calls) <= AT_MOST, calls
        shutil.rmtree(repository.folder / "rendered", ignore_errors=True)


CACHE = ".cache/mkdocs-sre"


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is no runner: the cache is on."""
    monkeypatch.delenv("CI", raising=False)


def cached(repository: Repository) -> list[Path]:
    return sorted(one for one in (repository.folder / CACHE).rglob("*") if one.is_file())


@pytest.mark.usefixtures("at_home")
def test_the_cache_lies_beside_the_configuration(tmp_path: Path) -> None:
    repository = repository_in(tmp_path, "sites/shop")
    repository.check()
    assert cached(repository)
    assert not (repository.root / ".cache").exists()


def test_in_ci_there_is_no_cache(repository: Repository) -> None:
    repository.check()
    assert not (repository.folder / ".cache").exists()


@pytest.mark.usefixtures("at_home")
def test_the_cache_is_no_change_in_git(repository: Repository) -> None:
    repository.check()
    assert repository.git("status", "--porcelain", "--untracked-files=all") == ""


def nested() -> bytes:
    return b"[" * 200_000


DAMAGE = {
    "empty": b"",
    "garbage": bytes(range(256)) * 100,
    "no text": b"\xff\xfe\x00",
    "not what it should be": b"[]",
    "a number": b"1",
    "another version": b'{"version": 999999}',
    "deep": nested(),
    "deep objects": b'{"a":' * 100_000,
    "100 MB": b" " * 100_000_000,
    "huge number": b"1" * 10_000,
    "not a number": b"NaN",
}


@pytest.fixture(params=["intact", "edited"])
def known(request: pytest.FixtureRequest, repository: Repository) -> tuple[Repository, Verdict]:
    """A repository, and what is found in it without a cache."""
    if request.param == "edited":
        body(repository)
        repository.commit()
    return repository, repository.check()


@pytest.mark.usefixtures("at_home")
def test_a_second_run_finds_the_same(known: tuple[Repository, Verdict], at_home: None) -> None:  # noqa: ARG001
    repository, cold = known
    assert repository.check() == cold
    assert repository.check() == cold


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_cache_changes_nothing(
    known: tuple[Repository, Verdict], monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    monkeypatch.delenv("CI")
    repository, cold = known
    repository.check()
    assert cached(repository)
    for file in cached(repository):
        file.write_bytes(damage)
    assert repository.check() == cold
    assert repository.check() == cold


WRONG: tuple[Any, ...] = (None, 1, -1, "x", [], {}, [[]], True)


def values(data: Any) -> Iterator[Any]:
    """Yield what a hostile hand might put in place of each value of a JSON document, one at a time."""
    if isinstance(data, dict):
        for key in data:
            for wrong in WRONG:
                yield {**data, key: wrong}
            for changed in values(data[key]):
                yield {**data, key: changed}
    elif isinstance(data, list) and data:
        for wrong in WRONG:
            yield [wrong, *data[1:]]
        for changed in values(data[0]):
            yield [changed, *data[1:]]


def test_a_cache_with_other_values_is_no_traceback(
    known: tuple[Repository, Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes it can make its checksum right too; then what is in it may still be anything."""
    monkeypatch.delenv("CI")
    repository, cold = known
    repository.check()
    (file,) = (one for one in cached(repository) if one.suffix == ".json")
    head, whole = file.read_bytes().split(b"\n", 1)
    for wrong in islice(values(json.loads(whole)), 120):
        data = json.dumps(wrong).encode()
        file.write_bytes(head.split()[0] + b" " + sha256(data).hexdigest().encode() + b"\n" + data)
        assert repository.check().exit_code in (0, 1), wrong
    file.write_bytes(head + b"\n" + whole)
    assert repository.check() == cold


def test_the_cache_of_another_repository_changes_nothing(
    known: tuple[Repository, Verdict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI")
    repository, cold = known
    other = repository_in(tmp_path / "other", sealed=False)
    other.git("commit", "--quiet", "--amend", "--message", "Another past")
    other.edit(REVIEW, "no Saturday", "no Sunday")
    other.commit()
    other.check()
    shutil.copytree(other.folder / ".cache", repository.folder / ".cache", dirs_exist_ok=True)
    assert repository.check() == cold


@pytest.mark.parametrize("head", ["parent", "unknown"])
def test_a_cache_that_a_commit_brings_is_not_believed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    """Somebody edits a review, and commits a cache that says it was never final."""
    monkeypatch.delenv("CI")
    repository.check()
    (file,) = (one for one in cached(repository) if one.suffix == ".json")
    fingerprint, told = (
        file.read_bytes().split(b"\n", 1)[0].split()[0],
        json.loads(file.read_bytes().split(b"\n", 1)[1]),
    )
    for values, _, _ in told["blobs"].values():
        values["status"] = "draft"
    told["head"] = repository.head() if head == "parent" else "0" * 40
    forged = json.dumps(told).encode()
    body(repository)
    file.write_bytes(fingerprint + b" " + sha256(forged).hexdigest().encode() + b"\n" + forged)
    repository.git("add", "--force", str(file))
    repository.commit()
    for _ in range(2):
        assert repository.check("history").codes == {"IMM101"}


def test_a_cache_that_cannot_be_written_is_no_fault(
    known: tuple[Repository, Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI")
    repository, cold = known
    (repository.folder / ".cache").write_text("a file, where the folder would be")
    assert repository.check() == cold


def test_a_cache_that_leads_elsewhere_is_not_followed(
    known: tuple[Repository, Verdict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI")
    repository, cold = known
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    repository.check()
    for file in cached(repository):
        target = elsewhere / file.name
        target.write_bytes(b"precious")
        file.unlink()
        file.symlink_to(target)
    assert repository.check() == cold
    assert {one.read_bytes() for one in elsewhere.iterdir()} == {b"precious"}


def test_after_history_is_rewritten_the_cache_is_of_no_use(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit that is amended away is forgotten, and one that is amended in is seen, warm or cold."""
    monkeypatch.delenv("CI")
    repository.check()
    body(repository)
    repository.commit()
    assert repository.check().codes == {"IMM101"}
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    assert repository.check().codes == frozenset()
    repository.edit(REVIEW, "no Saturday", "no Sunday")
    repository.commit_staged("amended", "--amend", "--all")
    assert repository.check("history").codes == {"IMM101"}
