"""Bytes to the values of a JSON text, refused with a place when they are none; nothing is rounded, nothing lost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.json_places import Lines, Path, places, repeated, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 64 * 1024 * 1024  # of a file: half a million dependencies
MAX_NESTING = 64  # lists and objects in each other: where a text is pointed at that the parser gives up (some 1,000)
MAX_DUPLICATES = 100  # keys told of that stand twice; more would only hide the first
_MAX_INTEGER = 18  # digits of a whole number; longer ones are kept as decimals, for which Python knows no limit


@dataclass(frozen=True)
class Wrong:
    """A fault by the path of the value; `at_key` when the key is what is wrong. `other` is a place that disagrees."""

    path: Path
    message: str
    hint: str = ""
    at_key: bool = False
    other: Path | None = None


@dataclass
class JsonText:
    """The values of a text, or what is wrong with it. Numbers with a point are Decimals."""

    path: str
    text: str = ""
    value: Any = None
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def at(self, offset: int) -> Location:
        """Return the place of an offset."""
        return Location(self.path, *self._lines.place(offset))

    def faults_of(self, wrong: Iterable[Wrong]) -> list[Fault]:
        """Return the faults with their places, in order of these; the text is walked once for all."""
        found = list(wrong)
        spots = places(self.text, {path for one in found for path in (one.path, one.other) if path is not None})

        def place(path: Path, *, at_key: bool = False) -> Location:
            spot = spots.get(path)
            return Location(self.path) if spot is None else self.at(spot.key if at_key else spot.value)

        made = [
            Fault(
                place(one.path, at_key=one.at_key),
                one.message,
                one.hint,
                () if one.other is None else (place(one.other),),
            )
            for one in found
        ]
        return sorted(made, key=lambda fault: (fault.location, fault.message))


def read_json(data: bytes, path: str) -> JsonText:
    """Return what a file's bytes hold; its `faults` say why they cannot be read."""
    made = JsonText(path)
    made.faults += _decoded(made, data)
    if not made.faults:
        made.faults += _parsed(made)
    return made


def _decoded(made: JsonText, data: bytes) -> Iterator[Fault]:
    if len(data) > MAX_BYTES:
        yield Fault(Location(made.path), f"the file has more than {MAX_BYTES:,} bytes", "describe a part of the system")
        return
    try:
        made.text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        made.text = data[: error.start].decode("utf-8-sig", "ignore")
        yield Fault(made.at(len(made.text)), "the file is not UTF-8", "save it as UTF-8")
        return
    if not made.text.strip():
        yield Fault(Location(made.path), "the file is empty", 'describe a system in JSON, `{"nodes": […]}`')


def _parsed(made: JsonText) -> Iterator[Fault]:
    twice = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        found = dict(pairs)
        twice = twice or len(found) != len(pairs)
        return found

    try:
        with paused_collection():
            made.value = json.loads(
                made.text, object_pairs_hook=mapping, parse_float=_number, parse_int=_whole, parse_constant=Decimal
            )
    except json.JSONDecodeError as error:
        cure = "look for a comma, a bracket or a quote too many or too few"
        yield Fault(made.at(error.pos), f"the file is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", cure)
    except RecursionError:
        yield _nested(made, too_deep(made.text, MAX_NESTING) or 0)
    else:
        if twice:
            for first, again in islice(repeated(made.text), MAX_DUPLICATES):
                message = f"the key `{str(again.path[-1])[:80]}` stands twice"
                yield Fault(made.at(again.key), message, "keep one of them", (made.at(first.key),))


def _nested(made: JsonText, offset: int) -> Fault:
    message = f"the file is nested deeper than {MAX_NESTING} levels"
    return Fault(made.at(offset), message, "a system is a list of nodes, and a list of dependencies between them")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent of twenty digits
        return Decimal("NaN")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _MAX_INTEGER else Decimal(text)
