"""What pages say about when they are to be looked at again: banner, chip, trust strip, and the page that gathers all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta

from mkdocs_sre.history.freshness import GRACE_DAYS
from mkdocs_sre.history.remembered import Commit, History, Restamp
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.drawing.due_days import MAX_ROWS, WORDS, DueDay, Standing, due_days_figure
from mkdocs_sre.pages.freshness import FRESHNESS_PATH, MAX_LISTED, MAX_NAMED, freshness_page
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.heads import head_of
from mkdocs_sre.pages.site import Site
from tests.pages.conftest import html
from tests.tree import AS_OF, parse_tree

SERVICE = """
sre/services/shop.md
    | ---
    | type: service
    | id: shop
    | owner: "@shop"
    | tier: 1
    | version: 4.3.0
    | ---
"""
RUNBOOK = 'sre/runbooks/{0}.md\n    | ---\n    | type: runbook\n    | id: {0}\n    | title: {0} is slow\n    | owner: "@{1}"\n    | service: shop\n{2}    | ---\n'
REVIEWED = "    | last_reviewed_on: 2025-12-01\n    | review_in: 90d\n"  # due on 2026-03-01
DUE = date(2026, 3, 1)
EXTREME = st.dates() | st.sampled_from([date.min, date.max, AS_OF, AS_OF - timedelta(1), AS_OF + timedelta(1)])


def _site(tree: str, as_of: date = AS_OF, history: History | None = None) -> Site:
    return Site(parse_tree(tree).base(), as_of, "Shop", history=history or History())


def _page(site: Site, tree: str, path: str = "sre/runbooks/cart.md") -> str:
    body, _ = meta.get_data(parse_tree(tree).files[path])
    return html(decorate(site, path, body))


def _words(shown: str) -> str:
    apart = re.sub(r"</?(?:p|small|div|td|th|tr|dt|dd|br)\b[^>]*>", " ", shown)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


def _banner(shown: str) -> str:
    found = re.search(r'<div class="sre-banner[^>]*>.*?</div>', shown, re.DOTALL)
    return found[0] if found else ""


def _trust(shown: str) -> list[tuple[str, str]]:
    strip = re.search(r'<div class="sre-trust".*?</div>', shown, re.DOTALL)
    found = re.findall(r'<p class="is-(\w+)">(.*?)</p>', strip[0], re.DOTALL) if strip else []
    return [(state, _words(said)) for state, said in found]


def _freshness(site: Site) -> str:
    page = freshness_page(site)
    assert page is not None
    return html(page.markdown.split("---\n", 2)[2])


def _numbers(shown: str) -> dict[str, int]:
    return {
        _words(label): int(number.replace(",", ""))
        for label, number in re.findall(r"<dt>(.*?)</dt> <dd>([\d,]+)", shown)
    }


@pytest.mark.parametrize(
    ("as_of", "banner", "chip", "number"),
    [
        (DUE - timedelta(days=19), "", "", "In order"),
        (DUE - timedelta(days=18), "", "", "Due soon"),
        (DUE, "", "", "Due soon"),
        (DUE + timedelta(days=1), "Review was due on 2026-03-01", "review was due 2026-03-01", "Overdue"),
        (DUE + timedelta(days=GRACE_DAYS), "Review was due on 2026-03-01", "review was due 2026-03-01", "Overdue"),
        (
            DUE + timedelta(days=GRACE_DAYS + 1),
            "Review expired: it was due on 2026-03-01",
            "review expired",
            "Expired",
        ),
    ],
)
def test_banner_chip_and_page_change_on_the_same_day(as_of: date, banner: str, chip: str, number: str) -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", REVIEWED)
    site = _site(tree, as_of)
    shown = _page(site, tree)
    assert _words(_banner(shown)).startswith(banner)
    assert bool(_banner(shown)) == bool(banner)
    runbook = site.base.by_path["sre/runbooks/cart.md"][0]
    assert " ".join(one.text for one in head_of(runbook, site, "").chips) == chip
    assert {label: count for label, count in _numbers(_freshness(site)).items() if count} == {
        number: 1,
        "Without a day": 1,
    }


def test_what_is_true_without_a_clock_stands_on_every_page_that_has_a_day() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", REVIEWED)
    for days in (-60, 0, 60):
        shown = _page(_site(tree, DUE + timedelta(days=days)), tree)
        assert "Review due 2026-03-01</span>" in shown
        head = re.search(r"<header [^>]*>", shown)
        assert head is not None
        assert 'data-sre-due="2026-03-01" data-sre-expires="2026-03-31"' in head[0]
        assert not re.search(r"\d days? (?:ago|late|overdue)", _words(shown))


def test_a_page_without_a_day_says_nothing_of_one() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", "")
    shown = _page(_site(tree), tree)
    assert "sre-due" not in shown
    assert "data-sre-due" not in shown
    assert _banner(shown) == ""


PIR = """
reliability/pirs/PIR-2026-001.md
    | ---
    | type: pir
    | id: PIR-2026-001
    | title: It broke
    | status: final
    | severity: SEV1
    | service: shop
    | incident_date: 2026-02-24
    | runbooks_used: [{runbook: cart, helped: partly}]
    | ---
"""


def test_each_reason_is_a_line_with_its_cure_and_links() -> None:
    keys = REVIEWED + "    | verified_for: 4.2.0\n    | drills: [{on: 2025-11-30, result: failed, notes: It hung}]\n"
    tree = SERVICE + RUNBOOK.format("cart", "shop", keys) + PIR
    shown = _page(_site(tree), tree)
    lines = [_words(one) for one in re.findall(r"<p>(.*?)</p>", _banner(shown), re.DOTALL)]
    assert len(lines) == 5
    assert lines[1].startswith("shop runs 4.3.0")
    assert lines[2].startswith("PIR-2026-001 ")
    assert "failed" in lines[3]
    assert lines[4] == "Check that it is still true, then set last_reviewed_on."
    assert '<a href="../../reliability/pirs/PIR-2026-001.md">PIR-2026-001</a>' in _banner(shown)
    assert '<a href="../services/shop.md">shop</a>' in _banner(shown)


def test_the_trust_strip_tells_what_the_rules_judge() -> None:
    keys = REVIEWED + "    | verified_for: 4.2.0\n    | drills: [{on: 2025-11-30, result: failed, notes: It hung}]\n"
    tree = SERVICE + RUNBOOK.format("cart", "shop", keys) + PIR
    history = History(changed_on={"sre/runbooks/cart.md": date(2026, 1, 12)}, known=True)
    marks = _trust(_page(_site(tree, history=history), tree))
    assert [fact.partition("4.3.0")[0][:22] for _, fact in marks] == [
        "Verified for 4.2.0, ru",
        "Drill failed 2025-11-3",
        "Reviewed 2025-12-01 Re",
        "One later review PIR-2",
        "Text last changed 2026",
    ]
    assert [state for state, _ in marks] == ["due", "bad", "due", "due", "plain"]
    assert marks[2][1].endswith("Review was due 2026-03-01.")


def test_what_is_fine_is_told_as_fine() -> None:
    keys = "    | last_reviewed_on: 2026-03-01\n    | verified_for: 4.3.7\n    | drills: [{on: 2026-03-02}]\n"
    tree = SERVICE + RUNBOOK.format("cart", "shop", keys)
    marks = _trust(_page(_site(tree), tree))
    assert marks == [
        ("ok", "Verified for 4.3.7, running 4.3.0 Policy: verify at each minor version."),
        ("ok", "Drill passed 2026-03-02 Next due 2026-05-31."),
        ("ok", "Reviewed 2026-03-01 Review due 2026-05-31."),
    ]


def test_an_unknown_last_change_is_not_shown() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", REVIEWED)
    assert "Text last changed" not in _page(_site(tree), tree)


SNOOZED = REVIEWED + "    | snooze: {until: 2026-04-01, reason: 'the <b>new</b> gateway [x](y)'}\n"


def test_a_snooze_is_shown_with_its_reason_everywhere() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", SNOOZED)
    site = _site(tree)
    shown = _page(site, tree)
    assert _words(_banner(shown)).startswith("Snoozed until 2026-04-01: the <b>new</b> gateway [x](y) ")
    assert "sre-stale" not in shown
    assert 'data-sre-snoozed="2026-04-01"' in shown
    gathered = _freshness(site)
    assert _numbers(gathered)["Snoozed"] == 1
    assert "snoozed until 2026-04-01" in _words(gathered)
    assert "the <b>new</b> gateway [x](y)" in _words(gathered)


def test_a_snooze_that_is_over_hides_nothing() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "shop", SNOOZED)
    site = _site(tree, date(2026, 4, 2))
    assert _words(_banner(_page(site, tree))).startswith("Review expired: it was due on 2026-03-01")


def test_the_page_goes_by_owner_the_one_with_most_that_is_expired_first() -> None:
    tree = (
        SERVICE
        + RUNBOOK.format("fine", "a", "    | last_reviewed_on: 2026-03-01\n")
        + RUNBOOK.format("late", "a", REVIEWED)
        + RUNBOOK.format("worse", "b", "    | last_reviewed_on: 2025-01-01\n")
        + RUNBOOK.format("gone", "c", "    | last_reviewed_on: 2025-01-01\n    | status: deprecated\n")
    )
    shown = _freshness(_site(tree))
    body = shown[shown.index("sre-owners") :]
    order = re.findall(r">(?:(@\w) |(\w+) is slow<)", unescape(body))
    assert [first or second for first, second in order] == ["@b", "worse", "@a", "late", "fine"]
    assert "gone" not in shown
    assert re.search("@b.*1 of 1 to look at.*@a.*1 of 2 to look at", _words(body))


def test_what_says_no_day_is_counted_and_runbooks_are_named() -> None:
    tree = SERVICE + "".join(RUNBOOK.format(f"r{number}", "a", "") for number in range(MAX_NAMED + 5))
    shown = _freshness(_site(tree))
    assert _numbers(shown)["Without a day"] == MAX_NAMED + 6
    assert f"1 service and {MAX_NAMED + 5} runbooks" in _words(
        shown
    ) or f"{MAX_NAMED + 5} runbooks and 1 service" in _words(shown)
    assert "and 6 more" in _words(shown)
    assert "sre-due-days" not in shown


def test_without_anything_to_review_there_is_no_page() -> None:
    tree = "reliability/actions/a.md\n    | ---\n    | type: action-items\n    | id: a\n    | actions: []\n    | ---\n"
    site = _site(tree)
    assert freshness_page(site) is None
    assert FRESHNESS_PATH not in {page.path for page in pages(site)}
    assert "freshness" not in "".join(page.markdown for page in pages(site) if page.path == "index.md")


@pytest.mark.parametrize("number", [1, MAX_ROWS["narrow"], MAX_ROWS["wide"], MAX_ROWS["wide"] + 1, 1000])
def test_many_documents_are_folded(number: int) -> None:
    tree = SERVICE + "".join(
        RUNBOOK.format(f"r{one}", f"team-{one % 7}", f"    | last_reviewed_on: {AS_OF - timedelta(days=one % 400)}\n")
        for one in range(number)
    )
    site = _site(tree)
    shown = _freshness(site)
    assert shown.count('scope="row"') == min(number, MAX_LISTED)
    assert (f"And {number - MAX_LISTED} more" in _words(shown)) == (number > MAX_LISTED)
    wide, narrow = _drawings(shown)
    assert (len(_links(wide)) == number) == (number <= MAX_ROWS["wide"])
    assert (len(_links(narrow)) == number) == (number <= MAX_ROWS["narrow"])
    assert sum(_numbers(shown).values()) == number + 1  # the service has no day
    assert shown == _freshness(_site(tree)), "the same bytes every time"


def test_pages_that_were_only_stamped_are_listed() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "a", REVIEWED)
    commit = Commit("abc12345" + "0" * 32, date(2026, 3, 2), "<i>N</i>")
    history = History(restamps=(Restamp(commit, ("sre/runbooks/cart.md", "gone/<b>.md")),), known=True)
    shown = _freshness(_site(tree, history=history))
    said = "abc12345 (2026-03-02, <i>N</i>): 2 pages got a new day of review and nothing else: cart is slow and gone/<b>.md"
    assert said in _words(shown)
    assert '<a href="runbooks/cart.md">cart is slow</a>' in shown


def test_nothing_of_a_document_is_markup_on_the_page() -> None:
    hostile = "'<img src=x onerror=alert(1)> {{ 1 }} *a* [x](javascript:y)'"
    tree = SERVICE + RUNBOOK.format("cart", "a", REVIEWED).replace("cart is slow", hostile).replace('"@a"', hostile)
    shown = _freshness(_site(tree))
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert _words(shown).count("<img src=x onerror=alert(1)> {{ 1 }} *a* [x](javascript:y)") >= 2


def test_an_authors_own_page_wins() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "a", REVIEWED) + "sre/freshness.md\n    | # Ours\n"
    assert FRESHNESS_PATH not in {page.path for page in pages(_site(tree))}


def _drawings(shown: str) -> list[ET.Element]:
    return [ET.fromstring(one) for one in re.findall(r'<svg class="sre-svg (?:wide|narrow)".*?</svg>', shown)]  # noqa: S314 our own


def _links(drawing: ET.Element) -> list[ET.Element]:
    return drawing.findall(".//a")


@given(
    st.lists(
        st.builds(DueDay, st.text(max_size=30), st.just("x/"), st.none() | EXTREME, st.sampled_from(sorted(WORDS))),
        min_size=1,
        max_size=60,
    ),
    EXTREME,
)
def test_any_days_are_drawn_inside_of_the_picture(found: list[DueDay], as_of: date) -> None:
    drawn = due_days_figure(found, as_of)
    assert drawn == due_days_figure([*reversed(found)], as_of)
    for drawing, most in zip(_drawings(drawn), MAX_ROWS.values(), strict=True):
        width, height = (float(one) for one in drawing.attrib["viewBox"].split()[2:])
        assert len(_links(drawing)) == (len(found) if len(found) <= most else 0)
        for one in drawing.iter("rect"):
            x, y, wide, tall = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert x + wide <= width + 8
            assert 0 <= y <= y + tall <= height
        for one in drawing.iter("circle"):
            assert 0 <= float(one.attrib["cx"]) <= width
    said = _words(drawn)
    assert all(f"{sum(one.standing == state for one in found)} {words}" in said for state, words in _used(found))


def _used(found: list[DueDay]) -> list[tuple[Standing, str]]:
    return [(state, words) for state, words in WORDS.items() if any(one.standing == state for one in found)]


def test_bars_hold_every_document() -> None:
    found = [DueDay(str(number), "x/", AS_OF + timedelta(days=3 * (number - 150)), "ok") for number in range(300)]
    wide, _ = _drawings(due_days_figure(found, AS_OF))
    titles = [one.text or "" for one in wide.iter("title")]
    assert sum(int(text.split()[0]) for text in titles if text.endswith("in order")) == 300


def test_pages_of_two_readings_are_the_same() -> None:
    tree = SERVICE + RUNBOOK.format("cart", "a", SNOOZED) + PIR
    history = History(changed_on={"sre/runbooks/cart.md": AS_OF}, known=True)
    first, second = (_site(tree, history=replace(history)) for _ in range(2))
    assert [*pages(first)] == [*pages(second)]
    assert _page(first, tree) == _page(second, tree)


@pytest.mark.parametrize(("verified", "behind"), [("4.2.9", True), ("4.3.7", False), ("4.3.0", False)])
def test_the_release_engineer_reads_what_the_runbook_says_of_itself(verified: str, *, behind: bool) -> None:
    tree = SERVICE + RUNBOOK.format(
        "cart", "a", f"    | last_reviewed_on: 2026-03-01\n    | verified_for: {verified}\n"
    )
    tree += RUNBOOK.format("other", "a", "    | verified_for: 4.2.0\n")  # so that there is a page in any case
    site = _site(tree)
    (page,) = (html(one.markdown.split("---\n", 2)[2]) for one in pages(site) if one.path.endswith("engineer.md"))
    listed = {name for name in ("cart", "other") if f"{name} is slow" in page}
    assert listed == ({"cart", "other"} if behind else {"other"})
    assert page.count("verify for 4.3.0") == len(listed)
    assert ("is-due" in _page(site, tree)) == behind
