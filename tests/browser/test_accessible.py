"""Every sort of page of the example can be read by everybody: on a phone, in the dark, with the keyboard, by ear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from tests.browser.conftest import serving

ROOT = Path(__file__).parents[2]
PAGES = [
    "",
    "reliability/actions/2026/",
    "reliability/pirs/",
    "reliability/pirs/ADD-2026-007-1/",
    "reliability/pirs/PIR-2026-007/",
    "reliability/risks/",
    "reliability/risks/RA-012/",
    "sre/capacity/",
    "sre/capacity/payments-capacity/",
    "sre/chaos/CHAOS-018/",
    "sre/rules/",
    "sre/runbooks/payments-authorise-errors/",
    "sre/services/",
    "sre/services/payments/",
    "sre/services/stores-and-externals/",
    "sre/slos/payments-authorise/",
]
# Material's own, outside what a page says: its search dialog has no name, its footer is grey on black, its list of
# sections bears the name of the list around it, and the buttons of all code blocks stand in landmarks without a name.
THEME = {
    ("aria-dialog-name", ".md-search"),
    ("color-contrast", ".md-copyright"),
    ("landmark-unique", ".md-nav"),
    ("landmark-unique", ".md-code__nav"),
}
ENOUGH = 30  # elements of a page: the rules after the first few are alike, and axe takes a second for five of them
WIDTHS = {360: 640, 1280: 900}
FOCUSED = "(e => [e.innerText, e.matches('article *'), parseFloat(getComputedStyle(e).outlineWidth), getComputedStyle(e).outlineStyle])(document.activeElement)"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path_factory.mktemp("site")), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    with serving(Path(config.site_dir)) as address:
        yield address


def _faults(page: Page) -> list[str]:
    page.evaluate(
        "enough => document.querySelectorAll(`article > :nth-child(n + ${enough})`).forEach(e => e.remove())", ENOUGH
    )
    found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
        if not any(fault["id"] == rule and _is(page, node["target"][0], element) for rule, element in THEME)
    ]


def _is(page: Page, target: str, element: str) -> bool:
    return bool(
        page.evaluate("([target, element]) => document.querySelector(target).matches(element)", [target, element])
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_pages_have_no_faults_that_a_machine_can_see(browser: Browser, example: str, scheme: Any, width: int) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": WIDTHS[width]})
    faults = {}
    for path in PAGES:
        page.goto(example + path)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        clipped = page.evaluate(
            "[...document.querySelectorAll('.sre-scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
        )
        faults[path] = [*_faults(page), *(["scrolls sideways"] if wider > 0 or clipped else [])]
    page.close()
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("path", ["", "sre/runbooks/payments-authorise-errors/"])
def test_the_keyboard_reaches_every_link_and_shows_where_it_is(browser: Browser, example: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example + path)
    links = page.locator("article a[href]:visible").count()
    reached = []
    for _ in range(links + 80):
        page.keyboard.press("Tab")
        text, inside, outline, style = page.evaluate(FOCUSED)
        if inside:
            reached.append(text)
            assert outline >= 2, text
            assert style == "solid", text
    page.close()
    assert len(reached) >= links


def test_commands_are_read_whole(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(example + "sre/runbooks/payments-authorise-errors/")
    hidden = page.evaluate(
        "[...document.querySelectorAll('article pre > code')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    )
    page.close()
    assert hidden == []
