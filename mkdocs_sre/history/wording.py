"""What is said of a final review that is not as it was: the cause, and the commands that mend it."""

from __future__ import annotations

import shlex
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mkdocs_sre.history.canonical import canonical
from mkdocs_sre.history.remembered import SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.history.remembered import Commit

MAX_LINES = 5_000  # of a text whose changed lines are counted; of a longer one nobody needs the number
MAX_NAMED = 3  # of several that are named; the rest is counted


def lines_changed(before: bytes | None, now: bytes) -> str:
    """Return how many lines came and went, such as `1 line added, 2 removed`; empty when that is not known."""
    if before is None:
        return ""
    old, new = (canonical(data).split(b"\n") for data in (before, now))
    if max(len(old), len(new)) > MAX_LINES:
        return ""
    added = removed = 0
    for word, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if word != "equal":
            added += end - start
            removed += last - first
    return f"{added} line{'' if added == 1 else 's'} added, {removed} removed"


def short_digest(digest: str) -> str:
    """Return the first digits of a digest, as people are shown them."""
    return digest.rpartition(":")[2][:SHORT]


def restore(commit: Commit | None, before: str, now: str, identifier: str, *, below: bool = False) -> str:
    """Return how to bring a file back that stood at `before` in a commit, and to correct the review `identifier`.

    Paths are from the top of the repository; with `below` the command also runs in a folder below it.
    """
    if commit is None:
        cure = "restore the bytes that were sealed, from a backup or another clone"
    elif before == now:
        cure = f"restore it: `git restore --source={commit.short} -- {quoted(f':/{before}' if below else before)}`"
    else:
        top = '"$(git rev-parse --show-cdup)"' if below else ""
        cure = f"restore it: `git show {commit.short}:{quoted(before)} > {top}{quoted(now)}`"
    return f"{cure}; to correct it, write an addendum: `mkdocs-sre amend {quoted(identifier)}`"


def quoted(path: str) -> str:
    """Return a path as a shell takes it, on one line."""
    if path.isprintable():
        return shlex.quote(path)
    return "$'" + "".join(_byte(one) for one in path.encode("utf-8", "surrogateescape")) + "'"


def _byte(one: int) -> str:
    sign = chr(one)
    plain = sign.isascii() and sign.isprintable() and sign not in "'\\"
    return sign if plain else f"\\x{one:02x}"


def named(names: Sequence[str]) -> str:
    """Return a few of the names, and how many more there are."""
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def are(names: Sequence[str], noun: str) -> str:
    """Return the number of things with their noun, and which they are: `2 final reviews (A, B)`."""
    return f"{len(names)} {noun}{'' if len(names) == 1 else 's'} ({named(names)})"
