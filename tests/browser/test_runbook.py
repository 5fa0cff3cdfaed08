"""The page of a runbook as somebody on call uses it: the first screen, copying, steps and their ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.pages.incident import events_of
from tests.browser.conftest import AT_REST, EXAMPLE, serving, written
from tests.browser.runbook import FILES, clipboard, commands, configuration, opened, said
from tests.pages.conftest import site_of

PHONE = {"width": 360, "height": 640}
FIRST = {  # what the first screen of a phone has to show
    "impact": ".sre-say",
    "severity": ".sre-chips .sre-sev",
    "owner": ".sre-first dt:text-is('Owner') + dd",
    "escalation": ".sre-first dt:text-is('Escalate') + dd",
    "dashboard": ".sre-first a.sre-out",
    "command": ".sre-first pre",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("runbook"), FILES, configuration())


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield f"{address}shop/"


@pytest.mark.parametrize("script", [True, False])
def test_the_first_screen_of_a_phone_shows_what_matters_first(browser: Browser, example: str, *, script: bool) -> None:
    with opened(browser, example + EXAMPLE["runbook"], viewport=PHONE, java_script_enabled=script) as page:
        ends = {}
        for name, place in FIRST.items():
            box = page.locator(place).first.bounding_box()
            assert box is not None, name
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= PHONE["width"], name
            ends[name] = box["y"] + box["height"]
    assert {name: end for name, end in ends.items() if end > PHONE["height"]} == {}


def test_commands_are_copied_without_prompts_and_output(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?namespace=web") as page:
        assert commands(page)[1].startswith("$ kubectl -n web get pods")
        page.locator("pre > .sre-copy").nth(1).click()
        said(page, "Copied.")
        assert clipboard(page) == "kubectl -n web get pods \\\n    --selector app=shop\nkubectl -n web get events"
        page.locator(".undo .sre-copy").click()
        assert clipboard(page) == "kubectl -n web rollout undo deployment/shop"


def test_the_button_tells_what_stands_open_before_and_after(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        first = page.locator("pre > .sre-copy").first
        assert first.get_attribute("aria-label") == "Copy the command; still open: NAMESPACE, POD"
        first.click()
        said(page, "Copied. Still open: NAMESPACE, POD.")
        page.locator("#sre-v-NAMESPACE").fill("web")
        assert first.get_attribute("aria-label") == "Copy the command; still open: POD"
        page.locator("#sre-v-POD").fill("x")
        assert first.get_attribute("aria-label") == "Copy the command"
        first.click()
        said(page, "Copied.")


def test_each_command_has_one_button(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        shown = page.evaluate(
            "[...document.querySelectorAll('article pre')].map(e => [...e.querySelectorAll('button')].filter(one => one.checkVisibility()).length)"
        )
    assert shown == [1] * len(shown) != []


@pytest.mark.parametrize(
    ("able", "command"),
    [(True, ""), (False, "() => false"), (False, "() => { throw new Error('no') }")],
    ids=["able", "unable", "raising"],
)
def test_copying_does_without_the_clipboard_of_the_browser(
    browser: Browser, served: str, command: str, *, able: bool
) -> None:
    """An address without encryption has none; then the old way is taken, else the command is selected."""
    with opened(browser, f"{served}?namespace=web&pod=x") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        if not able:
            page.evaluate(f"void (document.execCommand = {command})")
        page.locator("pre > .sre-copy").first.click()
        if able:
            said(page, "Copied.")
            page.locator("#sre-v-NAMESPACE").fill("")
            page.locator("#sre-v-NAMESPACE").press("Control+V")
            assert page.locator("#sre-v-NAMESPACE").input_value() == "kubectl -n web logs x"
        else:
            said(page, "Selected; copy it with the keyboard.")
            assert page.evaluate("String(getSelection())").strip() == "kubectl -n web logs x"
            assert page.locator("textarea").count() == 0


def test_ticks_survive_a_reload_until_they_are_cleared(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.get_by_label("Step 2: done").check()
        page.reload()
        assert page.get_by_label("Step 2: done").is_checked()
        assert not page.get_by_label("Step 1: done").is_checked()
        assert page.locator("#s2").get_attribute("class") == "sre-at done"
        clear = page.locator(".sre-export button").last
        clear.click()
        assert clear.inner_text() == "Clear 1 tick for good?"
        assert page.get_by_label("Step 2: done").is_checked()
        clear.click()
        assert not page.get_by_label("Step 2: done").is_checked()
        page.reload()
        assert page.locator(".sre-tick input:checked").count() == 0


def test_two_tabs_lose_no_tick_of_each_other(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        other = page.context.new_page()
        other.goto(served)
        page.get_by_label("Step 1: done").check()
        expect(other.get_by_label("Step 1: done")).to_be_checked()
        other.get_by_label("Step 2: done").check()
        page.reload()
        assert [page.get_by_label(f"Step {number}: done").is_checked() for number in (1, 2, 3)] == [True, True, False]


def test_a_browser_that_keeps_nothing_ticks_all_the_same(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
        page.get_by_label("Step 1: done").check()
        said(page, "This browser keeps no ticks; they are gone when the page is left.")
        page.get_by_label("Step 2: done").check()
        assert [page.get_by_label(f"Step {number}: done").is_checked() for number in (1, 2, 3)] == [True, True, False]


def test_old_ticks_are_told_as_old(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.get_by_label("Step 1: done").check()
        assert page.locator(".sre-export span").inner_text() == "Ticks and their times stay on this device."
        page.clock.set_fixed_time("2026-03-10T06:00:00Z")
        page.reload()
        assert page.locator(".sre-export span").inner_text().startswith("These ticks are from ")


@pytest.mark.parametrize(
    "kept",
    ["no JSON", "null", "7", '{"Look at the log": "soon"}', '{"Look at the log": 5}', '{"x": [1]}', "[[]]"],
)
def test_what_is_no_tick_is_passed_over(browser: Browser, served: str, kept: str) -> None:
    with opened(browser, served) as page:
        page.evaluate("kept => localStorage.setItem('sre-steps:/shop/', kept)", kept)
        page.reload()
        assert page.locator(".sre-tick input").count() == 3
        assert page.locator(".sre-tick input:checked").count() == 0


def test_ticks_become_events_that_a_review_reads(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.get_by_label("Step 3: done").check()
        page.clock.set_fixed_time("2026-03-09T12:05:30Z")
        page.get_by_label("Step 1: done").check()
        page.get_by_role("button", name="Copy my steps with times").click()
        lines = clipboard(page)
    events = "".join(f"    |   {line}\n" for line in lines.splitlines())
    review = f"pir.md\n    | ---\n    | type: pir\n    | id: p\n    | status: draft\n    | severity: SEV1\n    | service: x\n    | incident_date: 2026-03-09\n    | events:\n{events}    | ---\n"
    found = site_of(review).base.document("p", Pir)
    assert found is not None
    assert found.origin.intact
    assert [(event.kind, event.time and event.time.at.isoformat(), event.text) for event in events_of(found)] == [
        ("tried", "2026-03-09T12:00:00+00:00", 'step 3 of shop-errors: Empty the queue "all"'),
        ("tried", "2026-03-09T12:05:30+00:00", "step 1 of shop-errors: Look at the log"),
    ]


def test_the_keyboard_alone_fills_copies_and_ticks(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        _tab_to(page, "#sre-v-NAMESPACE")
        page.keyboard.type("web")
        _tab_to(page, "#sre-v-POD")
        page.keyboard.type("x")
        _tab_to(page, "pre[data-risk=back] > .sre-copy")
        page.keyboard.press("Enter")
        assert clipboard(page) == "kubectl -n web delete pod x --wait=false"
        _tab_to(page, ".sre-tick input[aria-label^='Step 2']")
        page.keyboard.press("Space")
        assert page.get_by_label("Step 2: done").is_checked()
        _tab_to(page, ".sre-export button")
        page.keyboard.press("Enter")
        said(page, "Copied, for the events of a review.")
        assert clipboard(page).startswith("- {kind: tried, ")


def _tab_to(page: Page, place: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("place => document.activeElement.matches(place)", place):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"the keyboard does not reach {place}")


@pytest.fixture(scope="module", params=["default", "slate"])
def coloured(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    options = f"  font: false\n  palette: {{scheme: {request.param}}}"
    with serving(written(tmp_path_factory.mktemp("coloured"), FILES, configuration(options=options))) as address:
        yield f"{address}shop/"


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_it(browser: Browser, coloured: str, width: int) -> None:
    with opened(browser, f"{coloured}?pod=a;b&region=eu-2", viewport={"width": width, "height": 640}) as page:
        page.add_style_tag(content=AT_REST)
        page.get_by_label("Step 1: done").check()
        page.locator("pre > .sre-copy").first.click()
        page.locator(".sre-said:not(:empty)").wait_for()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = Axe().run(page, "article").response["violations"]
    assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []


def test_no_request_leaves_the_origin(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}?namespace=web&pod=//evil.example/x", wait_until="networkidle")
    page.locator("pre > .sre-copy").first.click()
    page.get_by_label("Step 1: done").check()
    page.get_by_role("button", name="Copy my steps with times").click()
    page.wait_for_timeout(300)
    context.close()
    assert {urlsplit(one).hostname for one in asked if not one.startswith("data:")} == {"127.0.0.1"}


@pytest.mark.parametrize("directories", [True, False])
def test_from_a_file_it_does_the_same(browser: Browser, tmp_path: Path, *, directories: bool) -> None:
    folder = written(tmp_path, FILES, configuration(directories=directories))
    file = folder / ("shop/index.html" if directories else "shop.html")
    with opened(browser, f"{file.as_uri()}?namespace=web&pod=a;b") as page:
        assert commands(page)[0] == "kubectl -n web logs ${POD}"
        assert "does not match" in page.locator("#sre-r-POD").inner_text()
        page.locator("#sre-v-POD").fill("x")
        page.locator("pre > .sre-copy").first.click()
        said(page, "Copied.")
        page.locator("#sre-v-POD").fill("")
        page.locator("#sre-v-POD").press("Control+V")
        assert page.locator("#sre-v-POD").input_value() == "kubectl -n web logs x"
        page.get_by_label("Step 1: done").check()
        page.reload()
        assert page.get_by_label("Step 1: done").is_checked()


def test_on_paper_commands_are_whole_and_values_are_explained(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?namespace=web") as page:
        page.emulate_media(media="print")
        cut = page.evaluate(
            "[...document.querySelectorAll('article pre, article pre > code')].filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).map(e => e.innerText)"
        )
        torn = page.evaluate(
            "[...document.querySelectorAll('article pre')].filter(e => getComputedStyle(e).breakInside !== 'avoid').length"
        )
        assert (cut, torn) == ([], 0)
        assert page.locator(".sre-values").is_visible()
        for part in ("form.sre-params", ".sre-copy", ".sre-tick", ".sre-export"):
            assert not page.locator(part).first.is_visible(), part


def test_without_script_it_says_what_to_put_and_offers_nothing_dead(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?namespace=web", java_script_enabled=False) as page:
        assert page.locator(".sre-values").is_visible()
        assert "NAMESPACE" in page.locator(".sre-values").inner_text()
        assert not page.locator("form.sre-params").is_visible()
        assert commands(page)[0] == "kubectl -n ${NAMESPACE} logs ${POD}"
        assert page.locator(".sre-copy, .sre-tick, .sre-export").count() == 0
        assert page.locator("pre[data-risk]").count() == 5


def test_risk_is_told_by_word_shape_and_edge(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        told = page.evaluate("""
            [...document.querySelectorAll('h3:has(> .sre-at)')].map(heading => {
                const badge = heading.querySelector('.sre-risk')
                let code = heading
                while (!code.querySelector('pre')) code = code.nextElementSibling
                return [badge.innerText, getComputedStyle(badge, '::before').maskImage.length > 100,
                        getComputedStyle(code.querySelector('pre > code')).borderInlineStartStyle]
            })
        """)
    assert told == [["read-only", True, "solid"], ["reversible", True, "dashed"], ["destructive", True, "double"]]


def test_decisions_lead_to_steps_and_bear_their_risk(browser: Browser, served: str) -> None:
    with opened(browser, served, java_script_enabled=False) as page:
        rows = page.locator("h2#sre-decide + .sre-scroll tbody tr").all()
        assert [row.locator(".sre-risk").inner_text() for row in rows] == ["reversible", "destructive"]
        rows[1].get_by_role("link", name="step 3").click()
        box = page.locator("h3:has(#s3)").bounding_box()
        assert box is not None
        assert 48 <= box["y"] <= page.viewport_size["height"] if page.viewport_size else False


def test_going_to_another_runbook_and_back_offers_everything_once(browser: Browser, served: str, folder: Path) -> None:
    with opened(browser, "about:blank") as page:
        # The theme goes to pages of the sitemap only, and takes host and protocol of the address, but not its port.
        home = served.removesuffix("shop/")
        sitemap = (folder / "sitemap.xml").read_text(encoding="utf-8").replace("https://shop.example/", home)
        page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="text/xml"))
        with page.expect_response("**/sitemap.xml"):
            page.goto(f"{served}?namespace=web")
        page.evaluate("window.stayed = true")
        page.locator("article").get_by_role("link", name="the other").click()
        page.wait_for_url("**/other/**")
        page.get_by_role("heading", name="Other", exact=True).wait_for()
        page.locator(".sre-export").wait_for()
        assert page.locator("pre > .sre-copy").count() == page.locator("pre").count() == 2
        page.go_back()
        page.get_by_role("heading", name="Nobody can buy", exact=True).wait_for()
        page.locator("form.sre-params").wait_for(state="visible")
        assert page.evaluate("window.stayed") is True
        assert page.locator("pre > .sre-copy").count() == page.locator("pre").count()
        assert page.locator(".sre-export").count() == 1
        assert re.search(r"-n web logs", commands(page)[0])
