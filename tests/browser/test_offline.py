"""A site that is built to be read from files asks for nothing elsewhere, and its search works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, built

PAGES = (
    "index.html",
    "sre/runbooks/payments-authorise-errors.html",
    "sre/on-call/payments-on-call.html",
    "sre/incident-process/incidents.html",
    "alerts/paymentsauthoriseerrorshigh.html",
    "sre/services/payments.html",
)


@pytest.fixture(scope="module", params=["before", "after"])
def offline(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with Material's plugin before or after ours."""
    given = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["plugins"]
    plugins = ["offline", *given] if request.param == "before" else [*given, "offline"]
    return built(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("offline"), plugins=plugins)


@pytest.fixture
def page(browser: Browser, offline: Path) -> Iterator[Page]:  # noqa: ARG001 built first
    made = browser.new_page()
    yield made
    made.close()


def watch(page: Page) -> list[str]:
    """Return the list into which faults and requests that leave the folder are put."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error {error.message}"))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None if urlsplit(request.url).scheme in ("file", "data", "blob") else faults.append(request.url)
        ),
    )
    return faults


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_the_folder(page: Page, offline: Path, path: str) -> None:
    faults = watch(page)
    page.goto((offline / path).as_uri())
    page.wait_for_load_state("networkidle")
    assert page.locator("article h1").count() == 1
    assert faults == []


def test_the_built_pages_name_no_other_host_for_scripts_and_styles(offline: Path) -> None:
    for path in PAGES:
        text = (offline / path).read_text(encoding="utf-8")
        assert "unpkg.com" not in text
        assert text.count("mkdocs-sre-iframe-worker.js") == 1


def test_the_search_finds_a_runbook_by_its_alert(page: Page, offline: Path) -> None:
    faults = watch(page)
    page.goto((offline / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("PaymentsAuthoriseErrorsHigh")
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    first.click()
    page.wait_for_url("**/*payments*authorise*errors*")
    assert page.locator("article h1").count() == 1
    assert faults == []
