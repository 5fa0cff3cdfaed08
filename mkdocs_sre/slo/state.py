"""How an error budget stands on a day: what tells how much is spent, what is left, and what the policy says then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from mkdocs_sre.slo.decimals import decimal_text
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.measured import knows_enough, measured_seconds
from mkdocs_sre.slo.periods import Period

if TYPE_CHECKING:
    from datetime import date, datetime

    from mkdocs_sre.slo.measured import Measured
    from mkdocs_sre.slo.policy import Reached
    from mkdocs_sre.slo.spending import Point, Spent, Untimed
    from mkdocs_sre.slo.targets import Target

Source = Literal["measured", "evidence", "incidents"]


@dataclass(frozen=True, slots=True)
class ReachedStep:
    """A step of the policy: whether it is reached, on which day where incidents tell it, else how far it is.

    `away` is in seconds of full outage, 0 once it is reached. `with_drafts`: it is reached when reviews that are not
    final count too, which differs only where incidents are what tells.
    """

    reached: bool
    with_drafts: bool
    reached_on: date | None
    away: Fraction
    policy: Reached

    @property
    def at_percent(self) -> Decimal:
        """The share of the budget at which it comes, in percent."""
        return self.policy.step.at_percent

    @property
    def action(self) -> str:
        """What happens then."""
        return self.policy.step.action

    @property
    def decides(self) -> str | None:
        """Who decides it."""
        return self.policy.step.decides

    @property
    def freezes_changes(self) -> bool:
        """Whether changes stop then."""
        return self.policy.step.freezes_changes


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The error budget of an objective as it stands at the end of a day. All seconds are those of full outage.

    `until` is up to when `period` has gone by. `events` is how many may be bad, None where nobody says how many there are.
    `incidents` are what reviews tell, drafts too; `untimed` those whose times are not known, and which therefore cost
    nothing here. `measurement` is what measurements say of this window; `evidence_share` the share that the evidence of
    the document spent in the time that it was measured. `share` is the share of the budget that counts as spent, 1 for all of
    it, and `source` what tells it; None for an objective of 100 %, which leaves no budget. `incident_line` and `draft_line`
    (which counts drafts too) are the burn-down by reviews. `timezone` is the one (IANA) by which days go.
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
    timezone: str = "UTC"

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
        """Which share of the budget was spent by what was measured; None without that, or without a budget."""
        if self.measurement is None or not self.budget_seconds:
            return None
        return measured_seconds(self.measurement, self._gone) / self.budget_seconds

    @property
    def share(self) -> Fraction | None:
        """Which share of the budget is spent, 1 for all of it; None where there is none."""
        return self.spent_seconds / self.budget_seconds if self.budget_seconds else None

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
    def frozen_with_drafts(self) -> bool:
        """Whether one is when reviews that are not final count too."""
        return any(step.with_drafts and step.freezes_changes for step in self.steps)

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
