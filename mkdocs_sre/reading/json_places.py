"""Where the values of a JSON text stand. Only asked for when something is wrong: the parser itself knows no places."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Path = tuple[str | int, ...]  # the keys and positions that lead to a value; () is the whole text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')


class Spot(NamedTuple):
    """A value: the path to it, and where its key (of a list's item: the value itself) and its value begin, from 0."""

    path: Path
    key: int
    value: int


def spots(text: str) -> Iterator[Spot]:
    """Yield every value of a JSON text in order, a list or object before what is in it.

    The text must be one that `json.loads` reads. Nothing recurses.
    """
    path: list[str | int] = []
    objects: list[bool] = []  # of each list or object that is open: whether it is an object
    key_at = 0
    before_key = False
    for match in _TOKEN.finditer(text):
        token, at = match[0], match.start()
        first = token[0]
        if first == ",":
            before_key = objects[-1]
            if not before_key:
                path[-1] = int(path[-1]) + 1
        elif first in "}]":
            objects.pop()
            path.pop()
            before_key = False
        elif before_key:
            path[-1], key_at, before_key = json.loads(token), at, False
        elif first != ":":
            yield Spot(tuple(path), key_at if objects and objects[-1] else at, at)
            if first in "{[":
                before_key = first == "{"
                objects.append(before_key)
                path.append("" if before_key else 0)


def too_deep(text: str, most: int) -> int | None:
    """Return where the nesting of lists and objects first passes `most`, from 0; None when it does not."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if match[0] in ("{", "["):
            depth += 1
            if depth > most:
                return match.start()
        elif match[0] in ("}", "]"):
            depth -= 1
    return None


def places(text: str, wanted: Collection[Path]) -> dict[Path, Spot]:
    """Return the spots of the wanted paths, each where it stands first; those that are not there are left out."""
    open_ = set(wanted)
    found = {}
    for spot in spots(text):
        if spot.path in open_:
            open_.discard(spot.path)
            found[spot.path] = spot
            if not open_:
                break
    return found


def repeated(text: str) -> Iterator[tuple[Spot, Spot]]:
    """Yield each key that its object has had before: where it stands first, and where again.

    Each costs a look at all keys so far.
    """
    seen: dict[Path, Spot] = {}
    for spot in spots(text):
        if spot.path and isinstance(spot.path[-1], str):
            first = seen.setdefault(spot.path, spot)
            if first is not spot:
                yield first, spot
                above = len(spot.path)  # what is below the first of the two is no rival of what is below the second
                seen = {path: one for path, one in seen.items() if len(path) <= above or path[:above] != spot.path}


class Lines:
    """Lines and columns of a text, from 1; columns count characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        r"""Return the line and column of an offset.

        >>> Lines("{\n  1").place(4)
        (2, 3)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
