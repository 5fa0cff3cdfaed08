"""The file of pages that went out, CSV or JSON: bytes to pages with their places."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Monitoring, SentPage
from mkdocs_sre.documents.values import parse_moment
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.json_places import spots
from mkdocs_sre.reading.json_text import read_json
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, Sort, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.values import Moment
    from mkdocs_sre.reading.json_places import Path

MALFORMED = "malformed-page-results"  # the rule that tells
SORT = Sort("file of pages", MALFORMED)
ENDINGS = (".csv", ".json")
REQUIRED = ("alert", "at", "led_to_action")
KEYS = (*REQUIRED, "rotation")
MAX_KEYS = 100  # that are no known ones and are compared with these
MAX_TEXT = 1_000  # characters of one value
_SHOWN = 80  # characters of a value that a message quotes
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
_HINTS = {
    "alert": "write the name of the alert",
    "at": "write when it went out, `2026-02-24T14:09:00+01:00`",
    "led_to_action": "write `yes` or `no`",
    "rotation": "write the id of the rotation, or leave it out",
}
_CELL = re.compile(r'[ \t]*"(?P<quoted>(?:[^"]|"")*+)"[ \t]*(?=,|\Z)|(?P<bare>[^,"]*+)(?=,|\Z)')
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class _Cell(NamedTuple):
    """A value and where it begins; `value` is text but for what JSON knows besides."""

    value: Any
    place: Location


class _Row(NamedTuple):
    """What is told of one page, by key, and where that begins."""

    cells: Mapping[str, _Cell]
    place: Location


def read_page_results(path: str, data: bytes, file: str = "") -> Monitoring:
    """Return the pages that a file with these bytes tells of; what is wrong with it stands in `defects`.

    A file whose name ends in `.json` holds a list of objects, any other is CSV with a line of names above. `path` is that
    of the places; `file` is what people call the file, the path by default. A page that cannot be read is left out and
    told of, and does not keep the others from being read.
    """
    faults: list[Fault] = []
    pages: list[SentPage] = []
    text = _decoded(path, data, faults)
    if text:
        rows = _json_rows(path, data, text, faults) if path.lower().endswith(".json") else _rows(path, text, faults)
        with paused_collection():
            pages = [page for row in rows if (page := _page(row, file or path, faults)) is not None]
    faults.sort(key=lambda fault: fault.location)
    defects = [Defect(MALFORMED, fault) for fault in faults]
    return Monitoring(defects=bounded(defects, path, SORT), pages=tuple(pages))


def unread(path: str, message: str, hint: str) -> Monitoring:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Monitoring(defects=(Defect(MALFORMED, Fault(Location(path), message, hint)),))


def _decoded(path: str, data: bytes, faults: list[Fault]) -> str:
    """Return the text of a file; empty, with the reason noted, where it is none."""
    if len(data) > MAX_BYTES:
        message = f"the {SORT.noun} has more than {MAX_BYTES:,} bytes, so it is not read"
        faults.append(Fault(Location(path), message, "keep the newest weeks"))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path, data.count(b"\n", 0, error.start) + 1)
        faults.append(Fault(place, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8"))
        return ""
    if not text.strip():
        hint = "write `[]`" if path.lower().endswith(".json") else f"write its first line, `{','.join(KEYS)}`"
        faults.append(Fault(Location(path), f"the {SORT.noun} is empty", hint))
        return ""
    return text


def _rows(path: str, text: str, faults: list[Fault]) -> Iterator[_Row]:
    """Yield the lines of CSV below that of the names; no value goes on in the next line."""
    names: list[str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        cells = _cells(path, number, line, faults)
        if names is None:
            names = _names(cells, Location(path, number), faults)
            if names is None:
                return
        elif cells is not None and len(cells) > len(names):
            message = f"the line has {len(cells)} values, and the first line {len(names)} names"
            faults.append(Fault(cells[len(names)].place, message, "put a value that holds a comma in double quotes"))
        elif cells is not None:
            yield _Row(dict(zip(names, cells, strict=False)), Location(path, number))


def _cells(path: str, number: int, line: str, faults: list[Fault]) -> list[_Cell] | None:
    """Return the values of a line; None, with the reason noted, where a quote stands wrong."""
    found: list[_Cell] = []
    position = 0
    while (match := _CELL.match(line, position)) is not None:
        quoted = match["quoted"]
        text = match["bare"].strip() if quoted is None else quoted.replace('""', '"')
        indent = len(match[0]) - len(match[0].lstrip())
        found.append(_Cell(text, Location(path, number, position + (indent if match[0].strip() else 0) + 1)))
        if match.end() == len(line):
            return found
        position = match.end() + 1
    hint = 'put the whole value in double quotes, and write `""` for one in it'
    faults.append(Fault(Location(path, number, position + 1), "a double quote stands alone in this value", hint))
    return None


def _names(cells: list[_Cell] | None, place: Location, faults: list[Fault]) -> list[str] | None:
    """Return the names of the columns; None, with the reason noted, where a page cannot be told by them."""
    if cells is None:
        return None
    names = [str(cell.value) for cell in cells]
    missing = [key for key in REQUIRED if key not in names]
    if missing:
        near = ";" in names[0] and len(names) == 1
        hint = "separate values by commas" if near else f"write `{','.join(KEYS)}` into the first line"
        faults.append(Fault(place, f"the first line names no {_listed(missing)}", hint))
    known: set[str] = set()
    for cell in cells:
        if cell.value in known:
            faults.append(Fault(cell.place, f"`{cell.value}` stands twice", "keep one of them"))
            return None
        known |= {cell.value} & {*KEYS}
    _tell_near({str(cell.value): cell.place for cell in cells}, faults)
    return None if missing else names


def _json_rows(path: str, data: bytes, text: str, faults: list[Fault]) -> Iterator[_Row]:
    made = read_json(data, path)
    deep = "write a list of objects, one for each page"
    faults += (replace(one, hint=deep) if "nested" in one.message else one for one in made.faults)
    if made.value is None and made.faults:
        return
    if not isinstance(made.value, list):
        faults.append(Fault(Location(path), f"the {SORT.noun} holds no list", deep))
        return
    values: dict[Path, Location] = {}
    keys: dict[Path, Location] = {}
    for spot in spots(text):
        if len(spot.path) in (1, 2):
            values[spot.path], keys[spot.path] = made.at(spot.value), made.at(spot.key)
    known: set[str] = set()
    for position, item in enumerate(made.value):
        place = values[position,]
        if not isinstance(item, dict):
            faults.append(Fault(place, "a page must hold keys with values", f"write {_listed(REQUIRED)}"))
            continue
        if len(known) < MAX_KEYS:
            _tell_near({key: keys[position, key] for key in item if key not in known}, faults, item)
            known.update(item)
        yield _Row({key: _Cell(value, values[position, key]) for key, value in item.items()}, place)


def _tell_near(places: Mapping[str, Location], faults: list[Fault], beside: Mapping[str, Any] | None = None) -> None:
    """Note each key that is a letter or two off a known one that is not there."""
    given = places if beside is None else beside
    for key, place in islice(places.items(), MAX_KEYS):
        open_ = [one for one in KEYS if one not in given]
        near = get_close_matches(key[:40].lower(), open_, 1, 0.8) if key not in KEYS else []
        if near:
            faults.append(Fault(place, f"`{_shown(key)}` is no key that is read", f"did you mean `{near[0]}`?"))


def _page(row: _Row, file: str, faults: list[Fault]) -> SentPage | None:
    """Return the page that a row tells of; None, with all reasons noted, where it tells of none."""
    before = len(faults)
    texts = {key: _text(row, key, faults) for key in KEYS}
    at = _moment(row, texts["at"], faults)
    led = _answer(row, texts["led_to_action"], faults)
    if len(faults) > before or at is None or led is None:
        return None
    rotation = row.cells["rotation"].place if texts["rotation"] else None
    return SentPage(texts["alert"], at, led, file, row.cells["alert"].place, texts["rotation"], rotation)


def _text(row: _Row, key: str, faults: list[Fault]) -> str:
    cell = row.cells.get(key)
    value = cell.value if cell is not None else None
    if key == "led_to_action" and isinstance(value, bool):
        return "yes" if value else "no"
    text = value.strip() if isinstance(value, str) else value
    if cell is None or text is None or text == "":
        if key in REQUIRED:
            faults.append(Fault(cell.place if cell is not None else row.place, f"a page lacks `{key}`", _HINTS[key]))
        return ""
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        faults.append(Fault(cell.place, f"`{key}` must be text of at most {MAX_TEXT:,} characters", _HINTS[key]))
        return ""
    if (odd := _UNPRINTABLE.search(text)) is not None:
        message = f"`{key}` holds U+{ord(odd[0]):04X}, which is no printable character"
        faults.append(Fault(cell.place, message, _HINTS[key]))
        return ""
    return text


def _moment(row: _Row, text: str, faults: list[Fault]) -> Moment | None:
    if not text:
        return None
    try:
        return parse_moment(text)
    except PydanticCustomError as error:
        said, _, _ = error.message().partition(",")  # its example is in the hint
        faults.append(Fault(row.cells["at"].place, f"`at` {said}", _HINTS["at"]))
        return None


def _answer(row: _Row, text: str, faults: list[Fault]) -> bool | None:
    if text and text.lower() not in _ANSWERS:
        message = f"`led_to_action` is `{_shown(text)}`"
        faults.append(Fault(row.cells["led_to_action"].place, message, _HINTS["led_to_action"]))
    return _ANSWERS.get(text.lower())


def _shown(text: str) -> str:
    line = " ".join(_UNPRINTABLE.sub(" ", text).replace("`", "").split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _listed(keys: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
