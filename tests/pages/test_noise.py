"""Pages a week, on the pages of rotations and alerts."""

from __future__ import annotations

import pytest

from mkdocs_sre.pages.alerts.page import alert_pages
from tests.pages.conftest import html, page_of, site_of
from tests.pages.test_documents import words

TREE = """
options
    | alerts: {{rules: [r.yaml], results: p.csv}}
r.yaml
    | groups:
    |   - name: g
    |     rules:
    |       - {{alert: Loud, expr: up == 0, labels: {{severity: page, team: "@a"}}}}
    |       - {{alert: Quiet, expr: up == 1, labels: {{severity: page}}}}
    |       - {{alert: Ticket, expr: up == 2}}
p.csv
    | alert,at,led_to_action,rotation
    | Loud,2026-02-09 10:00,yes,
{pages}
a.md
    | ---
    | type: on-call
    | id: a-on-call
    | title: A on call
    | owner: "@a"
    | escalation: [{{who: "@a", after: 0m}}]
{keys}
    | ---
"""
LOUD = "    | Loud,2026-03-0{} 10:00,{},\n"


def tree(*acted: str, keys: str = "page_target: 2") -> str:
    pages = "".join(LOUD.format(2 + index % 7, led) for index, led in enumerate(acted))
    return TREE.format(pages=pages.rstrip("\n"), keys=f"    | {keys}")


def rotation(*acted: str, keys: str = "page_target: 2") -> str:
    return words(html(page_of(tree(*acted, keys=keys), "a.md")))


def alerts(*acted: str) -> dict[str, str]:
    return {page.title: words(html(page.markdown.split("---\n", 2)[2])) for page in alert_pages(site_of(tree(*acted)))}


@pytest.mark.parametrize(
    ("acted", "keys", "expected"),
    [
        (
            ["no"] * 8 + ["yes"] * 5,
            "page_target: 2",
            "above target 3.5 pages a week of at most 2; 42.9 % led to action (counted over the last 4 whole weeks).",
        ),
        (["no"] * 7, "page_target: 2", "within target 2 pages a week of at most 2; 12.5 % led to action"),
        (["no"] * 3, "hours: always", "1 page a week; 25 % led to action (counted over the last 4 whole weeks)."),
    ],
)
def test_a_rotation_shows_its_pages_beside_its_target(acted: list[str], keys: str, expected: str) -> None:
    shown = rotation(*acted, keys=keys)
    assert f"Pages a week {expected}" in shown
    assert ("pages above target" in shown) == expected.startswith("above")


def test_the_state_is_told_by_word_and_by_the_form_of_its_chip() -> None:
    assert '<span class="sre-chip is-bad">above target</span>' in page_of(tree(*["no"] * 8), "a.md")
    assert '<span class="sre-chip is-ok">within target</span>' in page_of(tree(*["no"] * 7), "a.md")


def test_the_file_counts_before_what_the_rotation_wrote_down_and_the_weeks_stay() -> None:
    keys = "weeks: [{begins: 2026-03-02, pages: 9, acted_on: 9}]"
    shown = rotation("no", keys=keys)
    assert "Pages a week 0.5 mean of 4 weeks" in shown
    assert "0.5 pages a week; 50 % led to action" in shown
    assert "2026-03-02 9 9" in shown
    without = words(html(page_of(tree(keys=keys).replace(", results: p.csv", ""), "a.md")))
    assert "Pages a week 9 median of 1 week" in without
    assert "100 % of them led to something" in without


def test_without_pages_and_target_nothing_is_said() -> None:
    shown = words(html(page_of(tree(keys="hours: always").replace('team: "@a"', 'team: "@b"'), "a.md")))
    assert "Pages a week" not in shown
    assert "within target 0 pages a week of at most 2 (counted over the last 4 whole weeks)." in words(
        html(page_of(tree().replace('team: "@a"', 'team: "@b"'), "a.md"))
    )


def test_an_alert_says_how_often_it_went_out() -> None:
    shown = alerts("no", "no")
    assert "How loud it is Went out 3 times in the last 4 whole weeks; 33.3 % led to action." in shown["Loud"]
    assert "How loud it is Went out not once in the last 4 whole weeks." in shown["Quiet"]
    assert "How loud it is" not in shown["Ticket"]
    assert "Went out once in the last 4 whole weeks; 100 % led to action." in alerts()["Loud"]


def test_without_the_file_no_alert_says_anything() -> None:
    site = site_of(tree("no").replace(", results: p.csv", ""))
    assert not any("How loud it is" in page.markdown for page in alert_pages(site))
