"""Files written into a folder that is theirs alone, again and again."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKER = ".mkdocs-sre-render"  # lists the files that were written, so that the next time they may be replaced
MAX_MARKER_BYTES = 64 * 1024 * 1024
TAKEN = "is not empty and was not written by `mkdocs-sre render`; choose another folder, or empty it"


class FolderError(Exception):
    """A folder that cannot be written, and why."""


def write_folder(files: Mapping[str, bytes | Path], folder: Path, docs_dir: Path) -> None:
    """Write files (bytes, or a file to copy, by relative path) into a folder of their own; what it held before is replaced.

    What somebody else has put there stays. Raises FolderError for a folder that is in use for something else, or that
    cannot be written.
    """
    _refuse(folder, docs_dir)
    before = _listed(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _list(folder, {*before, *files})  # first, so that what breaks off here can be taken up again
        for path in sorted(before - files.keys()):
            _remove(folder, path)
        for path, content in files.items():
            _write(folder, path, content)
        _list(folder, files)
    except OSError as error:
        raise FolderError(f"{error.filename or folder}: {error.strerror or error}") from None


def _refuse(folder: Path, docs_dir: Path) -> None:
    here, docs = Path(os.path.realpath(folder)), Path(os.path.realpath(docs_dir))
    if here == docs or docs in here.parents:
        raise FolderError(
            f"{folder}: lies in the docs folder, where it would be read as documents; choose another folder"
        )
    if here in docs.parents:
        raise FolderError(f"{folder}: holds the docs folder; choose a folder of its own")
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise FolderError(f"{folder}: {TAKEN}")
    except OSError as error:
        raise FolderError(f"{folder}: {error.strerror}") from None


def _listed(folder: Path) -> set[str]:
    """Return the files that the last run has written; nothing that leads out of the folder, whatever the marker says."""
    marker = folder / MARKER
    try:
        if not marker.exists():
            return set()
        read = json.loads(marker.read_text(encoding="utf-8")) if marker.stat().st_size <= MAX_MARKER_BYTES else None
    except (OSError, ValueError, RecursionError):
        read = None
    if not isinstance(read, list) or not all(isinstance(one, str) and _is_inside(one) for one in read):
        raise FolderError(f"{marker}: is not as `mkdocs-sre render` wrote it; remove the folder")
    return set(read)


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts and "\0" not in path and path != MARKER


def _list(folder: Path, paths: Iterable[str]) -> None:
    marker = folder / MARKER
    marker.write_text(json.dumps(sorted(paths), indent=0) + "\n", encoding="utf-8", newline="\n")


def _place(folder: Path, path: str) -> Path:
    """Return where a file stands. Raises FolderError when a link on the way leads out of the folder."""
    file = folder / path
    if not Path(os.path.realpath(file.parent)).is_relative_to(os.path.realpath(folder)):
        raise FolderError(f"{file}: a symbolic link leads out of the folder; remove it")
    return file


def _write(folder: Path, path: str, content: bytes | Path) -> None:
    file = _place(folder, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_symlink():
        file.unlink()
    if isinstance(content, Path):
        shutil.copyfile(content, file)
    elif not file.is_file() or file.read_bytes() != content:  # what stays the same keeps its time, for who watches it
        file.write_bytes(content)


def _remove(folder: Path, path: str) -> None:
    file = _place(folder, path)
    if file.is_symlink() or file.is_file():
        file.unlink()
    for parent in file.relative_to(folder).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:
            return  # it holds something else
