"""The Markdown files of a docs folder, found as MkDocs finds them, but never through a link that leaves it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pathspec import GitIgnoreSpec

from mkdocs_sre.reading.source import MAX_BYTES, Source, read, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_ALWAYS_EXCLUDED = (".*", "/templates/")  # MkDocs' own


class Found(NamedTuple):
    """A Markdown file: its path relative to the docs folder, POSIX, and where it is on disk."""

    path: str
    file: Path


def find(docs_dir: Path, exclude: str = "") -> Iterator[Found]:
    """Yield the Markdown files below the folder, sorted, and the linked folders that leave it.

    `exclude` holds patterns as `exclude_docs` takes them.
    """
    spec = GitIgnoreSpec.from_lines([*_ALWAYS_EXCLUDED, *exclude.splitlines()])
    found = []
    for parent, folders, names in os.walk(docs_dir, followlinks=True):
        inside = os.path.relpath(parent, docs_dir).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        wanted = sorted(name for name in folders if not spec.match_file(f"{prefix}{name}/"))
        linked = [Path(parent, name) for name in wanted if Path(parent, name).is_symlink()]
        found += [Found(f"{prefix}{folder.name}", folder) for folder in linked if leaves(docs_dir, folder)]
        closed = {folder.name for folder in linked if not _enters(docs_dir, folder)}
        folders[:] = [name for name in wanted if name not in closed]
        for name in names:
            if name.lower().endswith(ENDINGS) and not spec.match_file(f"{prefix}{name}"):
                found.append(Found(f"{prefix}{name}", Path(parent, name)))
    yield from sorted(found)


def _enters(docs_dir: Path, folder: Path) -> bool:
    """Whether a linked folder is to be walked: it lies inside and is none of its own parents."""
    real = folder.resolve()
    return real.is_relative_to(docs_dir.resolve()) and not folder.parent.resolve().is_relative_to(real)


def leaves(docs_dir: Path, file: Path) -> bool:
    """Whether the file is reached through a link that leaves the docs folder."""
    return not file.resolve().is_relative_to(docs_dir.resolve())


def load_file(docs_dir: Path, found: Found) -> Source:
    """Return the source of one file of the folder; what keeps it from being read is its one defect."""
    data = read_bytes(docs_dir, found)
    return data if isinstance(data, Source) else read(found.path, data)


def read_bytes(docs_dir: Path, found: Found) -> bytes | Source:
    """Return the bytes of a file, one more than `MAX_BYTES` at most; the source that says why when they are not read."""
    if found.file.is_symlink() and leaves(docs_dir, found.file):
        return refused_link(found.path)
    try:
        with found.file.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return unreadable(
            found.path,
            "unreadable-file",
            f"the file cannot be read: {error.strerror or 'unknown cause'}",
            "restore it, or remove the link to it",
        )


def refused_link(path: str) -> Source:
    """Return the source that stands for a link out of the docs folder."""
    return unreadable(
        path,
        "link-out-of-docs",
        "a symbolic link leads out of the docs folder, so the file is not read",
        "copy the file into the docs folder",
    )
