"""How an error budget stands on a day: what tells how much is spent, what is left, and what the policy says then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.measured import knows_enough, measured_seconds, spent_by_part
from mkdocs_sre.slo.periods import Period
from mkdocs_sre.slo.spending import Point

if TYPE_CHECKING:
    from datetime import date, datetime

    from mkdocs_sre.slo.measured import Measured, Part
    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.spending import Spent, Untimed
    from mkdocs_sre.slo.targets import Target

Source = Literal["measured", "evidence", "incidents"]
Verdict = Literal["met", "met so far", "missed", "not measured"]
_SEVERAL = 2  # measurements tell when something was spent; one tells only how much


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The error budget of an objective as it stands at the end of a day. All seconds are those of full outage.

    `until` is up to when `period` has gone by. `events` is how many may be bad, None where nobody says how many there are.
    `incidents` are what reviews tell, drafts too; `untimed` those whose times are not known, and which therefore cost
    nothing here. `measurement` is what measurements say of this window; `evidence_share` the share that the evidence of
    the document spent in the time that it was measured. `spent_seconds` is what counts as spent, and `source` what tells it.
    `incident_line` and `draft_line` (which counts drafts too) are the burn-down by reviews. `timezone` is the one (IANA) by
    which days go.
    """

    target: Target
    as_of: date
    period: Period
    until: datetime
    budget_seconds: Fraction
    events: Fraction | None
    incidents: tuple[Spent, ...]
    untimed: tuple[Untimed, ...]
    measurement: Measured | None
    evidence_share: Fraction | None
    source: Source
    spent_seconds: Fraction
    steps: tuple[ReachedStep, ...]
    incident_line: tuple[Point, ...]
    draft_line: tuple[Point, ...]
    timezone: str

    @property
    def spent_by_final(self) -> Fraction:
        """What final reviews tell of."""
        return sum((one.cost for one in self.incidents if not one.draft), Fraction(0))

    @property
    def spent_by_drafts(self) -> Fraction:
        """What reviews that are not final tell of, beside the final ones."""
        return sum((one.cost for one in self.incidents if one.draft), Fraction(0))

    @property
    def measured(self) -> Decimal | None:
        """The measured value in percent, cut off after 15 digits; None where nothing was measured."""
        return Decimal(decimal_text(self.measurement.ratio * 100, cut=True)) if self.measurement else None

    @property
    def measured_share(self) -> Fraction | None:
        """Which share of the budget was spent by what was measured; None without that."""
        if self.measurement is None:
            return None
        return measured_seconds(self.measurement, self._gone) / self.budget_seconds

    @property
    def measured_spans(self) -> tuple[tuple[Part, Fraction], ...]:
        """What each of several measurements adds to what is spent, in seconds of full outage; nothing for only one.

        Together they make what counts as spent, so they stand too for the time that none of them knows.
        """
        if self.measurement is None or len(self.measurement.parts) < _SEVERAL:
            return ()
        return spent_by_part(self.measurement, self.spent_seconds)

    @property
    def measured_line(self) -> tuple[Point, ...]:
        """The burn-down by measurements, up to what they say in all; empty where there are not several."""
        points, spent = [Point(self.period.start, Fraction(0))], Fraction(0)
        for part, cost in self.measured_spans:
            points.append(Point(part.start, spent))
            spent += cost
            points.append(Point(part.end, spent))
        return tuple(points) if len(points) > 1 else ()

    @property
    def share(self) -> Fraction:
        """Which share of the budget is spent, 1 for all of it."""
        return self.spent_seconds / self.budget_seconds

    @property
    def left_seconds(self) -> Fraction:
        """What is left; below 0 what is overspent."""
        return self.budget_seconds - self.spent_seconds

    @property
    def met(self) -> bool:
        """Whether no more than the budget is spent."""
        return self.spent_seconds <= self.budget_seconds

    @property
    def coverage(self) -> Fraction:
        """Which share of the time that has gone by the measurements know, from 0 to 1."""
        gone = self._gone.seconds
        return self.measurement.covered / gone if self.measurement and gone else Fraction(0)

    @property
    def frozen(self) -> bool:
        """Whether a step is reached that freezes changes."""
        return any(step.reached and step.freezes_changes for step in self.steps)

    @property
    def stops_changes(self) -> bool:
        """Whether changes stop now: such a step is reached, and the objective is in force."""
        return self.frozen and self.target.slo.in_force

    @property
    def policy_acts(self) -> bool:
        """Whether a step is reached, but for one at 0 %, which says what holds while nothing is spent."""
        return any(step.reached and step.at_percent for step in self.steps)

    @property
    def verdict(self) -> Verdict:
        """Whether the objective is met, so that nobody is told that it is where that is not known.

        `met` takes measurements of nearly the whole window, and a window that is over, as a rolling one always is. More than
        the budget spent is `missed`, by measurements or by reviews; evidence names no day and says nothing about this window.
        """
        if self.source == "evidence" or (self.met and self.measurement is None):
            return "not measured"
        if not self.met:
            return "missed"
        return "met" if self.until >= self.period.end and self.is_known else "met so far"

    @property
    def lacks_measurement(self) -> bool:
        """Whether too little was measured to tell that nothing is spent, of which `knows_enough` judges.

        Of a window that is no longer than a day anything that was measured will do, and on the first day of a calendar
        window nothing is asked for.
        """
        if self._gone.seconds <= DAY:
            return self.measurement is None and self.target.window.rolling is not None
        return not self.is_known

    @property
    def is_known(self) -> bool:
        """Whether measurements speak for all of the time that has gone by, and not only for the part that they know."""
        return knows_enough(self.measurement, self._gone)

    @property
    def _gone(self) -> Period:
        return Period(self.period.start, self.until)
