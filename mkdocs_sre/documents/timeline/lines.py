"""One line of a timeline: what stands in it of a list, a label or a table, and the event that it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from mkdocs_sre.documents.timeline.clock import When, when_at, zone_in
from mkdocs_sre.documents.timeline.words import phrase_at, told_by

MAX_LABEL = 80  # characters of an event's name before its time
MAX_NUMBERS = 6  # of a label that may begin its time
MAX_TEXT = 1000  # characters of a line that are read
MAX_CELLS = 12

_ITEM = re.compile(r"[ \t]*+(?:[-*+•‣·\u2013\u2014]|\d{1,9}[.)])[ \t]++")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<label>(?:(?!(?P=mark)).){1,80}?)(?P=mark)[ \t]*+:?[ \t]*+")
_MARKS = re.compile(r"\*+|__|`")
_SEPARATOR = re.compile(r"[\s:;,.*_\u2013\u2014\-|)\]]*+")
_LABEL_END = re.compile(
    r"(?:\s*\((?P<zone>[^()]{1,20})\))?(?:\s+(?:time|at|on|date)\b)*\s*[:\u2013\u2014=-]?[\s*_`]*+(?:at\b\s*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.:/#-])(?=\d|~)")
_DELIMITER = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)*+$")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its line tells it: what it is called, its milestones, its time, what happened."""

    kind: str
    keys: tuple[str, ...]
    when: When
    text: str

    @property
    def is_day(self) -> bool:
        """Whether nothing stands there but a date, for the lines below."""
        return self.when.date is not None and self.when.clock is None and not (self.text or self.keys or self.kind)


class Item(NamedTuple):
    """The head of a list item: the column in which its bullet stands, and that of its text."""

    indent: int
    start: int


def item_of(line: str) -> Item | None:
    """Return where bullet and text of a list item stand; None for a line that begins none."""
    found = _ITEM.match(line)
    if found is None:
        return None
    marker = len(line) - len(line.lstrip(" \t"))
    return Item(len(line[:marker].expandtabs(4)), found.end())


def bold_label(line: str, start: int) -> tuple[str, int] | None:
    """Return the bold words with which a text begins and the position behind them; None when it begins otherwise."""
    found = _BOLD.match(line, start)
    return (found["label"].strip().removesuffix(":").rstrip(), found.end()) if found else None


def without_marks(line: str) -> str:
    """Return the line with spaces in the place of emphasis and code marks, so that all columns stay."""
    return _MARKS.sub(lambda found: " " * len(found[0]), line[:MAX_TEXT])


def is_delimiter(line: str) -> bool:
    """Whether the line divides the head of a table from its rows."""
    return "|" in line and _DELIMITER.match(line) is not None


def told_in(line: str, start: int, *, summary: bool) -> Told | None:
    """Return what the line tells from `start` on; None when no time stands there in a place that an event has it.

    That is at the beginning, behind the name of a milestone, or in a summary behind any short name.
    """
    bare = without_marks(line)
    when = when_at(bare, start)
    if when is not None:
        return _timed(line, bare, when)
    begin = len(bare) - len(bare[start:].lstrip())
    labelled = _milestone_label(bare, begin) or (_own_label(bare, begin) if summary else None)
    if labelled is None:
        return None
    kind, keys, when = labelled
    return Told(kind, keys, when, _text(line, when.end))


def _timed(line: str, bare: str, when: When) -> Told | None:
    separator = _SEPARATOR.match(bare, when.end)
    behind = separator.end() if separator else when.end
    phrase = told_by(bare[behind:])
    text = _text(line, when.end)
    if text and when.clock is None and when.date is not None and not (when.unknown or when.date.has_year):
        return None  # `2 may have failed`
    if phrase is None:
        return Told("", (), when, text)
    return Told(" ".join(bare[behind + phrase.start : behind + phrase.end].split()), phrase.keys, when, text)


def _milestone_label(bare: str, begin: int) -> tuple[str, tuple[str, ...], When] | None:
    phrase = phrase_at(bare, begin)
    if phrase is None:
        return None
    gap = _LABEL_END.match(bare, phrase.end)
    when = when_at(bare, gap.end() if gap else phrase.end, labelled=True)
    if when is None:
        return None
    if gap and gap["zone"] and when.zone is None:
        when.zone = zone_in(gap["zone"])
    if when.clock is None:
        when.unknown = True
    return " ".join(bare[begin : phrase.end].split()), phrase.keys, when


def _own_label(bare: str, begin: int) -> tuple[str, tuple[str, ...], When] | None:
    for found in islice(_NUMBER.finditer(bare, begin, begin + MAX_LABEL), MAX_NUMBERS):
        when = when_at(bare, found.start())
        if when is not None and when.clock is not None:
            label = re.sub(
                r"[\s:\u2013\u2014=-]*(?:\b(?:at|on))?[\s:\u2013\u2014=-]*$", "", bare[begin : found.start()]
            )
            label = " ".join(label.split())
            return (label, (own_key(label),), when) if re.search(r"[^\W\d_]", label) else None
    return None


def own_key(label: str) -> str:
    """Return the key of an event that is called so: `Comms sent` is `comms_sent`."""
    return "_".join(re.findall(r"\w+", label.casefold()))


def _text(line: str, end: int) -> str:
    separator = _SEPARATOR.match(line, end)
    text = line[separator.end() if separator else end :][:MAX_TEXT].strip()
    return text.replace("`", "", 1).strip() if text.count("`") % 2 else text


def cells_of(line: str) -> list[tuple[int, str]]:
    """Return the cells of a table's row, each with the position of its text in the line."""
    cells = []
    start = 0
    ends = [found.start() for found in _CELL_END.finditer(line)] + [len(line)]
    for end in ends:
        cell = line[start:end]
        cells.append((start + len(cell) - len(cell.lstrip()), cell.strip()))
        start = end + 1
    if cells and not cells[0][1]:
        del cells[0]
    if cells and not cells[-1][1]:
        del cells[-1]
    return cells[:MAX_CELLS]


def told_in_row(line: str) -> Told | None:
    """Return what a row of a table tells; None when none of its cells holds a time and nothing else.

    Date and clock may stand in a cell each. What is left of the row is what happened.
    """
    when: When | None = None
    others: list[str] = []
    for start, cell in cells_of(line[:MAX_TEXT]):
        bare = without_marks(cell)
        found = when_at(bare, labelled=when is not None or bool(others))
        if found is None or bare[found.end :].strip(" -\u2013\u2014") or not _adds(when, found):
            others.append(cell)
            continue
        found.start, found.end = found.start + start, found.end + start
        when = found if when is None else _joined(when, found)
    if when is None:
        return None
    named = next((one for one in others if told_by(without_marks(one).lstrip())), "")
    phrase = told_by(without_marks(named).lstrip()) if named else None
    text = " \u2013 ".join(one for one in others if one and (one != named or len(others) == 1))
    if phrase is None:
        return Told("", (), when, text)
    kind = " ".join(without_marks(named).lstrip()[phrase.start : phrase.end].split())
    rest = named if without_marks(named).lstrip()[phrase.end :].strip(" .:") and len(others) > 1 else ""
    return Told(kind, phrase.keys, when, " \u2013 ".join(one for one in (rest, text) if one))


def _adds(when: When | None, found: When) -> bool:
    if when is None:
        return True
    return (when.date is None and found.clock is None) or (
        when.clock is None and not when.unknown and found.date is None
    )


def _joined(first: When, second: When) -> When:
    return When(
        first.start,
        second.end,
        first.date or second.date,
        first.clock or second.clock,
        first.zone or second.zone,
        first.rough or second.rough,
        first.unknown or second.unknown,
    )
