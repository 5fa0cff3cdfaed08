"""What is said of an error budget beside its numbers, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.reports.slo.survey import length_text, measured_text, moment_text
from mkdocs_sre.reports.text import plural
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.reports.slo.survey import Survey
    from mkdocs_sre.slo.gate import Closed, Gate
    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.state import BudgetState


def sentences(state: BudgetState) -> list[str]:
    """Return what tells how much is spent, what else is known, and which steps of the policy are reached."""
    return [
        *_told(state),
        *_reviews(state),
        *_untimed(state),
        *(_reached(step) for step in state.steps if step.reached),
    ]


def noteworthy(state: BudgetState) -> bool:
    """Whether more is to be said of a budget than its numbers: a step is reached, or something is missing."""
    return bool(not state.met or state.untimed or any(step.reached or step.with_drafts for step in state.steps))


def spent_sentence(state: BudgetState) -> str:
    """Return how much is spent: `145.6 % spent, overspent by 45.6 %`."""
    share = state.share
    over = f", overspent by {share_percent(share - 1, 1)}" if share > 1 else ""
    return f"{share_percent(share, 1)} spent{over}"


def _told(state: BudgetState) -> Iterator[str]:
    measurement = state.measurement
    if measurement is not None:
        how = " of the events good" if measurement.counted else " of the time good"
        how = "" if measurement.eventless else how
        cover = cut_percent(state.coverage, 0)
        only = "" if state.is_known else "; only that counts"
        spans = measurement.spans
        when = (
            f"{moment_text(spans[0][0], state.timezone)} to {moment_text(spans[-1][1], state.timezone)} "
            if spans
            else ""
        )
        yield f"measured: {measured_text(state)}{how}, {when}({cover} of the window so far{only})"
        if measurement.of:
            yield f"computed from what was measured of {', '.join(measurement.of)}"
    elif state.source == "evidence" and state.target.slo.evidence is not None:
        evidence = state.target.slo.evidence
        yield f"by the document's evidence: {evidence.measured:f} % over {evidence.period}, which names no day"
    else:
        yield "not measured: only what reviews tell of is counted"


def _reviews(state: BudgetState) -> Iterator[str]:
    for draft, cost in ((False, state.spent_by_final), (True, state.spent_by_drafts)):
        names = sorted({one.pir for one in state.incidents if one.draft == draft})
        if names:
            what = "reviews that are not final" if draft else "final reviews"
            share = f" ({share_percent(cost / state.budget_seconds, 1)})"
            yield f"{what} tell of {length_text(cost)}{share}: {', '.join(names)}"


def _untimed(state: BudgetState) -> Iterator[str]:
    for one in state.untimed:
        lacks = " and ".join(f"`{key}`" for key in one.lacks)
        yield f"{one.pir} is not counted, since its times are not known; give {lacks} under its slo_impact"


def _reached(step: ReachedStep) -> str:
    on = f" on {step.reached_on.isoformat()}" if step.reached_on else ""
    who = f" ({step.decides} decides)" if step.decides else ""
    freezes = "; this freezes changes" if step.freezes_changes else ""
    return f"{step.at_percent:f} % reached{on}: {step.action.rstrip('. ')}{who}{freezes}"


def gate_lines(gate: Gate) -> list[str]:
    """Return what keeps changes from going out, a line for each reason; none when they may."""
    unread = [
        f"{path} cannot be read, so its policy cannot be judged; `mkdocs-sre check` shows why" for path in gate.unread
    ]
    reviews = [_unread_review(path) for path in gate.unread_reviews]
    return [*(_closed(one) for one in gate.closed), *unread, *reviews]


def left_out(survey: Survey, *, gate: bool) -> list[str]:
    """Return which reviews are not counted since they cannot be read, a line for each that the gate does not tell of."""
    told = () if gate else survey.gate.unread_reviews
    return [_unread_review(path) for path in sorted((*told, *survey.unread_reviews))]


def _unread_review(path: str) -> str:
    return f"{path} cannot be read, so what its incident spent is not counted; `mkdocs-sre check` shows why"


def gate_sentence(gate: Gate) -> str:
    """Return whether changes may go out."""
    number = len(gate.closed) + len(gate.unread) + len(gate.unread_reviews)
    return "changes may go out" if gate.is_open else f"changes must wait: {plural(number, 'reason')}"


def _closed(one: Closed) -> str:
    target = one.state.target
    if one.step is None:
        known = cut_percent(one.state.coverage, 0)
        missing = (
            "nothing was measured" if one.state.measurement is None else f"only {known} of the window was measured"
        )
        return f"{target.id}: {missing}, so nobody knows whether its budget is spent; bring the results up to date"
    drafts = ", counting reviews that are not final" if one.by_drafts else ""
    step = one.step
    who = f"{step.decides} decides" if step.decides else "nobody is named who decides"
    spent = spent_sentence(one.state)
    return (
        f"{target.id} of {target.service}: {spent}{drafts}; at {step.at_percent:f} %: {step.action.rstrip('. ')}; {who}"
    )
