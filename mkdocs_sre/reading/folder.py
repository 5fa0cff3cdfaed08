"""The Markdown files of a docs folder, found as MkDocs finds them, but never through a link that leaves it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pathspec import GitIgnoreSpec

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.source import MAX_BYTES, Source, read, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_ALWAYS_EXCLUDED = (".*", "/templates/")  # MkDocs' own


class Found(NamedTuple):
    """A file: its path relative to the docs folder, POSIX, and where it is on disk."""

    path: str
    file: Path


def find(docs_dir: Path, exclude: str = "", *, everything: bool = False) -> Iterator[Found]:
    """Yield the Markdown files below the folder, sorted, the linked folders that leave it, and other files that are refused.

    `exclude` holds patterns as `exclude_docs` takes them. With `everything` all other files are yielded too.
    """
    spec = GitIgnoreSpec.from_lines([*_ALWAYS_EXCLUDED, *exclude.splitlines()])
    excepts = any(line.startswith("!") for line in exclude.splitlines())  # so what is excluded may hold what is not
    found = []
    for parent, folders, names in os.walk(docs_dir, followlinks=True):
        inside = os.path.relpath(parent, docs_dir).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        folders[:] = [name for name in folders if excepts or not spec.match_file(f"{prefix}{name}/")]
        linked = [Path(parent, name) for name in folders if os.path.islink(os.path.join(parent, name))]  # noqa: PTH114, PTH118 as strings: of every folder
        left = [Found(f"{prefix}{folder.name}", folder) for folder in linked if leaves(docs_dir, folder)]
        found += [one for one in left if not spec.match_file(f"{one.path}/")]
        closed = {folder.name for folder in linked if not _enters(docs_dir, folder)}
        folders[:] = [name for name in folders if name not in closed]
        wanted = [name for name in names if name.endswith(ENDINGS) and not spec.match_file(f"{prefix}{name}")]
        found += [Found(f"{prefix}{name}", Path(parent, name)) for name in _without_readme(wanted)]
        others = [Found(f"{prefix}{name}", Path(parent, name)) for name in names if not name.endswith(ENDINGS)]
        found += [
            one for one in others if (everything or refused_file(docs_dir, one)) and not spec.match_file(one.path)
        ]
    yield from sorted(found)


def _without_readme(names: list[str]) -> list[str]:
    """Return the names without README, which MkDocs leaves out beside an index of the same folder."""
    if any(name.rpartition(".")[0] == "index" for name in names):
        return [name for name in names if name.rpartition(".")[0] != "README"]
    return names


def _enters(docs_dir: Path, folder: Path) -> bool:
    """Whether a linked folder is to be walked: it lies inside, is none of its own parents, and no other link led to it.

    One link on a path is enough for any site; of more, a few folders that link to each other make paths without end.
    """
    top, parent, real = (os.path.realpath(one) for one in (docs_dir, folder.parent, folder))
    reached_by_link = parent != os.path.normpath(os.path.join(top, os.path.relpath(folder.parent, docs_dir)))  # noqa: PTH118 beside realpath
    return not reached_by_link and _is_within(real, top) and not _is_within(parent, real)


def leaves(docs_dir: Path, file: Path) -> bool:
    """Whether the file is reached through a link that leaves the docs folder."""
    return not _is_within(os.path.realpath(file), os.path.realpath(docs_dir))


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def load_file(docs_dir: Path, found: Found) -> Source:
    """Return the source of one file of the folder; what keeps it from being read is its one defect."""
    data = read_bytes(docs_dir, found)
    return data if isinstance(data, Source) else read(found.path, data)


def read_bytes(docs_dir: Path, found: Found) -> bytes | Source:
    """Return the bytes of a file, one more than `MAX_BYTES` at most; the source that says why when they are not read."""
    bad = refused_file(docs_dir, found)
    if bad is not None:
        return bad
    try:
        status = os.stat(found.file)  # noqa: PTH116 the same
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
            return _unreadable(found.path, "it is no regular file")
        with open(found.file, "rb", buffering=0) as file:  # noqa: PTH123 the same
            return file.read(min(status.st_size, MAX_BYTES) + 1)
    except OSError as error:
        return _unreadable(found.path, error.strerror or "unknown cause")


def refused_file(docs_dir: Path, found: Found) -> Source | None:
    """Return the source that stands for a link out of the docs folder or to nothing, or for a name that is no text.

    None for any other file.
    """
    if not is_text(found.path):
        return _unreadable(found.path, "its name is not UTF-8", "rename it")
    if not os.path.islink(found.file):  # noqa: PTH114 half the cost, for every file
        return None
    if leaves(docs_dir, found.file):
        return refused_link(found.path)
    return None if found.file.exists() else _unreadable(found.path, "the link to it leads nowhere")


def leaving_folder(docs_dir: Path, folder: Path) -> str | None:
    """Return the topmost linked folder on the way to this one that leaves the docs folder; None when none does."""
    if not leaves(docs_dir, folder):
        return None
    inside = folder.relative_to(docs_dir)
    way = [inside, *inside.parents][-2::-1]
    return next((one.as_posix() for one in way if leaves(docs_dir, docs_dir / one)), None)


def ignores_case(folder: Path) -> bool:
    """Whether the file system of a folder takes names that differ in upper and lower case only for one."""
    other = folder.with_name(folder.name.swapcase()) if folder.name else folder
    return other.name != folder.name and other.exists() and other.samefile(folder)


def is_text(path: str) -> bool:
    """Whether the bytes of a path are UTF-8; no page can be built of any other."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(path: str, cause: str, cure: str = "restore it, or remove the link to it") -> Source:
    return unreadable(path, "unreadable-file", f"the file cannot be read: {cause}", cure)


def refused_link(path: str, link: str = "") -> Source:
    """Return the source that stands for a file behind a link out of the docs folder: its own, or that of a folder."""
    message = "a symbolic link leads out of the docs folder, so it is not followed"
    fault = Fault(Location(link or path), message, "copy what it leads to into the docs folder")
    return Source(path, defects=[Defect("link-out-of-docs", fault)])
