"""Pictures of the graph in a browser: two widths, links, forced colours; the register's choices without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import EXAMPLE

SERVICE = EXAMPLE["service"]
VISIBLE = "[...document.querySelectorAll('.sre-graph > svg')].filter(e => e.checkVisibility()).map(e => e.classList[1])"
SMALLEST = """
    Math.min(...[...document.querySelectorAll('.sre-graph > svg')].filter(e => e.checkVisibility()).map(svg => {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
        return Math.min(...[...svg.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize) * scale))
    }))
"""


@pytest.mark.parametrize(("width", "form"), [(360, "narrow"), (1280, "wide")])
@pytest.mark.parametrize("path", [SERVICE, EXAMPLE["register"], "sre/services/buy-a-basket/"])
def test_each_width_has_its_own_drawing_that_can_be_read(
    browser: Browser, example: str, path: str, width: int, form: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(example + path)
    assert page.evaluate(VISIBLE) == [form]
    assert page.evaluate(SMALLEST) >= 8.5
    page.close()


def test_every_node_leads_to_a_page_that_is_there(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(example + "sre/map/")
    targets = page.evaluate("[...document.querySelectorAll('svg a')].map(e => new URL(e.href.baseVal, location).href)")
    assert len(set(targets)) > 30
    for target in sorted(set(targets)):
        answer = page.request.get(target.partition("#")[0])
        assert answer.status == 200, target
    page.close()


def test_a_mark_on_the_matrix_leads_to_the_row_of_its_risk(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(example + "reliability/risks/RA-012/")
    page.locator(".sre-risks a").first.click()
    assert page.evaluate("document.querySelector(location.hash).closest('tr') !== null")
    page.close()


def test_the_register_can_be_narrowed_without_script(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(example + EXAMPLE["register"])
    rows = page.locator(".sre-register tbody tr")
    all_rows = rows.count()
    assert all_rows == rows.locator("visible=true").count() > 3
    page.get_by_label("Find an article").check()
    assert rows.locator("visible=true").all_inner_texts() == [
        text for text in rows.all_inner_texts() if "Find an article" in text
    ]
    page.get_by_label("@team-platform").check()
    both = rows.locator("visible=true").all_inner_texts()
    assert both
    assert all("Find an article" in text and "@team-platform" in text for text in both)
    context.close()


def test_in_forced_colours_a_picture_is_drawn_in_them(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, forced_colors="active", color_scheme="dark")
    page.goto(example + SERVICE)
    fill, ground = page.evaluate("""
        [getComputedStyle(document.querySelector('.sre-svg.wide .sub')).fill,
         (canvas => { document.body.append(canvas); canvas.style.color = 'CanvasText'; return getComputedStyle(canvas).color })(document.createElement('p'))]
    """)
    page.close()
    assert fill == ground
