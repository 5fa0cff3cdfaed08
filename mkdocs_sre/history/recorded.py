"""The bytes of records that the working tree no longer holds, from git's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.history.canonical import canonical, digest
from mkdocs_sre.history.git import git, objects
from mkdocs_sre.reading.folder import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def recorded_bytes(top: Path, wanted: Collection[str]) -> Mapping[str, bytes]:
    """Return the canonical bytes of each of these digests that a page had in any commit that led to the present one.

    What no commit holds, or the store has lost, is left out. By two git processes, and none when nothing is wanted.
    """
    if not wanted:
        return {}
    listed = git(top, "rev-list", "--objects", "HEAD") or b""
    endings = tuple(ending.encode() for ending in ENDINGS)
    lines = (line.partition(b" ") for line in listed.split(b"\n"))
    names = dict.fromkeys(name.decode("ascii") for name, _, path in lines if path.endswith(endings))
    found = {}
    for _, data in objects(top, [*names]):
        if data is not None and (made := digest(data)) in wanted:
            found[made] = canonical(data)
    return found
