"""Imported objectives as files: nothing is overwritten unless that is asked for, and nothing is left half written."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.start import FRONT_PAGES
from mkdocs_sre.reading.folder import leaves
from mkdocs_sre.slo.document_text import document_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.slo.imports import Imported


class WriteFailedError(Exception):
    """Documents that cannot be written; `problems` holds a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def default_folder(site: Configuration) -> Path:
    """Return where objectives stand in a site. Raises WriteFailedError when a link on the way leads out of its docs folder."""
    folder = site.docs_dir / ServiceLevelObjective.folder
    if leaves(site.docs_dir, folder):
        raise WriteFailedError([f"{folder}: a symbolic link leads out of the docs folder, so nothing is written there"])
    return folder


def write_documents(documents: Sequence[Imported], folder: Path, *, force: bool = False) -> list[Path]:
    """Write each document into the folder under its id, and return the files in order.

    Raises WriteFailedError, and has written nothing, when a file is there already and `force` is not set, when a link
    stands in its place, or when the disk refuses.
    """
    files = [folder / f"{one.id.lower()}.md" for one in documents]
    try:
        present = _present(folder)
    except OSError as error:
        raise WriteFailedError([f"{folder}: {error.strerror or 'cannot be read'}"]) from None
    problems = [problem for file in files for problem in _in_the_way(file, present.get(file.name), force=force)]
    if problems:
        raise WriteFailedError([*problems, "nothing is written"])
    halves: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one, file in zip(documents, files, strict=True):
            half = file.with_name(f".{file.name}.part")
            halves.append((half, file))
            half.unlink(missing_ok=True)
            with half.open("x", encoding="utf-8", newline="\n") as new:
                new.write(document_text(one))
        for half, file in halves:
            os.replace(half, file)  # noqa: PTH105 the same; says what it does
    except OSError as error:
        for half, _ in halves:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        raise WriteFailedError([f"{error.filename or folder}: {error.strerror or 'cannot be written'}"]) from None
    return files


def _present(folder: Path) -> dict[str, Path]:
    """Return what stands in a folder by its name in lower case."""
    return {one.name.lower(): one for one in sorted(folder.iterdir())} if folder.is_dir() else {}


def _in_the_way(file: Path, taken: Path | None, *, force: bool) -> Iterator[str]:
    """Yield what keeps a file from being written; `taken` is what stands under its name, whatever the case."""
    if file.stem in FRONT_PAGES:
        yield f"{file} would be the front page of its folder; rename the objective"
    if taken is None:
        return
    if taken.is_symlink():
        yield f"{taken} is a symbolic link, which is not followed; remove it"
    elif not taken.is_file():
        yield f"{taken} is no file; move it away"
    elif not (force and taken.name == file.name):
        yield f"{taken} exists already; move it away" + ("" if force else ", or overwrite it with --force")
