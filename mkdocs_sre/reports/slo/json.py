"""Error budgets as JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_sre.reports.places import moved_path
from mkdocs_sre.slo.decimals import decimal_text

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.reports.slo.survey import Survey
    from mkdocs_sre.slo.policy import ReachedStep
    from mkdocs_sre.slo.spending import Spent
    from mkdocs_sre.slo.state import BudgetState

VERSION = 1
DIGITS = 12  # significant ones of a number


def json_text(survey: Survey) -> str:
    """Return `{version, as_of, docs, slos: […], gate: {open, frozen, unmeasured, unread, unread_reviews}, unread_reviews: […]}`.

    The worst objective comes first. An objective is `{id, service, status, path, line, column, objective_percent, window, period: {from, to, until}, budget,
    spent, left_seconds, verdict, measured, incidents, untimed, evidence, policy, frozen}`. `budget` is `{seconds, events}`,
    `spent` is `{percent, seconds, source, by_final_reviews_seconds, by_other_reviews_seconds}` with a source `measured`,
    `evidence` or `incidents`; all seconds are those of full outage. `measured` is `{percent, from, to, coverage_percent,
    good, total, files, of}`, null where nothing was, 100 percent of a total of 0 where no event happened; `of` are the objectives that it is computed from. A step of `policy` is `{at_percent, action, decides, freezes_changes, reached,
    reached_with_drafts, reached_on, away_seconds}`. The gate names the ids of objectives and the paths of documents that
    keep it closed; `unread_reviews` beside it are the paths of all reviews that cannot be read. Numbers are cut off after 12 digits; times are RFC 3339 in UTC, days `YYYY-MM-DD`, null when not known.
    """
    gate = survey.gate
    report = {
        "version": VERSION,
        "as_of": survey.as_of.isoformat(),
        "docs": survey.docs,
        "slos": [_objective(state, survey) for state in survey.states],
        "gate": {
            "open": gate.is_open,
            "frozen": [one.state.target.id for one in gate.closed if one.step is not None],
            "unmeasured": [one.state.target.id for one in gate.closed if one.step is None],
            "unread": [moved_path(path, survey.docs) for path in gate.unread],
            "unread_reviews": [moved_path(path, survey.docs) for path in gate.unread_reviews],
        },
        "unread_reviews": [
            moved_path(path, survey.docs) for path in sorted((*gate.unread_reviews, *survey.unread_reviews))
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _objective(state: BudgetState, survey: Survey) -> dict[str, Any]:
    target, period = state.target, state.period
    place = target.slo.value_at(*target.path, "objective")
    evidence = target.slo.evidence if not target.path else None
    return {
        "id": target.id,
        "service": target.service,
        "status": target.slo.status,
        **_place(place, survey),
        "objective_percent": float(target.objective),
        "window": str(target.window),
        "period": {"from": _time(period.start), "to": _time(period.end), "until": _time(state.until)},
        "budget": {"seconds": _number(state.budget_seconds), "events": _number(state.events)},
        "spent": {
            "percent": _percent(state.share),
            "seconds": _number(state.spent_seconds),
            "source": state.source,
            "by_final_reviews_seconds": _number(state.spent_by_final),
            "by_other_reviews_seconds": _number(state.spent_by_drafts),
        },
        "left_seconds": _number(state.left_seconds),
        "verdict": state.verdict,
        "measured": _measured(state),
        "incidents": [_incident(one, survey) for one in state.incidents],
        "untimed": [
            {"pir": one.pir, "draft": one.draft, "lacks": [*one.lacks], **_place(one.place, survey)}
            for one in state.untimed
        ],
        "evidence": {
            "period": evidence.period,
            "percent": float(evidence.measured),
            "spent_percent": _percent(state.evidence_share),
        }
        if evidence is not None
        else None,
        "policy": [_step(step) for step in state.steps],
        "frozen": state.frozen,
    }


def _measured(state: BudgetState) -> dict[str, Any] | None:
    one = state.measurement
    if one is None:
        return None
    return {
        "percent": _percent(one.ratio),
        "from": _time(one.spans[0][0]) if one.spans else None,
        "to": _time(one.spans[-1][1]) if one.spans else None,
        "coverage_percent": _percent(state.coverage),
        "good": _number(one.good),
        "total": _number(one.total),
        "files": [*one.files],
        "of": [*one.of],
    }


def _incident(one: Spent, survey: Survey) -> dict[str, Any]:
    return {
        "pir": one.pir,
        "draft": one.draft,
        "failing_percent": _number(one.failing_percent),
        "from": _time(one.start),
        "to": _time(one.end),
        "seconds": _number(one.seconds),
        "cost_seconds": _number(one.cost),
        **_place(one.place, survey),
    }


def _step(step: ReachedStep) -> dict[str, Any]:
    return {
        "at_percent": float(step.at_percent),
        "action": step.action,
        "decides": step.decides,
        "freezes_changes": step.freezes_changes,
        "reached": step.reached,
        "reached_with_drafts": step.with_drafts,
        "reached_on": step.reached_on.isoformat() if step.reached_on else None,
        "away_seconds": _number(step.away),
    }


def _place(place: Location, survey: Survey) -> dict[str, Any]:
    return {"path": moved_path(place.path, survey.docs), "line": place.line, "column": place.column}


def _percent(ratio: Fraction | None) -> float | None:
    return None if ratio is None else _number(ratio * 100)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(decimal_text(value, DIGITS, cut=True))


def _time(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
