"""Real git repositories in temporary folders: fixed names and dates, the user's configuration shut out."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from mkdocs_sre.cli import main
from tests.history.site import BEFORE, FINALISED

MODES = ("both", "history", "seal")
FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)  # each commit is an hour after the one before
NO_HOME = "/nonexistent"  # where git finds no configuration of anybody
OPTIONS = {"user.name": "Ada", "user.email": "ada@example.invalid", "gc.auto": "0", "core.autocrlf": "false"}


def environment() -> dict[str, str]:
    """Return the variables under which git runs: nothing of the user's, nothing of the machine's."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": NO_HOME,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_EDITOR": "true",
        "LC_ALL": "C",
    }


@dataclass(frozen=True)
class Verdict:
    """What `check` said: its exit code and its findings."""

    exit_code: int
    findings: tuple[dict[str, Any], ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the findings."""
        return frozenset(one["code"] for one in self.findings)

    @property
    def told(self) -> str:
        """The findings as lines, for people who read a failed test."""
        lines = [
            f"{one['path']}:{one['line']} {one['code']} {one['message']}; {one.get('hint')}" for one in self.findings
        ]
        return "\n".join(lines) or "no findings"


@dataclass
class Repository:
    """A work tree, and the site that lies in it: in its root, or in the folder `site`."""

    root: Path
    site: str = "."
    commits: int = field(default=0)

    @property
    def folder(self) -> Path:
        """The folder of `mkdocs.yml`."""
        return self.root / self.site

    def git(self, *arguments: str, fails: bool = False, stdin: bytes | None = None, **variables: str) -> str:
        """Run git in the root and return what it prints; `fails` allows it to exit with another code than 0."""
        when = (FIRST + timedelta(hours=self.commits)).isoformat()
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=environment() | dates | variables,
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert fails or done.returncode == 0, (
            f"git {' '.join(arguments)}: {(done.stderr + done.stdout).decode(errors='replace')}"
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def file(self, path: str) -> Path:
        """Return a file of the site."""
        return self.folder / path

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the site."""
        return self.file(path).read_bytes()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the site, its folder too."""
        file = self.file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, path: str, old: str | bytes, new: str | bytes) -> None:
        """Replace the first place of a text in a file; the text must be there."""
        before = old.encode() if isinstance(old, str) else old
        after = new.encode() if isinstance(new, str) else new
        data = self.read(path)
        assert before in data
        self.write(path, data.replace(before, after, 1))

    def move(self, path: str, to: str) -> None:
        """Move a file or folder of the site."""
        target = self.file(to)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.file(path).rename(target)

    def delete(self, path: str) -> None:
        """Delete a file of the site."""
        self.file(path).unlink()

    def commit(self, message: str = "change", *options: str) -> str:
        """Commit everything that there is and return the commit's id."""
        self.git("add", "--all")
        return self.commit_staged(message, *options)

    def commit_staged(self, message: str = "change", *options: str) -> str:
        """Commit what is staged and return the commit's id."""
        self.commits += 1
        self.git("commit", "--quiet", "--no-verify", "--message", message, *options)
        return self.head()

    def head(self, name: str = "HEAD") -> str:
        """Return the id of a commit."""
        return self.git("rev-parse", "--verify", name).strip()

    def merge(self, branch: str, *options: str, fails: bool = False) -> None:
        """Merge a branch with a commit of its own."""
        self.commits += 1
        self.git("merge", "--quiet", "--no-ff", "--message", f"merge {branch}", *options, branch, fails=fails)

    def on_branch(self, name: str, start: str = "HEAD") -> None:
        """Begin a branch and switch to it."""
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        """Switch to a branch, or with its id to a commit."""
        self.git("checkout", "--quiet", name)

    def run(self, command: str, *arguments: str) -> Result:
        """Run one of our commands in this process; an exception that it lets through is raised."""
        result = CliRunner().invoke(main, [command, "-f", str(self.folder / "mkdocs.yml"), *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def seal(self, *arguments: str) -> None:
        """Run `mkdocs-sre seal`, which must succeed."""
        result = self.run("seal", *arguments)
        assert result.exit_code == 0, result.output

    def check(self, evidence: str = "both", *arguments: str) -> Verdict:
        """Run `mkdocs-sre check --strict` for the rules of immutability with one evidence, or both."""
        result = self.run(
            "check", "--strict", "--select", "IMM", "--evidence", evidence, "--format", "json", *arguments
        )
        assert result.exit_code in (0, 1), result.output
        return Verdict(result.exit_code, tuple(json.loads(result.stdout)["findings"]))

    def clone(self, name: str, *options: str) -> Repository:
        """Clone this repository through a transport, as a runner does, beside it."""
        target = self.root.parent / name
        self.git("clone", "--quiet", "--template=", *options, self.root.as_uri(), str(target))
        made = Repository(target, self.site, self.commits)
        made.configure()
        return made

    def exported(self, name: str) -> Repository:
        """Return the files of the last commit, without git, beside this repository."""
        target = self.root.parent / name
        target.mkdir()
        archive = target.with_suffix(".tar")
        self.git("archive", "--format=tar", f"--output={archive}", "HEAD")
        shutil.unpack_archive(archive, target, filter="data")
        return Repository(target, self.site, self.commits)

    def configure(self) -> None:
        """Set the options of these tests, in the repository itself."""
        text = self.root / ".git/config"
        lines = [
            f"[{name.partition('.')[0]}]\n\t{name.partition('.')[2]} = {value}\n" for name, value in OPTIONS.items()
        ]
        with text.open("a", encoding="utf-8") as file:
            file.writelines(lines)


def new_repository(root: Path, site: str = ".") -> Repository:
    """Begin an empty repository whose branch is `main`."""
    root.mkdir(parents=True)
    repository = Repository(root, site)
    repository.git("init", "--quiet", "--template=", "--initial-branch=main")
    repository.configure()
    return repository


def build_site(repository: Repository, *, sealed: bool = True) -> Repository:
    """Commit the small site as drafts, then with two final reviews, then with their seals."""
    for path, content in BEFORE.items():
        repository.write(path, content)
    repository.git("tag", "drafts", repository.commit("The site"))
    for path, content in FINALISED.items():
        repository.write(path, content)
    repository.git("tag", "final", repository.commit("Two reviews are final"))
    if sealed:
        repository.seal()
        repository.git("tag", "sealed", repository.commit("Seals"))
    return repository


@cache
def _model(site: str, *, sealed: bool) -> Repository:
    folder = Path(tempfile.mkdtemp(prefix="history-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build_site(new_repository(folder / "model", site), sealed=sealed)


def repository_in(folder: Path, site: str = ".", *, sealed: bool = True) -> Repository:
    """Return a copy of the small site's repository: tags `drafts`, `final` and `sealed` name its three commits."""
    model = _model(site, sealed=sealed)
    shutil.copytree(model.root, folder / "work", symlinks=True)
    return Repository(folder / "work", site, model.commits)
