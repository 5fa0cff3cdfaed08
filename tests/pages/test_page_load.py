"""A rotation that wrote down its weeks: they count, unless a file of pages knows better."""

from __future__ import annotations

import pytest

from tests.pages.conftest import html, page_of
from tests.pages.test_documents import words

ROTATION = """
a.md
    | ---
    | type: on-call
    | id: a-on-call
    | owner: "@a"
    | escalation: [{who: "@a", after: 0m}, {who: "@b", after: 5m}]
    | page_target: 1
    | weeks: [{begins: 2026-03-02, pages: %d}]
    | ---
"""
FILE = """
options
    | alerts: {results: p.csv}
p.csv
    | alert,at,led_to_action,rotation
"""
PAGE = "    | A,2026-03-03 10:00,yes,a-on-call\n"


@pytest.mark.parametrize(
    ("by_hand", "in_file", "chip", "week"),
    [
        (9, 0, ["pages above target"], "Pages a week 9 median of 1 week"),
        (1, 0, [], "Pages a week 1 median of 1 week"),
        (9, 1, [], "Pages a week 1 mean of 1 week"),
        (1, 2, ["pages above target"], "Pages a week 2 mean of 1 week"),
    ],
)
def test_the_chip_says_what_the_number_beside_it_says(by_hand: int, in_file: int, chip: list[str], week: str) -> None:
    tree = ROTATION % by_hand + (FILE + PAGE * in_file if in_file else "")
    shown = words(html(page_of(tree, "a.md")))
    assert week in shown
    assert [text for text in ("pages above target",) if text in shown] == chip
