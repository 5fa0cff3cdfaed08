"""MkDocs' files as the engine's sources; what did not change since the last build is not read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_sre.reading.folder import Found, load_file
from mkdocs_sre.reading.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure.files import File, Files


class Sources:
    """The sources of the last build, by path."""

    def read(self, files: Files, docs_dir: Path) -> Iterator[Source]:
        """Yield the source of every page."""
        for file in files.documentation_pages():
            yield self._read(file, docs_dir)

    def _read(self, file: File, docs_dir: Path) -> Source:
        if file.abs_src_path is None:
            return read(file.src_uri, file.content_bytes)
        return load_file(docs_dir, Found(file.src_uri, Path(os.fspath(file.abs_src_path))))
