"""What a report of freshness is made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.history.waiting import WORST_FIRST, Waiting
from mkdocs_sre.reports.places import from_here, moved_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

MOST = 20  # documents of one owner that are shown
NOBODY = "no owner"


@dataclass(frozen=True)
class Duty:
    """What one owner has to look at, the most urgent first: `shown`, and how many `more` there are."""

    owner: str
    waiting: tuple[Waiting, ...]
    shown: tuple[Waiting, ...]

    @property
    def more(self) -> int:
        """How many documents are not shown."""
        return len(self.waiting) - len(self.shown)

    @property
    def name(self) -> str:
        """The owner as people read it."""
        return self.owner or NOBODY

    @property
    def urgency(self) -> tuple[object, ...]:
        """What owners are sorted by: how many documents of the worst state, then of the next."""
        states = Counter(one.state for one in self.waiting)
        return (*(-states[state] for state in WORST_FIRST), self.name.casefold())


@dataclass(frozen=True)
class Survey:
    """What waits on a day, of how many `documents` that are reviewed; `whole` shows all of each owner.

    `docs_dir` and `folder` (of `mkdocs.yml`) say where the paths are.
    """

    waiting: Sequence[Waiting]
    documents: int
    as_of: date
    docs_dir: Path
    folder: Path
    whole: bool = False

    @property
    def docs(self) -> str:
        """The docs folder as seen from the working directory."""
        return from_here(self.docs_dir, self.folder)

    @property
    def expired(self) -> bool:
        """Whether anything is expired."""
        return any(one.state == "expired" for one in self.waiting)

    def duties(self) -> list[Duty]:
        """Return what waits by owner, the one with most that is expired first."""
        found: dict[str, list[Waiting]] = defaultdict(list)
        for one in self.waiting:
            found[one.owner].append(one)
        duties = []
        for owner, waiting in found.items():
            ordered = tuple(sorted(waiting, key=lambda one: one.urgency))
            duties.append(Duty(owner, ordered, ordered if self.whole else ordered[:MOST]))
        return sorted(duties, key=lambda duty: duty.urgency)

    def place(self, one: Waiting) -> str:
        """Return the place of a document as a terminal can open it."""
        place = one.place
        return f"{moved_path(place.path, self.docs)}:{place.line}:{place.column}"


def counts(waiting: Iterable[Waiting]) -> str:
    """Return how many documents are in which state, the worst first: `2 expired, 1 due soon`."""
    states = Counter(one.state for one in waiting)
    said = [f"{states[state]:,} {state.replace('-', ' ')}" for state in WORST_FIRST if states[state]]
    return ", ".join(said) or "nothing to look at"


def reasons(one: Waiting) -> str:
    """Return why a document waits, and for a snoozed one until when nobody is reminded."""
    said = [reason.text for reason in one.freshness.reasons]
    if one.freshness.snoozed_until is not None and one.document.snooze is not None:
        said.insert(
            0, f"snoozed until {one.freshness.snoozed_until.isoformat()}, {one.document.snooze.reason.rstrip('. ')}"
        )
    return "; ".join(said)


def cure(one: Waiting) -> str:
    """Return what clears the strongest reason."""
    return one.freshness.reasons[0].cure
