"""Pictures of objectives in a browser: words stay apart and inside at every width; bars are as long as their numbers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import EXAMPLE

PAGES = [EXAMPLE["objective"], "sre/slos/checkout-completes/"]
COVERING = """
    [...document.querySelectorAll('.sre-ticks, .sre-chart .y')].flatMap(line => {
        const words = [...line.children].map(e => [e.innerText, e.getBoundingClientRect()])
        return words.flatMap(([one, a], at) => words.slice(at + 1).filter(([, b]) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3
        ).map(([other]) => `${one} | ${other}`))
    })
"""
OUTSIDE = """
    [...document.querySelectorAll('.sre-bar span, .sre-chart span')].filter(e => {
        const box = e.getBoundingClientRect(), page = document.querySelector('article').getBoundingClientRect()
        return box.left < page.left - 1 || box.right > page.right + 1
    }).map(e => e.innerText)
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_words_of_pictures_stay_apart_and_on_the_page(browser: Browser, example: str, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(example + path)
    assert page.evaluate("document.querySelectorAll('.sre-chart .y > span').length") >= 4
    assert page.evaluate(COVERING) == []
    assert page.evaluate(OUTSIDE) == []
    page.close()


def test_a_small_bar_is_as_long_as_what_is_left(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(example + "sre/slos/")
    bars = page.evaluate(
        "[...document.querySelectorAll('.sre-left')].map(e => [e.firstChild.getBoundingClientRect().width / "
        "e.getBoundingClientRect().width, parseFloat(e.parentElement.querySelector('small').innerText)])"
    )
    page.close()
    assert len(bars) == 12
    for drawn, spent_percent in bars:
        assert drawn == pytest.approx(max(1 - spent_percent / 100, 0), abs=0.01)
