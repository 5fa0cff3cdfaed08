"""Which steps of an error-budget policy are reached, and how far the others are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.kinds.slo import PolicyStep


@dataclass(frozen=True, slots=True)
class Reached:
    """A step of a policy. `index` is its place under `error_budget_policy`.

    `away` is how many seconds of full outage lie between what is spent and the step, 0 once it is reached.
    `with_drafts`: it is reached when reviews that are not final count too.
    """

    step: PolicyStep
    index: int
    reached: bool
    with_drafts: bool
    away: Fraction


def steps_of(
    policy: Iterable[PolicyStep], budget: Fraction, spent: Fraction, with_drafts: Fraction
) -> tuple[Reached, ...]:
    """Return the steps in order of how much is spent; all times are seconds of full outage.

    Exactly the share of a step reaches it. A budget of nothing is spent at the first failure.
    """
    ordered = sorted(enumerate(policy), key=lambda item: (item[1].at_percent, item[0]))
    found = []
    for index, step in ordered:
        at = budget * Fraction(step.at_percent) / 100
        free = step.at_percent == 0

        def is_reached(seconds: Fraction, at: Fraction = at, *, free: bool = free) -> bool:
            return free or (seconds > 0 and seconds >= at)

        found.append(Reached(step, index, is_reached(spent), is_reached(with_drafts), max(Fraction(0), at - spent)))
    return tuple(found)
