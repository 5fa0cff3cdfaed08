"""Which lines of a review's body tell of its incident: timeline sections, labelled lists, and lists of dated items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from mkdocs_sre.documents.body import section_key
from mkdocs_sre.documents.timeline.clock import DateText, When, date_in, zone_at, zone_in
from mkdocs_sre.documents.timeline.lines import Told, bold_label, is_delimiter, item_of, told_in, told_in_row

if TYPE_CHECKING:
    from datetime import timezone

    from mkdocs_sre.documents.body import Body, Heading

MAX_EVENTS = 1000  # of one file; what is more is not read
MAX_NAME = 400  # characters of a heading or label, or of a line that tells of all times
MIN_DATED = 2  # items with date and time that make a list without a name a timeline
CODE_INDENT = 4

_TIMELINE = re.compile(r"\b(?:time ?line|chronology|sequence of events|course of events|event log|log of events)\b")
_TIMELINES = frozenset(("events", "what happened when"))
_SUMMARY = re.compile(
    r"(?:key|main|important) (?:events|times|timestamps|dates|milestones)|milestones|timestamps|timings"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:actions?|remediation|follow|next|communications?|release|project|resolution plan)\b"
)
_ALL_TIMES = re.compile(
    r"\btime(?:s|stamps|zone| zone)\b(?:[\s:(=*_`]|\b(?:are|is|in|given|shown|listed|below|here|as)\b){1,20}+",
    re.IGNORECASE,
)


class Role(Enum):
    """What a group of lines is: a list in the order of time, a summary of milestones, or a list without a name."""

    TIMELINE = "timeline"
    SUMMARY = "summary"
    DATED = "dated"


@dataclass(slots=True)
class Entry:
    """An event, or the date for those below it, with its line."""

    told: Told
    line: int


@dataclass(slots=True)
class Group:
    """The lines of one telling: where it begins, its name, the dated heading above it, its own date and zone."""

    role: Role
    line: int
    column: int
    name: str
    part: str = ""
    date: DateText | None = None
    zone: timezone | str | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def events(self) -> int:
        """How many of the entries are events."""
        return sum(not entry.told.is_day for entry in self.entries)


def role_of(name: str) -> Role | None:
    """Return what a section or list of this name is; None when it is no telling of the incident."""
    key = section_key(name)
    words = re.split(r"\s*[(:\u2013\u2014]|\s-\s", key)[0].strip()
    if _SUMMARY.fullmatch(words):
        return Role.SUMMARY
    if (_TIMELINE.search(key) and not _OF_SOMETHING_ELSE.search(key)) or words in _TIMELINES:
        return Role.TIMELINE
    return None


class _Walk:
    """The state of one pass over the lines of a body."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.groups: list[Group] = []
        self.zone: timezone | str | None = None
        self.count = 0
        self.part = ""  # the date in the nearest heading above, that of a timeline apart
        self.part_level = 0
        self.section: Group | None = None  # of the timeline section that is open
        self.level = 0
        self.label: Group | None = None  # of the label that is open
        self.indent = -1  # the column of the label's bullet
        self.dated: dict[int, Group] = {}  # lists without a name, by the line of the heading above
        self.heading_line = 0
        self.table = False
        self.last = ""

    def run(self) -> None:
        """Read the lines, as far as there may be events."""
        headings = {heading.line: heading for heading in self.body.headings}
        blocks = iter(self.body.code_blocks)
        block = next(blocks, None)
        for number, line in enumerate(self.body.lines, self.body.first_line):
            while block is not None and block.end_line < number:
                block = next(blocks, None)
            if block is not None and block.line <= number:
                continue
            if self.count >= MAX_EVENTS:
                return
            heading = headings.get(number)
            if heading is not None:
                self.heading(heading, line)
            elif line and not line.isspace():
                self.line(number, line)
            else:
                self.table = False
            self.last = line

    def heading(self, heading: Heading, line: str) -> None:
        self.label = None
        self.table = False
        self.heading_line = heading.line
        start = len(line) - len(line.lstrip("# \t"))
        if self.section is not None and heading.level > self.level:
            told = told_in(line, start, summary=False)
            role = role_of(heading.text)
            if told is not None:
                self.add(self.section, told, heading.line)
            elif role is not None:
                self.label, self.indent = self.group(role, heading.line, start + 1, heading.text), -1
            elif (day := date_in(heading.text[:MAX_NAME])) is not None:
                self.add(self.section, Told("", (), When(start, start, day), ""), heading.line)
            return
        self.section = None
        role = role_of(heading.text)
        if role is not None:
            column = min(start, len(line)) + 1
            self.section = self.group(role, heading.line, column, heading.text)
            self.level = heading.level
            if heading.level <= self.part_level:
                self.part, self.part_level = "", 0
                self.section.part = ""
            return
        dated = date_in(heading.text[:MAX_NAME])
        if dated is not None:
            self.part, self.part_level = str(dated.readings), heading.level
        elif heading.level <= self.part_level:
            self.part, self.part_level = "", 0

    def group(self, role: Role, line: int, column: int, name: str) -> Group:
        begin = name[:MAX_NAME]
        made = Group(role, line, column, section_key(name), self.part, date_in(begin), zone_in(begin))
        self.groups.append(made)
        return made

    def line(self, number: int, line: str) -> None:
        if line.lstrip().startswith(">"):
            return
        self.all_times(line)
        item = item_of(line)
        if item is not None:
            self.item(number, line, item.indent, item.start)
        elif line.startswith("|") or self.table or is_delimiter(line):
            self.row(number, line)
        elif len(line) - len(line.lstrip(" ")) < CODE_INDENT and not line.startswith("\t"):
            self.plain(number, line)

    def all_times(self, line: str) -> None:
        """Note the zone that a line such as `All times are UTC` gives, to the open section, else to all."""
        if "ime" not in line or (found := _ALL_TIMES.search(line[:MAX_NAME])) is None:
            return
        zone, _ = zone_at(line, found.end(), precise=True)
        if zone is not None and self.section is not None:
            self.section.zone = self.section.zone or zone
        elif zone is not None:
            self.zone = self.zone or zone

    def item(self, number: int, line: str, indent: int, start: int) -> None:
        self.table = False
        if self.label is not None and indent <= self.indent:
            self.label = None
        if self.labelled(number, line, start, indent):
            return
        group = self.label or self.section
        if group is not None and group.role is not Role.DATED:
            told = told_in(line, start, summary=group.role is Role.SUMMARY)
        else:
            told = told_in(line, start, summary=False)
            if told is None or told.when.date is None or told.when.clock is None or told.when.start > start + 2:
                return
            group = group or self.dated_list(number, start)
        if told is not None:
            self.add(group, told, number)

    def labelled(self, number: int, line: str, start: int, indent: int) -> bool:
        """Open the list that stands below this label; False when the line is none."""
        bold = bold_label(line, start)
        name = bold[0] if bold else line[start:].strip().removesuffix(":")
        if bold is None and (len(name) > 40 or role_of(name) is None or not line.rstrip().endswith(":")):  # noqa: PLR2004 a few words
            return False
        role = role_of(name)
        if role is None:
            if bold is None or self.section is not None or told_in(line, start, summary=False) is not None:
                return False
            role = Role.DATED
        self.label, self.indent = self.group(role, number, start + 1, name), indent
        return True

    def dated_list(self, number: int, start: int) -> Group:
        if self.heading_line not in self.dated:
            self.dated[self.heading_line] = self.group(Role.DATED, number, start + 1, "")
        return self.dated[self.heading_line]

    def row(self, number: int, line: str) -> None:
        group = self.label or self.section
        if is_delimiter(line):
            self.table = True
            if group is not None:
                group.zone = group.zone or zone_in(self.last[:MAX_NAME])
            return
        told = told_in_row(line) if group is not None and group.role is not Role.DATED else None
        if group is not None and told is not None:
            self.add(group, told, number)

    def plain(self, number: int, line: str) -> None:
        start = len(line) - len(line.lstrip())
        bold = bold_label(line, start)
        alone = (bold and not line[bold[1] :].strip()) or line.rstrip().endswith(":")
        if alone and self.labelled(number, line, start, -1):
            return
        group = self.label or self.section
        if group is None or group.role is Role.DATED or item_of(self.last) is not None:
            return
        told = told_in(line, start, summary=group.role is Role.SUMMARY)
        if told is not None and (told.when.clock is not None or told.keys or told.is_day):
            self.add(group, told, number)

    def add(self, group: Group, told: Told, number: int) -> None:
        group.entries.append(Entry(told, number))
        self.count += 1


def groups_of(body: Body) -> tuple[list[Group], timezone | str | None]:
    """Return the groups of a body in order, and the zone that it gives for all times."""
    walk = _Walk(body)
    walk.run()
    return walk.groups, walk.zone
