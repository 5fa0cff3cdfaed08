"""The git repository that a docs folder lies in, and why its history cannot be read where it cannot."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from mkdocs_sre.history.git import Answer, ask

_SPARSE = re.compile(r"(?im)^\s*sparsecheckout\s*=\s*(?:true|yes|on|1)\s*$")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why history cannot be read, and what makes it readable; both in plain words, without a full stop."""

    cause: str
    cure: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with at least one commit.

    `docs` is the docs folder relative to `top`, POSIX, ending in `/` or empty. `lacks` says why what it remembers is not
    the whole: a shallow clone. `sparse` says that files may be left out of the working tree.
    """

    top: Path
    docs: str
    head: str
    hash_name: str = "sha1"
    lacks: Unreadable | None = None
    sparse: bool = False

    def path_in_docs(self, path: str) -> str:
        """Return a path relative to the docs folder, from one that is relative to the top; it may begin with `../`."""
        if path.startswith(self.docs):
            return path[len(self.docs) :]
        return os.path.relpath(path, self.docs).replace(os.sep, "/")

    def from_top(self, path: str) -> str:
        """Return a path relative to the top, from one that is relative to the docs folder; it may begin with `../`."""
        return posixpath.normpath(posixpath.join(self.docs, path))

    def path_of(self, file: Path) -> str | None:
        """Return the path of a file relative to the top, POSIX; None when it lies outside."""
        return _inside(file, self.top)


NO_COMMIT = Unreadable("the repository has no commit yet", "commit the pages, so that git can remember them")
SHALLOW = Unreadable(
    "this is a shallow clone, which holds only the last commits",
    "fetch the whole history: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab, or `git fetch --unshallow`",
)


def repository(docs_dir: Path) -> Repository | Unreadable:
    """Return the repository that the docs folder lies in; why there is none that can be read, otherwise."""
    answer = ask(
        docs_dir,
        *("rev-parse", "--show-toplevel", "--is-shallow-repository", "--show-object-format"),
        *("--git-path", "info/sparse-checkout", "HEAD"),
    )
    lines = answer.output.decode("utf-8", "surrogateescape").splitlines()
    if answer.code != 0 or len(lines) != 5:  # noqa: PLR2004 a line an option
        return _why(answer, lines)
    top = Path(lines[0])
    inside = _inside(docs_dir, top)
    if inside is None:
        return Unreadable("the docs folder lies outside of the repository that git finds for it", "check `docs_dir`")
    return Repository(
        top,
        "" if inside == "." else f"{inside}/",
        lines[4],
        lines[2],
        SHALLOW if lines[1] == "true" else None,
        _is_sparse(Path(docs_dir, lines[3])),
    )


def _why(answer: Answer, lines: list[str]) -> Unreadable:
    error = answer.error
    if answer.code == -1:
        return Unreadable(error if "installed" in error else f"git cannot run: {_first(error)}", "install git")
    if "dubious ownership" in error:
        return Unreadable(
            "git does not trust the repository, as its folder belongs to another user",
            "`git config --global --add safe.directory` with the folder's path, or build as its owner",
        )
    if "not a git repository" in error:
        return Unreadable("this is no git repository", "build in a clone of the repository")
    if answer.code == 0:
        return Unreadable("the path of the repository holds a line break", "move it to a folder without one")
    if len(lines) >= 4 or "unknown revision" in error:  # noqa: PLR2004 all but HEAD
        return NO_COMMIT
    return Unreadable(f"git fails: {_first(error) or 'without a word'}", "see what `git status` says there")


def _first(error: str) -> str:
    return error.strip().partition("\n")[0].removeprefix("fatal: ")[:200]


def _inside(path: Path, top: Path) -> str | None:
    real, root = os.path.realpath(path), os.path.realpath(top)
    found = os.path.relpath(real, root).replace(os.sep, "/")
    return None if found.startswith("../") or found == ".." else found


def _is_sparse(patterns: Path) -> bool:
    """Whether files may be left out of the working tree: patterns for it are there, and the configuration uses them."""
    folder = patterns.parent.parent
    if not patterns.is_file():
        return False
    for name in ("config", "config.worktree"):
        try:
            if _SPARSE.search((folder / name).read_text(encoding="utf-8", errors="replace")):
                return True
        except OSError:
            continue
    return _linked_sparse(folder)


def _linked_sparse(folder: Path) -> bool:
    """The same for a linked working tree, whose configuration may stand in the main one."""
    try:
        common = (folder / "commondir").read_text(encoding="utf-8").strip()
        return _SPARSE.search((folder / common / "config").read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False
