"""What git and the seals remember of a site, as rules and pages ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mkdocs_sre.documents.finding import Defect, Fault

SHORT = 8  # digits of a commit's id or of a digest that people are shown

RecordState = Literal["unchanged", "changed", "unverified", "new"]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its whole id, the day (UTC) on which it was committed, and its author's name."""

    id: str
    day: date
    author: str

    @property
    def short(self) -> str:
        """The id as people are shown it."""
        return self.id[:SHORT]

    def __str__(self) -> str:
        return f"{self.short} ({self.day.isoformat()}, {self.author})"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A change to a final review that somebody answers for. `commit` wrote it into the seals; None while uncommitted."""

    reason: str
    by: str
    commit: Commit | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of one final review, also of one that is gone or no longer final.

    `state`: unchanged; changed (a finding tells how); unverified (neither evidence could be read); new (final, in no
    commit and not sealed yet). `finalised` is the commit that made it final, None when history does not say.
    `protected` is the commit from which it must not change, None when that is `finalised`. `digest` is that of the
    record; empty when nothing remembers one. `sealed` says whether the seals hold it. `rivals` are the digests of other
    texts that became final under the same id on branches beside that of the record.
    """

    state: RecordState
    finalised: Commit | None = None
    protected: Commit | None = None
    digest: str = ""
    sealed: bool = False
    redactions: tuple[Redaction, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """The bytes of a file as a commit left them; None where the file was gone."""

    commit: Commit
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Restamp:
    """A commit in which many pages changed nothing but the day of their review. `paths` are relative to the docs folder."""

    commit: Commit
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is remembered; empty where nobody has looked.

    Paths are relative to the docs folder, ids in lower case. `known` says whether the whole history could be read; where
    it could not, `changed_on` is empty. `versions` holds those of the files that were asked for, oldest first.
    `committed` is the day of the last commit.
    """

    defects: tuple[Defect, ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict)
    changed_on: Mapping[str, date] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    restamps: tuple[Restamp, ...] = ()
    known: bool = False
    committed: date | None = None

    def faults(self, rule: str) -> Iterator[Fault]:
        """Yield the faults that the rule with this name reports."""
        yield from (defect.fault for defect in self.defects if defect.name == rule)

    def record(self, identifier: str) -> Record | None:
        """Return what is remembered of the final review with this id; None for any other."""
        return self.records.get(identifier.lower())

    def finalised_on(self, identifier: str) -> date | None:
        """Return the day on which a review became final; None when history does not say."""
        record = self.record(identifier)
        return record.finalised.day if record is not None and record.finalised is not None else None
