"""The places of keys and values in front matter, kept beside the values by the one parse."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """Where one entry of a mapping or sequence stands; lines and columns count from 1.

    For an item of a sequence key and value stand at the same place.
    """

    line: int
    column: int
    value_line: int
    value_column: int
    children: Marks


Marks = dict[str, Mark] | list[Mark] | None

KeyPath = tuple[str | int, ...]


def find_mark(marks: Marks, path: KeyPath) -> Mark | None:
    """Return the mark at `path`, or that of the nearest entry above it that is written; None if none is."""
    found: Mark | None = None
    for step in path:
        entry: Mark | None = None
        if isinstance(marks, dict):
            entry = marks.get(str(step))
        elif isinstance(marks, list) and isinstance(step, int) and step < len(marks):
            entry = marks[step]
        if entry is None:
            return found
        found, marks = entry, entry.children
    return found


def dotted(path: KeyPath) -> str:
    """Return a path as people write it, items counted from 1.

    >>> dotted(("events", 2, "time"))
    'events[3].time'
    """
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text
