"""Files of rows, CSV or JSON: bytes to values by key, each with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.values import parse_moment
from mkdocs_sre.reading.json_places import spots
from mkdocs_sre.reading.json_text import read_json
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.values import Moment
    from mkdocs_sre.reading.json_places import Path

ENDINGS = (".csv", ".json")
MAX_KEYS = 100  # that are no known ones and are compared with these
MAX_TEXT = 1_000  # characters of one value
_SHOWN = 80  # characters of a value that a message quotes
_CELL = re.compile(r'[ \t]*"(?P<quoted>(?:[^"]|"")*+)"[ \t]*(?=,|\Z)|(?P<bare>[^,"]*+)(?=,|\Z)')
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Columns(NamedTuple):
    """What a sort of file holds a row: the keys that must be there, and all that are known, in the order to write them.

    `one` is what messages call what a row tells of (`page`), `fewer` what is done when there is too much of it. `hints`
    say for each key what to write.
    """

    sort: Sort
    required: tuple[str, ...]
    keys: tuple[str, ...]
    one: str
    fewer: str
    hints: Mapping[str, str]


class Cell(NamedTuple):
    """A value and where it begins; `value` is text but for what JSON knows besides."""

    value: Any
    place: Location


class Row(NamedTuple):
    """What is told in one row, by key, and where that begins."""

    cells: Mapping[str, Cell]
    place: Location


def read_rows(path: str, data: bytes, columns: Columns, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of a file with these bytes; what keeps one from being read is noted.

    A file whose name ends in `.json` holds a list of objects, any other is CSV with a line of names above. `path` is that
    of the places.
    """
    text = _decoded(path, data, columns, faults)
    if not text:
        return
    is_json = path.lower().endswith(".json")
    yield from _json_rows(path, data, text, columns, faults) if is_json else _rows(path, text, columns, faults)


def text_of(row: Row, key: str, columns: Columns, faults: list[Fault]) -> str:
    """Return the text of a key; empty where it is not there, which is noted of one that must be, and where it is no text."""
    cell = row.cells.get(key)
    value = cell.value if cell is not None else None
    text = value.strip() if isinstance(value, str) else value
    if cell is None or text is None or text == "":
        if key in columns.required:
            faults.append(
                Fault(
                    cell.place if cell is not None else row.place,
                    f"{_a(columns.one)} lacks `{key}`",
                    columns.hints[key],
                )
            )
        return ""
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        faults.append(Fault(cell.place, f"`{key}` must be text of at most {MAX_TEXT:,} characters", columns.hints[key]))
        return ""
    if (odd := _UNPRINTABLE.search(text)) is not None:
        message = f"`{key}` holds U+{ord(odd[0]):04X}, which is no printable character"
        faults.append(Fault(cell.place, message, columns.hints[key]))
        return ""
    return text


def moment_of(row: Row, key: str, text: str, columns: Columns, faults: list[Fault]) -> Moment | None:
    """Return the time that a text names; None without text, and where it is no time, which is noted."""
    if not text:
        return None
    try:
        return parse_moment(text)
    except PydanticCustomError as error:
        said, _, _ = error.message().partition(",")  # its example is in the hint
        faults.append(Fault(row.cells[key].place, f"`{key}` {said}", columns.hints[key]))
        return None


def _decoded(path: str, data: bytes, columns: Columns, faults: list[Fault]) -> str:
    """Return the text of a file; empty, with the reason noted, where it is none."""
    if len(data) > MAX_BYTES:
        message = f"the {columns.sort.noun} has more than {MAX_BYTES:,} bytes, so it is not read"
        faults.append(Fault(Location(path), message, columns.fewer))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path, data.count(b"\n", 0, error.start) + 1)
        faults.append(Fault(place, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8"))
        return ""
    if not text.strip():
        hint = "write `[]`" if path.lower().endswith(".json") else f"write its first line, `{','.join(columns.keys)}`"
        faults.append(Fault(Location(path), f"the {columns.sort.noun} is empty", hint))
        return ""
    return text


def _rows(path: str, text: str, columns: Columns, faults: list[Fault]) -> Iterator[Row]:
    """Yield the lines of CSV below that of the names; no value goes on in the next line."""
    names: list[str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        cells = _cells(path, number, line, faults)
        if names is None:
            names = _names(cells, Location(path, number), columns, faults)
            if names is None:
                return
        elif cells is not None and len(cells) > len(names):
            message = f"the line has {len(cells)} values, and the first line {len(names)} names"
            faults.append(Fault(cells[len(names)].place, message, "put a value that holds a comma in double quotes"))
        elif cells is not None:
            yield Row(dict(zip(names, cells, strict=False)), Location(path, number))


def _cells(path: str, number: int, line: str, faults: list[Fault]) -> list[Cell] | None:
    """Return the values of a line; None, with the reason noted, where a quote stands wrong."""
    found: list[Cell] = []
    position = 0
    while (match := _CELL.match(line, position)) is not None:
        quoted = match["quoted"]
        text = match["bare"].strip() if quoted is None else quoted.replace('""', '"')
        indent = len(match[0]) - len(match[0].lstrip())
        found.append(Cell(text, Location(path, number, position + (indent if match[0].strip() else 0) + 1)))
        if match.end() == len(line):
            return found
        position = match.end() + 1
    hint = 'put the whole value in double quotes, and write `""` for one in it'
    faults.append(Fault(Location(path, number, position + 1), "a double quote stands alone in this value", hint))
    return None


def _names(cells: list[Cell] | None, place: Location, columns: Columns, faults: list[Fault]) -> list[str] | None:
    """Return the names of the columns; None, with the reason noted, where a row cannot be told by them."""
    if cells is None:
        return None
    names = [str(cell.value) for cell in cells]
    missing = [key for key in columns.required if key not in names]
    if missing:
        near = ";" in names[0] and len(names) == 1
        hint = "separate values by commas" if near else f"write `{','.join(columns.keys)}` into the first line"
        faults.append(Fault(place, f"the first line names no {listed(missing)}", hint))
    known: set[str] = set()
    for cell in cells:
        if cell.value in known:
            faults.append(Fault(cell.place, f"`{cell.value}` stands twice", "keep one of them"))
            return None
        known |= {cell.value} & {*columns.keys}
    _tell_near({str(cell.value): cell.place for cell in cells}, columns, faults)
    return None if missing else names


def _json_rows(path: str, data: bytes, text: str, columns: Columns, faults: list[Fault]) -> Iterator[Row]:
    made = read_json(data, path)
    deep = f"write a list of objects, one for each {columns.one}"
    faults += (replace(one, hint=deep) if "nested" in one.message else one for one in made.faults)
    if made.value is None and made.faults:
        return
    if not isinstance(made.value, list):
        faults.append(Fault(Location(path), f"the {columns.sort.noun} holds no list", deep))
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
            faults.append(
                Fault(place, f"{_a(columns.one)} must hold keys with values", f"write {listed(columns.required)}")
            )
            continue
        if len(known) < MAX_KEYS:
            _tell_near({key: keys[position, key] for key in item if key not in known}, columns, faults, item)
            known.update(item)
        yield Row({key: Cell(value, values[position, key]) for key, value in item.items()}, place)


def _tell_near(
    places: Mapping[str, Location], columns: Columns, faults: list[Fault], beside: Mapping[str, Any] | None = None
) -> None:
    """Note each key that is a letter or two off a known one that is not there."""
    given = places if beside is None else beside
    for key, place in islice(places.items(), MAX_KEYS):
        open_ = [one for one in columns.keys if one not in given]
        near = get_close_matches(key[:40].lower(), open_, 1, 0.8) if key not in columns.keys else []
        if near:
            faults.append(Fault(place, f"`{shown(key)}` is no key that is read", f"did you mean `{near[0]}`?"))


def shown(text: str) -> str:
    """Return a value as a message quotes it: in one line, cut when it is long."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).replace("`", "").split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def listed(keys: Sequence[str]) -> str:
    """Return keys as a message lists them."""
    return ", ".join(f"`{key}`" for key in keys)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
