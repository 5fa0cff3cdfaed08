"""Files written into a folder that is theirs alone, again and again."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_MARKER_BYTES = 64 * 1024 * 1024


class FolderError(Exception):
    """A folder that cannot be written, and why."""


def write_folder(files: Mapping[str, bytes | Path], folder: Path, docs_dir: Path, command: str = "render") -> None:
    """Write files (bytes, or a file to copy, by relative path) into a folder of their own; what it held before is replaced.

    What somebody else, or another command than this one, has put there stays. Raises FolderError for a folder that is
    in use for something else, or that cannot be written.
    """
    marker = folder / f".mkdocs-sre-{command}"
    _refuse(folder, docs_dir, marker, command)
    before = _listed(marker, command)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _list(marker, {*before, *files})  # first, so that what breaks off here can be taken up again
        for path in sorted(before - files.keys()):
            _remove(folder, path)
        for path, content in files.items():
            _write(folder, path, content)
        _list(marker, files)
    except OSError as error:
        raise FolderError(f"{error.filename or folder}: {error.strerror or error}") from None


def _refuse(folder: Path, docs_dir: Path, marker: Path, command: str) -> None:
    here, docs = Path(os.path.realpath(folder)), Path(os.path.realpath(docs_dir))
    if here == docs or docs in here.parents:
        raise FolderError(
            f"{folder}: lies in the docs folder, where it would be read as documents; choose another folder"
        )
    if here in docs.parents:
        raise FolderError(f"{folder}: holds the docs folder; choose a folder of its own")
    try:
        if folder.exists() and any(folder.iterdir()) and not marker.is_file():
            taken = f"is not empty and was not written by `mkdocs-sre {command}`; choose another folder, or empty it"
            raise FolderError(f"{folder}: {taken}")
    except OSError as error:
        raise FolderError(f"{folder}: {error.strerror}") from None


def _listed(marker: Path, command: str) -> set[str]:
    """Return the files that the marker lists as those of the last run; none that leads out of the folder.

    A marker makes it safe to replace them the next time.
    """
    try:
        if not marker.exists():
            return set()
        read = json.loads(marker.read_text(encoding="utf-8")) if marker.stat().st_size <= MAX_MARKER_BYTES else None
    except (OSError, ValueError, RecursionError):
        read = None
    if not isinstance(read, list) or not all(isinstance(one, str) and _is_inside(one, marker) for one in read):
        raise FolderError(f"{marker}: is not as `mkdocs-sre {command}` wrote it; remove the folder")
    return set(read)


def _is_inside(path: str, marker: Path) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts and "\0" not in path and path != marker.name


def _list(marker: Path, paths: Iterable[str]) -> None:
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
