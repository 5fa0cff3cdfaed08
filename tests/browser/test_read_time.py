"""The script in the page tells by the reader's clock what has come due since the build, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import AT_REST, serving, written

CONFIGURATION = """\
site_name: Test
theme:
  name: {theme}
{options}
plugins:
  - search
  - sre: {{as_of: 2026-03-09}}
"""
MATERIAL = "  font: false\n  features: [navigation.instant]"
HOSTILE = "<img src=x onerror=hacked=1> {{ 1 }} *a*"
RUNBOOK = """\
---
type: runbook
id: {id}
title: '{title}'
owner: "@team"
last_reviewed_on: {reviewed}
review_in: 30d
{more}---

The [other](sre:{other}).
"""
SERVICE = "---\ntype: service\nid: shop\nowner: '@team'\ntier: 1\nversion: 4.3.0\n---\n"


def _runbook(name: str, reviewed: str, more: str = "", title: str = HOSTILE, other: str = "fine") -> str:
    return RUNBOOK.format(id=name, title=title, reviewed=reviewed, more=more, other=other)


FILES = {
    "fine.md": _runbook("fine", "2026-03-01", other="late"),  # due on 2026-03-31, expires after 2026-04-30
    "late.md": _runbook("late", "2026-02-01", "service: shop\nverified_for: 4.2.0\n"),  # due on 2026-03-03
    "snoozed.md": _runbook("snoozed", "2026-02-01", "snooze: {until: 2026-05-01, reason: 'to be <b>replaced</b>'}\n"),
    "never.md": _runbook("never", "2026-03-01").replace("last_reviewed_on: 2026-03-01\n", ""),
    "plain.md": "# Plain\n",
    "sre/services/shop.md": SERVICE,
}


@pytest.fixture(scope="module", params=["material", "mkdocs"])
def folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    options = MATERIAL if request.param == "material" else "  highlightjs: false"
    configuration = CONFIGURATION.format(theme=request.param, options=options)
    return written(tmp_path_factory.mktemp("read"), FILES, configuration)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def _open(browser: Browser, address: str, day: str, *, script: bool = True) -> Page:
    page = browser.new_context(java_script_enabled=script).new_page()
    page.clock.set_fixed_time(f"{day}T23:59:59Z")
    page.goto(address)
    return page


def _banner(browser: Browser, address: str, day: str) -> tuple[str, str]:
    page = _open(browser, address, day)
    found = page.locator(".sre-banner")
    assert found.count() <= 1
    said = (found.inner_text(), found.get_attribute("class") or "") if found.count() else ("", "")
    page.context.close()
    return said


def test_a_page_turns_on_the_day_after_it_is_due_and_after_its_grace(browser: Browser, served: str) -> None:
    told = {
        day: _banner(browser, f"{served}fine/", day)
        for day in ("2026-03-09", "2026-03-31", "2026-04-01", "2026-04-12", "2026-04-30", "2026-05-01", "2026-05-02")
    }
    built = "When this page was built, as of 2026-03-09, that was not so yet."
    assert {day: said.replace("\n\n", "\n") for day, (said, _) in told.items()} == {
        "2026-03-09": "",
        "2026-03-31": "",
        "2026-04-01": f"Review was due on 2026-03-31, 1 day ago\n{built}",
        "2026-04-12": f"Review was due on 2026-03-31, 12 days ago\n{built}",
        "2026-04-30": f"Review was due on 2026-03-31, 30 days ago\n{built}",
        "2026-05-01": f"Review expired: it was due on 2026-03-31, 31 days ago\n{built}",
        "2026-05-02": f"Review expired: it was due on 2026-03-31, 32 days ago\n{built}",
    }
    assert [form for _, form in told.values() if form] == ["sre-banner sre-stale is-due"] * 3 + [
        "sre-banner sre-stale is-bad"
    ] * 2


def test_a_banner_of_the_build_keeps_its_reasons_and_turns(browser: Browser, served: str) -> None:
    before, form = _banner(browser, f"{served}late/", "2026-03-01")  # a clock that goes wrong
    assert before.startswith("Review was due on 2026-03-03\n")
    assert "is-due" in form
    after, form = _banner(browser, f"{served}late/", "2026-05-09")
    assert after.startswith("Review expired: it was due on 2026-03-03, 67 days ago\n")
    assert "shop runs 4.3.0" in after
    assert "not so yet" not in after
    assert "is-bad" in form
    assert "is-due" not in form


def test_a_snooze_holds_until_its_day_is_over(browser: Browser, served: str) -> None:
    held, _ = _banner(browser, f"{served}snoozed/", "2026-05-01")
    assert held.startswith("Snoozed until 2026-05-01: to be <b>replaced</b>")
    page = _open(browser, f"{served}snoozed/", "2026-05-02")
    assert page.locator(".sre-stale b").inner_text() == "Review expired: it was due on 2026-03-03, 60 days ago"
    page.context.close()


def test_pages_without_a_day_stay_as_they_are(browser: Browser, served: str) -> None:
    for path in ("never/", "plain/", "sre/freshness/", ""):
        assert _banner(browser, served + path, "2030-01-01") == ("", ""), path


def test_without_script_the_day_stands_on_the_page(browser: Browser, served: str) -> None:
    page = _open(browser, f"{served}fine/", "2030-01-01", script=False)
    assert page.locator(".sre-due").inner_text() == "Review due 2026-03-31"
    assert page.locator(".sre-banner").count() == 0
    page.context.close()


def test_from_a_file_the_script_does_the_same(browser: Browser, folder: Path) -> None:
    said, _ = _banner(browser, (folder / "fine/index.html").as_uri(), "2026-04-12")
    assert said.startswith("Review was due on 2026-03-31, 12 days ago")


def test_going_to_another_page_tells_of_that_one(browser: Browser, served: str) -> None:
    page = _open(browser, f"{served}fine/", "2026-04-12")
    assert page.locator(".sre-stale b").inner_text() == "Review was due on 2026-03-31, 12 days ago"
    page.evaluate("window.stayed = true")
    page.locator("a", has_text="other").click()
    page.wait_for_url("**/late/")
    page.locator(".sre-stale b", has_text="2026-03-03").wait_for()
    assert page.locator(".sre-stale").count() == 1
    assert page.locator(".sre-stale b").inner_text() == "Review expired: it was due on 2026-03-03, 40 days ago"
    page.go_back()
    page.locator(".sre-stale b", has_text="2026-03-31").wait_for()
    assert page.locator(".sre-stale").count() == 1
    page.context.close()


def test_the_script_writes_text_and_asks_nobody(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.set_fixed_time("2026-06-01T00:00:00Z")
    for path in ("fine/", "late/", "snoozed/"):
        page.goto(served + path)
        assert page.locator("h1").inner_text().strip().startswith(HOSTILE)
        assert page.evaluate("window.hacked") is None
        assert page.locator("article img, article script, .sre-banner b b").count() == 0
    assert [one for one in asked if not one.startswith((served, "data:"))] == []
    context.close()


@pytest.mark.parametrize("text", ["2026-01-01<img src=x onerror='hacked=1'>", "soon", "", "2026-02-31T", "0000-00-00"])
def test_a_day_that_is_none_is_passed_over(browser: Browser, text: str, tmp_path: Path) -> None:
    """An author may write a head by hand; the script takes days from it and nothing else."""
    script = (Path(__file__).parents[2] / "mkdocs_sre/pages/theme/assets/javascripts/mkdocs-sre.js").read_text()
    held = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    file = tmp_path / "page.html"
    file.write_text(f'<header class="sre-head" data-sre-due="{held}">x</header><p>y</p><script>{script}</script>')
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("window.hacked") is None
    assert page.locator(".sre-banner, img").count() == 0
    page.close()


@pytest.fixture(scope="module", params=["default", "slate"])
def coloured(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    palette = f"  font: false\n  palette: {{scheme: {request.param}}}"
    configuration = CONFIGURATION.format(theme="material", options=palette)
    with serving(written(tmp_path_factory.mktemp("coloured"), FILES, configuration)) as address:
        yield address


@pytest.mark.parametrize("path", ["late/", "fine/", "snoozed/", "sre/freshness/"])
def test_what_is_due_can_be_read_by_everybody(browser: Browser, coloured: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.clock.set_fixed_time("2026-06-01T00:00:00Z")
    page.goto(coloured + path)
    page.add_style_tag(content=AT_REST)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = Axe().run(page, "article").response["violations"]
    faults = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    page.close()
    assert faults == []
