"""Budgets where else they are asked for: on the service's page, by a team's lead, by whoever releases."""

from __future__ import annotations

from mkdocs_sre.pages.generated import pages
from tests.pages.conftest import page_of, site_of
from tests.pages.slo.shop import SHOP
from tests.pages.test_documents import words

PAY = """pay.md
    | ---
    | type: service
    | id: pay
    | owner: "@pay"
    | tier: 1
    | ---
"""


def reader(name: str) -> str:
    """Return the words of a reader's page."""
    return next(words(page.markdown) for page in pages(site_of(SHOP)) if page.path == f"readers/{name}.md")


def test_a_service_shows_what_is_left_of_each_budget() -> None:
    alone = SHOP.replace("   - {id: pay,", "   - {id: paid,") + PAY
    text = words(page_of(alone, "pay.md"))
    assert "A payment is answered 99.9 % over 30 days 13.2 min left 69.4 % spent by reviews" in text


def test_a_lead_sees_the_budget_of_which_most_is_spent_first() -> None:
    text = reader("team-lead")
    assert "69 % of budget spent 99.9 % over 30 days" in text
    assert "budget overspent by 80 %" in text
    assert text.index("69 % of budget spent") < text.index("10 % of budget spent")


def test_whoever_releases_sees_what_stops_changes_first() -> None:
    text = reader("release-engineer")
    assert "Search answers search changes stop budget overspent by 80 % 100 % Stop. (@cto decides)" in text
    assert text.index("Search answers") < text.index("A payment is answered")
