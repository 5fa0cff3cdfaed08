"""Sources kept between builds of one process: a file whose bytes are the same is not parsed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from mkdocs_sre.reading.folder import Found, leaving_folder, read_bytes, refused_file, refused_link
from mkdocs_sre.reading.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")


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
        links = Links(docs_dir)
        for one in files:
            data = one.data if isinstance(one, Generated) else links.refused(one) or read_bytes(docs_dir, one)
            if isinstance(data, Source):
                yield data
                continue
            before = kept.get(one.path)
            source = before[1] if before is not None and before[0] == data else read(one.path, data)
            self._kept[one.path] = (data, source)
            yield source

    def data(self, path: str) -> bytes | None:
        """Return the bytes of a page of the last pass; None when it was not read."""
        kept = self._kept.get(path)
        return kept[0] if kept is not None else None


class FileCache(Generic[T]):
    """Every file that one reader has read, by its path, with the bytes that it was read from."""

    def __init__(self, reader: Callable[[str, bytes, str], T]) -> None:
        self._reader = reader
        self._kept: dict[str, tuple[bytes, T]] = {}

    def read(self, path: str, data: bytes, file: str) -> T:
        """Return what the reader makes of the bytes; the same as before when they are the same."""
        before = self._kept.get(path)
        if before is None or before[0] != data:
            self._kept[path] = before = (data, self._reader(path, data, file))
        return before[1]


class Links:
    """Which files of the docs folder are not to be published, as a symbolic link leads out of it or they have a bad name."""

    def __init__(self, docs_dir: Path) -> None:
        self._docs_dir = docs_dir
        self._left: dict[Path, str | None] = {}

    def refused(self, found: Found) -> Source | None:
        """Return the source that stands for such a file; None for any other. A folder is looked at once."""
        folder = found.file.parent
        if folder not in self._left:
            self._left[folder] = leaving_folder(self._docs_dir, folder)
        link = self._left[folder]
        return refused_link(found.path, link) if link is not None else refused_file(self._docs_dir, found)
