"""The waivers file beside `mkdocs.yml`: read with places, its faults noted and not raised."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.values import parse_date
from mkdocs_sre.documents.waiver import COUNT_KEY, WAIVER_KEYS, Waiver
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.folder import is_text, leaves
from mkdocs_sre.reading.nodes import construct
from mkdocs_sre.settings import DEFAULT_WAIVERS, Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from mkdocs_sre.documents.marks import Mark, Marks

MAX_CHARACTERS = 4 * 1024 * 1024  # of the file: some 25,000 waivers
DEFECT = "malformed-waiver"  # the rule that reports what is wrong with the file's form
_KEYS = (*WAIVER_KEYS, COUNT_KEY)
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_BLANK = frozenset(("todo", "tbd", "-", "?"))
_HINTS = {
    "rule": "the code or name of a rule",
    "document": "an id, or a path below the docs folder",
    "reason": "why it may stay for now",
    "by": "who decided",
    "until": "the last day on which it holds, `YYYY-MM-DD`",
}


@dataclass(frozen=True)
class WaiverFile:
    """What the waivers file says.

    `path` is relative to the docs folder, as all places are; `docs` is the docs folder seen from the file's folder.
    """

    path: str = f"../{DEFAULT_WAIVERS}"
    docs: str = "docs"
    waivers: tuple[Waiver, ...] = ()
    defects: list[Defect] = field(default_factory=list)
    text: str = ""


def waivers_file(settings: Settings, folder: Path, docs_dir: Path) -> Path:
    """Return where the waivers file is, whether or not it exists; `folder` is that of `mkdocs.yml`.

    Raises SettingsError for one outside that folder.
    """
    name = settings.waivers or DEFAULT_WAIVERS
    file = folder / name if "\0" not in name and is_text(name) else folder
    if file == folder or leaves(folder, file):
        raise _refused(f"`{name}` leads out of the folder of the configuration; keep the file below that folder")
    if not leaves(docs_dir, file):
        raise _refused(f"`{name}` is in the docs folder, where it would be published; keep it beside the configuration")
    return file


def load_waivers(settings: Settings, folder: Path, docs_dir: Path) -> WaiverFile:
    """Return the waivers of a site; none without the file. `folder` is that of `mkdocs.yml`.

    Raises SettingsError for a file that is configured and missing, or outside that folder.
    """
    file = waivers_file(settings, folder, docs_dir)
    found = WaiverFile(_relative(file, docs_dir), _relative(docs_dir, file.parent))
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return _unread(found, "the waivers file is no regular file")
        if status.st_size > MAX_CHARACTERS:
            return _unread(
                found, f"the waivers file has more than {MAX_CHARACTERS:,} bytes", "waive whole rules by their level"
            )
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if settings.waivers is None and not file.is_symlink():
            return found
        raise _refused(f"`{file.name}` does not exist; create it, or take the option away") from None
    except OSError as error:
        return _unread(found, f"the waivers file cannot be read: {error.strerror or 'unknown cause'}")
    except UnicodeDecodeError:
        return _unread(found, "the waivers file is not UTF-8", "save it as UTF-8")
    return parse_waivers(text, found.path, found.docs)


def parse_waivers(text: str, path: str, docs: str = "docs") -> WaiverFile:
    """Return what a waivers file with this text says; what is wrong with it stands in `defects`."""
    found = WaiverFile(path, docs, text=text)
    with paused_collection():
        made = construct(text.replace("\r\n", "\n").replace("\r", "\n"), path, 1, MAX_CHARACTERS)
    if made.defects:
        faults = [
            replace(one.fault, message=one.fault.message.replace("front matter", "the waivers file", 1))
            for one in made.defects
        ]
        return replace(found, defects=[Defect(DEFECT, one) for one in faults])
    faults = [*_unknown_keys(made, made.marks, path, ("waivers",))]
    items = made.get("waivers") or []
    mark = made.marks.get("waivers") if isinstance(made.marks, dict) else None
    waivers: list[Waiver] = []
    if not isinstance(items, list):
        faults.append(Fault(_place(path, mark), "`waivers` must be a list", "begin each waiver with `- rule:`"))
        items = []
    for item, item_mark in zip(items, mark.children if mark and isinstance(mark.children, list) else [], strict=False):
        waiver = _waiver(item, item_mark, path, faults)
        waivers += [waiver] if waiver else []
    return replace(found, waivers=tuple(waivers), defects=[Defect(DEFECT, one) for one in faults])


def _waiver(item: Any, mark: Mark, path: str, faults: list[Fault]) -> Waiver | None:
    """Return the waiver that an item of the list is; None, and what is wrong with it noted, when it is none."""
    place = _place(path, mark)
    if not isinstance(item, dict):
        faults.append(Fault(place, "a waiver must hold keys with values", f"write {_named(WAIVER_KEYS)}"))
        return None
    places = (
        {key: _value_place(path, one) for key, one in mark.children.items()} if isinstance(mark.children, dict) else {}
    )
    missing = [key for key in WAIVER_KEYS if is_blank(item.get(key))]
    wrong = [
        *_unknown_keys(item, mark.children, path, _KEYS),
        *(Fault(places.get(key, place), f"a waiver lacks `{key}`", f"add `{key}:`, {_HINTS[key]}") for key in missing),
        *(
            Fault(places.get(key, place), f"`{key}` must be text", f"write {_HINTS.get(key, 'a number')}")
            for key in _KEYS
            if isinstance(item.get(key), list | dict)
        ),
    ]
    count = item.get(COUNT_KEY)
    if isinstance(count, str) and not _COUNT.fullmatch(count):
        wrong.append(Fault(places[COUNT_KEY], "`count` must be a number from 1", "write how many findings it covers"))
    until = _day(item, places, wrong)
    faults += wrong
    if wrong or until is None:
        return None
    texts = {key: str(item[key]) for key in WAIVER_KEYS if key != "until"}
    return Waiver(**texts, until=until, location=place, count=int(count) if count else None, places=places)


def _day(item: dict[str, Any], places: dict[str, Location], wrong: list[Fault]) -> date | None:
    until = item.get("until")
    if not isinstance(until, str) or is_blank(until):
        return None
    try:
        return parse_date(until)
    except PydanticCustomError as error:
        wrong.append(Fault(places["until"], f"`until` {error.message()}", "correct it"))
        return None


def _unknown_keys(values: dict[str, Any], marks: Marks, path: str, known: tuple[str, ...]) -> Iterator[Fault]:
    for key in values:
        if key not in known and isinstance(marks, dict):
            near = get_close_matches(key, known, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"keys are {_named(known)}"
            yield Fault(_place(path, marks[key]), f"`{key[:80]}` is no key of a waivers file", hint)


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: it is empty, or a word such as `TODO`."""
    return value is None or (isinstance(value, str) and (not value.strip() or value.strip().casefold() in _BLANK))


def _named(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _place(path: str, mark: Mark | None) -> Location:
    return Location(path, mark.line, mark.column) if mark else Location(path)


def _value_place(path: str, mark: Mark) -> Location:
    return Location(path, mark.value_line, mark.value_column)


def _relative(file: Path, folder: Path) -> str:
    return os.path.relpath(file, folder).replace(os.sep, "/")


def _unread(found: WaiverFile, message: str, hint: str = "restore it, or remove it") -> WaiverFile:
    return replace(found, defects=[Defect(DEFECT, Fault(Location(found.path), message, hint))])


def _refused(message: str) -> SettingsError:
    return SettingsError([(("waivers",), message)])
