"""The YAML files that an option's patterns match, found without leaving the folder of the configuration."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pathspec import GitIgnoreSpec

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.reading.configuration import option_place
from mkdocs_sre.reading.folder import is_text, leaves
from mkdocs_sre.reading.yaml_documents import MAX_BYTES
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.reading.yaml_documents import Sort

T = TypeVar("T")
ENDINGS = (".yaml", ".yml")
LEFT_OUT = ("node_modules", "venv", "__pycache__", "site-packages")  # folders of tools; hidden ones are left out too
MAX_FILES = 2_000  # of one option that are read; past that the patterns match what was not meant
_WILD = frozenset("*?[")


class Patterns(NamedTuple):
    """The patterns of one option.

    `option` is its path of keys, `unmatched` the rule that tells of a pattern without a file.

    `*` stays within a folder, `**` does not; the last pattern that matches counts, and `!` before it takes files out.
    All start in the folder of the configuration.
    """

    texts: Sequence[str]
    option: tuple[str, ...]
    sort: Sort
    unmatched: str

    def files(self, folder: Path) -> dict[str, Path]:
        """Return the files that the patterns match, by their path below the folder, sorted.

        Raises SettingsError for a pattern that cannot be used.
        """
        tops = {_top(one.text) for one in self._parsed() if not one.text.startswith("!")}
        found = {path: folder / path for top in sorted(tops) for path in _below(folder, top)}
        kept = self.matching(found)
        return {path: found[path] for path in sorted(kept)}

    def matching(self, paths: Iterable[str]) -> set[str]:
        """Return those of the paths that are of YAML files and match."""
        spec = GitIgnoreSpec.from_lines([_anchored(one) for one in self.texts])
        return {path for path in paths if path.endswith(ENDINGS) and spec.match_file(path)}

    def without_file(self, paths: Iterable[str], place_of: Callable[[int], Location]) -> Iterator[Defect]:
        """Yield a defect for each pattern that matches none of the files; `place_of` tells where a pattern stands."""
        known = list(paths)
        for one in self._parsed():
            if not one.text.startswith("!") and not any(one.spec.match_file(path) for path in known):
                message = f"`{one.text}` matches no {self.sort.noun}"
                hint = "correct the pattern; it starts in the folder of the configuration, and files end in `.yaml` or `.yml`"
                yield Defect(self.unmatched, Fault(place_of(one.position), message, hint))

    def _parsed(self) -> list[_Pattern]:
        found: list[_Pattern] = []
        problems: list[tuple[tuple[str | int, ...], str]] = []
        for index, text in enumerate(self.texts):
            bare = text.removeprefix("!")
            if bare.startswith("/") or ".." in bare.split("/") or not bare.strip() or not is_text(bare) or "\0" in bare:
                said = f"`{text}` must name files below the folder of the configuration"
                problems.append(((*self.option, index), said))
                continue
            try:
                found.append(_Pattern(index, text, GitIgnoreSpec.from_lines([_anchored(bare)])))
            except ValueError as error:
                problems.append(((*self.option, index), f"cannot be used: {error}"))
        if problems:
            raise SettingsError(problems)
        return found


class _Pattern(NamedTuple):
    position: int
    text: str
    spec: GitIgnoreSpec


class Reader(NamedTuple, Generic[T]):
    """What is made of a file: from its path, its bytes and what people call it; or from its path, cause and cure."""

    sort: Sort
    read: Callable[[str, bytes, str], T]
    refuse: Callable[[str, str, str], T]


def read_matching(
    patterns: Patterns, config_file: Path, docs_dir: Path, reader: Reader[T]
) -> tuple[dict[str, T], list[Defect]]:
    """Return what is made of each file that the patterns match, and what is wrong with the patterns.

    Places are seen from the docs folder. Raises SettingsError for a pattern that cannot be used.
    """
    folder = config_file.parent
    files = patterns.files(folder)
    found = {path: read_below(folder, path, docs_dir, reader) for path in [*files][:MAX_FILES]}
    defects = []
    if len(files) > MAX_FILES:
        message = f"`{'.'.join(patterns.option)}` matches {len(files):,} files; the first {MAX_FILES:,} are read"
        place = option_place(config_file, docs_dir, patterns.option)
        defects.append(Defect(patterns.sort.unread, Fault(place, message, "let it match such files only")))

    def place_of(index: int) -> Location:
        return option_place(config_file, docs_dir, (*patterns.option, index))

    return found, [*defects, *patterns.without_file(files, place_of)]


def _anchored(pattern: str) -> str:
    """Return a pattern as `.gitignore` takes it, so that it starts in the folder."""
    bare = pattern.removeprefix("!").removeprefix("./")
    return f"{'!' if pattern.startswith('!') else ''}/{bare}"


def _top(pattern: str) -> str:
    """Return the folder, or the file, that a pattern names before its first wildcard; empty when it begins with one."""
    steps: list[str] = []
    for step in pattern.removeprefix("./").rstrip("/").split("/"):
        if _WILD & set(step):
            break
        steps.append(step)
    return "/".join(steps)


def _below(folder: Path, top: str) -> Iterator[str]:
    """Yield the files at and below a path, relative to the folder; no link to a folder is followed."""
    start = folder / top
    if top and not start.is_dir():
        if os.path.lexists(start):
            yield top
        return
    if leaves(folder, start):
        return
    for parent, folders, names in os.walk(start):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in LEFT_OUT)
        inside = os.path.relpath(parent, folder).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        yield from (f"{prefix}{name}" for name in names if name.endswith(ENDINGS))


def read_below(folder: Path, path: str, docs_dir: Path, reader: Reader[T]) -> T:
    """Return what is made of the file at a path below a folder; one that a link out of the folder leads to is refused.

    Places are seen from the docs folder. No more of a file is read than one byte past `MAX_BYTES`.
    """
    file = folder / path
    seen, noun = os.path.relpath(file, docs_dir).replace(os.sep, "/"), reader.sort.noun
    if not is_text(path):
        shown = seen.encode(errors="backslashreplace").decode()
        return reader.refuse(shown, f"the {noun} cannot be read: its name is not UTF-8", "rename it")
    if leaves(folder, file):
        message = f"a symbolic link leads out of the folder of the configuration, so the {noun} is not read"
        return reader.refuse(seen, message, "copy what it leads to")
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
            return reader.refuse(seen, f"the {noun} is no regular file", "restore it")
        with file.open("rb") as opened:
            return reader.read(seen, opened.read(MAX_BYTES + 1), path)
    except OSError as error:
        cause = error.strerror or "unknown cause"
        return reader.refuse(seen, f"the {noun} cannot be read: {cause}", "restore it, or remove the link to it")
