"""The catalogue files that the option `catalogues` matches, found without leaving the folder of the configuration."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from pathspec import GitIgnoreSpec

from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.reading.catalogue import MAX_BYTES, read_catalogue, together, unread
from mkdocs_sre.reading.configuration import option_place
from mkdocs_sre.reading.folder import is_text, leaves
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.settings import Settings

    Reader = Callable[[str, bytes, str], Catalogue]

ENDINGS = (".yaml", ".yml")
LEFT_OUT = ("node_modules", "venv", "__pycache__", "site-packages")  # folders of tools; hidden ones are left out too
MAX_FILES = 2_000  # that are read; past that the patterns match what was not meant
UNMATCHED, UNREAD = "pattern-without-catalogue", "malformed-catalogue"  # the rules that tell
_WILD = frozenset("*?[")


class _Pattern(NamedTuple):
    position: int
    text: str
    spec: GitIgnoreSpec


def catalogue_files(settings: Settings, folder: Path) -> dict[str, Path]:
    """Return the files that the patterns match, by their path below the folder of the configuration, sorted.

    Raises SettingsError for a pattern that cannot be used.
    """
    patterns = _patterns(settings.catalogues)
    tops = {_top(one.text) for one in patterns if not one.text.startswith("!")}
    found = {path: folder / path for top in sorted(tops) for path in _below(folder, top)}
    kept = matching(settings.catalogues, found)
    return {path: found[path] for path in sorted(kept)}


def matching(patterns: Sequence[str], paths: Iterable[str]) -> set[str]:
    """Return the paths that patterns match: those of Backstage files below the folder that the patterns start in.

    `*` stays within a folder, `**` does not; the last pattern that matches counts, and `!` before it takes files out.
    """
    spec = GitIgnoreSpec.from_lines([_anchored(one) for one in patterns])
    return {path for path in paths if path.endswith(ENDINGS) and spec.match_file(path)}


def load_catalogues(settings: Settings, config_file: Path, docs_dir: Path, read: Reader = read_catalogue) -> Catalogue:
    """Return what the catalogue files of a site say; nothing where none are configured.

    `read` takes a file's path, its bytes and what people call it, as `read_catalogue` does. Raises SettingsError for a pattern that cannot be used.
    """
    if not settings.catalogues:
        return Catalogue()
    folder = config_file.parent
    files = catalogue_files(settings, folder)
    found = [_load(folder, path, file, docs_dir, read) for path, file in [*files.items()][:MAX_FILES]]
    if len(files) > MAX_FILES:
        message = f"`catalogues` matches {len(files):,} files; the first {MAX_FILES:,} are read"
        place = option_place(config_file, docs_dir, ("catalogues",))
        fault = Fault(place, message, "let it match catalogue files only")
        found.append(Catalogue(defects=(Defect(UNREAD, fault),)))

    def place_of(index: int) -> Location:
        return option_place(config_file, docs_dir, ("catalogues", index))

    return together([*found, Catalogue(defects=(*unmatched(settings.catalogues, files, place_of),))])


def unmatched(patterns: Sequence[str], paths: Iterable[str], place_of: Callable[[int], Location]) -> Iterator[Defect]:
    """Yield a defect for each pattern that matches none of the files; `place_of` tells where a pattern stands."""
    known = list(paths)
    for one in _patterns(patterns):
        if not one.text.startswith("!") and not any(one.spec.match_file(path) for path in known):
            message = f"`{one.text}` matches no catalogue"
            hint = (
                "correct the pattern; it starts in the folder of the configuration, and files end in `.yaml` or `.yml`"
            )
            yield Defect(UNMATCHED, Fault(place_of(one.position), message, hint))


def _patterns(texts: Sequence[str]) -> list[_Pattern]:
    found, problems = [], []
    for index, text in enumerate(texts):
        bare = text.removeprefix("!")
        if bare.startswith("/") or ".." in bare.split("/") or not bare.strip() or not is_text(bare) or "\0" in bare:
            said = f"`{text}` must name files below the folder of the configuration"
            problems.append((("catalogues", index), said))
            continue
        try:
            found.append(_Pattern(index, text, GitIgnoreSpec.from_lines([_anchored(bare)])))
        except ValueError as error:
            problems.append((("catalogues", index), f"cannot be used: {error}"))
    if problems:
        raise SettingsError([*problems])
    return found


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


def _load(folder: Path, path: str, file: Path, docs_dir: Path, read: Reader) -> Catalogue:
    seen = os.path.relpath(file, docs_dir).replace(os.sep, "/")
    if not is_text(path):
        shown = seen.encode(errors="backslashreplace").decode()
        return unread(shown, "the catalogue cannot be read: its name is not UTF-8", "rename it")
    if leaves(folder, file):
        message = "a symbolic link leads out of the folder of the configuration, so the catalogue is not read"
        return unread(seen, message, "copy what it leads to")
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
            return unread(seen, "the catalogue is no regular file", "restore it")
        with file.open("rb") as opened:
            return read(seen, opened.read(MAX_BYTES + 1), path)
    except OSError as error:
        cause = error.strerror or "unknown cause"
        return unread(seen, f"the catalogue cannot be read: {cause}", "restore it, or remove the link to it")
