"""The budgets of a document's objectives, worked out once for all pages that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mkdocs_sre.analyses.budgets import budget_of
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.pages.site import Site
    from mkdocs_sre.slo.state import BudgetState

_states: WeakKeyDictionary[KnowledgeBase, dict[tuple[int, date], tuple[BudgetState, ...]]] = WeakKeyDictionary()


def states_of(slo: ServiceLevelObjective, site: Site) -> tuple[BudgetState, ...]:
    """Return the budget of each objective of an intact document on the day that counts as today, its own first."""
    known = _states.setdefault(site.base, {})
    key = id(slo), site.as_of
    if key not in known:
        known[key] = tuple(budget_of(site.base, target, site.as_of) for target in targets_of(slo))
    return known[key]


def worst(states: tuple[BudgetState, ...]) -> BudgetState:
    """Return the budget of which most is spent; the first of equal ones."""
    return max(states, key=lambda one: one.share)
