"""Windows on a day: rolling, and months and quarters in a time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.windows import parse_window
from mkdocs_sre.slo.durations import DAY
from mkdocs_sre.slo.periods import nominal_seconds, period_on

ZONES = ("UTC", "Europe/Amsterdam", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
days = st.dates(min_value=date(1971, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize("text", ["30d", "30 days", "4w 2d", "720h", " 30D "])
def test_one_window_in_many_words(text: str) -> None:
    assert nominal_seconds(parse_window(text)) == 30 * DAY


@pytest.mark.parametrize(
    "text", ["0d", "400d", "59m", "367 d", "month", "1 month", "", "-1d", "calendar year", None, 30]
)
def test_what_is_no_window(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="rolling window of `1h` to `366d`"):
        parse_window(text)


@pytest.mark.parametrize(
    ("window", "day", "start", "end"),
    [
        ("calendar month", "2026-02-14", "2026-02-01", "2026-03-01"),
        ("calendar month", "2026-12-31", "2026-12-01", "2027-01-01"),
        ("Calendar  Quarter", "2026-03-31", "2026-01-01", "2026-04-01"),
        ("calendar quarter", "2026-10-01", "2026-10-01", "2027-01-01"),
    ],
)
def test_calendar_windows(window: str, day: str, start: str, end: str) -> None:
    period = period_on(parse_window(window), date.fromisoformat(day), None)
    assert (period.start.isoformat()[:10], period.end.isoformat()[:10]) == (start, end)


def test_a_month_in_which_the_clock_is_set_forward_is_an_hour_shorter() -> None:
    march = period_on(parse_window("calendar month"), date(2026, 3, 9), "Europe/Amsterdam")
    assert march.seconds == 31 * DAY - 3600
    assert march.start.astimezone(ZoneInfo("Europe/Amsterdam")) == datetime(
        2026, 3, 1, tzinfo=ZoneInfo("Europe/Amsterdam")
    )
    assert nominal_seconds(parse_window("calendar month")) == 30 * DAY


@given(days, st.integers(3600, 366 * DAY), st.sampled_from(ZONES))
def test_a_rolling_window_is_as_long_as_it_says_and_ends_with_the_day(day: date, length: int, zone: str) -> None:
    period = period_on(parse_window(f"{length // DAY}d {length % DAY}s"), day, zone)
    assert period.seconds == length
    last = period.end.astimezone(ZoneInfo(zone)) - timedelta(seconds=1)
    assert last.date() == day


@given(days, st.sampled_from(("calendar month", "calendar quarter")), st.sampled_from(ZONES))
def test_calendar_windows_follow_each_other_without_gap(day: date, window: str, zone: str) -> None:
    period = period_on(parse_window(window), day, zone)
    first, after = (one.astimezone(ZoneInfo(zone)).date() for one in (period.start, period.end))
    assert first <= day < after
    assert period_on(parse_window(window), after, zone).start == period.end
    assert period_on(parse_window(window), first, zone) == period
