"""The home page: alerts first, then what changed, then the services; short, however large the site is."""

from __future__ import annotations

import re

from mkdocs_sre.pages.blocks import MAX_ROWS
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.home import MAX_LISTED
from mkdocs_sre.pages.readers import readers
from tests.pages.conftest import html, site_of
from tests.pages.test_documents import ALL, words

RUNBOOK = """sre/runbooks/r{0}.md
    | ---
    | type: runbook
    | id: r{0}
    | title: Runbook {0}
    | owner: "@team"
    | severity: {1}
    | alerts: [{2}]
    | ---
"""
SERVICE = """sre/services/s{0}.md
    | ---
    | type: service
    | id: s{0}
    | owner: "@team"
    | tier: {1}
    | ---
"""


def _home(tree: str) -> str:
    return next(page.markdown for page in pages(site_of(tree)) if page.path == "index.md").split("---\n", 2)[2]


def test_home_leads_with_alerts_then_what_changed_then_services() -> None:
    home = _home(ALL)
    text = words(home)
    order = (
        "Which alert is it?",
        "page someone is woken, 1 alert",
        "Customers cannot pay · @team-payments",
        "Late actions Late 3 days late",
        "Latest reviews Card payments failed final",
        "Services",
        "All 5 services",
        "For each reader",
        "Everything by kind",
        "as of 2026-03-09",
    )
    found = [text.find(one) for one in order]
    assert found == sorted(found), list(zip(order, found, strict=True))
    assert -1 not in found, list(zip(order, found, strict=True))
    assert "[Payments<wbr>Errors<wbr>High](sre/runbooks/pay-errors.md)" in home


def test_alerts_stand_under_their_severity_and_in_order() -> None:
    home = _home(RUNBOOK.format(1, "P3", "Zebra") + RUNBOOK.format(2, "P1", "Yak, Ant") + RUNBOOK.format(3, "odd", ""))
    assert re.findall(r"\[([A-Z]\w+(?: \d)?)\]\(sre/runbooks/r", home) == ["Ant", "Yak", "Zebra", "Runbook 3"]
    assert "someone is woken, 2 alerts" in home
    assert "procedures and the rest, 1 runbook" in home


def test_a_thousand_services_and_runbooks_do_not_make_home_long() -> None:
    tree = "".join(RUNBOOK.format(one, "P1", f"Alert{one}") + SERVICE.format(one, one % 4) for one in range(1000))
    home = _home(tree)
    assert home.count("sre/runbooks/r") == MAX_LISTED
    assert home.count("sre/services/s") == MAX_ROWS
    assert "[All 1,000 runbooks](sre/runbooks/index.md)" in home
    assert "[All 1,000 services](sre/services/index.md)" in home
    assert re.findall(r'data-l="Tier">(\d)', home) == ["0"] * MAX_ROWS


def test_services_say_what_they_promise_and_what_happened_last() -> None:
    row = re.search(r'<tr> <th scope="row" class="fit">\[payments\].*', _home(ALL))
    assert row is not None
    assert "99.9 %" in row[0]
    assert "1, to look at" in row[0]
    assert "[2026-02-24](reliability/pirs/pir-2026-007.md)" in row[0]
    assert "no SLO" in _home(SERVICE.format(1, 1))


def test_what_ends_soon_is_told_before_it_ends() -> None:
    risk = (
        "ra.md\n    | ---\n    | type: risk-assessment\n    | id: RA-1\n    | services: [s1]\n    | owner: x\n    | risks:\n"
        + "".join(
            f"    |   - {{subject: s1, title: 'Until {day}', severity: 1, likelihood: 1, treatment: accept, approver: x, expires: {day}}}\n"
            for day in ("2026-03-01", "2026-04-08", "2026-04-09")
        )
        + "    | ---\n"
    )
    text = words(_home(SERVICE.format(1, 1) + risk))
    assert "Ends within 30 days Until 2026-03-01 acceptance expired 2026-03-01" in text
    assert "Until 2026-04-08 accepted to 2026-04-08" in text
    assert "Until 2026-04-09" not in text


def test_a_site_without_runbooks_has_its_own_name_on_home() -> None:
    home = _home(SERVICE.format(1, 1))
    assert "# Shop" in home
    assert "Which alert" not in home


def test_home_leads_to_every_reader() -> None:
    home = _home(ALL)
    assert [path for path in (one.path for one in readers()) if f"]({path})" not in home] == []


def test_home_is_sound_html() -> None:
    made = html(_home(ALL))
    assert "markdown=" not in made
    assert "](" not in made
    assert "{:" not in made
