"""Packed runbooks open from a folder: everybody can read them, values are filled, and nothing is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser

from mkdocs_sre.cli import main
from tests.browser.conftest import AT_REST, NOW, ROOT

RUNBOOK = "pages/sre/runbooks/payments-authorise-errors.html"
READ = (
    "index.html",
    RUNBOOK,
    "pages/alerts/paymentsauthoriseerrorshigh.html",
    "pages/sre/on-call/payments-on-call.html",
)
HOSTILE = ("web;rm -rf /", "$(id)", "'web'", "<img src=x onerror='window.hacked = 1'>", "a" * 300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's runbooks, packed by the command and unpacked."""
    made = tmp_path_factory.mktemp("pack")
    file = made / "runbooks.zip"
    result = CliRunner().invoke(main, ["pack", "-f", str(ROOT / "mkdocs.yml"), "--runbooks", str(file)])
    assert result.exit_code == 0, result.output
    with ZipFile(file) as packed:
        packed.extractall(made / "open")
    return made / "open"


def test_no_page_asks_for_anything_elsewhere_nor_is_wider_than_a_phone(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error {error.message}"))
    page.on("requestfailed", lambda request: faults.append(f"failed {request.url}"))
    page.on(
        "request",
        lambda request: None if urlsplit(request.url).scheme in ("file", "data") else faults.append(request.url),
    )
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 40
    for file in files:
        page.goto(file.as_uri())
        assert page.locator("h1").count() == 1, file
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file
    page.close()
    assert faults == []


def test_every_link_between_packed_pages_leads_to_a_page_and_a_heading(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    links: set[tuple[str, str]] = set()
    ids: dict[str, set[str]] = {}
    for file in sorted(folder.rglob("*.html")):
        page.goto(file.as_uri())
        ids[file.as_uri()] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        found: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map(e => e.href)")
        links |= {(one.partition("#")[0], one.partition("#")[2]) for one in found if one.startswith("file:")}
    page.close()
    assert len(links) > 50
    assert [link for link in sorted(links) if link[0] not in ids or (link[1] and link[1] not in ids[link[0]])] == []


def test_values_from_the_address_fill_commands_and_words(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(folder / RUNBOOK).as_uri()}?namespace=web&since=14:02")
    assert "kubectl -n web logs" in page.locator("pre").filter(has_text="authorise_failed").first.inner_text()
    assert "since 14:02" in page.locator(".sre-words").inner_text()
    page.close()


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_fill_nothing(browser: Browser, folder: Path, value: str) -> None:
    page = browser.new_page()
    page.goto((folder / RUNBOOK).as_uri())
    page.evaluate("value => location.search = new URLSearchParams({namespace: value})", value)
    page.wait_for_url("**namespace=*")
    assert page.evaluate("window.hacked") is None
    assert not [text for text in page.locator("pre, .sre-words").all_inner_texts() if value in text]
    assert page.locator("pre var[data-ph=NAMESPACE]").first.inner_text() == "${NAMESPACE}"
    page.close()


def test_without_script_everything_is_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="PaymentsAuthoriseErrorsHigh").click()
    assert page.locator("h1").inner_text() == "Customers cannot pay"
    assert "payments" in page.locator(".sre-first").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", READ)
def test_axe_finds_nothing(browser: Browser, folder: Path, path: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 640})
    page.clock.set_fixed_time(NOW)
    page.goto((folder / path).as_uri())
    page.add_style_tag(content=AT_REST)
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found] == []
