"""The page of an objective, as it is published: what it promises, how it stands, what follows, who is called."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape

import pytest

from mkdocs_sre.pages.slo.sensitivity import sensitivity_figure
from mkdocs_sre.slo.burn import usual_alerts
from tests.pages.conftest import html, page_of
from tests.pages.slo.shop import SHOP
from tests.pages.test_documents import words
from tests.pages.test_figures import balanced, placed

PAY, MEASURED, MONTH, TOGETHER = "slos/pay-answers.md", "slos/measured.md", "slos/month.md", "slos/together.md"


def section(page: str, anchor: str) -> str:
    """Return the words of one section of a page."""
    _, _, rest = html(page).partition(f'id="sre-{anchor}"')
    assert rest, f"no section {anchor}"
    return words(rest.partition("<h2")[0].partition(">")[2])


@pytest.fixture(scope="module")
def pay() -> str:
    return page_of(SHOP, PAY)


@pytest.mark.parametrize("path", [PAY, MEASURED, MONTH, TOGETHER, "slos/old.md"])
def test_every_page_is_whole_and_the_same_each_time(path: str) -> None:
    page = page_of(SHOP, path)
    balanced(page)
    assert page == page_of(SHOP, path)


def test_the_promise_is_one_sentence_with_its_budget(pay: str) -> None:
    said = "A payment is answered within 3 s. That holds for 99.9 % of events, over any 30 days , which leaves 43 min 12 s of full outage, or 1,080 of 1,080,000 events."
    assert said in words(pay)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (MEASURED, "99.9 % of what its ratio counts, over any 30 days"),
        (
            MONTH,
            "90 % of slices of 5 min, over each calendar month , which leaves 3 days 2 h of full outage in this month.",
        ),
        (TOGETHER, "99.5 % of its parts together"),
    ],
)
def test_the_promise_says_what_is_counted(path: str, said: str) -> None:
    assert said in words(page_of(SHOP, path))


def test_the_head_says_how_it_stands(pay: str) -> None:
    text = words(pay)
    assert "69 % of budget spent dependencies allow it agreed 2026-01-12" in text
    assert "Achieved 99.93 % 90 days, Prometheus, spent 70 % of a budget" in text
    assert "Live numbers Board this page has none" in text


def test_the_bar_hatches_drafts_and_marks_the_policy(pay: str) -> None:
    bar = pay[pay.index('<div class="sre-bar">') : pay.index('<dl class="sre-facts">')]
    assert re.findall(r'class="seg( draft)?[^"]*" x="([\d.]+)%" width="([\d.]+)%"', bar) == [
        ("", "0", "69.44"),
        (" draft", "69.44", "13.89"),
    ]
    assert re.findall(r'class="mark" x1="([\d.]+)%"', bar) == ["50", "75"]
    assert "69.4 % of the error budget is spent, 13.9 % more by drafts" in bar
    assert words(bar).endswith("30 min spent 50 % 75 % 13.2 left")


def test_budgets_are_told_for_each_objective(pay: str) -> None:
    text = section(pay, "budget")
    assert "99.9 % 43 min 12 s 1,080 10 min 4 s 1 min 26 s 13.2 min left 69.4 % spent" in text
    assert "95 % fast" not in text
    assert (
        "95 % answers-fast · It is answered within 300 ms 36 h 54,000 8 h 24 min 1 h 12 min 36 h left 0 % spent" in text
    )
    assert "This page counts reviews of incidents, as of 2026-03-09, and no live data. Live numbers: Board" in text


def test_incidents_are_told_with_drafts_apart_and_those_without_times(pay: str) -> None:
    text = section(pay, "budget")
    assert "PIR-1 2026-02-14 10:00 50 % 1 h 30 min 69.4 %" in text
    assert "PIR-2 draft 2026-03-01 10:00 20 % 30 min 6 min 13.9 %" in text
    assert "Not counted, because their times are not known: PIR-3" in text
    assert "On 16 Mar 30 min come back." in text


def test_the_burn_down_falls_at_each_incident(pay: str) -> None:
    line = re.findall(r'<path class="left" d="([^"]*)"', pay)
    assert len(line) == 1, "one picture: nothing is spent of the other objective"
    points = [
        [float(value) for value in one.split()]
        for one in re.sub(r"[ML]", "|", line[0].partition("H")[0]).split("|")
        if one
    ]
    assert points[0] == [0, 0]
    assert points[-1] == pytest.approx([100 * 6.4583 / 30, 69.44], abs=0.01)
    drafts = re.findall(r'<path class="drafts" d="([^"]*)"', pay)[0]
    assert drafts.endswith("83.33H100")
    assert re.findall(r'class="lim" x2="100%" y1="([\d.]+)%"', pay) == ["50", "75", "100"]


def test_the_policy_says_where_the_budget_stands(pay: str) -> None:
    text = section(pay, "policy")
    assert "As it stands for answers, of which most is spent." in text
    said = (
        "50 % Read the reviews. @pay decides · reached 2026-02-14 69.4 % we are here by final reviews; drafts tell of 13.9 % more "
        "75 % Release only what lowers risk. changes stop @lead decides · 2.4 min away; reached with drafts, which a gate for changes counts 100 % Stop. 13.2 min away"
    )
    assert said in text


def test_a_measured_value_says_what_it_means_today() -> None:
    page = page_of(SHOP, MEASURED)
    assert "budget overspent by 80 %" in words(page)
    text = section(page, "budget")
    said = "99.82 % measured over the time so far: 180 % of the budget is spent, overspent by 80 % . changes stop @cto decides."
    assert said in text
    assert "34.6 min over 180 % spent" in text
    assert "100 % Stop. changes stop @cto decides · reached 180 % we are here as measured" in section(page, "policy")


SPANS = """slos.csv
    | slo,from,to,good,total
    | measured,2026-02-08T00:00:00Z,2026-02-18T00:00:00Z,99900,100000
    | measured,2026-02-18T00:00:00Z,2026-02-28T00:00:00Z,0,0
    | measured,2026-02-28T00:00:00Z,2026-03-10T00:00:00Z,299940,300000
"""


def test_several_measurements_draw_the_line_of_what_is_left() -> None:
    tree = SPANS + SHOP.partition("99.82\n")[2] + "options\n    | slos: {results: slos.csv}\n"
    page = page_of(tree, MEASURED)
    balanced(page)
    # 160 of 400,000 events are bad, 40 % of the budget: 25 % in the first ten days, none in the next, 15 % in the last.
    assert re.findall(r'<path class="left" d="([^"]*)"', page) == [
        "M0 0L0 0L33.33 25L33.33 25L66.67 25L66.67 25L100 40H100"
    ]
    text = section(page, "budget")
    assert "99.96 % measured over the time so far, 399,840 of 400,000 events: 40 % of the budget is spent." in text
    assert "Heavy line: what is left as measured. Dotted: spending evenly." in text
    assert 'class="reviews"' not in page
    assert "2026-02-08 00:00 2026-02-18 00:00 99.9 % 10.8 min 25 %" in text
    assert "2026-02-18 00:00 2026-02-28 00:00 no event 0 min 0 %" in text


def test_the_policy_of_a_draft_stops_nothing() -> None:
    tree = SHOP.replace("    | id: measured\n", "    | id: measured\n    | status: draft\n")
    page = page_of(tree, MEASURED)
    assert '<span class="sre-chip is-bad">changes stop</span>' in page_of(SHOP, MEASURED)
    assert '<span class="sre-chip is-bad">changes stop</span>' not in page
    assert "the policy acts @cto decides." in section(page, "budget")


def test_alerts_are_told_with_their_times(pay: str) -> None:
    text = section(pay, "alerts")
    assert "PayBurns watches the usual pairs of windows" in text
    for row in (
        "14.4 times, 5 min and 1 h page runbook 1.44 % 2 % 52 s 8 min 38 s 2 days 2 h",
        "6 times, 30 min and 6 h page runbook 0.6 % 5 % 2 min 10 s 21 min 36 s 5 days",
        "3 times, 2 h and 1 day ticket runbook 0.3 % 10 % 4 min 19 s 43 min 12 s 10 days",
        "1 time, 6 h and 3 days ticket runbook 0.1 % 10 % 4 min 19 s 43 min 12 s 30 days",
        "14.4 times, 5 min and 1 h page runbook 72 % 2 % 43 min 12 s never 2 days 2 h",
    ):
        assert row in text
    assert '<a href="../runbooks.md">runbook</a>' in html(pay)


def test_a_hold_comes_on_top_and_a_missing_runbook_is_said() -> None:
    text = section(page_of(SHOP, MEASURED), "alerts")
    assert "14.4 times, 5 min and 1 h held for 2 min page no runbook 1.44 % 2 % 2 min 52 s 10 min 38 s" in text
    assert "The alerts watch pairs of windows of its own" in text


def test_a_runbook_that_names_the_alert_is_the_one_of_an_objective_that_names_none() -> None:
    tree = SHOP.replace("    | id: pay-burns\n", "    | id: pay-burns\n    | alerts: [MeasuredErrorBudgetBurn]\n")
    assert tree != SHOP
    text = section(page_of(tree, MEASURED), "alerts")
    assert "page runbook 1.44 %" in text
    assert "no runbook" not in text


def test_an_alert_that_can_never_fire_says_so_and_is_not_drawn() -> None:
    page = page_of(SHOP, MONTH)
    assert "14.4 times, 5 min and 1 h page no runbook 144 % 2 % never never 2 days 2 h" in section(page, "alerts")
    assert len(re.findall(r'<path class="(?:page|ticket)"', page)) == 3
    unreachable = SHOP.replace("objective: 90\n", "objective: 1\n")
    assert "sre-sensitivity" not in page_of(unreachable, MONTH)


def test_lines_of_alerts_begin_at_their_threshold(pay: str) -> None:
    first = pay[pay.index("sre-sensitivity") :].partition("</figure>")[0]
    begins = dict(zip(("14.4", "6", "3", "1"), re.findall(r'<circle class="\w+" cx="([\d.]+)%"', first), strict=True))
    assert float(begins["14.4"]) > float(begins["6"]) > float(begins["3"]) > float(begins["1"]) > 0
    assert re.findall(r">([\d.]+)\u00d7<", unescape(first)) == ["14.4", "6", "3", "1"]


@pytest.mark.parametrize(("hours", "objective"), [(1, "99.9"), (168, "99.99"), (720, "95.05"), (720, "99.9")])
def test_words_of_the_picture_have_room_beside_the_first_line_and_at_the_edge(hours: int, objective: str) -> None:
    drawn = unescape(sensitivity_figure(usual_alerts(hours * 3600, 1 - Fraction(objective) / 100)))
    signs = re.findall(r'style="--x:([\d.]+);--y:[\d.]+">([\d.]+\u00d7)<', drawn)
    assert all(float(at) >= 2.9 * len(sign) for at, sign in signs)
    marks = [float(at) for at in re.findall(r'class="r?" style="--at:([\d.]+)"', drawn)]
    assert marks[0] == 100
    assert marks[0] - marks[1] >= 22


def test_few_events_are_said_to_fire_at_a_single_bad_one() -> None:
    few = SHOP.replace("events_per_day: 36000", "events_per_day: 1000")
    text = section(page_of(few, PAY), "alerts")
    # 1,000 a day are 41.7 in an hour, of which 1.44 % is less than one; in three days 3,000, of which 0.1 % is three.
    assert "1.44 % a single bad event does" in text
    assert "0.1 % 10 %" in text
    assert "a single bad event does" not in section(page_of(SHOP, PAY), "alerts")


def test_dependencies_lie_end_to_end_beside_the_budget(pay: str) -> None:
    text = section(pay, "ceiling")
    assert (
        "At most 99.94 % , assuming independent failures. The objective of 99.9 % holds, with 17 min 16 s for everything else."
        in text
    )
    assert (
        "ledger 99.95 % by its availability 21.6 vault 99.99 % by its availability 4.3 left for the rest pay itself: deploys, code, chance 17.3"
        in text
    )
    bars = pay[pay.index("laid end to end") :]
    starts, widths = placed(bars, "from"), placed(bars, "w")
    assert starts[0] == 0
    assert starts[1:] == pytest.approx(
        [begin + width for begin, width in zip(starts, widths, strict=True)][:-1], abs=0.02
    )
    assert starts[-1] + widths[-1] == pytest.approx(100, abs=0.02)


def test_a_budget_that_dependencies_take_whole_says_what_is_missing() -> None:
    text = section(page_of(SHOP.replace("availability: 99.95", "availability: 99.8"), PAY), "ceiling")
    assert "too high At most 99.79 %" in text
    assert "more than there is taken by dependencies beyond the budget 47.5" in text


def test_a_composite_tells_its_parts_apart_from_dependencies() -> None:
    page = page_of(SHOP, TOGETHER)
    text = section(page, "indicator")
    assert "Other objectives seen as one: the mean of their ratios, by weight." in text
    assert "pay-answers 75 % 99.9 % 30 days 13.2 min left measured 25 % 99.9 % 30 days 34.6 min over" in text
    assert "no alert Nobody is called when the budget is spent" in section(page, "alerts")


def test_a_calendar_month_ends_with_the_month() -> None:
    page = page_of(SHOP, MONTH)
    assert "1 Mar 31 Mar" in words(page)
    assert '<line class="today"' in page
    assert "come back" not in section(page, "budget")
    assert "PIR-1 2026-03-02 11:00 100 % 1 day 24 h 32.3 %" in section(page, "budget"), "in the document's time zone"


def test_agreement_is_told_with_the_contract_and_what_happened(pay: str) -> None:
    text = section(pay, "agreed")
    assert "A contract (Contract 7) promises 99.5 % over a month; the objective is stricter by 0.4 points" in text
    assert "2026-02-01 Reviewed 2026-01-12 Agreed to by @pay (owner) no day Agreed to by @product" in text
    assert "To be reviewed again by 2026-05-02." in text
    assert "not agreed Nobody has agreed to it yet." in section(page_of(SHOP, MEASURED), "agreed")


def test_a_tiny_budget_is_told_and_not_rounded_up() -> None:
    tree = SHOP.replace(
        "objective: 99.9\n    | window: 30d\n    | error", "objective: 99.99999\n    | window: 30d\n    | error"
    )
    page = page_of(tree, MEASURED)
    balanced(page)
    assert "99.99999 % of what its ratio counts, over any 30 days , which leaves 0.2 s of full outage" in words(page)


HOSTILE = '"<script>alert(1)</script> onload=x [a](javascript:alert(1)) </svg> *b* ${Y} | \\" "'
PLACES = (
    "A payment is answered within 3 s",
    "It is answered within 300 ms",
    "Read the reviews.",
    "PayBurns",
    "90 days",
    "Contract 7",
    "a tenth of the fee",
    '"@lead"',
    "Board",
    "'sum(rate(ok{le=\"3\"}[{{.window}}]))'",
)


def test_hostile_words_stay_words() -> None:
    tree = SHOP
    for text in PLACES:
        assert text in tree
        tree = tree.replace(text, HOSTILE)
    page = page_of(tree, PAY)
    balanced(page)
    assert "has errors" not in page
    assert words(page).count("<script>alert(1)</script>") >= len(PLACES)
