"""Where history cannot be read: with seals one line of information, without them a warning, never silence."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.history.edits import DIGIT, body
from tests.history.repositories import Repository, new_repository, repository_in
from tests.history.site import DRAFT, IMAGE, LOCK, PNG, REVIEW, REVIEWS, review

GIT = shutil.which("git") or "git"


def shallow(repository: Repository) -> Repository:
    return repository.clone("clone", "--depth=1")


def tarball(repository: Repository) -> Repository:
    return repository.exported("export")


def unborn(repository: Repository) -> Repository:
    """The files in a repository that has no commit yet."""
    fresh = new_repository(repository.root.parent / "fresh")
    shutil.copytree(repository.root, fresh.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    assert fresh.git("rev-parse", "--verify", "HEAD", fails=True) == ""
    return fresh


def owned_by_another(repository: Repository) -> Repository:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another user")
    for path in (repository.root, repository.root / ".git"):
        os.chown(path, 12_345, 12_345)
    if repository.git("rev-parse", "HEAD", fails=True):
        pytest.skip("git trusts every folder here")
    return repository


def partial(repository: Repository) -> Repository:
    """A clone without the texts of earlier commits, whose remote is gone."""
    repository.git("config", "uploadpack.allowFilter", "true")
    body(repository)
    repository.commit()
    clone = repository.clone("clone", "--filter=blob:none")
    clone.edit(REVIEW, DIGIT[1], DIGIT[0])
    clone.commit()
    shutil.rmtree(repository.root)
    assert clone.git("cat-file", "-p", f"drafts:{REVIEW}", fails=True) == ""
    return clone


def submodule(repository: Repository) -> Repository:
    """The reviews as a repository of their own, within that of the site."""
    inner = new_repository(repository.root.parent / "reviews")
    shutil.copytree(repository.file(REVIEWS), inner.root, dirs_exist_ok=True)
    inner.commit()
    outer = new_repository(repository.root.parent / "outer")
    leave = shutil.ignore_patterns(".git", "pirs")
    shutil.copytree(repository.root, outer.root, dirs_exist_ok=True, ignore=leave)
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root.as_uri(), REVIEWS)
    outer.commit()
    assert outer.git("ls-files", "--stage", REVIEWS).startswith("160000")
    return outer


def broken_link(repository: Repository) -> Repository:
    """A work tree whose repository is elsewhere, and gone."""
    shutil.rmtree(repository.root / ".git")
    (repository.root / ".git").write_text("gitdir: /nonexistent/repository\n", encoding="utf-8")
    return repository


def broken_head(repository: Repository) -> Repository:
    (repository.root / ".git/HEAD").write_bytes(b"\0garbage\xff\n")
    return repository


def broken_objects(repository: Repository) -> Repository:
    """A repository in whose store every text has been overwritten; commits and trees are whole."""
    for path in (repository.root / ".git/objects").glob("??/*"):
        name = path.parent.name + path.name
        if repository.git("cat-file", "-t", name).strip() == "blob":
            path.chmod(0o644)
            path.write_bytes(b"garbage")
    return repository


WHERE: tuple[Callable[[Repository], Repository], ...] = (
    shallow,
    tarball,
    unborn,
    owned_by_another,
    partial,
    submodule,
    broken_link,
    broken_head,
    broken_objects,
)


@pytest.mark.parametrize("where", WHERE, ids=lambda where: where.__name__)
def test_with_seals_it_is_clean_with_one_line_of_information(
    repository: Repository, where: Callable[[Repository], Repository]
) -> None:
    verdict = where(repository).check()
    assert [one["code"] for one in verdict.findings] == ["IMM303"], verdict.told
    assert verdict.exit_code == 0


@pytest.mark.parametrize("where", WHERE, ids=lambda where: where.__name__)
def test_without_seals_a_strict_check_fails(unsealed: Repository, where: Callable[[Repository], Repository]) -> None:
    verdict = where(unsealed).check()
    assert verdict.exit_code == 1
    assert "IMM201" in verdict.codes, verdict.told
    assert verdict.codes <= {"IMM201", "IMM303"}


@pytest.mark.parametrize("where", WHERE, ids=lambda where: where.__name__)
def test_the_seals_still_catch_an_edit(repository: Repository, where: Callable[[Repository], Repository]) -> None:
    there = where(repository)
    body(there)
    verdict = there.check()
    assert verdict.exit_code == 1
    assert verdict.codes == {"IMM101", "IMM303"}, verdict.told


def test_the_notice_says_why_and_what_to_do(repository: Repository) -> None:
    (finding,) = shallow(repository).check().findings
    assert "shallow" in finding["message"]
    assert "fetch-depth: 0" in finding["hint"]


def git_script(folder: Path, text: str) -> str:
    """Write a program named git and return a PATH on which it comes first."""
    script = folder / "bin/git"
    script.parent.mkdir(parents=True)
    script.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    script.chmod(stat.S_IRWXU)
    return f"{script.parent}:{os.environ['PATH']}"


def only(word: str, then: str) -> str:
    """Return a script that answers commands with one word in its own way, and asks the real git for all others."""
    return f'case " $* " in *" {word} "*) {then};; esac\nexec {GIT} "$@"'


FAILING = {
    "exits 1": "exit 1",
    "exits 1 with a word": "echo 'fatal: no' >&2; exit 128",
    "prints nothing": "exit 0",
    "prints garbage": "head -c 100000 /dev/urandom; exit 0",
    "prints lines": "yes | head -n 1000; exit 0",
    "log fails": only("log", "exit 1"),
    "log is empty": only("log", "exit 0"),
    "log breaks off": only("log", f'{GIT} "$@" | head -c 700; exit 0'),
    "log is garbage": only("log", "head -c 100000 /dev/urandom; exit 0"),
    "cat-file fails": only("cat-file", "exit 1"),
    "cat-file is garbage": only("cat-file", "head -c 100000 /dev/urandom; exit 0"),
    "cat-file breaks off": only("cat-file", f'{GIT} "$@" | head -c 700; exit 0'),
    "is killed": "kill -9 $$",
}


@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING.keys())
def test_a_git_that_fails_is_told_of(
    repository: Repository, unsealed: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("PATH", git_script(tmp_path, script))
    verdict = repository.check()
    assert [one["code"] for one in verdict.findings] == ["IMM303"], verdict.told
    assert verdict.exit_code == 0
    without = unsealed.check()
    assert without.exit_code == 1
    assert "IMM201" in without.codes, without.told


def test_without_git_the_seals_stand_alone(
    repository: Repository, unsealed: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    verdict = repository.check()
    assert [one["code"] for one in verdict.findings] == ["IMM303"], verdict.told
    assert verdict.exit_code == 0
    assert unsealed.check().exit_code == 1


def test_a_git_that_hangs_is_given_up(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_sre.history.git.TIMEOUT_SECONDS", 1)
    for word in ("log", "cat-file"):
        monkeypatch.setenv("PATH", git_script(tmp_path / word, only(word, "exec sleep 30")))
        verdict = repository.check()
        assert [one["code"] for one in verdict.findings] == ["IMM303"], verdict.told


def test_a_sparse_checkout_that_leaves_reviews_out_is_not_silent(repository: Repository) -> None:
    repository.git("update-index", "--refresh")
    repository.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{REVIEW}")
    assert not repository.file(REVIEW).exists()
    assert repository.git("status", "--porcelain") == ""
    assert repository.check().codes


def test_a_sparse_checkout_that_holds_the_site_is_clean(repository: Repository) -> None:
    repository.write("code/main.c", "int main(void) { return 0; }\n")
    repository.commit()
    repository.git("sparse-checkout", "set", "docs", "snippets")
    assert not repository.file("code/main.c").exists()
    assert repository.file(LOCK).exists()
    verdict = repository.check()
    assert verdict.codes <= {"IMM303"}, verdict.told
    assert verdict.exit_code == 0


def test_a_snippet_that_a_sparse_checkout_leaves_out_is_told_as_gone(repository: Repository) -> None:
    repository.git("update-index", "--refresh")
    repository.git("sparse-checkout", "set", "docs")
    (finding,) = repository.check().findings
    assert finding["message"].startswith("PIR-2026-001 shows contacts.md, which is gone since ")
    assert finding["hint"] == "check the docs folder out whole: `git sparse-checkout disable`"


def test_what_the_user_configures_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[log]\n\tfollow = true\n\tshowSignature = true\n\tdecorate = full\n\tdate = relative\n\tdiffMerges = off\n"
        "[diff]\n\trenames = copies\n\tnoprefix = true\n\texternal = false\n\torderFile = /dev/null\n"
        "[core]\n\tquotepath = true\n\tpager = false\n\tfsmonitor = false\n\tabbrev = 4\n"
        "[color]\n\tui = always\n[format]\n\tpretty = %an\n[i18n]\n\tlogOutputEncoding = UTF-16\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("HOME", str(home))
    repository.on_branch("side")
    repository.write("docs/other.md", "# Other\n")
    repository.commit()
    repository.switch("main")
    repository.merge("side", "--no-commit")
    body(repository)
    repository.commit("evil merge")
    repository.edit(REVIEW, DIGIT[1], DIGIT[0])
    repository.commit()
    told = repository.check().told
    monkeypatch.setenv("HOME", "/nonexistent")
    assert repository.check().told == told
    assert "IMM301" in told


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"]
)
def test_what_a_hook_hands_down_changes_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    body(repository)
    repository.commit()
    told = repository.check().told
    monkeypatch.setenv(name, "/nonexistent")
    assert repository.check().told == told
    assert "IMM101" in told


def test_two_copies_of_one_repository_get_the_same_words(repository: Repository, tmp_path: Path) -> None:
    other = repository_in(tmp_path / "somewhere/else")
    for one in (repository, other):
        body(one)
        one.commit()
    assert other.check() == repository.check()


def test_an_unreadable_file_of_seals_says_nothing_of_each_review(repository: Repository) -> None:
    repository.write(LOCK, b"\xff\xfe")
    found = repository.check("seal")
    assert "IMM109" in found.codes
    assert "IMM107" not in found.codes, found.told


def test_a_path_with_a_line_break_is_named_as_the_cause(unsealed: Repository, tmp_path: Path) -> None:
    unsealed.root.rename(tmp_path / "first\nsecond")
    (finding,) = Repository(tmp_path / "first\nsecond").check().findings
    assert "the path of the repository holds a line break" in finding["message"]


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(PNG).hexdigest()}\nsize {len(PNG)}\n"


def test_an_image_that_git_lfs_did_not_fetch_is_told_as_that(repository: Repository) -> None:
    repository.write(IMAGE, POINTER)
    for mode in ("both", "history", "seal"):
        (finding,) = repository.check(mode).findings
        assert (finding["code"], finding["hint"]) == ("IMM105", "fetch it: `git lfs pull`")


def test_nobody_seals_a_pointer_of_git_lfs(unsealed: Repository) -> None:
    unsealed.write(f"{REVIEWS}/img/new.png", POINTER)
    unsealed.write(DRAFT, review("PIR-2026-003") + "\n![New](img/new.png)\n")
    unsealed.commit()
    result = unsealed.run("seal", "--check")
    assert "PIR-2026-003 cannot be sealed: `img/new.png`: Git LFS keeps the file" in result.output
    assert result.exit_code == 1
