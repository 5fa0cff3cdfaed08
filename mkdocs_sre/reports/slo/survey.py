"""What a report of error budgets is made of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_sre.documents.decimals import decimals_of
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.reports.places import from_here, moved_path
from mkdocs_sre.slo.decimals import decimal_text, share_percent
from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.slo.gate import Gate
    from mkdocs_sre.slo.state import BudgetState

NONE = "-"  # in place of a number that is not known


@dataclass(frozen=True)
class Survey:
    """The error budgets on a day, the worst first, and whether changes may go out.

    `unread_reviews` are the paths of reviews that cannot be read and keep no gate closed. `docs_dir` and `folder` (of `mkdocs.yml`) say where the paths are.
    """

    states: Sequence[BudgetState]
    gate: Gate
    as_of: date
    docs_dir: Path
    folder: Path
    unread_reviews: Sequence[str] = ()

    @property
    def docs(self) -> str:
        """The docs folder as seen from the working directory."""
        return from_here(self.docs_dir, self.folder)

    def place(self, place: Location) -> str:
        """Return a place as a terminal can open it."""
        return f"{moved_path(place.path, self.docs)}:{place.line}:{place.column}"


def spent_text(state: BudgetState) -> str:
    """Return which share of a budget is spent, in percent."""
    return share_percent(state.share, 1)


def measured_text(state: BudgetState) -> str:
    """Return the measured value in percent with as many decimals as tell it from the objective; a dash without one, and words without events."""
    if state.measurement is None:
        return NONE
    if state.measurement.eventless:
        return "no events"
    return cut_percent(state.measurement.ratio, decimals_of(state.target.objective) + 2)


def moment_text(time: datetime, timezone: str) -> str:
    """Return a moment in a time zone to the minute, `2026-03-09 07:30+01:00`; at midnight the day alone.

    >>> from datetime import UTC, datetime
    >>> moment_text(datetime(2026, 3, 8, 23, tzinfo=UTC), "Europe/Berlin")
    '2026-03-09'
    """
    try:
        local = time.astimezone(ZoneInfo(timezone))
    except OverflowError:  # at an end of the calendar
        local = time
    day, _, clock = local.isoformat(" ", timespec="minutes").partition(" ")
    return day if clock.startswith("00:00") else f"{day} {clock}"


def length_text(seconds: Fraction) -> str:
    """Return a length of time in its two largest units, cut off: `1d 6h`, `19m 44s`; with a minus below 0.

    >>> length_text(Fraction(25920)), length_text(Fraction(-1184)), length_text(Fraction(1, 2)), length_text(Fraction(0))
    ('7h 12m', '-19m 44s', '0.5s', '0s')
    """
    rest = abs(seconds)
    sign = "-" if seconds < 0 else ""
    if rest < MINUTE:
        return f"{sign}{decimal_text(Fraction(rest * 100 // 1, 100))}s"
    whole, parts = int(rest), []
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (1, "s")):
        number, whole = divmod(whole, size)
        parts.append((number, unit))
    first = next(index for index, (number, _) in enumerate(parts) if number)
    return sign + " ".join(f"{number}{unit}" for number, unit in parts[first : first + 2] if number)
