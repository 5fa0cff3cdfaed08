"""Why a document must be looked at again, and how urgently: what happened since, and what the calendar says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

State = Literal["ok", "due-soon", "overdue", "expired"]
Signal = Literal["version", "incident", "alert", "dependencies", "drill-failed", "drill", "review"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a document again.

    `due` is the day from which it counts, None when nobody knows it (then it is overdue, and never expires); `text` says
    it in plain words, without a full stop; `cure` says what clears it. `related` are ids that the text names.
    """

    signal: Signal
    state: State
    due: date | None
    text: str
    cure: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh one document is: the worst state of its reasons, and those, the strongest signal first.

    `due` is the day on which its calendar review (or drill) is due next, whether past or ahead; None without one.
    `expires` is the last day of grace of the first reason to expire. While snoozed, `state` is `ok`, the reasons stay,
    and `snoozed_until` says until when.
    """

    state: State = "ok"
    reasons: tuple[Reason, ...] = ()
    due: date | None = None
    expires: date | None = None
    snoozed_until: date | None = None
