"""Typed pages: head, body, what points here; the same text every time; damaged ones too."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.heads import columns_of, head_of
from mkdocs_sre.pages.titles import page_title
from tests.pages.conftest import html, page_of, site_of
from tests.tree import parse_tree

FILLED = Path(__file__).parents[1] / "documents" / "filled"
ALL = """
sre/services/payments.md
    | ---
    | type: service
    | id: payments
    | owner: "@team-payments"
    | tier: 1
    | description: Takes cards.
    | dependencies:
    |   - {service: vault, criticality: hard}
    |   - {any_of: [acquirer-a, acquirer-b], criticality: soft, fallback: last prices, needed: run}
    | replicas: {need: 2, count: 4, spread: [zone-a]}
    | recovery:
    |   - {scenario: loss of a zone, rto: 15m, rpo: 0s, proven: {on: 2025-11-28, by: CHAOS-018}}
    | degradation: {still_works: [refunds], lost: [new payments]}
    | deployment: {strategy: canary, rollback: {command: "kubectl rollout undo <x>", minutes: 4}}
    | links: [{title: Board, url: "https://x.example/"}, {title: Odd, url: "javascript:alert(1)"}]
    | ---
    | # payments
    |
    | Author's text.
sre/services/stores.md
    | ---
    | type: service
    | title: Stores
    | services:
    |   - {id: vault, owner: "@p", tier: 1, kind: datastore, description: Keys.}
    |   - {id: acquirer-a, owner: "@p", tier: 1, kind: external}
    |   - {id: acquirer-b, owner: "@p", tier: 1, kind: external}
    |   - {id: zone-a, owner: "@p", tier: 0, kind: domain, level: zone}
    | ---
sre/slos/authorise.md
    | ---
    | type: slo
    | id: authorise
    | service: payments
    | behaviour: A card payment is answered within 3 s.
    | sli: {good: 'rate(ok{a="b"})', total: rate(all), source: prometheus}
    | objective: 99.90
    | window: 30d
    | error_budget_policy: [{at_percent: 100, action: Stop., decides: "@cto"}, {at_percent: 50, action: Look.}]
    | agreed_by: [{who: "@a", role: owner, on: 2026-01-12}]
    | alerting: {runbook: pay-errors, name: PayBurn, windows: [{alert: page, short: 5m, long: 1h, budget_percent: 2}]}
    | ---
sre/runbooks/pay-errors.md
    | ---
    | type: runbook
    | id: pay-errors
    | title: Customers cannot pay
    | owner: "@team-payments"
    | service: payments
    | severity: P1
    | alerts: [PaymentsErrorsHigh]
    | last_reviewed_on: 2025-01-01
    | review_in: 6 months
    | placeholders: [{name: POD, description: The pod.}]
    | drills: [{on: 2026-01-15, result: failed, notes: Too slow., evidence: CHAOS-018}]
    | dashboards: [{title: Errors, url: "https://x.example/?a=1&b=2"}]
    | ---
sre/on-call/payments.md
    | ---
    | type: on-call
    | id: payments-on-call
    | title: Payments on call
    | owner: "@team-payments"
    | services: [payments]
    | hours: around the clock
    | rotation: {members: [Ana, Ben, Cleo], positions: [primary, secondary], shift: 1w, handover: {day: monday, time: "10:00", timezone: Europe/Berlin}}
    | escalation:
    |   - {who: primary, after: 0m, reach: the pager}
    |   - {who: secondary, after: 5m, reach: the pager}
    |   - {who: "@payments-leads", after: 1h 30m, reach: a call}
    | page_target: 2
    | weeks: [{begins: 2026-02-23, pages: 4, acted_on: 1}, {begins: 2026-03-02, pages: 3, acted_on: 3}]
    | links: [{title: Schedule, url: "https://x.example/"}]
    | ---
sre/incident-process/incidents.md
    | ---
    | type: incident-process
    | id: incidents
    | title: Incidents
    | owner: "@cto"
    | severities:
    |   - {name: SEV1, means: Nobody can buy., alerts: [critical], paged: [payments-on-call, "@cto"], within: 5m, update_every: 30m, review: Always}
    |   - {name: SEV2, means: Some cannot buy., alerts: [P2]}
    | roles: [{name: Commander, taken_by: "@cto", duties: [Decides., Types nothing.]}]
    | steps: [{title: Declare, role: Commander, text: "In #incidents."}]
    | templates:
    |   - {title: Declared, audience: all, role: Commander, severities: [sev-1], text: "${TITLE} on ${POD} since ${SINCE}"}
    |   - {title: Small, audience: all, severities: [SEV2], text: Not much.}
    | ---
sre/chaos/chaos-018.md
    | ---
    | type: chaos-experiment
    | id: CHAOS-018
    | service: payments
    | hypothesis: Nothing is lost within 60 s.
    | injection: {failure: kill, parameters: {duration: 10m}}
    | blast_radius: one zone
    | abort_when: [{metric: errors, threshold: "> 5 %", for: 2m}]
    | status: passed
    | run_on: 2026-02-02
    | ---
sre/capacity/payments.md
    | ---
    | type: capacity-plan
    | id: payments-capacity
    | service: payments
    | measured_on: 2026-02-15
    | resources:
    |   - {name: CPU, unit: cores, current: 10, limit: 16, growth: {percent: 4, per: 1 month}, headroom_percent: 25}
    |   - {name: links, current: 390, limit: 400, growth: {amount: 6, per: 1w}, headroom_percent: 20}
    | quotas: [{name: Cards, limit: 400, used: 38}]
    | scaling: [{option: More pods, cost: 210 EUR}]
    | loss_case: {survives: N+1}
    | ---
reliability/pirs/pir-2026-007.md
    | ---
    | type: pir
    | id: PIR-2026-007
    | title: Card payments failed
    | status: final
    | severity: SEV1
    | service: payments
    | incident_date: 2026-02-24
    | timezone: Europe/Berlin
    | events:
    |   - {kind: impact_started, time: "2026-02-24T14:02", text: It began.}
    |   - {kind: detected, time: "2026-02-24T14:09"}
    |   - {kind: found, time: "2026-02-24T14:31"}
    |   - {kind: mitigated, time: "2026-02-24T14:41"}
    |   - {kind: resolved, time: "2026-02-25T15:20"}
    | impact: [{label: Orders lost, value: "590"}]
    | slo_impact: [{slo: authorise, failing_percent: 50}]
    | runbooks_used: [{runbook: pay-errors, helped: partly, note: Slow.}]
    | contributing_factors: [{factor: expired, text: The certificate.}]
    | ---
    | # Card payments failed
    |
    | ## Summary
    |
    | Text.
reliability/pirs/add-1.md
    | ---
    | type: addendum
    | id: ADD-2026-007-1
    | amends: pir-2026-007
    | date: 2026-03-05
    | corrects: 590 were 612.
    | ---
reliability/actions/all.md
    | ---
    | type: action-items
    | id: ledger
    | actions:
    |   - {id: AI-033, title: Done, owner: "@a", due: 2026-03-04, state: done, done_on: 2026-03-03, from: PIR-2026-007}
    |   - {id: AI-032, title: Later, owner: "@a", due: 2026-03-20, state: in-progress, from: PIR-2026-007}
    |   - {id: AI-031, title: Late, owner: "@a", due: 2026-03-06, state: open, from: pir-2026-007}
    |   - {id: AI-034, title: Nobody's, state: dropped, decision: "@cto said so"}
    | ---
reliability/risks/ra-1.md
    | ---
    | type: risk-assessment
    | id: RA-1
    | services: [payments]
    | risks:
    |   - {subject: vault, title: one node, severity: 2, likelihood: 2, treatment: mitigate, mitigations: [{text: two, action: AI-032}]}
    |   - {subject: acquirer-a, title: only one, severity: 5, likelihood: 3, treatment: accept, approver: "@cto", expires: 2026-01-01}
    | ---
"""
PATHS = sorted(parse_tree(ALL).files)


def words(text: str) -> str:
    """Return the words that a page shows, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(text).replace("<wbr>", ""))).split())


def test_every_kind_stands_in_the_tree_and_has_a_head() -> None:
    site = site_of(ALL)
    assert {document.kind for document in site.base.documents} == set(kinds())
    assert all(document.origin.intact for document in site.base.documents), [
        source.defects for source in site.base.sources if source.defects
    ]
    for document in site.base.documents:
        head = head_of(document, site, document.path)
        assert head.facts or head.columns
        assert len(head.chips) <= 3
        assert columns_of(document.kind)


@pytest.mark.parametrize("path", PATHS)
def test_two_renders_are_identical_and_one_title_stands_on_each(path: str) -> None:
    first = page_of(ALL, path)
    assert first == page_of(ALL, path)
    assert html(first).count("<h1") == 1
    assert re.search("What points here|Nothing points here yet|Nothing else points here", first)
    assert first.count('markdown="') - first.count("<li ") <= 20


@pytest.mark.parametrize("path", PATHS)
def test_no_raw_markdown_is_left_and_nothing_is_active(path: str) -> None:
    page = html(page_of(ALL, path))
    assert "markdown=" not in page
    assert "](" not in page
    assert 'href="javascript' not in page
    assert "<p><caption" not in page


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("sre/services/payments.md", "Takes cards. Owner @team-payments"),
        ("sre/services/payments.md", "vault SPOF hard"),
        ("sre/services/payments.md", "acquirer-a , acquirer-b soft, 1 of 2, to run last prices unproven"),
        ("sre/services/payments.md", "2 of 4 needed in zone-a"),
        ("sre/services/payments.md", "RTO 15 min, RPO 0 s last proven 2025-11-28"),
        ("sre/services/payments.md", "Customers cannot pay page · P1 review expired drill failed 2026-01-15"),
        ("sre/slos/authorise.md", "99.9 % of events, over any 30 days , which leaves 43 min 12 s"),
        (
            "sre/slos/authorise.md",
            "45.1 % we are here by final reviews 50 % Look. 2.1 min away 100 % Stop. @cto decides",
        ),
        ("sre/slos/authorise.md", "agreed 2026-01-12"),
        ("sre/runbooks/pay-errors.md", "P1 review expired drill failed 2026-01-15"),
        ("sre/on-call/payments.md", "pages above target"),
        ("sre/on-call/payments.md", "First called primary then 2 further levels Hours around the clock Shift 1 week"),
        (
            "sre/on-call/payments.md",
            "handed over on Monday at 10:00, Europe/Berlin Pages a week 3.5 median of 2 weeks, target: at most 2",
        ),
        (
            "sre/on-call/payments.md",
            "primary at once the pager secondary after 5 min the pager @payments-leads after 1 h 30 min a call",
        ),
        ("sre/on-call/payments.md", "57.1 % of them led to something"),
        (
            "sre/runbooks/pay-errors.md",
            "Escalate secondary after 5 min , @payments-leads after 1 h 30 min \u00b7 Payments on call",
        ),
        ("sre/runbooks/pay-errors.md", "It begins as SEV1. News every 30 min."),
        ("sre/runbooks/pay-errors.md", "Declared Commander to all Customers cannot pay on ${POD} since ${SINCE}"),
        (
            "sre/incident-process/incidents.md",
            "SEV1 alerts: critical Nobody can buy. payments-on-call , @cto 5 min 30 min Always",
        ),
        ("sre/incident-process/incidents.md", "Commander @cto Decides. Types nothing."),
        ("sre/incident-process/incidents.md", "1. Declare Commander In #incidents."),
        ("sre/services/payments.md", "On-call rotation payments-on-call, under services"),
        (
            "sre/chaos/chaos-018.md",
            "Expected Nothing is lost within 60 s. Seen on 2026-02-02 passed Nothing is written down.",
        ),
        ("sre/chaos/chaos-018.md", "errors > 5 % for 2 min"),
        ("sre/capacity/payments.md", "past its threshold"),
        ("sre/capacity/payments.md", "CPU 10 of 16 cores 62.5 %"),
        ("reliability/pirs/pir-2026-007.md", "Amended by ADD-2026-007-1 on 2026-03-05"),
        ("reliability/pirs/pir-2026-007.md", "SEV1 final 1 of 3 actions late"),
        ("reliability/pirs/pir-2026-007.md", "39 min detected after 7 min, resolved after 25 h 18 min"),
        ("reliability/pirs/pir-2026-007.md", "14:09 +7 min D detected"),
        ("reliability/pirs/pir-2026-007.md", "2026-02-25 15:20 +25 h 18 min R resolved"),
        (
            "reliability/pirs/pir-2026-007.md",
            "AI-031 Late @a 2026-03-06 3 days late AI-032 Later @a 2026-03-20 in progress",
        ),
        ("reliability/pirs/add-1.md", "Amends pir-2026-007 Card payments failed"),
        ("reliability/actions/all.md", "1 of 4 actions late Open 2 Late 1 as of 2026-03-09 Done 1 Dropped 1"),
        ("reliability/actions/all.md", "AI-033 Done from PIR-2026-007 @a 2026-03-04 done 2026-03-03 AI-034"),
        ("reliability/risks/ra-1.md", "1 acceptance expired"),
        (
            "reliability/risks/ra-1.md",
            "A acquirer-a only one 15 all users stop (5) \u00d7 possible (3) no data acceptance expired 2026-01-01 no single point any more B vault",
        ),
    ],
)
def test_what_is_shown(path: str, shown: str) -> None:
    assert shown in words(page_of(ALL, path))


def test_listed_documents_and_actions_have_anchors_that_mkdocs_sees() -> None:
    assert "[vault](stores/vault.md){: #vault }" in page_of(ALL, "sre/services/stores.md")
    assert '<a href="#ai-031" id="ai-031">AI-031</a>' in html(page_of(ALL, "reliability/actions/all.md"))


def test_what_points_here_names_keys_and_untyped_pages() -> None:
    tree = ALL + "notes.md\n    | # Notes\n    |\n    | [x](sre:vault) and [y](sre/runbooks/pay-errors.md)\n"
    assert "Service, under dependencies" in words(page_of(tree, "sre/services/stores.md"))
    assert "Notes Page" in words(page_of(tree, "sre/runbooks/pay-errors.md"))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Own\n\nText", "Own"),
        ("Own\n===\n\nText", "Own"),
        ("<!-- note -->\n\n# Own {: #x }\n", "Own"),
        ("Text first\n\n## Two", "A name"),
        ("", "A name"),
    ],
)
def test_the_first_heading_is_the_title_of_the_head(body: str, title: str) -> None:
    lines = "".join(f"\n    | {line}" for line in body.split("\n"))
    tree = f"a.md\n    | ---\n    | type: runbook\n    | id: a\n    | title: A name\n    | owner: x\n    | ---{lines}"
    page = html(page_of(tree, "a.md"))
    assert re.search(rf"<header.*</header>\s*<h1[^>]*>{title}</h1>", page, re.DOTALL)
    assert page.count("<h1") == 1


@pytest.mark.parametrize("kind", list(kinds()))
def test_a_document_with_nothing_but_its_id_still_gets_a_page(kind: str) -> None:
    tree = f"a.md\n    | ---\n    | type: {kind}\n    | id: x-1\n    | ---\n    | # Name\n"
    page = words(page_of(tree, "a.md"))
    assert page.startswith(f"{kinds()[kind].label} x-1 Name")
    assert page.endswith("Nothing points here yet.")
    if not site_of(tree).base.documents[0].origin.intact:
        assert "has errors Some keys of this page are wrong" in page


def test_front_matter_that_mkdocs_leaves_in_the_text_is_not_shown() -> None:
    tree = "a.md\n    | ---\n    | type: runbook\n    | id: a\n    | owner: x\n    | last_reviewed_on: 2026-02-31\n    | ---\n    | # Name\n"
    page = html(page_of(tree, "a.md"))
    assert "2026-02-31" not in page
    assert page.count("<h1") == 1
    broken = words(page_of("b.md\n    | ---\n    | a: [\n    | ---\n    | # Name\n", "b.md"))
    assert broken.startswith("The front matter of this page could not be read")


def test_page_titles() -> None:
    site = site_of(ALL)
    assert page_title(site, "reliability/pirs/pir-2026-007.md") == "Card payments failed"
    assert page_title(site, "sre/services/stores.md") == "Stores"
    assert page_title(site, "nothing.md") is None


@pytest.mark.parametrize("file", sorted(FILLED.glob("*.md")), ids=lambda file: file.stem)
def test_filled_templates_have_pages(file: Path) -> None:
    lines = "".join(f"\n    | {line}" for line in file.read_text(encoding="utf-8").splitlines())
    page = html(page_of(f"{file.name}{lines}", file.name))
    assert page.count("<h1") == 1
    assert "](" not in page
