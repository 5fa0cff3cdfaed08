"""A document that waits for somebody to look at it, as reports tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.history.staleness import STATES

if TYPE_CHECKING:
    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.history.staleness import Freshness

WaitingState = Literal["expired", "overdue", "due-soon", "snoozed"]
WORST_FIRST: tuple[WaitingState, ...] = ("expired", "overdue", "due-soon", "snoozed")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that is due soon, overdue, expired or snoozed: who keeps it (empty when nobody does), why, and where.

    `place` is that of its strongest reason.
    """

    document: ReviewedDocument
    owner: str
    freshness: Freshness
    place: Location

    @property
    def state(self) -> WaitingState:
        """`snoozed`, else the state of its worst reason."""
        if self.freshness.snoozed_until is not None:
            return "snoozed"
        state = self.freshness.state
        return "due-soon" if state == "ok" else state

    @property
    def urgency(self) -> tuple[int, int, date, str]:
        """What documents are sorted by, the most urgent first: state, then the longest due, then id."""
        worst = max(STATES.index(one.state) for one in self.freshness.reasons)
        days = [one.due for one in self.freshness.reasons if one.due is not None]
        return WORST_FIRST.index(self.state), -worst, min(days, default=date.max), self.document.id
