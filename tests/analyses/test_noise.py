"""Pages a week: which weeks are whole, whose a page is, and which share led to action."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.analyses.noise import WEEKS, Noise, Volume, noise_of, rotation_of, week_of
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Monitoring, SentPage
from mkdocs_sre.documents.values import parse_moment
from mkdocs_sre.knowledge import KnowledgeBase, assemble
from mkdocs_sre.settings import Settings
from tests.tree import parse_tree


def page(at: str, alert: str = "A", *, led: bool = False, rotation: str = "") -> SentPage:
    return SentPage(alert, parse_moment(at), led, "p.csv", Location("p.csv"), rotation)


def base_of(*pages: SentPage, timezone: str | None = None) -> KnowledgeBase:
    return assemble(Settings(timezone=timezone), [], monitoring=Monitoring(pages=pages))


def counted(as_of: str, *days: str, timezone: str | None = None) -> tuple[int, int]:
    """Return how many weeks and how many pages of alert A are counted."""
    noise = noise_of(base_of(*map(page, days), timezone=timezone), date.fromisoformat(as_of))
    volume = noise.of_alert("a")
    return noise.weeks, volume.pages if volume else 0


@pytest.mark.parametrize(
    ("as_of", "begins", "ends"),
    [
        ("2026-03-09", "2026-02-09", "2026-03-08"),  # a Monday: the week before it is over
        ("2026-03-15", "2026-02-09", "2026-03-08"),  # a Sunday: its own week is not
        ("2026-03-16", "2026-02-16", "2026-03-15"),
        ("2026-01-01", "2025-12-01", "2025-12-28"),  # a week that goes over the year's end is not over
        ("2026-01-05", "2025-12-08", "2026-01-04"),  # and then is counted whole
        ("2021-01-04", "2020-12-07", "2021-01-03"),  # the 53rd week of a year
        ("2024-03-04", "2024-02-05", "2024-03-03"),  # a leap day
        ("2024-02-29", "2024-01-29", "2024-02-25"),
    ],
)
def test_the_last_whole_weeks_before_a_day(as_of: str, begins: str, ends: str) -> None:
    first, last = date.fromisoformat(begins), date.fromisoformat(ends)
    before, after = (first - timedelta(days=1)).isoformat(), (last + timedelta(days=1)).isoformat()
    inside = [(first + timedelta(days=day)).isoformat() for day in range((last - first).days + 1)]
    assert len(inside) == 7 * WEEKS
    times = [f"{day} {clock}" for day in (before, *inside, after) for clock in ("00:00:00", "23:59:59")]
    assert counted(as_of, *times) == (WEEKS, 2 * len(inside))


def test_a_week_begins_at_midnight_of_the_site() -> None:
    assert counted("2026-03-09", "2026-02-01 10:00", "2026-03-08T22:59:59Z", timezone="Europe/Berlin") == (4, 1)
    assert counted("2026-03-09", "2026-02-01 10:00", "2026-03-08T23:00:00Z", timezone="Europe/Berlin") == (4, 0)
    assert counted("2026-03-09", "2026-02-01 10:00", "2026-03-08T23:00:00Z") == (4, 1)  # no zone: the date as written
    # In summer time, from 2026-03-29 on, midnight is an hour earlier.
    assert counted("2026-04-06", "2026-04-05T21:59:59Z", timezone="Europe/Berlin") == (1, 1)
    assert counted("2026-04-06", "2026-04-05T22:00:00Z", timezone="Europe/Berlin") == (0, 0)


def test_weeks_before_the_first_page_are_not_counted() -> None:
    assert counted("2026-03-09", "2026-02-25 10:00", "2026-03-03 10:00", "2026-03-04 10:00") == (2, 3)
    assert counted("2026-03-09", "2026-03-09 10:00", "2026-03-10 10:00") == (0, 0)
    assert counted("2026-03-09", "2020-01-01 10:00") == (4, 0)
    assert counted("2026-03-09") == (0, 0)
    assert noise_of(base_of(), date(2026, 3, 9)) == Noise()


@pytest.mark.parametrize("as_of", [date.min, date(1, 1, 8), date.max])
@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-03-03 10:00"])
def test_the_ends_of_the_calendar(as_of: date, at: str) -> None:
    assert 0 <= noise_of(base_of(page(at), timezone="Pacific/Kiritimati"), as_of).weeks <= WEEKS


@given(st.dates(), st.dates())
def test_a_week_has_seven_days_and_begins_on_monday(one: date, other: date) -> None:
    assert (week_of(one) == week_of(other)) == (one.isocalendar()[:2] == other.isocalendar()[:2])
    assert (week_of(one) < week_of(other)) == (one.isocalendar()[:2] < other.isocalendar()[:2])


DAYS = st.dates(date(2024, 1, 1), date(2024, 4, 1))


@given(st.lists(st.tuples(DAYS, st.booleans(), st.sampled_from("AaB")), max_size=30), DAYS)
def test_volumes_are_those_counted_one_by_one(sent: list[tuple[date, bool, str]], as_of: date) -> None:
    pages = [page(f"{day} 10:00", alert, led=led) for day, led, alert in sent]
    noise = noise_of(base_of(*pages), as_of)
    monday = as_of - timedelta(days=as_of.weekday())
    inside = [one for one in sent if monday - timedelta(weeks=WEEKS) <= one[0] < monday]
    first = min((day - timedelta(days=day.weekday()) for day, _, _ in sent), default=monday)
    assert noise.weeks == min(max((monday - first).days // 7, 0), WEEKS)
    assert len(noise.pages) == len(inside)
    for name in ("a", "b"):
        mine = [led for _, led, alert in inside if alert.lower() == name]
        expected = Volume(len(mine), sum(mine), noise.weeks) if noise.weeks else None
        assert noise.of_alert(name) == expected


def test_numbers_of_a_volume() -> None:
    volume = Volume(14, 6, 4)
    assert volume.a_week == Decimal("3.5")
    assert volume.action_percent is not None
    assert round(volume.action_percent, 1) == Decimal("42.9")
    assert Volume(0, 0, 4).action_percent is None
    assert [volume.exceeds(target) for target in (None, Decimal("3.49"), Decimal("3.5"), Decimal("1e99999"))] == [
        False,
        True,
        False,
        False,
    ]


TREE = """
options
    | alerts: {rules: [r.yaml], results: p.csv}
r.yaml
    | groups:
    |   - name: g
    |     rules:
    |       - {alert: ByRunbook, expr: up == 0}
    |       - {alert: ByLabel, expr: up == 1, labels: {service: cart, team: "@b"}}
    |       - {alert: ByOwner, expr: up == 2, labels: {team: "@b"}}
    |       - {alert: Nobodys, expr: up == 3}
p.csv
    | alert,at,led_to_action,rotation
    | byrunbook,2026-03-03 10:00,yes,
    | ByLabel,2026-03-03 10:00,no,
    | ByOwner,2026-03-03 10:00,no,
    | Nobodys,2026-03-03 10:00,no,
    | Unknown,2026-03-03 10:00,no,
    | Unknown,2026-03-03 10:00,yes,B-ON-CALL
    | ByLabel,2026-03-03 10:00,no,gone
cart.md
    | ---
    | type: service
    | id: cart
    | owner: "@x"
    | tier: 1
    | ---
run.md
    | ---
    | type: runbook
    | id: run
    | owner: "@x"
    | service: cart
    | alerts: [ByRunbook]
    | ---
"""
POLICY = (
    '{0}.md\n    | ---\n    | type: on-call\n    | id: {0}-on-call\n    | owner: "@{0}"\n    | services: [{1}]\n'
    '    | escalation: [{{who: "@a", after: 0m}}]\n    | ---\n'
)


def test_whose_a_page_is() -> None:
    base = parse_tree(TREE + POLICY.format("a", "cart") + POLICY.format("b", "")).base()
    owners = [found.id if (found := rotation_of(base, one)) else "" for one in base.monitoring.pages]
    assert owners == ["a-on-call", "a-on-call", "b-on-call", "", "", "b-on-call", ""]
    noise = noise_of(base, date(2026, 3, 9))
    assert dict(noise.rotations) == {"a-on-call": Volume(2, 1, 1), "b-on-call": Volume(2, 1, 1)}
    assert noise_of(base, date(2026, 3, 9)) is noise
    assert noise_of(base, date(2026, 3, 8)) == Noise()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 times of UTC, without saying so
def test_a_page_is_counted_in_exactly_one_week(at: datetime) -> None:
    base = base_of(page(at.replace(tzinfo=UTC).isoformat(timespec="seconds")), timezone="Australia/Lord_Howe")
    mondays = [at.date() + timedelta(days=7 - at.weekday(), weeks=week) for week in range(-2, 3)]
    totals = [len(noise_of(base, monday).pages) for monday in mondays]
    assert totals == sorted(totals)
    assert totals[0] == 0
    assert totals[-1] == 1
