"""The error-budget policy as steps, and where on it the budget stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.slo.amounts import scale_of
from mkdocs_sre.pages.slo.bar import by_reviews
from mkdocs_sre.pages.words import percent
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from mkdocs_sre.pages.heads import State
    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.state import BudgetState


def policy_list(state: BudgetState) -> str:
    """Return the steps as a list, those that are reached marked, and a line where the budget stands; empty without steps."""
    if not state.steps:
        return ""
    reached = [_step(one, state) for one in state.steps if one.reached]
    ahead = [_step(one, state) for one in state.steps if not one.reached]
    return "\n".join(['<ol class="sre-policy">', *reached, _here(state), *ahead, "</ol>", ""])


def standing(state: BudgetState) -> State:
    """Return how a budget stands: `bad` when it is overspent or changes are frozen, `due` when a step is reached."""
    if not state.met or state.stops_changes:
        return "bad"
    return "due" if state.policy_acts else "ok"


def budget_chip(state: BudgetState) -> Chip | None:
    """Return how much of a budget is spent as a chip; None while nothing is."""
    if not state.share:
        return None
    of = f" of {state.target.name}" if state.target.path else ""
    if state.share > 1:
        return Chip(f"budget{of} overspent by {share_percent(state.share - 1)}", "bad")
    return Chip(f"{share_percent(state.share)} of budget{of} spent", standing(state))


def _here(state: BudgetState) -> str:
    chip = Chip("we are here", standing(state)).markdown()
    form = "past " if state.share else ""
    return f'<li class="{form}here" aria-current="step"><b>{share_percent(state.share, 1)}</b> <span>{chip}{_by(state)}</span></li>'


def _by(state: BudgetState) -> str:
    """Return what tells where the budget stands, and what drafts would add."""
    if state.source != "incidents":
        said = "as measured" if state.source == "measured" else "by the evidence above"
        return f" <small>{said}</small>"
    drafts = state.spent_by_drafts
    more = f"; drafts tell of {share_percent(drafts / state.budget_seconds, 1)} more" if drafts else ""
    return f" <small>by final reviews{more}</small>"


def _step(one: ReachedStep, state: BudgetState) -> str:
    small = [f"{escape(one.decides)} decides" if one.decides else "", _when(one, state)]
    freezes = (
        f" {Chip('changes stop', 'bad' if one.reached and state.stops_changes else 'none').markdown()}"
        if one.freezes_changes
        else ""
    )
    said = " &#183; ".join(text for text in small if text)
    beside = f" <small>{said}</small>" if said else ""
    form = ' class="past"' if one.reached else ""
    return f"<li{form}><b>{percent(one.at_percent)}</b> <span>{prose(one.action)}{freezes}{beside}</span></li>"


def _when(one: ReachedStep, state: BudgetState) -> str:
    if one.reached:
        return f"reached {one.reached_on.isoformat()}" if one.reached_on else "reached"
    scale = scale_of(state.budget_seconds)
    gate = ", which a gate for changes counts" if one.freezes_changes else ""
    reached = f"; reached with drafts{gate}" if one.with_drafts and by_reviews(state) else ""
    return f"{scale.left(one.away)} {scale.unit} away{reached}"
