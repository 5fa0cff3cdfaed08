"""Whether changes may go out: what the error-budget policies say of it, closed where they cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.state import BudgetState


@dataclass(frozen=True, slots=True)
class Closed:
    """One objective that keeps the gate closed.

    `step` is the one that freezes changes; None where it is only not known whether one is reached, since too little was
    measured. `by_drafts`: only with reviews that are not final.
    """

    state: BudgetState
    step: ReachedStep | None
    by_drafts: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What keeps changes from going out: objectives in order, and objectives and reviews that cannot be read, by path."""

    closed: tuple[Closed, ...] = ()
    unread: tuple[str, ...] = ()
    unread_reviews: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether changes may go out."""
        return not self.closed and not self.unread and not self.unread_reviews


def gate_of(
    states: Iterable[BudgetState],
    unread: Sequence[str] = (),
    unread_reviews: Iterable[str] = (),
    *,
    measured: bool = False,
) -> Gate:
    """Return the gate over objectives; only those that are active or agreed count, and only steps that freeze changes.

    `unread` are the documents of objectives that cannot be read, `unread_reviews` those of reviews that may have spent
    something; a file that may be either is told of once. `measured` is whether measurements are expected: then an
    objective that could freeze changes and of which too little was measured keeps the gate closed. Reviews that are not
    final count here: an incident has happened before its review is done.
    """
    closed = (_closed(one, measured=measured) for one in states if one.target.slo.in_force)
    told = set(unread)
    reviews = tuple(path for path in unread_reviews if path not in told)
    return Gate(tuple(one for one in closed if one is not None), tuple(unread), reviews)


def _closed(state: BudgetState, *, measured: bool) -> Closed | None:
    freezing = [step for step in state.steps if step.freezes_changes]
    reached = next((step for step in reversed(freezing) if step.reached), None)
    if reached is not None:
        return Closed(state, reached)
    by_drafts = next((step for step in reversed(freezing) if step.with_drafts), None)
    if by_drafts is not None:
        return Closed(state, by_drafts, by_drafts=True)
    return Closed(state, None) if freezing and measured and state.lacks_measurement else None
