"""What indexes say above and around their lists."""

from __future__ import annotations

import re

import pytest

from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.indexes import MAX_ROWS
from mkdocs_sre.pages.overviews import MOST
from tests.pages.conftest import html, site_of
from tests.pages.test_documents import ALL, words
from tests.pages.test_figures import HOSTILE, balanced

QUOTED = HOSTILE.replace("'", "''")


def index(tree: str, folder: str) -> str:
    """Return the index in a folder, without its front matter; it is the same every time."""
    made = [{page.path: page.markdown for page in pages(site_of(tree))} for _ in range(2)]
    assert made[0] == made[1]
    text = made[0][f"{folder}/index.md"].split("---\n", 2)[2]
    balanced(text)
    return text


def ordered(text: str, *parts: str) -> bool:
    """Whether the parts stand in the text in this order."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def pir(number: int, minutes: int, severity: str = "SEV2", status: str = "final", more: str = "") -> str:
    """Return a review of an incident that was mitigated after so many minutes."""
    return (
        f"reliability/pirs/PIR-{number:03d}.md\n    | ---\n    | type: pir\n    | id: PIR-{number:03d}\n    | status: {status}\n"
        f"    | severity: {severity}\n    | service: cart\n    | incident_date: 2026-01-{number % 28 + 1:02d}\n    | timezone: UTC\n"
        f"    | events:\n    |   - {{kind: impact_started, time: '2026-01-{number % 28 + 1:02d}T10:00'}}\n"
        f"    |   - {{kind: mitigated, time: '2026-01-{number % 28 + 1:02d}T{10 + minutes // 60:02d}:{minutes % 60:02d}'}}\n"
        f"{more}    | ---\n    | # Incident {number}\n"
    )


def reviews(*minutes: int, more: str = "") -> str:
    return "".join(pir(number, one) for number, one in enumerate(minutes)) + more


def test_reviews_show_median_middle_half_count_and_every_point() -> None:
    page = index(reviews(9, 22, 26, 39, 4), "reliability/pirs")
    text = words(page)
    assert "To mitigate median 22 min, middle half 9 min to 26 min" in text
    assert "5 durations: 4 min, 9 min, 22 min, 26 min, 39 min" in text
    assert page.count('<circle class="dot"') == 5
    assert "All 5 22 min 9 min to 26 min" in text
    assert "Hyndman and Fan 1996, type 7" in text
    assert not re.search(r"\b(mean|average|MTT[RDAM])\b", text)
    assert "To detect median" not in text


def test_few_reviews_have_no_quartiles_and_a_rare_severity_no_median() -> None:
    tree = reviews(9, 22, 26) + pir(8, 39, "SEV1")
    text = words(index(reviews(9, 22, 26), "reliability/pirs"))
    assert "To mitigate median 22 min of 3" in text
    assert "half" not in text[text.index("How long") : text.index("Median")]
    table = words(index(tree, "reliability/pirs"))
    assert "SEV2 3 22 min" in table
    assert "SEV1 1 " not in table


def test_drafts_are_drawn_but_not_counted() -> None:
    page = index(reviews(9, 22, 26, 39, more=pir(7, 300, status="draft")), "reliability/pirs")
    text = words(page)
    assert "Reviews 4 and 1 draft, not counted below" in text
    assert "4 durations: 9 min, 22 min, 26 min, 39 min" in text
    assert page.count('<circle class="dot apart"') == 1
    assert "Hollow dots are drafts and do not count." in text
    assert "Hollow" not in words(index(reviews(9, 22), "reliability/pirs"))


def test_reviews_without_a_duration_have_no_figure() -> None:
    tree = pir(1, 9, status="draft")
    text = words(index(tree, "reliability/pirs"))
    assert "How long it took" not in text
    assert "Reviews 0 and 1 draft" in text


def test_the_scale_is_said_to_be_logarithmic_only_where_it_is() -> None:
    assert "Logarithmic scale" in index(reviews(1, 400), "reliability/pirs")
    assert "Logarithmic scale" not in index(reviews(20, 40), "reliability/pirs")


def test_follow_through_is_told_by_review() -> None:
    actions = (
        "a.md\n    | ---\n    | type: action-items\n    | id: ledger\n    | actions:\n"
        "    |   - {id: A1, title: t, owner: o, due: 2026-02-01, state: done, done_on: 2026-02-01, from: PIR-000}\n"
        "    |   - {id: A2, title: t, owner: o, due: 2026-02-01, state: done, done_on: 2026-02-02, from: PIR-000}\n"
        "    |   - {id: A3, title: t, owner: o, due: 2026-02-01, state: open, from: PIR-000}\n"
        "    |   - {id: A4, title: t, owner: o, due: 2026-09-01, state: open, from: PIR-000}\n"
        "    |   - {id: A5, title: t, owner: o, due: 2026-02-01, state: dropped, decision: no, from: PIR-000}\n    | ---\n"
    )
    text = words(index(reviews(9) + actions, "reliability/pirs"))
    assert "Review Done in time Done late Open Late Dropped PIR-000 2026-01-01 1 1 1 1 1" in text
    assert "Actions closed 3 of 5" in text


def test_reviews_by_service_and_who_found_them() -> None:
    tree = reviews(9, 22, 26) + pir(6, 5, more="    | detected_by: users\n")
    text = words(index(tree, "reliability/pirs"))
    assert "cart 4 4 2026-01-07 15 min" in text  # half way between 9 and 22, whole minutes
    assert "Found by an alert 0 of 1 1 by users" in text
    assert "Found by" in text[text.index("All reviews") :]


def test_hostile_words_on_the_index_of_reviews_stay_words() -> None:
    tree = reviews(9).replace("severity: SEV2", f"severity: '{QUOTED}'").replace("# Incident 0", f"# {HOSTILE}")
    page = index(tree, "reliability/pirs")
    assert "<script" not in html(page)
    assert "alert(1)" in words(page)


def test_past_a_hundred_rows_an_index_is_a_list_and_its_numbers_stay() -> None:
    tree = "".join(pir(number, number % 50) for number in range(MAX_ROWS + 1))
    page = index(tree, "reliability/pirs")
    listed = page[page.index("## All reviews") :]
    assert "<table" not in listed
    assert listed.count("\n- [") == MAX_ROWS + 1
    assert f"All {MAX_ROWS + 1}" in words(page)


def risks(number: int, name: str = "RA-1") -> str:
    rows = "".join(
        f"    |   - {{subject: s{n}, title: t{n}, severity: {n % 5 + 1}, likelihood: 2, treatment: avoid}}\n"
        for n in range(number)
    )
    return f"{name}.md\n    | ---\n    | type: risk-assessment\n    | id: {name}\n    | services: [x]\n    | risks:\n{rows}    | ---\n"


def test_risks_of_all_assessments_are_ranked() -> None:
    text = words(index(ALL + risks(2, "RA-9").replace("severity: 1", "severity: 4"), "reliability/risks"))
    assert ordered(text, "A acquirer-a", "B s0", "C s1", "D vault", "Assessments 2")
    assert "Risks 4 High 1 a score of 15 and more Accepted 1 1 expired or without end Untreated 0" in text


def test_tables_above_a_list_are_bounded() -> None:
    text = words(index(risks(MOST + 7), "reliability/risks"))
    assert "And 7 more risks." in text
    assert f"Risks {MOST + 7}" in text


def test_resources_of_all_plans_stand_in_the_order_in_which_they_run_short() -> None:
    plan = "{0}.md\n    | ---\n    | type: capacity-plan\n    | id: {0}\n    | service: x\n    | measured_on: 2026-01-10\n    | resources:\n{1}    | ---\n"
    row = "    |   - {{name: {0}, current: {1}, limit: 100, growth: {{amount: 1, per: 1d}}}}\n"
    tree = plan.format("a", row.format("late", 10) + "    |   - {name: never, current: 1, limit: 2}\n")
    tree += plan.format("b", row.format("soon", 90) + row.format("gone", 100))
    text = words(index(tree, "sre/capacity"))
    assert ordered(text, "What runs short first", "gone b", "soon b", "late a", "never a", "not in sight", "Plans 2")


def experiment(name: str, status: str, more: str = "") -> str:
    return (
        f"{name}.md\n    | ---\n    | type: chaos-experiment\n    | id: {name}\n    | service: x\n    | hypothesis: H of {name}.\n"
        f"    | injection: kill\n    | blast_radius: one\n    | abort_when: [e]\n    | status: {status}\n{more}    | ---\n"
    )


LEDGER = "l.md\n    | ---\n    | type: action-items\n    | id: l\n    | actions:\n    |   - {id: A1, title: t, owner: o, due: 2026-09-01, state: open, from: C-1}\n    | ---\n"


@pytest.mark.parametrize(
    ("tree", "waits"),
    [
        (experiment("C-1", "failed"), "Waits for State C-1 H of C-1. a plan with retest_of failed"),
        (experiment("C-1", "failed") + LEDGER, "H of C-1. action A1 failed"),
        (
            experiment("C-1", "aborted") + experiment("C-2", "planned", "    | retest_of: c-1\n"),
            "the run of C-2 aborted",
        ),
        (experiment("C-1", "failed") + experiment("C-2", "failed", "    | retest_of: C-1\n"), "H of C-2."),
        (experiment("C-1", "failed") + experiment("C-2", "passed", "    | retest_of: C-1\n"), ""),
        (experiment("C-1", "passed"), ""),
    ],
)
def test_hypotheses_wait_until_they_are_run_again(tree: str, waits: str) -> None:
    text = words(index(tree, "sre/chaos"))
    assert waits in text
    assert f"Waiting for a repeat {1 if waits else 0}" in text
    if "C-2" in tree and "H of C-2" in waits:
        assert "H of C-1" not in text


def test_the_open_actions_of_all_ledgers_come_late_ones_first() -> None:
    text = words(index(ALL + LEDGER, "reliability/actions"))
    assert ordered(text, "Open 3 of 5 Late 1", "AI-031 Late", "3 days late", "AI-032 Later", "A1 t from C-1", "Ledgers")
    assert "AI-033" not in text


def test_services_stand_by_what_they_are_the_most_critical_first() -> None:
    text = words(index(ALL, "sre/services"))
    assert ordered(
        text,
        "Services 1 of 5",
        "payments Takes cards.",
        "Datastores",
        "vault Keys",
        "Externals 2 of 5",
        "Failure domains 1",
    )
    alike = "".join(
        f"{name}.md\n    | ---\n    | type: service\n    | id: {name}\n    | owner: o\n    | tier: {tier}\n    | ---\n"
        for name, tier in (("a", 2), ("b", 1))
    )
    page = index(alike, "sre/services")
    assert "\n## " not in page
    assert ordered(words(page), "b 1", "a 2")


def test_damaged_documents_are_listed_last_and_break_nothing() -> None:
    for kind, folder in (("service", "sre/services"), ("slo", "sre/slos"), ("runbook", "sre/runbooks"), ("pir", "reliability/pirs"),
                         ("risk-assessment", "reliability/risks"), ("capacity-plan", "sre/capacity"), ("chaos-experiment", "sre/chaos"),
                         ("action-items", "reliability/actions")):  # fmt: skip
        broken = f"broken.md\n    | ---\n    | type: {kind}\n    | id: broken\n    | severity: [1]\n    | tier: x\n    | ---\n"
        assert "broken has errors" in words(index(ALL + broken, folder))
        assert "broken has errors" in words(index(broken, folder))


def test_slos_stand_by_service_and_runbooks_by_what_their_alert_does() -> None:
    slo = "{0}.md\n    | ---\n    | type: slo\n    | id: {0}\n    | service: {1}\n    | behaviour: b\n    | sli: {{good: a, total: b}}\n    | objective: 99\n    | window: 30d\n    | ---\n"
    text = words(index(ALL + slo.format("aaa", "vault") + slo.format("zzz", "payments"), "sre/slos"))
    assert ordered(text, "authorise", "zzz", "aaa")
    runbook = "{0}.md\n    | ---\n    | type: runbook\n    | id: {0}\n    | owner: o\n    | severity: {1}\n    | ---\n"
    runbooks = words(index(ALL + runbook.format("later", "warning") + runbook.format("rest", "none"), "sre/runbooks"))
    assert ordered(
        runbooks, "Pages:", "Customers cannot pay", "PaymentsErrorsHigh", "Tickets:", "later", "Procedures", "rest"
    )
