"""States on the days around each threshold, and laws of how they follow each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.kinds.runbook import Drill, Runbook
from mkdocs_sre.history.freshness import (
    DRILL_CADENCE_BY_TIER,
    GRACE_DAYS,
    drill_due,
    last_drill,
    last_passed_drill,
    review_due,
    reviewed_on,
)
from mkdocs_sre.history.staleness import (
    MAX_DAYS_AHEAD,
    MAX_SNOOZE_DAYS,
    SIGNALS,
    STATES,
    Reason,
    Signal,
    State,
    calendar_state,
    days_ahead,
    event_state,
    judged,
    last_snooze,
)

days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
cadences = st.integers(1, 4000)
DAY = timedelta(days=1)


def states_around(since: date, due: date, *offsets: int) -> list[State]:
    return [calendar_state(since, due, due + offset * DAY) for offset in offsets]


@pytest.mark.parametrize(
    ("since", "due", "ahead"),
    [
        (date(2026, 3, 9), date(2026, 6, 7), 18),  # 90 days
        (date(2025, 12, 1), date(2026, 5, 30), 30),  # 180 days: a fifth would be 36
        (date(2025, 12, 10), date(2026, 3, 10), 18),  # across a year's end and the end of February
        (date(2024, 1, 15), date(2024, 3, 5), 10),  # 50 days across 29 February
        (date(2027, 12, 2), date(2028, 3, 1), 18),  # 90 days across both; due the day after 29 February
        (date(2024, 2, 29), date(2025, 2, 28), 30),  # a year from a leap day
        (date(2026, 1, 1), date(2026, 1, 5), 0),  # 4 days: rounded down
    ],
)
def test_each_threshold_the_day_before_at_and_after(since: date, due: date, ahead: int) -> None:
    assert states_around(since, due, -ahead - 1) == ["ok"]
    assert states_around(since, due, -ahead) == ["due-soon"]
    assert states_around(since, due, -1) == (["due-soon"] if ahead else ["ok"])
    assert states_around(since, due, 0, 1) == ["due-soon", "overdue"]
    assert states_around(since, due, GRACE_DAYS - 1, GRACE_DAYS, GRACE_DAYS + 1) == ["overdue", "overdue", "expired"]


@pytest.mark.parametrize("happened", [date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 30), date(2028, 1, 30)])
def test_an_event_counts_from_its_day_and_expires_after_the_grace(happened: date) -> None:
    offsets = (-1, 0, 1, GRACE_DAYS, GRACE_DAYS + 1)
    found = [event_state(happened, happened + offset * DAY) for offset in offsets]
    assert found == ["ok", "overdue", "overdue", "overdue", "expired"]


@given(days)
def test_an_event_whose_day_nobody_knows_never_expires(as_of: date) -> None:
    assert event_state(None, as_of) == "overdue"


@given(days, cadences, st.integers(-5000, 5000))
def test_states_of_the_calendar_only_get_worse(since: date, cadence: int, offset: int) -> None:
    due = since + cadence * DAY
    as_of = since + offset * DAY
    found = [STATES.index(calendar_state(since, due, as_of + ahead * DAY)) for ahead in range(3)]
    assert found == sorted(found)
    state = calendar_state(since, due, as_of)
    assert (state in ("overdue", "expired")) == (as_of > due)
    assert (state == "expired") == ((as_of - due).days > GRACE_DAYS)
    assert (state == "due-soon") == (0 <= (due - as_of).days <= min(30, cadence * 20 // 100))


@given(days, st.integers(-400, 400))
def test_states_of_an_event_only_get_worse(happened: date, offset: int) -> None:
    found = [STATES.index(event_state(happened, happened + (offset + ahead) * DAY)) for ahead in range(3)]
    assert found == sorted(found)


@given(st.integers(0, 10_000))
def test_due_soon_is_a_fifth_of_the_cadence_and_at_most_thirty_days(cadence: int) -> None:
    assert 0 <= days_ahead(cadence) <= MAX_DAYS_AHEAD
    assert days_ahead(cadence) <= cadence / 5 < days_ahead(cadence) + 1 or days_ahead(cadence) == MAX_DAYS_AHEAD


reasons = st.lists(
    st.builds(
        lambda signal, state, due: Reason(signal, state, due, "text", "cure"),
        st.sampled_from(SIGNALS),
        st.sampled_from(STATES),
        st.one_of(st.none(), days),
    ),
    max_size=6,
)


@given(reasons, st.one_of(st.none(), days))
def test_the_worst_reason_is_the_state_and_the_strongest_stands_first(given_reasons: list[Reason], due: date) -> None:
    found = judged(given_reasons, due)
    counted = [one for one in given_reasons if one.state != "ok"]
    assert found.state == max((one.state for one in counted), key=STATES.index, default="ok")
    assert sorted(map(repr, found.reasons)) == sorted(map(repr, counted))
    strengths = [SIGNALS.index(one.signal) for one in found.reasons]
    assert strengths == sorted(strengths)
    known = [day for day in (due, *(one.due for one in counted)) if day is not None]
    assert found.expires == (min(known) + GRACE_DAYS * DAY if known else None)


@given(reasons, days)
def test_while_snoozed_the_state_is_ok_and_the_reasons_stay(given_reasons: list[Reason], until: date) -> None:
    found = judged(given_reasons, None, until)
    assert (found.state, found.snoozed_until) == ("ok", until)
    assert found.reasons == judged(given_reasons).reasons


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert last_snooze(date.max) == date.max
    assert last_snooze(date(2026, 3, 9)) == date(2026, 3, 9) + MAX_SNOOZE_DAYS * DAY == date(2026, 6, 7)
    assert judged([], date.max).expires == date.max
    assert calendar_state(date(2026, 1, 1), date.max, date(2026, 1, 1)) == "ok"


def runbook(*drills: tuple[str, str], reviewed: str | None = None) -> Runbook:
    listed = [Drill.model_validate({"on": day, "result": result}) for day, result in drills]
    return Runbook.model_validate({"id": "a", "owner": "@team", "last_reviewed_on": reviewed, "drills": listed})


def test_a_passed_drill_counts_as_a_review_and_a_failed_one_does_not() -> None:
    assert reviewed_on(runbook(reviewed="2026-01-01")) == date(2026, 1, 1)
    assert reviewed_on(runbook(("2026-02-01", "passed"), reviewed="2026-01-01")) == date(2026, 2, 1)
    assert reviewed_on(runbook(("2025-02-01", "passed"), reviewed="2026-01-01")) == date(2026, 1, 1)
    assert reviewed_on(runbook(("2026-02-01", "failed"), reviewed="2026-01-01")) == date(2026, 1, 1)
    assert reviewed_on(runbook(("2026-02-01", "passed"))) == date(2026, 2, 1)
    assert reviewed_on(runbook(("2026-02-01", "failed"))) is None
    assert review_due(runbook(("2026-02-01", "passed"), reviewed="2026-01-01"), 1) == date(2026, 5, 2)
    assert review_due(runbook(), 1) is None


def test_of_drills_on_one_day_the_last_in_the_list_counts() -> None:
    found = last_drill(runbook(("2026-02-01", "failed"), ("2026-02-01", "passed"), ("2026-01-01", "failed")))
    assert found is not None
    assert found.result == "passed"
    found = last_drill(runbook(("2026-02-01", "passed"), ("2026-02-01", "failed")))
    assert found is not None
    assert found.result == "failed"
    assert last_drill(runbook()) is None


def test_how_often_a_runbook_is_exercised_goes_by_its_tier() -> None:
    drilled = runbook(("2025-12-01", "passed"), ("2026-01-01", "failed"))
    assert last_passed_drill(drilled) == date(2025, 12, 1)
    due = [drill_due(drilled, tier) for tier in (0, 1, 2, 3, None)]
    assert due == [date(2026, 3, 1), date(2026, 3, 1), date(2026, 5, 30), None, None]
    assert set(DRILL_CADENCE_BY_TIER) == {0, 1, 2}
    assert drill_due(runbook(("2026-01-01", "failed")), 0) is None


def test_signals_are_listed_from_the_strongest_to_the_weakest() -> None:
    expected: list[Signal] = ["version", "incident", "alert", "dependencies", "drill-failed", "drill", "review"]
    assert list(SIGNALS) == expected
