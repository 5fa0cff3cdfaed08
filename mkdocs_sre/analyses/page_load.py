"""How loud a rotation is: its pages a week against what it can bear."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.on_call import OnCall

RECENT_WEEKS = 8  # the newest that are counted; a quiet year does not excuse a loud month


@dataclass(frozen=True, slots=True)
class PageLoad:
    """The pages of the newest weeks.

    `weeks` is how many weeks were counted, `a_week` the median of their pages (None without a week), `acted_on_percent`
    the share of pages that led to something, of the weeks that say so (None without any page in them), from 0 to 100.
    """

    weeks: int
    a_week: Decimal | None
    acted_on_percent: Decimal | None
    above_target: bool


def page_load(policy: OnCall) -> PageLoad:
    """Return how loud a rotation is in its newest `RECENT_WEEKS` weeks.

    The median of an even number of weeks is the mean of the two in the middle. It is above target only when it is
    greater than `page_target`; without a target never.
    """
    recent = sorted(policy.weeks, key=lambda one: one.begins, reverse=True)[:RECENT_WEEKS]
    a_week = Decimal(median(Decimal(one.pages) for one in recent)) if recent else None
    counted = [one for one in recent if one.acted_on is not None]
    pages = sum(one.pages for one in counted)
    acted_on = sum(one.acted_on or 0 for one in counted)
    above = a_week is not None and policy.page_target is not None and a_week > policy.page_target
    return PageLoad(len(recent), a_week, Decimal(100 * acted_on) / pages if pages else None, above)
