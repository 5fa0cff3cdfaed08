"""Which kind a source is of, and the documents that it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pathspec import GitIgnoreSpec

from mkdocs_sre.documents.base import Origin
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.marks import find_mark
from mkdocs_sre.documents.timeline.clock import date_in
from mkdocs_sre.documents.values import safe_id
from mkdocs_sre.reading.validation import make
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.marks import Marks
    from mkdocs_sre.reading.source import Source
    from mkdocs_sre.settings import FolderPattern, Settings


MAX_DATED = 400  # characters of a name or title in which a date is looked for
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_COMPACT_DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_JOINER = re.compile(r"_|(?<!\d)-|-(?!\d)")  # between the words of a file's name


@dataclass(frozen=True)
class _Folder:
    pattern: FolderPattern

    @cached_property
    def paths(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.pattern.match)


class Typing:
    """Turns sources into documents by the settings' folders, schemes and names.

    Raises SettingsError for a folder that names a kind or a scheme of sections that does not exist.
    """

    def __init__(self, settings: Settings) -> None:
        problems = _problems(settings)
        if problems:
            raise SettingsError(problems)
        self._settings = settings
        self._folders = [_Folder(pattern) for pattern in settings.folders]

    def documents(self, source: Source) -> list[Document]:
        """Return the documents of a source, none when it is untyped; what is wrong is added to its defects."""
        pattern = self.pattern(source.path)
        name = source.values.get("type")
        if name is None and pattern is not None:
            name = pattern.type
        if name is None or not source.parsed:
            return []
        kind = kinds().get(name) if isinstance(name, str) else None
        if kind is None:
            source.defects.append(_unknown_type(source, str(name)))
            return []
        values = self._values(source, kind, pattern)
        marks = _renamed(source.marks, pattern.keys) if pattern else source.marks
        if kind.list_key and isinstance(values.get(kind.list_key), list):
            return _listed(source, kind, values, marks)
        origin = Origin(source.path, values, marks, (), source.body, self._sections(pattern), source.blanks)
        made = make(kind, values, origin)
        source.defects += made.defects
        return [made.document] if made.document is not None else []

    def pattern(self, path: str) -> FolderPattern | None:
        """Return the folder of the settings that a file falls under by its path; the first that matches."""
        return next((folder.pattern for folder in self._folders if folder.paths.match_file(path)), None)

    def told(
        self, values: Mapping[str, Any], pattern: FolderPattern | None, path: str, dated: Mapping[str, Any] = _NOTHING
    ) -> dict[str, Any]:
        """Return what a front matter says under native keys: its own, the folder's defaults, and the id of its name.

        `dated` holds the day that name or title tell.
        """
        found = dict(values)
        if pattern is not None:
            for foreign, native in pattern.keys.items():
                if foreign in found:
                    found[native] = found.pop(foreign)
            for key in pattern.ignore_keys:
                found.pop(key, None)
            found = {**{key: _as_text(value) for key, value in pattern.defaults.items()}, **dated, **found}
            named = safe_id(_stem(path)) if "id" not in found else None
            if named is not None:
                found["id"] = named
        return found

    def _values(self, source: Source, kind: type[Document], pattern: FolderPattern | None) -> dict[str, Any]:
        dated = _dated(source, kind, pattern) if pattern is not None else _NOTHING
        return self.told({**source.values, "type": kind.kind}, pattern, source.path, dated)

    def _sections(self, pattern: FolderPattern | None) -> str | tuple[str, ...] | None:
        chosen = pattern.sections if pattern else None
        if chosen is None or chosen == "none":
            return () if chosen else None
        if isinstance(chosen, list):
            return tuple(chosen)
        own = self._settings.section_schemes.get(chosen)
        return tuple(own) if own is not None else chosen


def _dated(source: Source, kind: type[Document], pattern: FolderPattern) -> dict[str, Any]:
    """Return the key that holds the day of a document, with the day from its name or title if one stands there."""
    if pattern.date_from is None or not kind.date_key:
        return {}
    title = source.values.get("title")
    if pattern.date_from == "stem":
        text = _JOINER.sub(" ", _COMPACT_DATE.sub(r" \1-\2-\3 ", _stem(source.path)))
    else:
        text = title if isinstance(title, str) and title else source.body.title
    found = date_in(text[:MAX_DATED])
    day = found.only_day if found is not None else None
    return {kind.date_key: day.isoformat()} if day is not None else {}


def _listed(source: Source, kind: type[Document], values: dict[str, Any], marks: Marks) -> list[Document]:
    """Return the documents that stand as a list under the kind's list key."""
    documents = []
    for index, item in enumerate(values[kind.list_key]):
        origin = Origin(source.path, values, marks, (kind.list_key, index), blanks=source.blanks)
        made = make(kind, {**item, "type": kind.kind} if isinstance(item, dict) else {}, origin)
        source.defects += made.defects
        if made.document is not None:
            documents.append(made.document)
    return documents


def _problems(settings: Settings) -> list[tuple[tuple[str | int, ...], str]]:
    problems: list[tuple[tuple[str | int, ...], str]] = []
    for index, pattern in enumerate(settings.folders):
        kind = kinds().get(pattern.type)
        if kind is None:
            near = get_close_matches(pattern.type, kinds(), 1)
            hint = f"; did you mean `{near[0]}`?" if near else f"; use one of {', '.join(kinds())}"
            problems.append((("folders", index, "type"), f"`{pattern.type}` is no kind of document{hint}"))
            continue
        problems += _pattern_problems(index, pattern)
        known = {"none", *settings.section_schemes, *kind.schemes}
        if isinstance(pattern.sections, str) and pattern.sections not in known:
            text = f"`{pattern.sections}` is no scheme of sections; use one of {', '.join(sorted(known))}"
            problems.append((("folders", index, "sections"), text))
    return problems


def _pattern_problems(index: int, pattern: FolderPattern) -> list[tuple[tuple[str | int, ...], str]]:
    try:
        GitIgnoreSpec.from_lines(pattern.match)
    except ValueError as error:
        return [(("folders", index, "match"), f"cannot be used: {error}")]
    kind = kinds()[pattern.type]
    if pattern.date_from is not None and not kind.date_key:
        text = f"is of no use: a {kind.label.lower()} has no day of its own"
        return [(("folders", index, "date_from"), text)]
    return []


def _renamed(marks: Marks, keys: dict[str, str]) -> Marks:
    """Return the marks under the native names of mapped keys."""
    return {keys.get(key, key): mark for key, mark in marks.items()} if isinstance(marks, dict) else marks


def _stem(path: str) -> str:
    """Return the file's name without its ending; the folder's for an index page."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem in ("index", "_index", "README") and pure.parent.name else pure.stem


def _as_text(value: Any) -> Any:
    """Return a value of the configuration as the reader would have read it: scalars as text."""
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return (
        value
        if value is None or isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )


def _unknown_type(source: Source, name: str) -> Defect:
    mark = find_mark(source.marks, ("type",))
    place = Location(source.path, mark.value_line, mark.value_column) if mark else Location(source.path)
    near = get_close_matches(name, kinds(), 1)
    hint = f"did you mean `{near[0]}`?" if near else f"use one of {', '.join(kinds())}"
    return Defect("unknown-type", Fault(place, f"`{name[:80]}` is no kind of document", hint))
