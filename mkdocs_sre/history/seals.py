"""The seals of final reviews: one line a record in a file that only grows.

A `seal` says what a review was when it became final, an `except` what it has become since, why, and who answers for it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.history.seal_lines import (
    FORMS,
    Exemption,
    LineError,
    Seal,
    format_exemption,
    format_seal,
    parse_line,
    split_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_sre.history.attachments import Attached

__all__ = [
    "HEADER",
    "LOCK",
    "Exemption",
    "Seal",
    "SealedState",
    "Seals",
    "exempted",
    "expected",
    "format_exemption",
    "format_seal",
    "parse_seals",
    "with_lines",
]

LOCK = "pir-seals.lock"
HEADER = "# pir-seals v1 - append only"
DAMAGED = "damaged-seal"  # the rule that reports what is wrong with the file
MAX_BYTES = 16 * 1024 * 1024  # of the whole file: some 100,000 reviews
RESTORE = "restore the file as the last commit has it; only `mkdocs-sre seal` writes it"
_HEADERS = re.compile(r"# pir-seals v\S+")


class SealedState(NamedTuple):
    """What a review must be: the digest of its text, and the files that belong to it."""

    digest: str
    attached: tuple[Attached, ...]


@dataclass(frozen=True)
class Seals:
    """A file of seals. `lines` are those of records as they are written; what is kept by id has the id in lower case.

    `rivals` are further seals of an id, for other texts: two branches made them. Whichever order the lines have, the seal
    with the least digest is the one that exceptions follow from.
    """

    exists: bool = False
    lines: tuple[str, ...] = ()
    seals: Mapping[str, Seal] = field(default_factory=dict)
    exemptions: Mapping[str, tuple[Exemption, ...]] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Seal, ...]] = field(default_factory=dict)
    defects: tuple[Defect, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether the file could not be read at all, so that nobody knows what it seals."""
        return bool(self.defects) and not self.seals

    @cached_property
    def applied(self) -> Mapping[str, tuple[Exemption, ...]]:
        """The exceptions of each sealed id that follow from its seal, in the order in which they count."""
        return {key: tuple(_applied(seal, self.exemptions.get(key, ()))) for key, seal in self.seals.items()}


def expected(seals: Seals, identifier: str) -> SealedState | None:
    """Return what a review must be now by its seal and the exceptions behind it; None when it has no seal.

    An exception counts when its old digest is that of the seal or the new one of another that counts. They count in the
    order in which they are written, and the last says how the review must be.
    """
    key = identifier.lower()
    seal = seals.seals.get(key)
    if seal is None:
        return None
    applied = seals.applied[key]
    return SealedState(applied[-1].new, applied[-1].attached) if applied else SealedState(seal.digest, seal.attached)


def exempted(seals: Seals, identifier: str, digest: str) -> tuple[Exemption, ...] | None:
    """Return the shortest chain of exceptions that leads from a digest to the one that the review must have now.

    Empty when it is that one already; None when none leads there, or the review has no seal.
    """
    state = expected(seals, identifier)
    if state is None:
        return None
    following = _by_old(seals.applied[identifier.lower()])
    came_by: dict[str, Exemption | None] = {digest: None}
    waiting = deque([digest])
    while waiting and state.digest not in came_by:
        for one in following.get(waiting.popleft(), ()):
            if one.new not in came_by:
                came_by[one.new] = one
                waiting.append(one.new)
    if state.digest not in came_by:
        return None
    chain = []
    last = came_by[state.digest]
    while last is not None:
        chain.append(last)
        last = came_by[last.old]
    return tuple(reversed(chain))


def _applied(seal: Seal, exemptions: tuple[Exemption, ...]) -> Iterator[Exemption]:
    """Yield the exceptions that follow from the seal; the file is gone through again as long as more of them do."""
    waiting = defaultdict(list)
    for index, one in enumerate(exemptions):
        waiting[one.old].append(index)
    now, later = waiting.pop(seal.digest, []), list[int]()
    while now or later:
        if not now:
            now, later = later, []
        index = heappop(now)
        yield exemptions[index]
        for following in waiting.pop(exemptions[index].new, ()):
            heappush(now if following > index else later, following)


def _by_old(exemptions: Iterable[Exemption]) -> Mapping[str, list[Exemption]]:
    found = defaultdict(list)
    for one in exemptions:
        found[one.old].append(one)
    return found


def with_lines(seals: Seals, new: Iterable[str]) -> str:
    """Return the text of the file with further lines: every old line as it was, sorted by id, none of them twice.

    The seal of an id stands before its exceptions, and those stand in the order in which they were written.
    """
    return "\n".join([HEADER, *sorted(dict.fromkeys([*seals.lines, *new]), key=_order), ""])


def _order(line: str) -> tuple[bool, str, bool, str]:
    word, _, rest = line.partition(" ")
    is_seal = word == "seal"
    return word not in FORMS, rest.partition(" ")[0].casefold(), not is_seal, line if is_seal else ""


def parse_seals(data: bytes | None, path: str) -> Seals:
    """Return the seals that a file with these bytes holds; none without a file. `path` is how findings name it.

    Lines in any order are read, and a line that stands twice counts once, as merges leave them. What cannot be read is
    among the defects, and everything else is read all the same.
    """
    if data is None:
        return Seals()
    if len(data) > MAX_BYTES:
        problem = f"file of {len(data):,} bytes; at most {MAX_BYTES:,} are read"
        return Seals(exists=True, defects=(_defect(Location(path), problem),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path, data[: error.start].count(b"\n") + 1)
        return Seals(exists=True, defects=(_defect(place, f"byte 0x{data[error.start]:02x} is not UTF-8"),))
    return _Reading(path).read(split_lines(text))


class _Reading:
    """One pass over the lines of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seals: dict[str, dict[str, Seal]] = {}  # by id and digest
        self.exemptions: dict[str, list[Exemption]] = {}
        self.defects: list[Defect] = []

    def read(self, lines: list[str]) -> Seals:
        if lines[0] != HEADER:
            known = "" if _HEADERS.match(lines[0]) is None else "of another version: "
            self.wrong(1, 1, f"{known}the first line is not `{HEADER}`")
        records: dict[str, int] = {}
        for number, text in enumerate(lines, 1):
            if text not in ("", HEADER):
                records.setdefault(text, number)
        if not (self.defects and _HEADERS.match(lines[0])):  # what another version means is not ours to guess
            for text, number in records.items():
                try:
                    self.keep(parse_line(text, number))
                except LineError as error:
                    self.wrong(number, error.column, str(error))
        exemptions = {key: tuple(found) for key, found in self.exemptions.items()}
        seals = {key: [found[one] for one in sorted(found)] for key, found in self.seals.items()}
        made = Seals(
            exists=True,
            lines=tuple(records),
            seals={key: found[0] for key, found in seals.items()},
            exemptions=exemptions,
            rivals={key: tuple(found[1:]) for key, found in seals.items() if len(found) > 1},
        )
        self.follow(made)
        return replace(made, defects=tuple(sorted(self.defects, key=lambda defect: defect.fault.location)))

    def keep(self, record: Seal | Exemption) -> None:
        key = record.id.lower()
        if isinstance(record, Exemption):
            self.exemptions.setdefault(key, []).append(record)
            return
        first = self.seals.setdefault(key, {}).setdefault(record.digest, record)
        if first.attached != record.attached:
            self.wrong(record.line, 1, f"{record.id} has another seal in line {first.line}, and they differ")

    def follow(self, made: Seals) -> None:
        """Note the exceptions that follow from nothing."""
        for key, found in made.exemptions.items():
            counted = {one.line for one in made.applied.get(key, ())}
            for one in found:
                if one.line not in counted:
                    column = len(f"except {one.id} ") + 1
                    self.wrong(
                        one.line, column, f"no seal and no exception of {one.id} leads to the digest before `->`"
                    )

    def wrong(self, line: int, column: int, problem: str) -> None:
        self.defects.append(_defect(Location(self.path, line, column), problem))


def _defect(place: Location, problem: str) -> Defect:
    return Defect(DAMAGED, Fault(place, problem, RESTORE))
