"""What incidents spend: shares times lengths, each moment counted once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.location import Location
from mkdocs_sre.slo.periods import Period
from mkdocs_sre.slo.spending import Failing, passed_at, spent_in

START = datetime(2026, 2, 1, tzinfo=UTC)
PERIOD = Period(START, START + timedelta(hours=100))


def failing(pir: str, begins: int, ends: int, ratio: str = "1", *, draft: bool = False) -> Failing:
    """Return an incident that lasts from hour to hour of the window."""
    times = START + timedelta(hours=begins), START + timedelta(hours=ends)
    return Failing(pir, 0, draft, Fraction(ratio), *times, Location(f"{pir}.md"))


def costs(*failings: Failing) -> dict[str, Fraction]:
    """Return what each costs, in hours."""
    spent, _ = spent_in(failings, PERIOD)
    return {one.pir: one.cost / 3600 for one in spent}


def test_a_share_of_the_events_for_a_time() -> None:
    assert costs(failing("a", 1, 3, "0.25"), failing("b", 10, 11)) == {"a": Fraction(1, 2), "b": Fraction(1)}


def test_only_the_window_counts() -> None:
    assert costs(failing("before", -5, 0), failing("after", 100, 105)) == {}
    assert costs(failing("into", -5, 2), failing("out", 99, 200)) == {"into": Fraction(2), "out": Fraction(1)}
    spent, _ = spent_in([failing("over", -10, 200)], PERIOD)
    assert [(one.start, one.end, one.seconds) for one in spent] == [(PERIOD.start, PERIOD.end, PERIOD.seconds)]


def test_shares_at_one_time_add_up_to_no_more_than_everything() -> None:
    assert costs(failing("a", 0, 2, "0.3"), failing("b", 0, 2, "0.4")) == {"a": Fraction("0.6"), "b": Fraction("0.8")}
    assert costs(failing("a", 0, 4), failing("b", 2, 6)) == {"a": Fraction(4), "b": Fraction(2)}
    assert costs(failing("a", 0, 4, "0.6"), failing("b", 2, 6, "0.6")) == {"a": Fraction("2.4"), "b": Fraction("2.0")}


def test_a_draft_gives_way_to_what_is_final() -> None:
    found = costs(failing("draft", 0, 4, draft=True), failing("final", 3, 5))
    assert found == {"draft": Fraction(3), "final": Fraction(2)}
    assert costs(failing("final", 3, 5)) == {"final": Fraction(2)}


def test_the_line_tells_when_so_much_was_spent() -> None:
    _, line = spent_in([failing("a", 10, 20, "0.5"), failing("b", 30, 31)], PERIOD)
    hours = [((point.time - START) // timedelta(hours=1), int(point.spent / 3600)) for point in line]
    assert hours == [(0, 0), (10, 0), (20, 5), (30, 5), (31, 6)]
    assert passed_at(line, Fraction(2 * 3600)) == START + timedelta(hours=14)
    assert passed_at(line, Fraction(5 * 3600)) == START + timedelta(hours=20)
    assert passed_at(line, Fraction(0)) == START
    assert passed_at(line, Fraction(6 * 3600 + 1)) is None
    assert passed_at((), Fraction(1)) is None


def test_an_hour_of_the_clock_that_is_left_out_is_no_hour() -> None:
    zone = ZoneInfo("Europe/Berlin")
    begins, ends = (datetime(2026, 3, 29, hour, 30, tzinfo=zone) for hour in (1, 3))
    night = Failing("a", 0, draft=False, ratio=Fraction(1), start=begins, end=ends, place=Location("a.md"))
    spent, _ = spent_in([night], Period(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)))
    assert [one.seconds for one in spent] == [3600]


@st.composite
def several(draw: st.DrawFn) -> list[Failing]:
    found = []
    for index in range(draw(st.integers(1, 7))):
        begins = draw(st.integers(-20, 110))
        ends = begins + draw(st.integers(0, 40))
        ratio = f"{draw(st.integers(0, 10))}/10"
        found.append(failing(f"p{index}", begins, ends, ratio, draft=draw(st.booleans())))
    return found


@given(several())
def test_every_moment_counts_once_whatever_overlaps(failings: list[Failing]) -> None:
    spent, line = spent_in(failings, PERIOD)
    by_hour = Fraction(0)
    for hour in range(100):
        middle = START + timedelta(hours=hour, minutes=30)
        by_hour += min(Fraction(1), sum((one.ratio for one in failings if one.start < middle < one.end), Fraction(0)))
    assert sum((one.cost for one in spent), Fraction(0)) == by_hour * 3600
    assert (line[-1].spent if line else 0) == by_hour * 3600
    assert all(0 <= one.cost <= one.failing.ratio * one.seconds for one in spent)


@given(several(), st.randoms())
def test_the_order_of_reviews_does_not_matter(failings: list[Failing], random: object) -> None:
    shuffled = [*failings]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spent_in(shuffled, PERIOD) == spent_in(failings, PERIOD)


@given(several())
def test_drafts_change_nothing_of_what_final_reviews_cost(failings: list[Failing]) -> None:
    final, _ = spent_in([one for one in failings if not one.draft], PERIOD)
    both, _ = spent_in(failings, PERIOD)
    assert [one for one in both if not one.draft] == list(final)
