"""Pages for readers: what they gather, what they say when there is nothing, and how long they get."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.readers import readers
from tests.pages.conftest import html, site_of
from tests.pages.test_documents import ALL, words

MAX_LINES = 200  # of one page
NAMES = ("architect", "compliance", "developer", "release-engineer", "security", "team-lead")
EXTRA = """
sre/services/journey.md
    | ---
    | type: service
    | id: buy
    | title: Buy a basket
    | owner: "@team-payments"
    | tier: 1
    | kind: journey
    | dependencies: [{service: payments, criticality: hard}, {service: reports, criticality: hard}]
    | ---
sre/services/reports.md
    | ---
    | type: service
    | id: reports
    | owner: "@team-data"
    | tier: 3
    | dependencies: [{service: acquirer-a, criticality: hard, fallback: acquirer-b}]
    | tags: [Security]
    | ---
sre/chaos/failed.md
    | ---
    | type: chaos-experiment
    | id: CHAOS-020
    | title: A bad release is rolled back
    | service: payments
    | hypothesis: The rollback takes 4 min.
    | injection: A broken version is deployed.
    | blast_radius: staging
    | abort_when: [{metric: errors, threshold: "> 5 %", for: 2m}]
    | status: failed
    | run_on: 2026-02-20
    | result: It took 19 min.
    | ---
"""


def _pages(tree: str) -> dict[str, str]:
    found = pages(site_of(tree))
    return {one.path[8:-3]: one.markdown.split("---\n", 2)[2] for one in found if one.path.startswith("readers/")}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return _pages(ALL + EXTRA)


def test_every_reader_has_a_page_and_the_first_leads_to_all(made: dict[str, str]) -> None:
    assert sorted(made) == sorted((*NAMES, "index"))
    assert re.findall(r"\]\((\S+)\.md\)", made["index"]) == [one.path[8:-3] for one in readers()]


@pytest.mark.parametrize("name", NAMES)
def test_every_block_says_why_it_is_there(made: dict[str, str], name: str) -> None:
    headings = re.findall(r"(?m)^## ", made[name])
    assert len(headings) >= 2
    assert len(re.findall(r'<p class="sre-lede">[^<]|<p class="sre-lede"></p>', made[name])) == len(headings)


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_sound_html(made: dict[str, str], name: str) -> None:
    text = html(made[name])
    assert "markdown=" not in text
    assert "{:" not in text
    assert "](" not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(set(ids)) == len(ids)


EXPECTED = {
    "team-lead": [
        "@team-payments 2 1",
        "Runs Buy a basket , payments .",
        "review expired",
        "99.9 % over 30 days at 100 % spent: Stop",
        "Card payments failed SEV1 final 2026-02-24",
    ],
    "architect": [
        "payments Buy a basket hard",
        "Buy a basket reports tier inversion tier 1 needs tier 3",
        "reports acquirer-a unproven acquirer-b",
        "A bad release is rolled back failed payments · It took 19 min.",
        "payments loss of a zone 15 min 0 s 2025-11-28, CHAOS-018",
    ],
    "developer": [
        "payments A card payment is answered within 3 s. authorise",
        "A bad release is rolled back failed payments · It took 19 min.",
        "payments tier 1 Customers cannot pay",
        "mkdocs-sre new runbook ID",
    ],
    "compliance": [
        "Card payments failed PIR-2026-007 2026-02-24",
        "Late now 1",
        "authorise 99.9 % @a (owner)",
        "A final review does not change.",
    ],
    "security": [
        "acquirer-a payments",
        "not rated",
        "reports tier 3",
        "payments loss of a zone 15 min 0 s",
    ],
    "release-engineer": [
        "canary",
        "kubectl rollout undo <x> 4 min",
        "100 % Stop. (@cto decides)",
        "A bad release is rolled back failed payments · It took 19 min.",
        "links payments-capacity not told past its threshold",
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_pages_gather_what_is_meant_for_their_reader(made: dict[str, str], name: str) -> None:
    text = words(made[name])
    assert [one for one in EXPECTED[name] if one not in text] == [], text


def test_a_site_without_what_a_reader_needs_has_no_page_for_them() -> None:
    only_a_note = (
        "note.md\n    | # Note\nr.md\n    | ---\n    | type: runbook\n    | id: r\n    | owner: x\n    | ---\n"
    )
    assert _pages(only_a_note) == {}
    services = "s.md\n    | ---\n    | type: service\n    | id: s\n    | owner: x\n    | tier: 1\n    | ---\n"
    assert sorted(_pages(services)) == ["index", "team-lead"]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_pages_are_made_on_any_day_of_the_calendar(day: date) -> None:
    site = replace(site_of(ALL + EXTRA), as_of=day)
    assert {f"readers/{name}.md" for name in NAMES} <= {one.path for one in pages(site)}


def test_what_is_missing_says_how_to_write_it() -> None:
    tree = "s.md\n    | ---\n    | type: service\n    | id: s\n    | owner: x\n    | tier: 1\n    | recovery: [{scenario: fire, rto: 1h}]\n    | ---\n"
    text = "".join(_pages(tree).values())
    named = set(re.findall(r"mkdocs-sre new (\S+) \S+ starts one", words(text)))
    assert named == {"risk-assessment", "chaos-experiment", "capacity-plan"}
    assert named <= set(kinds())
    assert text.count("none yet") >= 3


def test_pages_stay_short_however_large_the_site_is() -> None:
    tree = ""
    for number in range(150):
        tree += (
            f"s{number}.md\n    | ---\n    | type: service\n    | id: s{number}\n    | owner: '@team-{number}'\n    | tier: 1\n"
            f"    | kind: {('service', 'journey', 'external')[number % 3]}\n    | description: The secret.\n"
            "    | recovery: [{scenario: fire, rto: 1h}]\n    | deployment: {strategy: canary}\n"
            f"    | dependencies: [{{service: s{(number + 1) % 150}, fallback: none}}]\n    | ---\n"
            f"o{number}.md\n    | ---\n    | type: slo\n    | id: o{number}\n    | service: s{number}\n    | behaviour: Works.\n"
            "    | sli: {good: a, total: b}\n    | objective: 99\n    | window: 30d\n"
            "    | error_budget_policy: [{at_percent: 100, action: Stop.}]\n    | ---\n"
            f"p{number}.md\n    | ---\n    | type: pir\n    | id: p{number}\n    | status: final\n    | severity: SEV1\n"
            f"    | service: s{number}\n    | incident_date: 2026-03-01\n    | contributing_factors: [The secret.]\n    | ---\n"
        )
    made = _pages(tree)
    lines = {name: len(re.findall(r"<tr>|<tr |<li[ >]", text)) for name, text in made.items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}
    assert lines["team-lead"] > 60
    assert "the first 20 of" in made["architect"]
