"""Pages say the same without script, on paper, and in the colours that a reader forces."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import AT_REST, EXAMPLE, NOW

SAID = """
    [...document.querySelectorAll('article :is(h1, h2, h3, th, td, li, dd, p, a[href])')]
        .filter(e => e.checkVisibility() && !e.closest('.md-code__nav, .headerlink, form') && !e.querySelector('.sre-home-search'))
        .map(e => (e.innerText ?? e.textContent).replace('¶', '').trim()).filter(text => text)
"""
# The contrast of each piece of text with the first ground behind it, the paper being white.
CONTRAST = """
    () => {
        const parse = text => {
            const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
            canvas.fillStyle = text
            canvas.fillRect(0, 0, 1, 1)
            return [...canvas.getImageData(0, 0, 1, 1).data]
        }
        const over = ([r, g, b, a], ground) => [r, g, b].map((one, at) => one * a / 255 + ground[at] * (1 - a / 255))
        const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
            .map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
            .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0)
        const known = new Map()
        const colour = text => known.get(text) ?? known.set(text, parse(text)).get(text)
        const ground = e => e ? over(colour(getComputedStyle(e).backgroundColor), ground(e.parentElement)) : [255, 255, 255]
        const low = []
        for (const e of document.querySelectorAll('article *')) {
            const text = [...e.childNodes].filter(one => one.nodeType === 3).map(one => one.data.trim()).join('')
            if (!text || !e.checkVisibility()) continue
            const behind = ground(e), front = over(colour(getComputedStyle(e).color), behind)
            const [more, less] = [light(behind), light(front)].sort((a, b) => b - a)
            const ratio = (more + 0.05) / (less + 0.05)
            if (ratio < 4.5) low.push(`${ratio.toFixed(1)} ${text.slice(0, 60)}`)
        }
        return low
    }
"""


def _texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SAID)
    return found


@pytest.mark.parametrize("name", EXAMPLE)
def test_without_script_a_page_says_the_same(browser: Browser, example: str, name: str) -> None:
    said = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script, viewport={"width": 360, "height": 640})
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        page.goto(example + EXAMPLE[name])
        said.append(_texts(page))
        context.close()
    with_script, without = said
    assert len(without) > 20
    assert [text for text in with_script if text not in without] == []


def test_without_script_home_offers_no_search_that_does_nothing(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(example)
    assert not page.locator(".sre-home-search").is_visible()
    context.close()


@pytest.mark.parametrize("name", EXAMPLE)
def test_on_paper_a_page_says_the_same_in_dark_ink(browser: Browser, example: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page.goto(example + EXAMPLE[name])
    page.add_style_tag(content=AT_REST)
    on_screen = _texts(page)
    page.emulate_media(media="print", color_scheme="dark")
    on_paper = _texts(page)
    assert [text for text in on_screen if text not in on_paper] == []
    assert page.evaluate(CONTRAST) == []
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-search"):
        assert not page.locator(part).first.is_visible(), part
    page.close()


@pytest.mark.parametrize("name", ["home", "service"])
def test_in_forced_colours_marks_can_still_be_told_apart(browser: Browser, example: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page.goto(example + EXAMPLE[name])
    marks = page.evaluate("""
        [...document.querySelectorAll('article :is(.sre-chip:not(.plain), .sre-sev)')].map(e => {
            const [own, glyph] = [getComputedStyle(e), getComputedStyle(e, '::before')]
            return [e.innerText, own.borderTopStyle, own.backgroundColor !== glyph.backgroundColor]
        })
    """)
    page.close()
    assert marks
    assert [one for one in marks if one[1] == "none" or not one[2]] == []
