"""The themes that come with MkDocs show the same pages whole: nothing is cut off, overlaps or is moved sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import EXAMPLE, ROOT, built, serving

PAGES = [*EXAMPLE.values(), "readers/architect/", "reliability/risks/RA-012/", "sre/capacity/payments-capacity/"]
# Tables and lists that are wider than what is around them, or show marks of their own.
CLIPPED = """
    [...document.querySelectorAll('.sre-scroll, .sre-list, .wy-table-responsive:has(.sre-table)')]
        .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 80))
"""
MARKED = (
    "[...document.querySelectorAll('.sre-list > li')].filter(e => getComputedStyle(e).listStyleType !== 'none').length"
)
# Chips that lie over one another.
OVERLAPPING = """
    () => {
        const boxes = [...document.querySelectorAll('.sre-chip, .sre-sev')].map(e => e.getBoundingClientRect())
        return boxes.filter((a, at) => boxes.slice(at + 1).some(b =>
            a.width && b.width && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
        )).length
    }
"""


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    with serving(built(ROOT / "mkdocs.yml", folder, theme={"name": request.param, "highlightjs": False})) as address:
        yield address


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_pages_are_shown_whole(browser: Browser, themed: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    away: list[str] = []
    page.on(
        "request", lambda request: away.append(request.url) if not request.url.startswith((themed, "data:")) else None
    )
    faults = {}
    for path in PAGES:
        page.goto(themed + path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [page.evaluate(CLIPPED), page.evaluate(MARKED), page.evaluate(OVERLAPPING), wide]
        if any(found):
            faults[path] = found
    page.close()
    assert faults == {}
    assert away == []
