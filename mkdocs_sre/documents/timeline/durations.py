"""The durations that a review's text states, such as `- **Time to repair**: 1h 28m`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.timeline.events import StatedDuration
from mkdocs_sre.documents.timeline.lines import cells_of, item_of, without_marks
from mkdocs_sre.documents.values import parse_duration

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import Body

MAX_STATED = 100  # of one file

_NAMES = (
    ("detect", "detect|detection"),
    ("acknowledge", "acknowledge|acknowledgement|ack"),
    ("mitigate", "mitigate|mitigation|repair|recover|recovery|restore|fix"),
    ("resolve", "resolve|resolution"),
)
_STATED = re.compile(
    r"\s*(?:mean\s+)?time\s+to\s+(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _NAMES)
    + r")\s*(?:\([^()]{0,20}\)\s*)?[:=|\u2013\u2014-]\s*",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:\d{1,6}\s?(?:weeks?|w|days?|d|hours?|hrs?|hr|h|minutes?|mins?|m|seconds?|secs?|s)\b(?:\s*(?:,|and|&)?\s*)){1,5}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<=\d)(?P<unit>[dhm])(?=\d)", re.IGNORECASE)
_UNITS = re.compile(r"(?<=\d)\s?(hours?|hrs?|minutes?|mins?|seconds?|secs?)\b", re.IGNORECASE)


def stated_durations(body: Body, path: str) -> list[StatedDuration]:
    """Return the durations that stand behind their name at the beginning of a line, item or row of the body."""
    if "ime to" not in body.text:
        return []
    found: list[StatedDuration] = []
    for number, line in enumerate(body.lines, body.first_line):
        if "ime to" in line and len(found) < MAX_STATED and not body.in_code(number):
            stated = _stated(line, path, number)
            found += [stated] if stated is not None else []
    return found


def _stated(line: str, path: str, number: int) -> StatedDuration | None:
    item = item_of(line)
    start = item.start if item else 0
    if line.lstrip().startswith("|"):
        cells = cells_of(line)
        start = cells[0][0] if cells else 0
    bare = without_marks(line)
    name = _STATED.match(bare, start)
    if name is None or name.lastgroup is None:
        return None
    written = _LENGTH.match(_COMPACT.sub(r"\g<unit> ", bare[name.end() :]))
    if written is None:
        return None
    text = " ".join(re.sub(r",|&|\band\b", " ", written[0], flags=re.IGNORECASE).split())
    try:
        length = parse_duration(_UNITS.sub(lambda unit: unit[1][0].lower(), text))
    except PydanticCustomError:
        return None
    return StatedDuration(name.lastgroup, length, Location(path, number, name.end() + 1), in_body=True)
