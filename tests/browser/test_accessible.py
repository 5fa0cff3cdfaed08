"""Every sort of page of the example can be read by everybody: on a phone, in the dark, with the keyboard, by ear."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import AT_REST, EXAMPLE, NOW

PAGES = [
    *EXAMPLE.values(),
    "alerts/",
    "readers/",
    "readers/architect/",
    "readers/compliance/",
    "readers/developer/",
    "readers/release-engineer/",
    "readers/security/",
    "reliability/pirs/ADD-2026-007-1/",
    "reliability/risks/",
    "reliability/risks/RA-012/",
    "sre/capacity/",
    "sre/capacity/payments-capacity/",
    "sre/chaos/CHAOS-018/",
    "sre/incident-process/incidents/",
    "sre/map/",
    "sre/on-call/",
    "sre/on-call/payments-on-call/",
    "sre/runbooks/mails-waiting/",
    "sre/runbooks/parcel-states-old/",
    "sre/rules/",
    "sre/services/",
    "sre/services/buy-a-basket/",
    "sre/services/stores-and-externals/zone-a/",
    "sre/services/stores-and-externals/",
    "sre/slos/",
    "sre/slos/checkout-completes/",
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
WIDTHS = {360: 640, 768: 1024, 1280: 900}
SHORTENED = "enough => document.querySelectorAll(`article > :nth-child(n + ${enough})`).forEach(e => e.remove())"
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}
COLOURS = {"runOnly": ["color-contrast"]}  # all that another scheme can change
FOCUSABLE = """
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
        e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length
        && !e.closest('[inert]') && !(e.type === 'radio' && !e.checked))
"""
FOCUSED = """
    (e => {
        e.dataset.reached = '1'
        const style = getComputedStyle(e)
        return [e === document.body, e.className, (e.innerText || '').slice(0, 60), e.matches('article *'),
                parseFloat(style.outlineWidth), style.outlineStyle]
    })(document.activeElement)
"""


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
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


def _too_wide(page: Page) -> list[str]:
    """Say at which widths a page, or a table in it, has to be moved sideways to be read."""
    found = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"the page scrolls sideways at {width}")
        if page.evaluate("[...document.querySelectorAll('.sre-scroll')].some(e => e.scrollWidth > e.clientWidth)"):
            found.append(f"a table scrolls sideways at {width}")
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_faults_that_a_machine_can_see(browser: Browser, example: str, path: str) -> None:
    faults = []
    hosts: set[str | None] = set()
    for scheme, scheme_name in SCHEMES.items():
        page = browser.new_page(color_scheme=scheme)
        page.clock.set_fixed_time(NOW)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.goto(example + path)
        page.add_style_tag(content=AT_REST)
        assert page.evaluate("document.body.dataset.mdColorScheme") == scheme_name
        faults += _too_wide(page) if scheme == "light" else []
        page.evaluate(SHORTENED, ENOUGH)
        for width in (1280, 360) if path in EXAMPLE.values() else (1280,) if scheme == "light" else (360,):
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            options = {} if scheme == "light" else COLOURS
            faults += [f"{scheme} at {width}: {fault}" for fault in _faults(page, options)]
        page.close()
    assert faults == []
    assert hosts <= {"127.0.0.1", None}  # None: an image that stands in the style sheet itself


@pytest.mark.parametrize("name", EXAMPLE)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, example: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example + EXAMPLE[name])
    number = page.evaluate(f"{FOCUSABLE}.length")
    assert number > 15
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("md-skip"), (
        "the first stop skips to the content"
    )
    for _ in range(number + 20):
        outside, kind, text, inside, width, style = page.evaluate(FOCUSED)
        if outside:
            break
        if inside:
            assert (width >= 2, style) == (True, "solid"), (kind, text)
        page.keyboard.press("Tab")
    else:
        pytest.fail("the keyboard never leaves the page")
    missed = page.evaluate(f"{FOCUSABLE}.filter(e => !e.dataset.reached).map(e => e.outerHTML.slice(0, 150))")
    page.close()
    assert missed == []


def test_the_skip_link_leads_to_what_the_page_says(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example + EXAMPLE["runbook"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('article *')")
    page.close()


def test_commands_are_read_whole(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(example + EXAMPLE["runbook"])
    hidden = page.evaluate(
        "[...document.querySelectorAll('article pre > code')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    )
    page.close()
    assert hidden == []
