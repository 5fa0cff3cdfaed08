"""The bytes of records that the working tree no longer holds, from git's store."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.history.canonical import canonical, digest
from mkdocs_sre.history.git import git, objects
from mkdocs_sre.reading.folder import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_REGULAR = b"100"  # how the mode of a file begins that is no link and no folder


def recorded_bytes(top: Path, wanted: Iterable[tuple[str, str]]) -> Mapping[str, bytes]:
    """Return the canonical bytes of each digest that the pages of a commit hold.

    `wanted` are pairs of a commit and the digest of a file in it, wherever it stands; what a commit does not hold, or
    the store has lost, is left out. One git process a commit, and one for all files.
    """
    by_commit: dict[str, set[str]] = defaultdict(set)
    for commit, made in wanted:
        by_commit[commit].add(made)
    names = {name: None for commit in by_commit for name in _pages(top, commit)}
    digests = set[str]().union(*by_commit.values())
    found = {}
    for _, data in objects(top, [*names]):
        if data is not None and (made := digest(data)) in digests:
            found[made] = canonical(data)
    return found


def _pages(top: Path, commit: str) -> Iterable[str]:
    listed = git(top, "ls-tree", "-r", "-z", "--full-tree", commit) or b""
    endings = tuple(ending.encode() for ending in ENDINGS)
    for entry in listed.split(b"\0"):
        head, _, path = entry.partition(b"\t")
        if head.startswith(_REGULAR) and path.endswith(endings):
            yield head.split()[2].decode("ascii")
