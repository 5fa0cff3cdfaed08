"""Laws of due dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.values import MAX_DURATION_YEARS, Duration, parse_duration
from mkdocs_sre.history.freshness import CADENCE_BY_TIER, GRACE_DAYS, days_overdue, due_after, is_expired
from tests.history.repositories import Repository

lengths = st.one_of(
    st.builds(lambda months: Duration("", months=months), st.integers(1, MAX_DURATION_YEARS * 12)),
    st.builds(lambda days: Duration("", seconds=days * 86400), st.integers(1, MAX_DURATION_YEARS * 366)),
)


@given(st.dates(), lengths)
def test_a_review_is_due_after_the_last_one_or_at_the_end_of_the_calendar(day: date, length: Duration) -> None:
    due = due_after(day, length, None)
    assert due is not None
    assert due > day or due == date.max


@given(st.dates(max_value=date(2100, 1, 1)), lengths, st.sampled_from([None, 0, 1, 2, 3]))
def test_the_documents_own_length_counts_before_that_of_the_tier(day: date, length: Duration, tier: int | None) -> None:
    assert due_after(day, length, tier) == length.after(day)


@given(st.dates(max_value=date(2100, 1, 1)))
def test_more_critical_services_are_reviewed_no_less_often(day: date) -> None:
    due = [due_after(day, None, tier) for tier in sorted(CADENCE_BY_TIER)]
    days = [(one - day).days for one in due if one is not None]
    assert days == [90, 90, 180, 365]
    assert due_after(day, None, None) is None
    assert due_after(day, None, 7) is None


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(-1000, 1000))
def test_overdue_counts_from_the_day_after_and_expires_after_the_grace(due: date, offset: int) -> None:
    as_of = due + timedelta(days=offset) if due.year > 10 else due
    days = days_overdue(due, as_of)
    assert days == max((as_of - due).days, 0)
    assert is_expired(due, as_of) is (days > GRACE_DAYS)


def test_nothing_is_overdue_without_a_day() -> None:
    assert days_overdue(None, date(2026, 3, 9)) == 0
    assert not is_expired(None, date(2026, 3, 9))


def test_months_end_at_the_months_end() -> None:
    assert due_after(date(2025, 8, 31), parse_duration("6 months"), None) == date(2026, 2, 28)


@pytest.mark.parametrize("reason", ['""', '" "'])
def test_a_snooze_whose_reason_says_nothing_is_an_error(repository: Repository, reason: str) -> None:
    snooze = f"last_reviewed_on: 2025-01-01\nsnooze: {{until: 2026-04-01, reason: {reason}}}"
    repository.edit("docs/sre/services/shop.md", "tier: 3", f"tier: 3\n{snooze}")
    assert "`snooze.reason` must say something" in repository.run("check", "--select", "DOC").output
