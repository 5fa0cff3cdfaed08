"""The page of a review whose events stand in its text: its head counts with them, and nothing is said twice."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.pages.conftest import html, page_of

REVIEW = """
options
    | timezone: Europe/London
pir.md
    | ---
    | type: pir
    | id: PIR-1
    | status: draft
    | severity: SEV2
    | service: payments
    | incident_date: 2026-03-06
    | ---
    | # Payments failed
    |
    | ## Timeline
    |
"""


def head(*lines: str) -> str:
    page = html(page_of(REVIEW + "".join(f"    | {line}\n" for line in lines), "pir.md"))
    assert page.count("taken out") == 1
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.partition("<h2")[0])).split())


def test_times_and_lengths_of_the_text_are_in_the_head() -> None:
    lines = (
        "- 14:02 Impact started",
        "- 14:09 Detected",
        "- 14:41 Impact ended, a relay taken out",
        "- 15:20 Resolved",
    )
    shown = head(*lines)
    assert "2026-03-06 14:02 to 15:20, Europe/London" in shown
    assert "Mitigated in 39 min detected after 7 min, resolved after 78 min" in shown


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("- 14:41 Impact ended", "Mitigated in 32 min after its detection"),
        ("- 15:20 Resolved", "Resolved in 71 min after its detection"),
    ],
)
def test_lengths_count_from_detection_where_nobody_knows_the_start(end: str, shown: str) -> None:
    assert shown in head("- 14:09 Detected", "- 14:20 a relay was taken out", end)


def test_a_mistyped_year_is_no_part_of_the_span() -> None:
    assert "14:09 to 14:20, UTC" in head(
        "- 14:09Z Detected", "- 2025-03-06 14:15Z told", "- 2026-03-06 14:20Z taken out"
    )
