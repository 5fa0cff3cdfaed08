"""What a check reports: the fault where it is seen, the finding once its rule's code and level are known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location


class Level(IntEnum):
    """How much a finding weighs. Strict runs fail on warnings and errors."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


def least_failing(*, strict: bool) -> Level:
    """Return the lowest level that fails a run."""
    return Level.WARNING if strict else Level.ERROR


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one place: the cause, the cure, and the other place when two disagree."""

    location: Location
    message: str
    hint: str = ""
    related: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault that is known while a file is read. `name` is the name of the rule that reports it."""

    name: str
    fault: Fault


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault under its rule's code, name and level; sorted by place, then code."""

    location: Location
    code: str
    name: str
    level: Level
    message: str
    hint: str = ""
    related: tuple[Location, ...] = ()
