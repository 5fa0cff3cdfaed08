"""Nothing that stands in a document is ever executed in the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.conftest import serving, written
from tests.plugin.conftest import CONFIGURATION

ATTACKS = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload="window.hacked = 1">',
    "[click](javascript:window.hacked=1)",
    "{: onclick='window.hacked = 1' }",
    "`<script>window.hacked = 1</script>",
    "| a | <b onmouseover=window.hacked=1>",
    "&lt;script&gt;window.hacked = 1&lt;/script&gt;",
    "--8<-- 'secret'",
    "{{ config.site_name }}",
]


# Documents of the other kinds, with an attack wherever text may stand.
OTHERS: dict[str, dict[str, object]] = {
    "a-service": {
        "type": "service",
        "owner": ATTACKS[0],
        "tier": 1,
        "description": " ".join(ATTACKS) + " secret",
        "on_call": ATTACKS[1],
        "version": ATTACKS[2],
        "dependencies": [{"service": "a-provider", "fallback": one} for one in ATTACKS],
        "recovery": [{"scenario": one, "rto": "1h", "rpo": "1h"} for one in ATTACKS],
        "deployment": {"strategy": ATTACKS[2], "environments": ATTACKS, "rollback": ATTACKS[1]},
    },
    "a-provider": {"type": "service", "owner": ATTACKS[4], "tier": 3, "kind": "external"},
    "a-review": {
        "type": "pir",
        "status": ATTACKS[2],
        "severity": ATTACKS[1],
        "service": "a-service",
        "incident_date": date(2026, 2, 24),
        "impact": [{"label": one, "value": one, "unit": one, "note": one} for one in ATTACKS],
        "contributing_factors": [{"factor": "certificate", "text": one} for one in ATTACKS],
        "tags": ["security", *ATTACKS],
    },
    "a-ledger": {
        "type": "action-items",
        "actions": [
            {"id": f"AI-{at}", "title": one, "owner": one, "state": "open", "due": date(2026, 3, 1), "from": "a-review"}
            for at, one in enumerate(ATTACKS)
        ],
    },
    "an-objective": {
        "type": "slo",
        "service": "a-service",
        "behaviour": " ".join(ATTACKS),
        "sli": {"good": ATTACKS[0], "total": ATTACKS[1]},
        "objective": 99,
        "window": "30d",
        "objectives": [{"name": "fast", "objective": 95, "behaviour": ATTACKS[3]}],
        "alerting": {"name": ATTACKS[2]},
        "evidence": {"period": ATTACKS[1], "measured": 99.5, "source": ATTACKS[0]},
        "dashboards": [{"title": one, "url": one} for one in ATTACKS],
        "error_budget_policy": [{"at_percent": at, "action": one, "decides": one} for at, one in enumerate(ATTACKS)],
        "sla": {"objective": 98, "source": ATTACKS[0], "penalty": ATTACKS[1]},
        "agreed_by": [{"who": one, "role": one} for one in ATTACKS],
    },
    "a-rotation": {
        "type": "on-call",
        "owner": ATTACKS[0],
        "hours": ATTACKS[1],
        "services": ["a-service"],
        "rotation": {"members": ATTACKS, "positions": ATTACKS},
        "escalation": [{"who": one, "after": f"{at}m", "reach": one} for at, one in enumerate(ATTACKS)],
        "links": [{"title": one, "url": one} for one in ATTACKS],
    },
    "a-process": {
        "type": "incident-process",
        "owner": ATTACKS[0],
        "severities": [{"name": one, "means": one, "alerts": [one], "paged": [one], "review": one} for one in ATTACKS],
        "roles": [{"name": one, "taken_by": one, "duties": [one]} for one in ATTACKS],
        "steps": [{"title": one, "text": one, "role": one} for one in ATTACKS],
        "templates": [{"title": one, "audience": one, "role": one, "text": f"{one} ${{TITLE}}"} for one in ATTACKS],
    },
    "risks": {
        "type": "risk-assessment",
        "services": ["a-service"],
        "risks": [
            {
                "subject": "a-service",
                "title": one,
                "severity": 5,
                "likelihood": 5,
                "treatment": "accept",
                "approver": one,
            }
            for one in ATTACKS
        ],
    },
}


LONG = {"at_percent": 0, "action": "a" * 300, "decides": "d" * 300}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files: dict[str, str | bytes] = {
        f"page-{number}.md": _hostile(number, attack) for number, attack in enumerate(ATTACKS)
    }
    files["<img src=x onerror=alert(1)>.md"] = _hostile(90, "file name")
    files["broken.md"] = f"---\ntype: runbook\nid: [{ATTACKS[0]}\n---\n"
    files["latin.md"] = b"\xff" + ATTACKS[0].encode()
    files["ids.md"] = f'---\ntype: runbook\nid: "{ATTACKS[0]}"\nowner: x\n---\n'
    files["drawn.md"] = _drawn()
    files["review.md"] = _review()
    files |= {f"{name}.md": _document(name, keys) for name, keys in OTHERS.items()}
    files["long.md"] = _document("o" * 80, OTHERS["an-objective"] | {"error_budget_policy": [LONG]})
    with serving(written(tmp_path_factory.mktemp("hostile"), files, CONFIGURATION)) as address:
        yield address


def _hostile(number: int, attack: str) -> str:
    text = attack.replace("'", "''")
    following = (number + 1) % len(ATTACKS)
    return (
        f"---\ntype: runbook\nid: runbook-{number}\ntitle: '{text}'\nowner: '{text}'\nimpact: '{text}'\nescalation: '{text}'\n"
        f"severity: '{text}'\nalerts: ['{text}']\n---\n\nThe [next](sre:runbook-{following}) and [](sre:runbook-{following}).\n"
    )


def _drawn() -> str:
    """Return a plan whose resources bear hostile names, which charts repeat."""
    names = "".join(
        f"  - {{name: '{one}', unit: '{one}', current: {number}, limit: 9, growth: {{amount: 1, per: 1w}}}}\n"
        for number, one in enumerate(attack.replace("'", "''") for attack in ATTACKS)
    )
    return f"---\ntype: capacity-plan\nid: drawn\nservice: x\nmeasured_on: 2026-01-01\nresources:\n{names}---\n"


def _review() -> str:
    """Return a review whose events bear hostile names."""
    events = "".join(
        f"  - {{kind: '{one}', time: '2026-01-01T10:{number:02d}Z', text: '{one}'}}\n"
        for number, one in enumerate(
            ["impact_started", *(attack.replace("'", "''") for attack in ATTACKS), "mitigated"]
        )
    )
    head = "type: pir\nid: review\nstatus: final\nseverity: SEV1\nservice: x\nincident_date: 2026-01-01"
    return f"---\n{head}\nevents:\n{events}---\n"


def _document(name: str, keys: dict[str, object]) -> str:
    return f"---\n{yaml.safe_dump({'id': name, 'title': ATTACKS[0], **keys})}---\n"


def _watch(page: Page, origin: str) -> list[str]:
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on(
        "request",
        lambda request: None if request.url.startswith((origin, "data:", "blob:")) else faults.append(request.url),
    )
    return faults


def test_hostile_titles_and_ids_execute_nothing(browser: Browser, served: str) -> None:
    page = browser.new_page()
    faults = _watch(page, served)
    gathered = [
        *(f"readers/{one}" for one in ("", "team-lead/", "architect/", "developer/", "compliance/", "security/")),
        *(
            "readers/release-engineer/",
            "sre/on-call/",
            "sre/incident-process/",
            "sre/services/",
            "reliability/pirs/",
            "sre/slos/",
            "reliability/risks/",
        ),
        *(f"{one}/" for one in OTHERS),
    ]
    pages = [
        "",
        *gathered,
        "sre/runbooks/",
        "broken/",
        "latin/",
        "ids/",
        "drawn/",
        "review/",
        "sre/capacity/",
        "sre/freshness/",
        quote("<img src=x onerror=alert(1)>") + "/",
    ]
    for path in [*pages, *(f"page-{number}/" for number in range(len(ATTACKS)))]:
        response = page.goto(served + path)
        assert response is not None
        assert response.ok, path
        assert page.evaluate("window.hacked") is None, path
        assert (
            page.evaluate(
                "[...document.querySelectorAll('article *')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
            )
            == 0
        ), path
        assert page.locator("article script, article svg[onload], article a[href^='javascript:']").count() == 0, path
    page.close()
    assert faults == []


def test_hostile_names_execute_nothing_in_what_the_search_shows(browser: Browser, served: str) -> None:
    page = browser.new_page()
    faults = _watch(page, served)
    for text in ("service", "runbook"):
        page.goto(served)
        page.keyboard.press("/")
        page.keyboard.type(text)
        page.locator(".md-search-result__link").first.wait_for()
        page.wait_for_timeout(300)  # a handler of what is shown runs after it is
        assert page.evaluate("window.hacked") is None
        assert (
            page.locator(".md-search-result img, .md-search-result svg[onload], .md-search-result script").count() == 0
        )
    page.close()
    assert faults == []


def test_hostile_text_is_shown_as_it_is_written(browser: Browser, served: str) -> None:
    page = browser.new_page()
    for number, attack in enumerate(ATTACKS):
        page.goto(f"{served}page-{number}/")
        assert page.locator("h1").inner_text().strip() == attack
        assert attack in page.locator(".sre-first").inner_text()
    page.close()


def test_no_request_leaves_the_origin(browser: Browser, served: str) -> None:
    page = browser.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    for path in ("", "readers/security/", "sre/runbooks/", "sre/rules/"):
        page.goto(served + path, wait_until="networkidle")
    page.close()
    assert hosts == {"127.0.0.1"}


def test_words_without_end_do_not_widen_the_page_of_an_objective(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{served}long/")
    assert page.locator(".sre-policy li").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
