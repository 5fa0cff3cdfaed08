"""A zip file that is the same for the same content, and that replaces nothing but its like."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MARK = b"written by mkdocs-sre pack"  # the comment of the file, by which the next run knows that it may be replaced
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows
_UNIX, _READABLE = 3, 0o100644 << 16


class ZipError(Exception):
    """A file that cannot be written, and why."""


def refuse_foreign(file: Path, *, force: bool = False) -> None:
    """Raise ZipError when a file is there that `write_zip` has not written; with `force` only when it is no file."""
    if not os.path.lexists(file):
        return
    if not file.is_file():
        raise ZipError(f"{file}: is no file; choose another name")
    if not force and not _is_ours(file):
        raise ZipError(f"{file}: was not written by `mkdocs-sre pack`; choose another name, or give `--force`")


def write_zip(files: Iterable[tuple[str, bytes]], file: Path) -> int:
    """Write files (bytes by place) into a zip file, in order of their places, and return how many there are.

    It stands there whole or not at all. The same files give the same bytes where zlib is the same. Raises ZipError when
    it cannot be written.
    """
    made = sorted(files)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with ZipFile(part, "x") as written:
            written.comment = MARK
            for place, data in made:
                written.writestr(_entry(place), data, compresslevel=9)
        part.replace(file)
    except OSError as error:
        raise ZipError(f"{file}: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return len(made)


def _entry(place: str) -> ZipInfo:
    entry = ZipInfo(place, _LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry


def _is_ours(file: Path) -> bool:
    try:
        with ZipFile(file) as there:
            return there.comment == MARK
    except (OSError, BadZipFile, ValueError, NotImplementedError):
        return False
