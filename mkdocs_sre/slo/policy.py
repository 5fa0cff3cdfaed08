"""Which steps of an error-budget policy are reached, and how far the others are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from mkdocs_sre.documents.kinds.slo import PolicyStep


@dataclass(frozen=True, slots=True)
class ReachedStep:
    """A step of the policy: whether it is reached, on which day where incidents tell it, else how far it is.

    `away` is how many seconds of full outage lie between what is spent and the step, 0 once it is reached. `with_drafts`:
    it is reached when reviews that are not final count too, which differs only where incidents are what tells.
    """

    step: PolicyStep
    reached: bool
    with_drafts: bool
    away: Fraction
    reached_on: date | None = None

    @property
    def at_percent(self) -> Decimal:
        """The share of the budget at which it comes, in percent."""
        return self.step.at_percent

    @property
    def action(self) -> str:
        """What happens then."""
        return self.step.action

    @property
    def decides(self) -> str | None:
        """Who decides it."""
        return self.step.decides

    @property
    def freezes_changes(self) -> bool:
        """Whether changes stop then."""
        return self.step.freezes_changes


def steps_of(
    policy: Iterable[PolicyStep], budget: Fraction, spent: Fraction, with_drafts: Fraction
) -> tuple[ReachedStep, ...]:
    """Return the steps in order of how much is spent; all times are seconds of full outage.

    Exactly the share of a step reaches it, so one at 0 % always is. On which day is not known here.
    """
    ordered = sorted(policy, key=lambda step: step.at_percent)
    return tuple(_step(one, budget * Fraction(one.at_percent) / 100, spent, with_drafts) for one in ordered)


def _step(step: PolicyStep, at: Fraction, spent: Fraction, with_drafts: Fraction) -> ReachedStep:
    return ReachedStep(step, spent >= at, with_drafts >= at, max(Fraction(0), at - spent))
