"""The file of seals on disk, beside the configuration of the site."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.history.seals import DAMAGED, LOCK, MAX_BYTES, RESTORE, Seals, parse_seals

_MODE = 0o644  # of a new file, as far as the caller's mask lets it


class LockError(Exception):
    """A file of seals that cannot be written, and why."""


def lock_path(folder: Path, docs_dir: Path) -> str:
    """Return how findings name the file: relative to the docs folder, POSIX."""
    return os.path.relpath(folder / LOCK, docs_dir).replace(os.sep, "/")


def read_lock(folder: Path, docs_dir: Path) -> Seals:
    """Return the seals beside the configuration in this folder; what keeps them from being read is their one defect."""
    file, path = folder / LOCK, lock_path(folder, docs_dir)
    if file.is_symlink():
        return _unreadable(path, "it is a symbolic link, which is not followed")
    try:
        if not file.exists():
            return Seals()
        if not file.is_file():
            return _unreadable(path, "it is no regular file")
        with file.open("rb") as opened:
            return parse_seals(opened.read(MAX_BYTES + 1), path)
    except OSError as error:
        return _unreadable(path, error.strerror or "unknown cause")


def _unreadable(path: str, cause: str) -> Seals:
    fault = Fault(Location(path), f"the file of seals cannot be read: {cause}", RESTORE)
    return Seals(exists=True, defects=(Defect(DAMAGED, fault),))


def write_lock(folder: Path, text: str) -> None:
    """Put the text in the place of the file at once: whoever reads it sees the old one or the new one, never a part.

    Raises LockError when it cannot be written, or is a link.
    """
    file = folder / LOCK
    if file.is_symlink():
        raise LockError(f"{file}: is a symbolic link, which is not followed; put the file itself there")
    temporary = ""
    try:
        mode = _mode_of(file.stat()) if file.exists() else _MODE & ~_mask()
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{LOCK}.")
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(text.encode())
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise LockError(f"{file}: {error.strerror}") from None


def _mode_of(status: os.stat_result) -> int:
    return status.st_mode & 0o777


def _mask() -> int:
    """Return the mask of new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
