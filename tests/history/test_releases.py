"""Versions as people write them, and whether one is past another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.history.releases import MAX_LENGTH, Step, moved_past, parse_version

STEPS: tuple[Step, ...] = ("major", "minor", "patch")
numbers = st.lists(st.integers(0, 3000), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("verified", "now", "steps"),
    [
        ("4.2", "4.2", ""),
        ("v4.2", "4.2.0", ""),
        ("4.2", "4.2.1", "patch"),
        ("4.2.9", "4.3", "minor patch"),
        ("4.9", "4.10", "minor patch"),  # numbers, not texts
        ("4.10", "4.9", ""),
        ("4.9.9", "5", "major minor patch"),
        ("5.0", "4.9", ""),
        ("4", "4.9.1", "patch"),  # verified for all of 4, unless each patch counts
        ("4.x", "4.9.1", ""),
        ("4.2.*", "4.2.7", ""),
        ("4.2.X", "4.3", "minor patch"),
        ("4", "5.0-rc1", "major minor patch"),
        ("4.2.1-rc1", "4.2.1", "patch"),
        ("4.2.1", "4.2.1-rc1", ""),
        ("4.2.1-rc1", "4.2.1-rc2", "patch"),
        ("4.2.1-rc.9", "4.2.1-rc.10", "patch"),
        ("4.2.1-beta2", "4.2.1rc1", "patch"),
        ("4.2.1-rc1", "4.2.1-alpha3", ""),
        ("4.2.1-SNAPSHOT", "4.2.1-a1", "patch"),
        ("4.2.1+build.7", "4.2.1+build.9", ""),
        ("4.2.1-hotfix", "4.2.1", "patch"),  # nobody knows which is later
        ("4.2.1", "4.2.1-hotfix", "patch"),
        ("4.2.1-hotfix", "4.2.1-hotfix", ""),
        ("2026.03", "2026.04", "minor patch"),
        ("2026.03", "2026.3.1", "patch"),
        ("2026-03-01", "2027-01-01", "major minor patch"),
        ("r17", "R18", "major minor patch"),
        ("r18", "r17", ""),
        ("release-17", "release 18", "major minor patch"),
        ("r17", "17", "major minor patch"),  # of another sort
        ("3f2a9c1", "9bc1e20", "major minor patch"),
        ("9bc1e20", "3f2a9c1", "major minor patch"),
        ("3f2a9c1", " 3F2A9C1", ""),
        ("blue", "green", "major minor patch"),
        ("1e10", "1e10", ""),
        ("", "4", "major minor patch"),
    ],
)
def test_which_step_it_takes(verified: str, now: str, steps: str) -> None:
    assert [step for step in STEPS if moved_past(now, verified, step)] == steps.split()


@given(numbers, numbers)
def test_numbers_of_one_length_go_by_their_order(one: list[int], other: list[int]) -> None:
    size = min(len(one), len(other))
    new, old = one[:size], other[:size]
    texts = ".".join(map(str, new)), ".".join(map(str, old))
    assert moved_past(*texts, "patch") is (new > old)
    assert moved_past(*texts, "minor") is (new[:2] > old[:2])
    assert moved_past(*texts, "major") is (new[0] > old[0])


@given(st.text(max_size=100), st.text(max_size=100), st.sampled_from(STEPS))
def test_any_text_is_compared_and_none_is_past_itself(one: str, other: str, step: Step) -> None:
    assert not moved_past(one, one, step)
    if parse_version(one) is None and one.strip().casefold() != other.strip().casefold():
        assert moved_past(one, other, step)
        assert moved_past(other, one, step)


@given(numbers, numbers, st.sampled_from(STEPS))
def test_a_greater_step_is_a_smaller_one_too(one: list[int], other: list[int], step: Step) -> None:
    now, verified = ".".join(map(str, one)), ".".join(map(str, other))
    if moved_past(now, verified, step):
        assert all(moved_past(now, verified, smaller) for smaller in STEPS[STEPS.index(step) :])


def test_a_long_text_is_no_version() -> None:
    assert parse_version("1" * MAX_LENGTH) is not None
    assert parse_version("1" * (MAX_LENGTH + 1)) is None
    assert parse_version("٤٢") is None
