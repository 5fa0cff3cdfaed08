"""The pages of alerts as somebody tired meets them: the runbook at once, every address open, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import AT_REST, ROOT, built, serving
from tests.browser.test_accessible import COLOURS, SCHEMES, THEME
from tests.pages.test_alerts import TREE
from tests.tree import parse_tree

THEME_OPTIONS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["theme"]  # as the example has it
OFF = dict.fromkeys(("ALT", "RUN", "DOC", "REF", "SVC", "GRF", "PIR", "FRS", "RSK", "ACT", "IMM"), "off")
PAGES = {
    "with a runbook": "alerts/payerrors/",
    "without one": "alerts/diskfull/",
    "retired": "alerts/payold/",
    "the index": "alerts/",
}
FURTHER = "runbooks/pay/payerrors"
LABELS = "?namespace=web&pod=pay-1#look"
GO = "a.sre-carry"
TEXTS = "[...document.querySelectorAll('article :is(h1, h2, h3, th, td, li, dt, dd, p, a[href])')].map(e => e.textContent.trim())"


def _build(folder: Path, *, directory_urls: bool) -> Path:
    """Build the site of the tree that the pages are tested with."""
    tree = parse_tree(TREE)
    for path, text in tree.files.items():
        file = folder / ("docs" if path.endswith(".md") else "") / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    options = {**tree.options, "as_of": "2026-03-09", "levels": OFF}
    configuration = {
        "site_name": "Shop",
        "theme": THEME_OPTIONS,
        "plugins": ["search", {"sre": options}],
        "use_directory_urls": directory_urls,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    return built(folder / "mkdocs.yml", folder / "site")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built with addresses that end in folders."""
    return _build(tmp_path_factory.mktemp("folders"), directory_urls=True)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built with addresses that end in `.html`."""
    return _build(tmp_path_factory.mktemp("files"), directory_urls=False)


@pytest.fixture(scope="module")
def served(folders: Path) -> Iterator[str]:
    with serving(folders) as address:
        yield address


def _opened(browser: Browser, address: str, wanted: str, *, script: bool) -> str:
    """Open an address, wait until it has led on, and return where it led."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    page.wait_for_url(wanted)
    expect(page.locator("h1")).to_contain_text("PayErrors")
    found = page.url
    context.close()
    return found


def test_a_further_address_hands_labels_and_fragment_on(browser: Browser, served: str) -> None:
    wanted = f"{served}alerts/payerrors/{LABELS}"
    for address in (f"{FURTHER}/{LABELS}", f"{FURTHER}{LABELS}", f"{FURTHER}/index.html{LABELS}"):
        assert _opened(browser, served + address, wanted, script=True) == wanted


def test_without_script_a_further_address_still_leads_on(browser: Browser, served: str) -> None:
    _opened(browser, f"{served}{FURTHER}/{LABELS}", "**/alerts/payerrors/index.html", script=False)


@pytest.mark.parametrize("script", [True, False])
def test_further_addresses_lead_on_from_a_folder_of_files(
    browser: Browser, folders: Path, files: Path, *, script: bool
) -> None:
    labels = LABELS if script else ""
    for site, address, target in (
        (folders, f"{FURTHER}/index.html", "alerts/payerrors/index.html"),
        (files, f"{FURTHER}/index.html", "alerts/payerrors.html"),
        (files, f"{FURTHER}.html", "alerts/payerrors.html"),
        (files, "alerts/payerrors/index.html", "alerts/payerrors.html"),
    ):
        wanted = f"{(site / target).as_uri()}{labels}"
        assert _opened(browser, f"{(site / address).as_uri()}{LABELS}", wanted, script=script) == wanted


def test_going_back_from_where_a_further_address_led_is_no_trap(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served)
    page.goto(f"{served}{FURTHER}/")
    page.wait_for_url(f"{served}alerts/payerrors/")
    page.go_back()
    page.wait_for_url(served)
    page.close()


def test_the_labels_reach_the_runbook(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(f"{served}{FURTHER}/?namespace=web&pod=pay-1#triage")
    page.wait_for_url(f"{served}alerts/payerrors/**")
    page.locator(GO).click()
    page.wait_for_url(f"{served}sre/runbooks/pay/?namespace=web&pod=pay-1#triage")
    page.close()


@pytest.mark.parametrize(
    "value",
    [
        '"><img src=x onerror=console.log(1)>',
        "javascript:console.log(1)",
        "//evil.example/",
        "$(id);`id`",
        "x" * 10_000,
    ],
)
def test_hostile_labels_stay_a_query(browser: Browser, served: str, value: str) -> None:
    page = browser.new_page()
    run: list[str] = []
    page.on("console", lambda message: run.append(message.text))
    page.goto(f"{served}alerts/payerrors/")
    images = page.locator("img").count()
    page.evaluate("value => location.search = '?pod=' + encodeURIComponent(value)", value)
    page.wait_for_url("**pod=**")
    target = urlsplit(str(page.locator(GO).evaluate("e => e.href")))
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{served}sre/runbooks/pay/"
    assert parse_qs(target.query) == {"pod": [value]}
    assert page.locator("img").count() == images
    assert run == []
    page.close()


def test_the_first_screen_of_a_phone_has_the_runbook_its_command_and_whom_to_call(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{served}alerts/payerrors/")
    for part in ("h1", ".sre-sev", GO, ".sre-first .sre-cmd", "dt:has-text('Owner')", "dt:has-text('Escalate')"):
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 640, part
        assert box["x"] + box["width"] <= 360, part
    link = page.locator(GO).bounding_box()
    assert link is not None
    assert link["y"] < 320, "the runbook stands in the upper half"
    assert link["height"] >= 24, "a thumb can hit it"
    first = page.evaluate("document.querySelector('article').querySelector('a:not(.headerlink)').className")
    assert "sre-carry" in first, "the first link of the page is the runbook"
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_faults_that_a_machine_can_see(browser: Browser, served: str, name: str) -> None:
    hosts: set[str | None] = set()
    faults: list[str] = []
    for scheme, scheme_name in SCHEMES.items():
        page = browser.new_page(color_scheme=scheme)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.goto(served + PAGES[name])
        page.add_style_tag(content=AT_REST)
        assert page.evaluate("document.body.dataset.mdColorScheme") == scheme_name
        for width, height in ((360, 640), (768, 1024), (1280, 900)):
            page.set_viewport_size({"width": width, "height": height})
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
            faults += _faults(page, {} if scheme == "light" else COLOURS)
        page.close()
    assert faults == []
    assert hosts <= {"127.0.0.1", None}  # None: an image that stands in the style sheet itself


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
        if not any(fault["id"] == rule and page.evaluate(_IS, [node["target"][0], element]) for rule, element in THEME)
    ]


_IS = "([target, element]) => document.querySelector(target).matches(element)"


@pytest.mark.parametrize("name", PAGES)
def test_without_script_a_page_says_the_same(browser: Browser, served: str, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + PAGES[name])
    without: list[str] = page.evaluate(TEXTS)
    context.close()
    page = browser.new_page()
    page.goto(served + PAGES[name])
    page.wait_for_load_state("networkidle")
    with_script: list[str] = page.evaluate(TEXTS)
    page.close()
    assert without
    assert [text for text in without if text not in with_script] == []


def test_the_index_is_narrowed_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}alerts/")
    shown = page.locator("tbody tr:visible th")
    assert shown.all_inner_texts() == ["DiskFull", "PayErrors", "PayGone", "PaySlow"]
    page.get_by_label("none yet").check()
    assert shown.all_inner_texts() == ["DiskFull", "PaySlow"]
    page.get_by_label("ticket").check()
    assert shown.all_inner_texts() == ["PaySlow"]
    page.get_by_role("group", name="Runbook").get_by_label("all").check()
    page.get_by_role("group", name="Does").get_by_label("all").check()
    page.get_by_label("nobody").check()
    assert shown.all_inner_texts() == ["DiskFull"]
    context.close()


@pytest.mark.parametrize("text", ["DiskFull", "disk full", "disk_full", "diskfu"])
def test_the_search_leads_to_an_alert_in_every_spelling(browser: Browser, served: str, text: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served)
    page.keyboard.press("/")
    page.keyboard.type(text)
    first = page.locator(".md-search-result__item:first-child > .md-search-result__link")
    expect(first).to_have_attribute("href", re.compile(r"/alerts/diskfull/"))
    page.close()
