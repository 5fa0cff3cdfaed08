"""Values for commands come from the address or by hand; what is hostile is refused, with a reason, and never put in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from mkdocs_sre.cli import main
from tests.browser.conftest import built, serving
from tests.browser.runbook import FILES, clipboard, commands, configuration, opened, said
from tests.plugin.conftest import site

__all__ = ["site"]

RENDERED = """\
docs_dir: rendered
extra_css: [assets/stylesheets/mkdocs-sre.css]
extra_javascript: [assets/javascripts/mkdocs-sre.js]
markdown_extensions: [attr_list, md_in_html, tables, pymdownx.superfences, pymdownx.highlight]
"""
# Values for POD, `[a-z0-9-]{1,253}`, and for NOTE, which may be anything without a tilde, with words of the reason.
HOSTILE = {
    "single quote": ("a'b", "a quote"),
    "double quote": ('a"b', "a quote"),
    "semicolon": ("a;reboot", "[a-z0-9-]{1,253}"),
    "substitution": ("$(reboot)", "dollar sign"),
    "backtick": ("`reboot`", "a backtick"),
    "backslash": ("a\\", "a backslash"),
    "newline": ("a\nreboot", "line breaks"),
    "carriage return": ("a\rreboot", "line breaks"),
    "zero byte": ("a\0b", "signs that cannot be seen"),
    "right to left": ("a\u202eb", "signs that cannot be seen"),
    "zero width": ("a\u200bb", "signs that cannot be seen"),
    "image": ("<img src=x onerror=hacked=1>", "[a-z0-9-]{1,253}"),
    "script": ("</code><script>hacked=1</script>", "[a-z0-9-]{1,253}"),
    "option": ("--all", "begins with a dash"),
    "long": ("a" * 10_240, "longer than 256"),
    "space": ("a b", "[a-z0-9-]{1,253}"),
    "prototype": ("__proto__", "[a-z0-9-]{1,253}"),
}
FOR_ANY_PATTERN = (
    "single quote",
    "double quote",
    "substitution",
    "backtick",
    "backslash",
    "newline",
    "option",
    "long",
    "right to left",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("parameters"), FILES)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield f"{address}shop/"


def _built(folder: Path, files: dict[str, str]) -> Path:
    (folder / "docs").mkdir()
    for name, text in files.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(configuration(), encoding="utf-8")
    return built(folder / "mkdocs.yml", folder / "site", strict=False)


def _refusals(page: Page) -> dict[str, str]:
    return {
        str(one.get_attribute("id")).removeprefix("sre-r-"): one.inner_text()
        for one in page.locator(".sre-refused:not(:empty)").all()
    }


def test_the_address_fills_commands_texts_and_links(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?namespace=web&Pod=x-1&unknown=y#s2") as page:
        assert commands(page)[0] == "kubectl -n web logs x-1"
        assert commands(page)[3] == "kubectl -n web delete pod x-1 --wait=false"
        assert page.locator(".undo code").inner_text() == "kubectl -n web rollout undo deployment/shop"
        assert "in eu-1 fails: ${NOTE}." in page.locator("article").inner_text()
        links = [one.get_attribute("href") for one in page.locator(".sre-first a.sre-out").all()]
        assert links == ["https://grafana.example/d/shop?var-namespace=web&var-pod=x-1", "https://${POD}.example/d"]
        assert page.locator("output.sre-open").inner_text().startswith("1 value is still open")
        assert _refusals(page) == {}


def test_without_values_all_stand_open(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        assert commands(page)[0] == "kubectl -n ${NAMESPACE} logs ${POD}"
        assert page.locator("output.sre-open").inner_text().startswith("3 values are still open")
        assert page.locator(".sre-first a.sre-out").first.get_attribute("class") == "sre-out sre-unfilled"
        assert page.locator("var.sre-ph.set").count() == page.locator('var.sre-ph[data-ph="REGION"]').count() > 0


@pytest.mark.parametrize(
    "query",
    [
        "NAMESPACE=web&POD=x",
        "var-namespace=web&var-pod=x",
        'filter={alertname="Down",namespace="web",pod="x"}',
        "namespace=web&namespace=bad&pod=x&var-pod=other",
    ],
)
def test_names_are_known_in_every_form_that_links_bear(browser: Browser, served: str, query: str) -> None:
    with opened(browser, f"{served}?{query}") as page:
        assert commands(page)[0] == "kubectl -n web logs x"


def test_by_hand_is_as_good_as_by_the_address(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?namespace=web") as page:
        page.locator("#sre-v-POD").fill("x-2")
        assert commands(page)[0] == "kubectl -n web logs x-2"
        page.locator("#sre-v-POD").fill("x;2")
        assert commands(page)[0] == "kubectl -n web logs ${POD}"
        assert "does not match [a-z0-9-]{1,253}" in _refusals(page)["POD"]
        page.locator("#sre-v-POD").fill("")
        assert _refusals(page) == {}
        assert page.locator("form.sre-params").evaluate("e => e.querySelectorAll('[aria-invalid=true]').length") == 0


def test_a_default_gives_way_to_what_is_given(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?region=us-2") as page:
        assert page.locator('var[data-ph="REGION"]').first.inner_text() == "us-2"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_value_is_refused_and_never_put_in(browser: Browser, served: str, name: str) -> None:
    value, reason = HOSTILE[name]
    with opened(browser, f"{served}?namespace=web&pod={quote(value)}") as page:
        assert reason in _refusals(page)["POD"]
        _untouched(page)
        assert page.locator("#sre-v-POD").input_value() == ""
        assert commands(page)[0] == "kubectl -n web logs ${POD}"
        page.locator("pre > .sre-copy").first.click()
        assert clipboard(page) == "kubectl -n web logs ${POD}"


@pytest.mark.parametrize("name", FOR_ANY_PATTERN)
def test_no_pattern_allows_what_could_end_a_quotation(browser: Browser, served: str, name: str) -> None:
    value, reason = HOSTILE[name]
    with opened(browser, f"{served}?note={quote(value)}") as page:
        assert reason in _refusals(page)["NOTE"]
        _untouched(page)
        assert set(page.locator('var[data-ph="NOTE"]').all_inner_texts()) == {"${NOTE}"}


@pytest.mark.parametrize("value", ["a b", "a;b", "a && b", "a*", "<b>x</b>", "é"])
def test_a_value_that_a_shell_could_read_is_quoted_or_left_open(browser: Browser, served: str, value: str) -> None:
    with opened(browser, f"{served}?note={quote(value)}") as page:
        unsure, sure = commands(page)[-2:]
        assert unsure == 'echo ${NOTE} "${NOTE}" "$(echo eu-1)"'
        assert sure == f"echo '{value}' # ${{NOTE}}"
        assert f"fails: {value}." in page.locator("article").inner_text()
        assert page.locator("article td b").count() == 0


def test_unknown_names_change_nothing(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        before = page.locator("article").inner_text()
    names = ("constructor", "__proto__", "toString", "x' onload='hacked=1", "<script>", "class", "id", "POD%00")
    with opened(browser, served + "?" + "&".join(f"{name}=x" for name in map(quote, names))) as page:
        assert page.locator("article").inner_text() == before
        _untouched(page)


def test_ten_thousand_names_do_no_harm(browser: Browser, served: str) -> None:
    query = "&".join(f"n{number}=v" for number in range(6_000))
    with opened(browser, f"{served}?{query}&namespace=web") as page:
        assert commands(page)[0] == "kubectl -n web logs ${POD}"


def _untouched(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("article :is(img, script, [onerror], [onload])").count() == 0


PATTERNS = [
    "[a-z0-9-]{1,63}",
    "[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
    "(a+)+b",
    "(a|a)*b",
    "a{2,3}|b{0}c?",
    "^x$",
    "x+?y",
    "relay-[ab]",
    r"\d{2}:\d{2}",
    r"[\w.]+@[\w.]+",
    r"[^/\]]+",
    "a.c",
    "(ab){2}",
    "a{,2}",
    "()",
    "a|",
    "[]a]",
    "x{2}y",
    "[+*?]",
    r"a\.b\-c",
]
UNREADABLE = [
    "(",
    "[a",
    "*",
    "a**",
    "(?i)a",
    "(?=a)a",
    r"(a)\1",
    r"\bx",
    "[z-a]",
    "a{3}{2}",
    r"a\Z",
    "(?P<n>a)",
    "a)",
    "x" * 300,
]
VALUES = ["a", "b", "ab", "abab", "aab", "aaa", "x", "xx", "xxy", "xy", "relay-a", "relay-c", "12:30", "1:30", "a.b-c"]
VALUES += ["a@b.c", "c", "abc", "a/c", "n-1", "n--1", "+", "aa", "a.b", "A", "a-b-c", "]", "x1"]


@pytest.fixture(scope="module")
def patterned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with a value for each pattern: P0 and so on, those that cannot be read behind the others."""
    declared = "".join(
        f"  - {{name: P{number}, pattern: '{pattern}'}}\n" for number, pattern in enumerate([*PATTERNS, *UNREADABLE])
    )
    text = f'---\ntype: runbook\nid: r\nowner: "@team"\nplaceholders:\n{declared}---\n\n# R\n\nRun `x ${{P0}} y`.\n'
    with serving(_built(tmp_path_factory.mktemp("patterns"), {"r.md": text})) as address:
        yield f"{address}r/"


def test_a_pattern_means_what_it_means_to_python(browser: Browser, patterned: str) -> None:
    taken = """
        ([name, values]) => {
            const input = document.getElementById('sre-v-' + name)
            return values.filter(value => {
                input.value = value
                input.dispatchEvent(new Event('input', {bubbles: true}))
                return input.getAttribute('aria-invalid') === 'false'
            })
        }
    """
    with opened(browser, patterned) as page:
        for number, pattern in enumerate(PATTERNS):
            expected = [value for value in VALUES if re.fullmatch(pattern, value)]
            if pattern == "[]a]":  # in a browser an empty class, so it is refused altogether
                expected = []
            assert page.evaluate(taken, [f"P{number}", VALUES]) == expected, pattern
        for number in range(len(PATTERNS), len(PATTERNS) + len(UNREADABLE)):
            assert page.evaluate(taken, [f"P{number}", VALUES]) == [], UNREADABLE[number - len(PATTERNS)]
            assert "cannot be read here" in _refusals(page)[f"P{number}"]


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b"])
def test_no_value_makes_a_pattern_slow(browser: Browser, patterned: str, pattern: str) -> None:
    """A backtracking engine would need longer than the universe is old."""
    name = f"P{PATTERNS.index(pattern)}"
    begun = time.monotonic()
    with opened(browser, f"{patterned}?{name}={'a' * 256}") as page:
        assert "does not match" in _refusals(page)[name]
    assert time.monotonic() - begun < 10  # seconds, most of them for the browser


def test_counting_nothing_often_takes_no_time(browser: Browser, tmp_path: Path) -> None:
    """Nothing 999 times, and that 999 times, and so on: no sign of the value is looked at, yet there is no end."""
    nothing = ["((((){999}){999}){999}){999}", "(((^{999}){999}){999}){999}", f"(.*({'|' * 200}){{999}}){{999}}"]
    declared = "".join(f"  - {{name: P{number}, pattern: '{one}'}}\n" for number, one in enumerate(nothing))
    text = f'---\ntype: runbook\nid: r\nowner: "@team"\nplaceholders:\n{declared}---\n\n# R\n\nRun `x ${{P0}} y`.\n'
    begun = time.monotonic()
    query = "&".join(f"P{number}={'a' * 256}" for number in range(len(nothing)))
    with (
        serving(_built(tmp_path, {"r.md": text})) as address,
        opened(browser, f"{address}r/?{query}") as page,
    ):
        refused = _refusals(page)
    assert [name for name in refused if "cannot be read here" in refused[name]] == ["P0", "P1", "P2"]
    assert time.monotonic() - begun < 20  # seconds, most of them for the build and the browser


def test_a_refused_value_cannot_turn_its_message_round(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}?pod=a%E2%80%AEb%00%0Ac") as page:
        assert _refusals(page)["POD"].endswith("It was \u201ca\ufffdb\ufffd c\u201d.")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_fill_too(browser: Browser, site: Callable[..., Path], theme: str) -> None:
    built = site(FILES, configuration=configuration(theme, "  highlightjs: false"))
    with serving(built) as address, opened(browser, f"{address}shop/?namespace=web&pod=x") as page:
        page.locator("form.sre-params").wait_for(state="visible")
        page.locator("pre > .sre-copy").nth(2).click()
        assert clipboard(page) == "kubectl -n web logs x"
        assert page.locator("var.sre-ph.set").count() > 0


def test_a_site_that_another_generator_makes_fills_too(browser: Browser, tmp_path: Path) -> None:
    """Nothing marks values there but the script: highlighting has torn `${NAME}` apart, and nobody has put it together."""
    _built(tmp_path, FILES)
    done = CliRunner().invoke(main, ["render", "-f", str(tmp_path / "mkdocs.yml"), "--out", str(tmp_path / "rendered")])
    assert done.exit_code == 0, done.output
    plain = configuration().partition("plugins:")[0] + RENDERED
    (tmp_path / "rendered.yml").write_text(plain, encoding="utf-8")
    folder = built(tmp_path / "rendered.yml", tmp_path / "other", strict=False)
    html = (folder / "shop/index.html").read_text(encoding="utf-8")
    assert '<span class="si">${</span>' in html
    assert "data-ph" not in html
    with serving(folder) as address, opened(browser, f"{address}shop/?namespace=web&pod=x&note=a b") as page:
        assert commands(page)[0] == "kubectl -n web logs x"
        assert commands(page)[-1] == "echo 'a b' # ${NOTE}"
        assert page.locator(".undo code").inner_text() == "kubectl -n web rollout undo deployment/shop"
        assert "in eu-1 fails: a b." in page.locator("article").inner_text()
        page.locator("#sre-v-POD").fill("y")
        page.locator("pre > .sre-copy").first.click()
        said(page, "Copied.")
        assert clipboard(page) == "kubectl -n web logs y"
        assert page.locator("#s2").count() == 1
        assert page.locator(".sre-tick").count() == 3
