"""Numbers of an objective in prose: what counts, and that any text is read in time."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.slo.prose import budgets_in, objectives_in, percents

MONTH = Fraction(30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The objective is 99.95 %.", ["99.95"]),
        ("Our availability target of **99.5 %** holds.", ["99.5"]),
        ("objective: 99,9 percent", ["99,9"]),
        ("A 99.9 % SLO, and a 99.5% availability target", ["99.9", "99.5"]),
        ("We promise 99 % of\nwhat is asked.", ["99"]),
        ("The objective\nis 99.5 %. It was 99.9 %.", ["99.5"]),
        ("The objective was 99.95 %, until March.", []),
        ("The carrier promises 99.5 %.", []),
        ("The objective is kept by 99.5 % of them.", []),
        ("The objective is 80 %, or 100 %.", []),
        ("Objectives of 99.5 % are many.", []),
        ("The objective is 199.5 %.", []),
    ],
)
def test_objectives(text: str, found: list[str]) -> None:
    assert [one.text for one in objectives_in(text)] == found


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("The budget is 43.2 minutes.", ["2592"]),
        ("Over 30 days the error budget is 43 min, in 30d a budget of 2,592 seconds.", ["2580", "2592"]),
        ("A month's budget: 0.72 h.", ["2592"]),
        ("In a week the budget is 10 minutes.", []),
        ("The budget would be 10 minutes.", []),
        ("12.9 minutes of the budget are spent.", []),
        ("A budget of 43 people.", []),
    ],
)
def test_budgets(text: str, seconds: list[str]) -> None:
    assert [one.seconds for one in budgets_in(text, MONTH)] == [Fraction(one) for one in seconds]


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("The budget is 43 minutes.", True),
        ("The budget is 44 minutes.", True),
        ("The budget is 45 minutes.", False),
        ("The budget is 43.1 minutes.", True),
        ("The budget is 43.0 minutes.", False),
        ("The budget is about 40 minutes.", True),
        ("The budget is about 50 minutes.", False),
    ],
)
def test_rounded_numbers_agree(text: str, agrees: bool) -> None:  # noqa: FBT001 a table
    (claim,) = budgets_in(text, MONTH)
    assert claim.agrees(Fraction(2592), Fraction(2592)) == agrees


@given(st.text(st.sampled_from("budget objective is of 99.9%|\n#!?~*,: 30d"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    for one in (*objectives_in(text), *percents(text)):
        assert 90 <= one.percent < 100
        assert one.text in text
    for other in budgets_in(text, MONTH):
        assert other.agrees(other.seconds, other.seconds)


@pytest.mark.parametrize(
    "text",
    [
        "budget " * 30_000,
        "objective is is is is " * 10_000,
        "99.9 % " * 30_000,
        "9" * 200_000,
        "budget is 1" + ",1" * 100_000,
        ". " * 100_000,
        "\n" * 200_000,
        "objective" + " " * 200_000,
        "a\n" * 100_000,
        "objective 99.9 % " * 10_000,
        "the budget is 10 m, " * 10_000,
    ],
    ids=range(11),
)
def test_long_texts_are_read_in_time(text: str) -> None:
    start = time.perf_counter()
    assert len([*objectives_in(text), *budgets_in(text, MONTH), *percents(text)]) <= 1_000
    assert time.perf_counter() - start < 2
