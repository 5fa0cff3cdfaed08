"""Sources kept between builds of one process: a file whose bytes are the same is not parsed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.reading.folder import Found, leaves, read_bytes, refused_link
from mkdocs_sre.reading.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Generated(NamedTuple):
    """A page that has no file of its own: its path and its bytes."""

    path: str
    data: bytes


class SourceCache:
    """Every source of the last pass by its path, with the bytes that it was read from."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, Source]] = {}

    def sources(self, docs_dir: Path, files: Iterable[Found | Generated]) -> Iterator[Source]:
        """Yield the source of each file or generated page; what is not asked for again is forgotten."""
        kept, self._kept = self._kept, {}
        inside: dict[Path, bool] = {}
        for one in files:
            data = one.data if isinstance(one, Generated) else self._bytes(docs_dir, one, inside)
            if isinstance(data, Source):
                yield data
                continue
            before = kept.get(one.path)
            source = before[1] if before is not None and before[0] == data else read(one.path, data)
            self._kept[one.path] = (data, source)
            yield source

    def _bytes(self, docs_dir: Path, found: Found, inside: dict[Path, bool]) -> bytes | Source:
        folder = found.file.parent
        if folder not in inside:
            inside[folder] = not leaves(docs_dir, folder)
        return read_bytes(docs_dir, found) if inside[folder] else refused_link(found.path)
