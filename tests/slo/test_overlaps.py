"""Incidents that fail at one time: never more than everything, and nothing lost but what is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.location import Location
from mkdocs_sre.slo.overlaps import capped, joined
from mkdocs_sre.slo.periods import Period
from mkdocs_sre.slo.spending import Failing, spent_in

START = datetime(2026, 3, 1, tzinfo=UTC)
PERIOD = Period(START, START + timedelta(days=1))
Item = tuple[int, int, int, bool]


def failing(item: Item, number: int = 1) -> Failing:
    begins, length, tenths, draft = item
    start = START + timedelta(minutes=begins)
    end = start + timedelta(minutes=length)
    return Failing(f"PIR-2026-{number:03}", 0, draft, Fraction(tenths, 10), start, end, Location("p.md"))


ITEMS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(0, 10), st.booleans()), max_size=8)


def cost(failings: tuple[Failing, ...] | list[Failing]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for one in spent_in(failings, PERIOD)[0]:
        found[one.pir] = found.get(one.pir, Fraction(0)) + one.cost
    return {pir: spent for pir, spent in found.items() if spent}


@given(ITEMS)
def test_each_incident_costs_what_it_costs_in_the_window(items: list[Item]) -> None:
    failings = [failing(item, number) for number, item in enumerate(items)]
    found = capped(failings)
    assert cost(found) == cost(failings)
    assert cost([one for one in found if not one.draft]) == cost([one for one in failings if not one.draft])
    for minute in range(110):
        at = START + timedelta(minutes=minute, seconds=30)
        there = sum((one.ratio for one in failings if one.start < at < one.end), Fraction(0))
        assert sum((one.ratio for one in found if one.start < at < one.end), Fraction(0)) == min(there, 1)


@given(ITEMS)
def test_those_of_one_entry_are_one_at_each_time(items: list[Item]) -> None:
    failings = [failing(item) for item in items]
    largest = joined(failings, max)
    added = joined(failings, sum)
    for minute in range(110):
        at = START + timedelta(minutes=minute, seconds=30)
        there = [one.ratio for one in failings if one.start < at < one.end]
        assert [one.ratio for one in largest if one.start < at < one.end] == ([max(there)] if any(there) else [])
        assert [one.ratio for one in added if one.start < at < one.end] == ([sum(there)] if any(there) else [])


def test_what_does_not_overlap_stays_as_it_is() -> None:
    failings = (failing((0, 5, 10, False), 1), failing((5, 5, 4, True), 2))
    assert capped(failings) == failings
