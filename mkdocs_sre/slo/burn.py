"""Burn rates: which windows watch a budget, when they fire, and how much is spent by then.

Source: Beyer, Murphy, Rensin, Kawahara, Thorne (eds.), "The Site Reliability Workbook", chapter 5, "Alerting on SLOs".
A burn rate of 1 spends the whole budget in exactly one period.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.slo.durations import DAY, HOUR, MINUTE, whole_seconds
from mkdocs_sre.slo.periods import nominal_seconds

if TYPE_CHECKING:
    from decimal import Decimal

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.slo.targets import Target

# (what it calls, short window, long window, percent of the budget), as the Workbook recommends for 30 days
USUAL: tuple[tuple[Calls, int, int, int], ...] = (
    ("page", 5 * MINUTE, HOUR, 2),
    ("page", 30 * MINUTE, 6 * HOUR, 5),
    ("ticket", 2 * HOUR, DAY, 10),
    ("ticket", 6 * HOUR, 3 * DAY, 10),
)


@dataclass(frozen=True, slots=True)
class BurnAlert:
    """One pair of windows of an objective.

    `short`, `long`, `hold` and `period` are seconds. `share` is the share of the budget, from 0 to 1, that is spent in the
    long window when it fires; `allowed` the share of events that may be bad. `index` is its place under `windows`, None
    for one of the usual four. `factor` is the burn rate above which it fires, share * period / long window; `threshold`
    the ratio of bad events, from 0 to 1, above which it fires, factor * (1 - objective).
    """

    calls: Calls
    short: int
    long: int
    share: Fraction
    period: int
    allowed: Fraction
    hold: int = 0
    index: int | None = None
    factor: Fraction = field(init=False, compare=False)
    threshold: Fraction = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Once: exports ask for them dozens of times, and fractions are slow.
        object.__setattr__(self, "factor", self.share * self.period / self.long)
        object.__setattr__(self, "threshold", self.factor * self.allowed)

    @property
    def can_fire(self) -> bool:
        """Whether it fires at all: not when even a full outage stays at or below the threshold."""
        return self.threshold < 1

    @property
    def fires_above(self) -> Fraction:
        """The objective, from 0 to 1, above which it can fire at all: 1 - 1 / factor."""
        return 1 - 1 / self.factor

    @property
    def time_to_exhaust(self) -> Fraction:
        """How many seconds the whole budget lasts at the burn rate at which it fires: period / factor."""
        return self.period / self.factor

    @property
    def fewest_events(self) -> Fraction:
        """So many events in the long window one bad one alone makes it fire below: 1 / threshold."""
        return 1 / self.threshold

    def events_held(self, events_per_day: Decimal) -> Fraction:
        """Return how many events the long window holds."""
        return Fraction(events_per_day) * self.long / DAY

    def fires_on_one(self, events_per_day: Decimal) -> bool:
        """Return whether a single bad event makes it fire, as so few come in its long window."""
        return self.events_held(events_per_day) < self.fewest_events

    def time_to_fire(self, error_ratio: Fraction) -> Fraction | None:
        """Return after how many seconds it fires, errors beginning at this ratio after none at all; None: never.

        The Workbook's detection time: (1 - objective) / error ratio * long window * factor. The time that it must hold
        comes on top. An error ratio of exactly the threshold fires in the limit.
        """
        if not error_ratio or error_ratio < self.threshold or not self.can_fire:
            return None
        return self.threshold / error_ratio * self.long + self.hold

    def time_to_reset(self, error_ratio: Fraction) -> Fraction:
        """Return after how many seconds without errors it ends, errors having filled the short window at this ratio."""
        return self.short * (1 - self.threshold / error_ratio) if error_ratio > self.threshold else Fraction(0)


def burn_alerts(target: Target) -> tuple[BurnAlert, ...]:
    """Return the pairs of windows of an objective: those that its author gives, else the usual four.

    Empty where nothing is alerted. A pair of an alert that is disabled is left out. Of the usual four those whose long
    window is longer than the period are left out.
    """
    alerting = target.alerting
    if alerting is None:
        return ()
    period, allowed = nominal_seconds(target.window), target.allowed
    given = tuple(
        BurnAlert(
            one.alert,
            whole_seconds(one.short),
            whole_seconds(one.long),
            Fraction(one.budget_percent) / 100,
            period,
            allowed,
            whole_seconds(one.hold) if one.hold else 0,
            index,
        )
        for index, one in enumerate(alerting.windows)
    )
    alerts = given if alerting.windows else usual_alerts(period, allowed)
    return tuple(one for one in alerts if not alerting.call(one.calls).disabled)


def usual_alerts(period: int, allowed: Fraction) -> tuple[BurnAlert, ...]:
    """Return the usual four pairs for a period in seconds, but for those whose long window is longer than it."""
    return tuple(
        BurnAlert(calls, short, long, Fraction(percent, 100), period, allowed)
        for calls, short, long, percent in USUAL
        if long <= period
    )


def exhausted_after(period: int, burn_rate: Fraction) -> Fraction | None:
    """Return after how many seconds a budget is spent at a burn rate: period / burn rate; None: never."""
    return period / burn_rate if burn_rate > 0 else None
