"""What measurements say of a window: parts, gaps, overlaps, events against time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Measurement
from mkdocs_sre.slo.measured import Measured, common_spans, measured_in
from mkdocs_sre.slo.periods import Period

START = datetime(2026, 2, 1, tzinfo=UTC)
PERIOD = Period(START, START + timedelta(days=30))
HOUR = 3600


def day(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def row(begins: float, ends: float, percent: str = "", good: str = "", total: str = "") -> Measurement:
    first, second, third = (Decimal(one) if one else None for one in (percent, good, total))
    return Measurement("a", day(begins), day(ends), first, second, third, "r.csv", Location("r.csv"))


def found(*rows: Measurement) -> Measured:
    measured = measured_in(rows, PERIOD)
    assert measured is not None
    return measured


def test_events_are_added_up_and_not_the_ratios() -> None:
    """One hour at 100 requests a second with 10 % errors, 23 hours at 1 a second without any: 8.13 % of events are bad."""
    busy, quiet = row(0, 1, "", "324000", "360000"), row(1, 24, "", "82800", "82800")
    one = found(busy, quiet)
    assert (one.good, one.total, one.counted) == (Fraction(406800), Fraction(442800), True)
    assert round(float(1 - one.ratio) * 100, 2) == 8.13
    assert one.covered == 24 * HOUR


def test_percentages_are_weighed_by_time() -> None:
    one = found(row(0, 1, "90"), row(1, 24, "100"))
    assert (one.ratio, one.counted, one.total) == (Fraction(239, 240), False, None)


def test_counts_beside_percentages_are_weighed_by_time_too() -> None:
    assert found(row(0, 12, "", "9", "10"), row(12, 24, "100")).ratio == Fraction(95, 100)


def test_a_row_counts_with_its_part_in_the_window_or_not_at_all() -> None:
    inside = found(row(-12, 36, "", "90", "100"), row(36, 60, "", "100", "100"))
    assert (inside.good, inside.total, inside.covered) == (Fraction("167.5"), Fraction(175), Fraction(60 * HOUR))
    assert measured_in([row(-49, 48, "50")], PERIOD) is None  # most of it tells of another time
    assert found(row(-48, 48, "50")).covered == 48 * HOUR
    assert measured_in([row(720, 721, "50"), row(-2, 0, "50")], PERIOD) is None


def test_of_rows_that_overlap_the_last_one_counts() -> None:
    month = [row(-24, 696, "50"), row(0, 720, "99")]
    assert found(*month).ratio == found(*reversed(month)).ratio == Fraction(99, 100)
    assert found(*month).covered == PERIOD.seconds


def test_a_time_without_events_is_known_and_weighs_nothing() -> None:
    one = found(row(0, 24, "", "0", "0"), row(24, 48, "", "1", "2"))
    assert (one.ratio, one.covered) == (Fraction(1, 2), Fraction(48 * HOUR))


def test_a_time_in_which_nothing_happened_at_all_is_known_and_good() -> None:
    one = found(row(0, 24, "", "0", "0"), row(24, 48, "", "0", "0"))
    assert (one.ratio, one.covered, one.total, one.eventless) == (Fraction(1), Fraction(48 * HOUR), Fraction(0), True)
    assert not found(row(0, 24, "", "0", "0"), row(24, 48, "99")).eventless
    assert found(row(0, 24, "", "0", "0"), row(24, 48, "99")).ratio == Fraction(99, 100)
    assert measured_in([], PERIOD) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=30))
def test_spans_that_follow_each_other_say_what_one_span_says(counts: list[tuple[int, int]]) -> None:
    rows = [row(index, index + 1, "", str(good), str(good + bad)) for index, (good, bad) in enumerate(counts)]
    good, total = sum(one for one, _ in counts), sum(map(sum, counts))
    several = measured_in(rows, PERIOD)
    one = measured_in([row(0, len(counts), "", str(good), str(total))], PERIOD)
    assert several is not None
    assert one is not None
    assert (several.ratio, several.covered) == (one.ratio, one.covered)
    assert (several.eventless, one.ratio) == (total == 0, Fraction(good, total) if total else 1)


@given(st.lists(st.tuples(st.integers(-100, 800), st.integers(1, 60), st.integers(0, 100)), max_size=12))
def test_no_moment_is_counted_twice(spans: list[tuple[int, int, int]]) -> None:
    rows = [row(begins, begins + length, str(percent)) for begins, length, percent in spans]
    one = measured_in(rows, PERIOD)
    if one is not None:
        assert all(before.end <= after.start for before, after in zip(one.parts, one.parts[1:], strict=False))
        assert one.covered == sum((part.seconds for part in one.parts), Fraction(0)) <= PERIOD.seconds
        assert 0 <= one.ratio <= 1


HOURS = st.lists(st.integers(0, 40), unique=True, max_size=12).map(sorted)


@given(st.lists(HOURS, min_size=1, max_size=4))
def test_what_is_known_of_several_is_what_is_known_of_each(edges: list[list[int]]) -> None:
    several = [[(day(begin), day(end)) for begin, end in zip(one[::2], one[1::2], strict=False)] for one in edges]
    common = common_spans(several)
    for hour in range(40):
        middle = day(hour + 0.5)
        inside = [any(start < middle < end for start, end in spans) for spans in several]
        assert any(start < middle < end for start, end in common) == all(inside)
