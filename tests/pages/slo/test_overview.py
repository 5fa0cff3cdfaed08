"""The index of objectives: what needs a decision first, then by service; one row tells how each stands."""

from __future__ import annotations

from mkdocs_sre.pages.indexes import index_pages
from tests.pages.conftest import site_of
from tests.pages.slo.shop import SHOP
from tests.pages.test_documents import words
from tests.pages.test_figures import balanced


def index(tree: str) -> str:
    """Return the index of objectives in Markdown."""
    return next(page.markdown for page in index_pages(site_of(tree)) if page.title == "SLOs")


def test_what_needs_a_decision_comes_first_the_most_spent_before_the_others() -> None:
    page = index(SHOP)
    balanced(page.partition("---\n\n")[2])
    text = words(page)
    places = [
        text.index(one)
        for one in ("Needs a decision", "Search answers", "A payment is answered", "Nothing to decide", "Mails arrive", "The shop as a whole", "No longer in force", "Old promise")
    ]  # fmt: skip
    assert places == sorted(places)
    assert page == index(SHOP)


def test_numbers_above_count_what_is_in_force() -> None:
    text = words(index(SHOP))
    said = "Budgets overspent 1 of 4, as of 2026-03-09 Policy acts 2 a step is reached Changes stop 1 a step that is reached says so Measured 1 the others count reviews of incidents"
    assert said in text


def test_a_row_tells_objective_budget_policy_and_calls() -> None:
    text = words(index(SHOP))
    for row in (
        "measured search 99.9 % over 30 days 34.6 min over 180 % spent measured 100 % reached changes stop @cto decides page ticket",
        "pay-answers pay 99.9 % over 30 days and 1 more 13.2 min left 69.4 % spent by reviews 50 % reached @pay decides page ticket",
        "month search 90 % over a calendar month 50.3 h left 32.3 % spent by reviews no policy page ticket draft",
        "together pay 99.5 % over 30 days 193.5 min left 10.4 % spent by reviews no policy no alert",
    ):
        assert row in text


def test_without_anything_to_decide_there_is_one_list() -> None:
    calm = SHOP.replace(
        "slos.csv\n    | slo,from,to,measured\n    | measured,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,99.82\n",
        "slos.csv\n    | slo,from,to,measured\n",
    )
    calm = calm.replace("failing_percent: 50", "failing_percent: 1").replace("| status: deprecated", "| status: active")
    page = index(calm)
    assert "## " not in page
    text = words(page)
    assert "from 50 % on" in text
    assert text.index("Mails arrive") < text.index("A payment is answered"), "the service of tier 0 first"


def test_an_objective_that_dependencies_forbid_says_so() -> None:
    assert "too high" in words(index(SHOP.replace("availability: 99.95", "availability: 99.8")))
