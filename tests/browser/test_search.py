"""The real search box finds alerts, ids and services, with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

FIRST = ".md-search-result__item:first-child > .md-search-result__link"


def _search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("PaymentsDbFailover", "sre/runbooks/payments-db-failover/"),
        ("CartSessionsLost", "sre/runbooks/cart-sessions-lost/"),
        ("payments db failover", "sre/runbooks/payments-db-failover/"),
        ("payments_db_failover", "alerts/paymentsdbfailover/"),
        ("paymentsauth", "sre/runbooks/payments-authorise-errors/"),
        ("PIR-2026-007", "reliability/pirs/PIR-2026-007/"),
        ("CHAOS-018", "sre/chaos/CHAOS-018/"),
        ("AI-031", "reliability/actions/2026/"),
        ("RA-012", "reliability/risks/RA-012/"),
        ("checkout", "sre/services/checkout/"),
        ("session-cache", "sre/services/stores-and-externals/"),
    ],
)
def test_slash_a_name_and_enter_open_the_page(browser: Browser, example: str, text: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example)
    _search(page, text)
    page.wait_for_function(
        "([first, path]) => document.querySelector(first)?.href.split('?')[0].endsWith(path)", arg=[FIRST, path]
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"{example}{path}*")
    page.close()


def test_arrows_lead_to_the_results_below(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example)
    _search(page, "payments")
    results = page.locator(".md-search-result__item > .md-search-result__link")
    expect(results.nth(2)).to_be_visible()
    wanted = results.evaluate_all("all => all.findIndex(e => e.href.includes('sre/services/payments/'))")
    assert 0 <= wanted < 5
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        if "sre/services/payments/" in str(page.evaluate("document.activeElement.href")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{example}sre/services/payments/*")
    page.close()


def test_on_a_phone_two_taps_open_an_alert_and_its_runbook(browser: Browser, example: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(example)
    page.get_by_role("link", name="PaymentsDbFailover").tap()
    page.wait_for_url(f"{example}alerts/paymentsdbfailover/")
    page.locator(".sre-go a").tap()
    page.wait_for_url(f"{example}sre/runbooks/payments-db-failover/")
    context.close()


def test_the_box_on_home_opens_the_search(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example)
    page.locator(".sre-home-search").click()
    page.keyboard.type("PaymentsDbFailover")
    expect(page.locator(".md-search__input")).to_have_value("PaymentsDbFailover")
    expect(page.locator(FIRST)).to_contain_text("The primary of payments-db is gone")
    page.close()
