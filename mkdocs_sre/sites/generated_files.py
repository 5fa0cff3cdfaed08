"""Generated files in a folder that holds others too: what is ours there is known by the words that each file bears."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from mkdocs_sre.reports.slo_export import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.slo.exports import ExportedFile

ENDINGS = (".yaml", ".yml", ".json")
MAX_BYTES = 16 * 1024 * 1024  # of a file that may be ours


class GeneratedFilesError(Exception):
    """Files that cannot be written, or are somebody else's; `problems` holds a line for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def compare(
    files: Sequence[ExportedFile], folder: Path, marks: Sequence[str], *, whole: bool, below: Sequence[str] = ()
) -> Comparison:
    """Return how the files in a folder stand to these.

    A file is ours when it bears one of `marks`. Where the files are not the `whole` export, none is stale. What is stale
    is looked for in the folder itself and in those folders of it that `below` names: others may be those of another
    export. Ends of lines as Windows writes them are no difference. Raises GeneratedFilesError for what cannot be read.
    """
    found = Comparison()
    try:
        for one in files:
            text = _text(_place(folder, one.name))
            if text is None:
                found.missing.append(one.name)
            elif text == one.text:
                found.same.append(one.name)
            elif _is_ours(text, marks):
                found.differing.append(one.name)
            else:
                found.foreign.append(one.name)
        if whole:
            wanted = {one.name for one in files}
            found.stale.extend(name for name in _ours(folder, marks, below) if name not in wanted)
    except OSError as error:
        raise GeneratedFilesError([f"{error.filename}: {error.strerror or 'cannot be read'}"]) from None
    return found


def write_files(files: Iterable[ExportedFile], folder: Path, comparison: Comparison, *, force: bool = False) -> None:
    """Write what is missing or differs, and remove what is stale. Without `force` nothing is done when a file is foreign.

    Raises GeneratedFilesError then, and for what cannot be written.
    """
    if comparison.foreign and not force:
        raise GeneratedFilesError(
            [
                f"{folder / name}: was not written by this command, so it stays; move it away, or say `--force`"
                for name in comparison.foreign
            ]
        )
    wanted = {*comparison.missing, *comparison.differing, *comparison.foreign}
    try:
        for one in files:
            if one.name in wanted:
                place = _place(folder, one.name)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(one.text.encode())
        for name in comparison.stale:
            _place(folder, name).unlink()
    except OSError as error:
        raise GeneratedFilesError([f"{error.filename or folder}: {error.strerror or error}"]) from None


def _place(folder: Path, name: str) -> Path:
    """Return where a file stands. Raises GeneratedFilesError where a link on the way leads out of the folder."""
    place = folder / name
    if not os.path.realpath(place).startswith(os.path.join(os.path.realpath(folder), "")):  # noqa: PTH118 keeps the slash
        raise GeneratedFilesError([f"{place}: a symbolic link leads out of the folder; remove it"])
    return place


def _text(file: Path) -> str | None:
    """Return what a file says; None where there is none. What is no text of ours is empty."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:  # a pipe would be waited for
        return ""
    try:
        return file.read_bytes().decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ""


def _is_ours(text: str, marks: Iterable[str]) -> bool:
    """Whether a text bears one of the marks: in the comment with which it begins, or, where there are none (JSON), anywhere."""
    begin = text if text.startswith("{") else text.partition("\n")[0]
    return any(mark in begin for mark in marks)


def _ours(folder: Path, marks: Sequence[str], below: Sequence[str]) -> Iterator[str]:
    """Yield the names of the files that are ours, in the folder and in some right below it, in order."""
    folders = [one for one in (folder, *(folder / name for name in below)) if one.is_dir()]
    inside = [file for one in folders if one == folder or not one.is_symlink() for file in one.iterdir()]
    for file in sorted(inside):
        if file.name.endswith(ENDINGS) and not file.is_symlink() and _is_ours(_text(file) or "", marks):
            yield file.relative_to(folder).as_posix()
