"""Figures of odd data: drawn as far as it is known, said where it is not; hostile names stay words."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.pages.conftest import html, page_of
from tests.pages.test_documents import words

VOID = {"br", "img", "wbr", "hr", "input"}
HOSTILE = "<script>alert(1)</script> \"' onload=x [a](javascript:alert(1)) </svg> {{ x }} *b* ${Y}"


class _Balanced(HTMLParser):
    """Raises when a tag is not closed, or closed that was not open; notes tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def balanced(page: str) -> _Balanced:
    """Return what a page is made of, when all its tags are closed in order and it does nothing."""
    made = html(page)
    read = _Balanced()
    read.feed(made)
    read.close()
    assert read.open == []
    assert "markdown=" not in made
    assert "](" not in made.replace("](javascript", "")
    assert "script" not in read.tags
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert not [value for name, value in read.attributes if name == "href" and "javascript" in value]
    assert "nan" not in "".join(value for name, value in read.attributes if name in ("style", "cx", "x1", "d"))
    return read


def review(*events: str, more: str = "") -> str:
    """Return a review's page; an event is `kind time`."""
    lines = [
        f"    |   - {{kind: {kind!r}, time: {time!r}}}" for kind, _, time in (one.rpartition(" ") for one in events)
    ]
    head = "    | type: pir\n    | id: PIR-1\n    | status: final\n    | severity: SEV1\n    | service: x\n"
    listed = "    | events:\n" + "\n".join(lines) + "\n" if lines else ""
    tree = f"a.md\n    | ---\n{head}    | incident_date: 2026-02-24\n    | timezone: Europe/Berlin\n{listed}{more}    | ---\n    | # A\n"
    page = page_of(tree, "a.md")
    assert page == page_of(tree, "a.md")
    balanced(page)
    return page


def placed(page: str, name: str) -> list[float]:
    """Return the values of one variable of the style sheet in the order of the page."""
    return [float(value) for value in re.findall(rf"--{name}:(-?[\d.]+)", page)]


START, DETECT, TAKE, END, ALL = (
    "impact_started 2026-02-24T14:02",
    "detected 2026-02-24T14:09",
    "acknowledged 2026-02-24T14:12",
    "mitigated 2026-02-24T14:41",
    "resolved 2026-02-24T15:20",
)


def test_spans_are_drawn_to_scale() -> None:
    page = review(START, DETECT, TAKE, END, ALL)
    text = words(page)
    assert "TTD 7 min to detect TTA 3 min to acknowledge TTM 39 min to mitigate TTR 78 min to resolve" in text
    assert placed(page, "from") == [0, 8.97, 0, 0]
    assert placed(page, "w") == pytest.approx([8.97, 3.85, 50, 100])
    assert "not known" not in text


def test_letters_that_would_cover_each_other_stand_in_rows() -> None:
    assert placed(review(START, DETECT, TAKE, END, ALL), "lane") == [0, 0, 1, 0, 0]
    same = [one.split()[0] + " 2026-02-24T14:02" for one in (START, DETECT, TAKE, END, ALL)]
    page = review(*same)
    assert placed(page, "lane") == [0, 1, 2, 3, 4]
    assert placed(page, "lanes") == [5]
    assert placed(page, "w") == [0, 0, 0, 0]
    assert "TTR 0 min" in words(page)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((START,), "TTD to detect not known: no time of the detection"),
        ((START, END), "TTA to acknowledge not known: no time of the detection and of the acknowledgement TTM 39 min"),
        ((DETECT, TAKE), "TTD to detect not known: no time of the start of impact TTA 3 min"),
        ((START, "detected 2026-02-24T13:50", END), "not known: the detection stands before the start of impact"),
        (("tried 2026-02-24T14:20",), "No event is marked as a start of impact"),
    ],
)
def test_what_is_not_known_is_said(events: tuple[str, ...], said: str) -> None:
    assert said in words(review(*events))


def test_a_review_without_events_has_no_timing() -> None:
    assert "Timing" not in words(review())


def test_bars_stay_on_the_line_when_events_are_out_of_order() -> None:
    page = review(ALL, END, START, "detected 2026-02-24T13:50")
    assert all(0 <= one <= 100 for name in ("from", "w", "at") for one in placed(page, name))


def test_long_incidents_are_told_in_days() -> None:
    page = review(START, "detected 2026-03-24T14:02", "mitigated 2026-05-20T10:00", "resolved 2026-05-24T14:02")
    assert "TTD 28 days" in words(page)
    assert re.findall(r'class="tm[^>]*>([^<]*)<', page) == ["24 Feb", "24 May", "24 Mar"]
    over = review("impact_started 2025-12-31T23:50", "resolved 2026-01-01T00:20")
    assert re.findall(r'class="tm[^>]*>([^<]*)<', over) == ["31 Dec 23:50", "1 Jan 00:20"]


def test_many_events_are_folded_below_the_milestones() -> None:
    steps = [f"step{number} 2026-02-24T14:{number % 60:02d}" for number in range(3, 300)]
    page = review(START, *steps, ALL)
    assert "<summary>All 299 events</summary>" in page
    assert page.index("resolved") < page.index("<details")
    assert html(page).count("<tr>") == 2 + 299 + 2  # two heads
    assert "<details" not in review(START, *steps[:30], ALL)


def test_hostile_words_of_a_review_stay_words() -> None:
    more = "    | impact:\n" + f"    |   - {{label: {HOSTILE!r}, value: {HOSTILE!r}, note: {HOSTILE!r}}}\n".replace(
        "\\'", "''"
    )
    page = review(START, "<script>alert(1)</script> 2026-02-24T14:09", END, more=more)
    assert "<script>" not in html(page)
    assert "alert(1)" in words(page)


def amended(impact: str) -> str:
    tree = (
        "a.md\n    | ---\n    | type: pir\n    | id: PIR-1\n    | status: final\n    | severity: SEV1\n    | service: x\n"
        "    | incident_date: 2026-02-24\n    | impact:\n    |   - {label: Orders lost, value: '590', note: by midnight}\n"
        "    |   - {label: Data lost, value: none}\n    | ---\n    | # A\n"
        "b.md\n    | ---\n    | type: addendum\n    | id: ADD-1\n    | amends: pir-1\n    | date: 2026-03-01\n"
        f"    | impact:\n    |   - {impact}\n    | ---\n    | # B\n"
    )
    return words(page_of(tree, "a.md"))


@pytest.mark.parametrize(
    ("impact", "said"),
    [
        ("{label: orders LOST, value: '612'}", "Orders lost 590 amended to 612 ; by midnight Data lost none"),
        ("{label: Orders lost, value: '590', note: by noon}", "Orders lost 590 amended: by noon ; by midnight"),
        ("{label: Refunds, value: '3'}", "Data lost none Refunds 3 from an addendum"),
    ],
)
def test_an_amended_number_stays_and_the_new_one_stands_beside_it(impact: str, said: str) -> None:
    assert said in amended(impact)


def plan(*resources: str, measured_on: str = "2026-01-10", horizon: str = "12 months") -> str:
    listed = "".join(f"    |   - {{{one}}}\n" for one in resources)
    tree = (
        "a.md\n    | ---\n    | type: capacity-plan\n    | id: p\n    | service: x\n"
        f"    | measured_on: {measured_on}\n    | horizon: {horizon}\n    | resources:\n{listed}    | ---\n    | # A\n"
    )
    page = page_of(tree, "a.md")
    assert page == page_of(tree, "a.md")
    assert balanced(page).tags >= {"svg", "path"}
    return page


def curve(page: str) -> list[tuple[float, float]]:
    path = re.search(r'class="use" d="M([^"]+)"', page)
    assert path
    return [(float(x), float(y)) for x, y in (point.split() for point in path[1].split("L"))]


def test_a_projection_reaches_threshold_and_limit_where_the_dates_say() -> None:
    page = plan(
        "name: disk, current: 60, limit: 100, growth: {amount: 5, per: 30d}, headroom_percent: 20, lead_time: 30d"
    )
    assert "threshold on 2026-05-10, limit on 2026-09-07" in words(page)
    assert curve(page)[0] == pytest.approx((0, 100 - 60 / 1.1), abs=0.01)
    marks = [float(at) for at in re.findall(r'class="mark" cx="([\d.]+)%', page)]
    assert marks == pytest.approx([100 * 120 / 365, 100 * 240 / 365], abs=0.01)
    assert 'class="lead"' in page
    assert "2026-04-10 takes 30 days" in words(page)


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("name: r, current: 10, limit: 40", "not in sight"),
        ("name: r, current: 140, limit: 100, growth: {percent: 1, per: 1w}", "at its limit"),
        ("name: r, current: 70, limit: 100, growth: {percent: -5, per: 1 month}, headroom_percent: 10", "not in sight"),
        ("name: r, current: 70, limit: 100, growth: {amount: -5, per: 1 month}", "not in sight"),
        ("name: r, current: 70, limit: 100, growth: {percent: -100, per: 1 month}", "not in sight"),
        ("name: r, current: 70, limit: 100, growth: {percent: -300, per: 1 month}", "not in sight"),
        ("name: r, current: 0, limit: 0", "0 of 0"),
        ("name: r, current: 5, limit: 0", "at its limit"),
        ("name: r, unit: '%', current: 55.5, limit: 100, growth: {amount: 1, per: 1w}", "55.5 of 100 %"),
        ("name: r, current: 1e30, limit: 9e30, growth: {percent: 9, per: 1 month}", "1e30 of 9e30"),
        ("name: r, current: 1e-30, limit: 1e30, growth: {percent: 1e30, per: 1s}, headroom_percent: 1", "at its limit"),
        ("name: r, current: 0, limit: 9, growth: {percent: 50, per: 1d}", "not in sight"),
        ("name: r, current: 1, limit: 9, growth: {percent: 1e-30, per: 1d}", "not in sight"),
        (
            "name: r, current: 79, limit: 99, growth: {amount: 1, per: 1w}, headroom_percent: 20, lead_time: 200 years",
            "now",
        ),
        ("name: r, current: 1, limit: 2, headroom_percent: 100", "past its threshold"),
        (f"name: r, current: {'9' * 40}, limit: 400", "at its limit"),
        (f"name: r, current: 9, limit: 0.{'0' * 30}1", "at its limit"),
    ],
)
def test_odd_resources_are_drawn(resource: str, said: str) -> None:
    page = plan(resource)
    assert said in words(page)
    points = curve(page)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)
    assert [x for x, _ in points] == sorted({x for x, _ in points}) or len(points) == 1


def test_many_resources_fold_and_the_soonest_comes_first() -> None:
    page = plan(*(f"name: shard {n:02d}, current: {n}, limit: 100, growth: {{amount: 1, per: 1d}}" for n in range(30)))
    assert "22 more charts" in words(page)
    assert page.count("<figure") == 30
    assert re.findall(r"<figcaption><b>(shard \d+)", page)[:2] == ["shard 29", "shard 28"]
    assert re.findall(r'<th scope="row">(shard \d+)', page)[:2] == ["shard 29", "shard 28"]


def test_an_old_measurement_and_an_endless_horizon_have_an_axis() -> None:
    assert "today" in words(plan("name: r, current: 1, limit: 2", measured_on="2001-01-01", horizon="1d"))
    assert "not in sight" in words(plan("name: r, current: 1, limit: 2", horizon="200 years"))
    growing = "name: r, current: 1, limit: 9, growth: {amount: 1, per: 1d}"
    assert "not in sight" in words(plan(growing, measured_on="9999-12-30"))


def test_hostile_names_of_resources_stay_words() -> None:
    quoted = HOSTILE.replace("'", "''")
    page = plan(f"name: '{quoted}', unit: '{quoted}', current: 1, limit: 2")
    assert "<script>" not in html(page)
    assert "alert(1)" in words(page)


def experiment(identifier: str, status: str, more: str = "") -> str:
    return (
        f"{identifier}.md\n    | ---\n    | type: chaos-experiment\n    | id: {identifier}\n    | service: x\n"
        f"    | hypothesis: 99 % within 60 s.\n    | injection: kill\n    | blast_radius: one\n    | abort_when: [e]\n"
        f"    | status: {status}\n{more}    | ---\n    | # {identifier}\n"
    )


def test_an_experiment_shows_what_was_expected_beside_what_was_seen() -> None:
    planned = words(page_of(experiment("C-1", "planned"), "C-1.md"))
    assert "Expected 99 % within 60 s. Seen planned It has not run yet." in planned
    failed = experiment("C-1", "failed", "    | run_on: 2026-02-01\n    | result: Only 78 %.\n")
    page = page_of(failed, "C-1.md")
    assert "Seen on 2026-02-01 failed Only 78 %." in words(page)
    assert '<div class="is-bad">' in page
    balanced(page)


def test_runs_of_one_question_stand_together_from_first_to_last_even_in_a_ring() -> None:
    tree = (
        experiment("C-1", "failed", "    | run_on: 2026-02-01\n    | retest_of: C-3\n")
        + experiment("C-2", "passed", "    | run_on: 2026-02-09\n    | retest_of: c-1\n")
        + experiment("C-3", "planned", "    | retest_of: C-2\n")
        + experiment("C-4", "planned")
    )
    for name in ("C-1", "C-2", "C-3"):
        page = page_of(tree, f"{name}.md")
        runs = words(page)[words(page).index("Runs") :]
        assert f"{name}, this page" in runs
        assert [runs.index(one) for one in ("2026-02-01", "2026-02-09", "not yet")] == sorted(
            runs.index(one) for one in ("2026-02-01", "2026-02-09", "not yet")
        )
        balanced(page)
    assert "Runs" not in words(page_of(tree, "C-4.md"))


def test_risks_have_letters_in_the_matrix_and_in_the_table() -> None:
    risks = "".join(
        f"    |   - {{subject: s{n}, title: t, severity: {n % 5 + 1}, likelihood: {n % 4 + 1}}}\n" for n in range(30)
    )
    tree = f"a.md\n    | ---\n    | type: risk-assessment\n    | id: RA-1\n    | services: [x]\n    | risks:\n{risks}    | ---\n    | # A\n"
    page = page_of(tree, "a.md")
    matrix = page[page.index("sre-risks") : page.index("</svg>")]
    marks = re.findall(r'class="letter"[^>]*>([A-Z]+)<', matrix)
    assert sorted(marks) == sorted(re.findall(r'sre-letter" id="risk-[a-z]+">([A-Z]+)<', page))
    assert {f"#risk-{mark.lower()}" for mark in marks} == set(re.findall(r'href="(#[^"]+)"', unescape(matrix)))
    assert len(set(marks)) == 30
    assert {"A", "Z", "AA", "AD"} <= set(marks)
    balanced(page)
