"""The laws of a review's times: durations, their order, business days, slips of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_sre.documents.standing import SEVERITIES, STATUSES, severity_of, status_of
from mkdocs_sre.documents.timing import (
    FAR_DAYS,
    MILESTONES,
    SLIP_DAYS,
    Timing,
    business_days,
    instants,
    meant_day,
    milestones,
    spell,
    timing,
    zone_named,
)
from mkdocs_sre.documents.values import Moment, parse_duration
from mkdocs_sre.settings import Settings
from tests.tree import Tree

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MINUTES = st.integers(0, 100_000)
ZONES = st.sampled_from(["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
START = datetime(2026, 2, 24, 14, 2, tzinfo=UTC)
KINDS = st.sampled_from([*MILESTONES, "tried", "found"])


def moment(at: datetime, *, has_offset: bool) -> Moment:
    return Moment(at.isoformat(), at if has_offset else at.replace(tzinfo=None), has_offset)


@given(st.lists(MINUTES, min_size=4, max_size=4))
def test_durations_count_from_impact_and_from_detection(steps: list[int]) -> None:
    at = [START + timedelta(minutes=sum(steps[:index])) for index in range(5)]
    found = timing(MILESTONES, at)
    assert found.detect == timedelta(minutes=steps[0])
    assert found.acknowledge == timedelta(minutes=steps[1])
    assert found.mitigate == timedelta(minutes=sum(steps[:3]))
    assert found.resolve == timedelta(minutes=sum(steps))


@given(st.lists(st.tuples(KINDS, st.none() | st.datetimes(timezones=st.just(UTC))), max_size=12))
def test_no_duration_is_negative(events: list[tuple[str, datetime | None]]) -> None:
    found = timing([kind for kind, _ in events], [at for _, at in events])
    lengths = [found.detect, found.acknowledge, found.mitigate, found.resolve]
    assert all(length is None or length >= timedelta(0) for length in lengths)


@given(st.permutations(["impact_started", "tried", "found", "resolved"]))
def test_other_kinds_change_nothing(kinds: list[str]) -> None:
    times = [START + timedelta(minutes=index) for index in range(4)]
    kept = [(kind, time) for kind, time in zip(kinds, times, strict=True) if kind in MILESTONES]
    assert timing(kinds, times) == timing([kind for kind, _ in kept], [time for _, time in kept])


def test_nothing_is_known_of_nothing() -> None:
    assert timing([], []) == Timing()
    assert timing(["detected"], [None]) == Timing()
    assert milestones(["tried"], [START]) == {}


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), MINUTES, ZONES)  # noqa: DTZ001 hypothesis wants bounds without a zone
def test_an_offset_or_a_zone_tell_the_same_time(at: datetime, minutes: int, name: str) -> None:
    zone = ZoneInfo(name)
    local = [(at + timedelta(minutes=step)).astimezone(zone) for step in (0, minutes)]
    with_offset = [
        moment(one.astimezone(timezone(one.utcoffset() or timedelta(0))), has_offset=True)
        for one in local
        if one.utcoffset() is not None
    ]
    assert instants(with_offset, None) == [one.astimezone(UTC) for one in local]
    bare = instants([moment(one, has_offset=False) for one in local], zone)
    assert [one.astimezone(zone).replace(tzinfo=None) for one in bare if one] == [
        one.replace(tzinfo=None) for one in local
    ]


@given(st.lists(st.tuples(st.datetimes(), st.booleans()), max_size=6), ZONES | st.none())
def test_every_written_time_has_an_answer(written: list[tuple[datetime, bool]], name: str | None) -> None:
    moments = [
        Moment(str(at), at.replace(tzinfo=timezone(timedelta(hours=14))) if offset else at, offset)
        for at, offset in written
    ]
    found = instants(moments, ZoneInfo(name) if name else None)
    assert len(found) == len(written)
    assert all(one is None or one.tzinfo is UTC for one in found)


def test_summer_time_is_counted() -> None:
    zone = ZoneInfo("Europe/Berlin")
    clock = [datetime(2025, 3, 30, 1, 50), datetime(2025, 3, 30, 3, 10)]  # noqa: DTZ001 as written, without a zone
    first, second = instants([moment(at, has_offset=False) for at in clock], zone)
    assert first is not None
    assert second is not None
    assert second - first == timedelta(minutes=20)


@pytest.mark.parametrize("name", ["", "Nowhere/City", "../etc/passwd", "Europe", "/etc/localtime", "a\0b"])
def test_what_is_no_zone(name: str) -> None:
    assert zone_named(name) is None


def test_a_review_in_no_zone_is_told_so() -> None:
    head = "type: pir\nid: PIR-1\nstatus: draft\nseverity: SEV1\nservice: a\nincident_date: 2026-02-24"
    tree = Tree({"pir.md": f"---\n{head}\ntimezone: Mars/Base\nevents:\n---\n"})
    assert ("DOC203", 8) in [(one.code, one.location.line) for one in tree.findings()]


@given(DAYS, DAYS)
def test_business_days_are_counted_days(start: date, end: date) -> None:
    end = min(end, start + timedelta(days=400))
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert business_days(start, end) == sum(day.weekday() < 5 for day in days)


@given(DAYS, st.integers(0, 5_000), st.integers(0, 5_000))
def test_business_days_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert business_days(start, end) == business_days(start, middle) + business_days(middle, end)


@given(DAYS, st.integers(-3, 3), st.sampled_from([-1, 1]))
def test_a_slip_of_the_year_is_found(incident: date, days: int, years: int) -> None:
    meant = incident + timedelta(days=days)
    try:
        written = meant.replace(year=meant.year + years)
    except ValueError:  # 29 February
        return
    assert meant_day(written, incident) == meant
    assert meant_day(meant, incident) is None


@given(DAYS, DAYS)
def test_a_meant_day_is_near_and_differs_in_the_year_only(day: date, incident: date) -> None:
    meant = meant_day(day, incident)
    if meant is not None:
        assert abs((day - incident).days) > FAR_DAYS
        assert abs((meant - incident).days) <= SLIP_DAYS
        assert (meant.month, meant.day) == (day.month, day.day)
        assert meant.year != day.year


@given(st.integers(0, 10_000_000))
def test_a_spelled_length_is_read_back(seconds: int) -> None:
    read = parse_duration(spell(timedelta(seconds=seconds)))
    assert 0 <= seconds - read.seconds < 60


@given(st.sampled_from(STATUSES), st.sampled_from(SEVERITIES))
def test_own_words_lead_to_the_known_ones(status: str, severity: str) -> None:
    settings = Settings.load({"statuses": {"In the works": status}, "severities": {"Sev One": severity}})
    assert status_of("in-the-works", settings) == status_of(status.upper(), settings) == status
    assert severity_of("SEV ONE", settings) == severity_of(severity.lower(), settings) == severity
    assert status_of("gone", settings) is severity_of("", settings) is None


TIMES = st.sampled_from(
    [
        "2026-02-24T14:02:00Z",
        "2026-02-24 14:09",
        "2024-02-29T23:59:59.5-12:00",
        "0001-01-01 00:00",
        "9999-12-31 23:59",
        "2025-10-26 02:30",
        "2026-03-29 02:30",
    ]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(KINDS, TIMES), max_size=6),
    st.sampled_from(["", "timezone: Europe/Berlin", "timezone: Pacific/Apia"]),
    st.sampled_from(["draft", "review", "final", "odd"]),
    st.sampled_from(["", "durations: {resolve: 0m, detect: 200 years}", "durations: {mitigate: 1h}"]),
    st.sampled_from(["2026-02-24", "0001-01-01", "9999-12-31"]),
)
def test_no_review_makes_a_rule_fail(
    events: list[tuple[str, str]], zone: str, status: str, durations: str, day: str
) -> None:
    lines = [f"  - {{kind: {kind}, time: {at!r}}}" for kind, at in events]
    head = ["type: pir", "id: PIR-1", f"status: {status}", "severity: SEV1", "service: payments"]
    text = "\n".join(
        [
            "---",
            *head,
            f"incident_date: {day}",
            zone,
            "events:" if lines else "events: []",
            *lines,
            durations,
            "---",
            "",
        ]
    )
    assert Tree({"pir.md": text}).findings() == Tree({"pir.md": text}).findings()
