"""The time over which an objective holds: from OpenSLO's windows to ours."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Fault
from mkdocs_sre.documents.windows import LONGEST_WINDOW_SECONDS, SHORTEST_WINDOW_SECONDS
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.openslo.durations import UNITS, parts

if TYPE_CHECKING:
    from mkdocs_sre.slo.imports.draft import Draft
    from mkdocs_sre.slo.openslo.nodes import Node

MONTH, QUARTER = "calendar month", "calendar quarter"
# How our two calendar windows are written. Examples of the specification write a month as `1m`, which is one minute.
_CALENDARS = {(1, "M"): MONTH, (1, "m"): MONTH, (1, "Q"): QUARTER, (3, "M"): QUARTER}
_IN_DAYS = frozenset("MQY")


def put_window(draft: Draft, window: Node, length: tuple[int, str], faults: list[Fault]) -> str | None:
    """Write the window of an objective and its time zone, and return it; `length` is its number and unit.

    None, and a fault, for one that is too short or too long.
    """
    calendar = window.child("calendar")
    if calendar.given and (found := _CALENDARS.get(length)):
        _put_calendar(draft, window, found, length)
        return found
    number, unit = length
    seconds = number * UNITS[unit]
    if not SHORTEST_WINDOW_SECONDS <= seconds <= LONGEST_WINDOW_SECONDS:
        hint = "did you mean a month, `1M`?" if unit == "m" else "choose a window of `1h` to `366d`"
        message = f"{window.name} is {number}{unit} long; windows go from 1 hour to 366 days"
        faults.append(Fault(window.value_place, message, hint))
        return None
    written = f"{seconds // DAY}d" if unit in _IN_DAYS else f"{number}{unit}"
    draft.put(("window",), written, window.place)
    if calendar.given:
        draft.lose(
            f"{window.name}: periods of {number}{unit} that begin at fixed times become a rolling window of {written}",
            window.place,
        )
    elif unit in _IN_DAYS:
        draft.lose(f"{window.name}: {number}{unit} follows the calendar, and becomes {written}", window.place)
    return written


def _put_calendar(draft: Draft, window: Node, written: str, length: tuple[int, str]) -> None:
    draft.put(("window",), written, window.place)
    if length == (1, "m"):
        draft.lose(f"{window.name}: a calendar window of `1m`, one minute, is read as a month, `1M`", window.place)
    start, zone = window.child("calendar", "startTime"), window.child("calendar", "timeZone")
    if zone.text:
        draft.put(("timezone",), zone.text, zone.place)
    if start.text and not _at_its_beginning(start.text, written):
        draft.lose(f"{start.name}: a {written} begins at midnight of its first day, not at {start.text}", start.place)


def _at_its_beginning(text: str, written: str) -> bool:
    start = datetime.fromisoformat(text)
    first_month = written == MONTH or start.month % 3 == 1
    return first_month and (start.day, start.hour, start.minute, start.second) == (1, 0, 0, 0)


def written_window(text: str) -> tuple[int, str]:
    """Return number and unit of a duration that has been found valid."""
    return parts(text) or (0, "m")
