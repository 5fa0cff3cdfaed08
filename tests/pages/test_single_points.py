"""The register, the map, journeys, and what pages of services say of the graph."""

from __future__ import annotations

import re
from html import unescape

from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.map import MAP_PATH
from mkdocs_sre.pages.single_points import REGISTER_PATH
from tests.pages.conftest import html, page_of, site_of
from tests.pages.test_documents import words

SHOP = """
sre/services/buy.md
    | ---
    | type: service
    | id: buy
    | title: Buy <b>
    | owner: "@team-shop"
    | tier: 1
    | kind: journey
    | dependencies: [{service: shop, criticality: hard}]
    | ---
sre/services/shop.md
    | ---
    | type: service
    | id: shop
    | owner: "@team-shop"
    | tier: 1
    | availability: 99.9
    | replicas: {need: 1, count: 2, spread: [zone-a, zone-b]}
    | dependencies:
    |   - {service: db, criticality: hard}
    |   - {service: hints, criticality: soft, fallback: "*none*"}
    | ---
sre/services/stores.md
    | ---
    | type: service
    | services:
    |   - id: db
    |     owner: "@team-data"
    |     tier: 1
    |     kind: datastore
    |     availability: 99.95
    |   - {id: hints, owner: "@team-data", tier: 3}
    |   - {id: zone-a, owner: "@ops", tier: 0, kind: domain, level: zone, availability: 99.9}
    |   - {id: zone-b, owner: "@ops", tier: 0, kind: domain, level: zone, availability: 99.9}
    | ---
"""
SLO = """
sre/slos/bought.md
    | ---
    | type: slo
    | id: bought
    | service: shop
    | behaviour: An order is taken.
    | sli: {good: a, total: b}
    | objective: 99.99
    | window: 30d
    | ---
"""
RISK = """
reliability/risks/ra-1.md
    | ---
    | type: risk-assessment
    | id: RA-1
    | services: [shop]
    | risks:
    |   - {subject: db, title: It runs once, severity: 5, likelihood: 2, treatment: accept, approver: "@cto", expires: 2026-09-01}
    | last_reviewed_on: 2026-03-01
    | review_in: 90d
    | ---
"""


def generated(tree: str, path: str) -> str:
    return next(page.markdown for page in pages(site_of(tree)) if page.path == path)


def test_the_register_ranks_single_points_and_says_how_they_are_documented() -> None:
    text = words(generated(SHOP, REGISTER_PATH))
    assert "Single points 1 of 6 elements" in text
    assert "Undocumented 1 no valid risk assessment" in text
    assert "Journeys at risk 1 of 1" in text
    assert "Declared 100 %" in text
    assert "Buy <b> needs shop , which needs db" in text
    assert "declared undocumented" in text
    assert "accepted to 2026-09-01 RA-1" in words(generated(SHOP + RISK, REGISTER_PATH))


def test_pairs_say_what_they_break() -> None:
    text = words(generated(SHOP, REGISTER_PATH))
    assert (
        "zone-a and zone-b Buy <b> shop : 0 of 2 copies left, 1 needed ( shop-1 and shop-2 are gone) unproven" in text
    )
    assert "3 pairs among zone-a , zone-b , shop-1 and shop-2" in text


def test_what_is_assumed_is_marked() -> None:
    tree = SHOP.replace("dependencies: [{service: shop, criticality: hard}]", "dependencies: [shop]")
    tree = tree.replace("{service: db, criticality: hard}", "db").replace(
        "    | replicas", "    | links: []\n    | x_replicas"
    )
    tree = tree.replace("    | x_replicas: {need: 1, count: 2, spread: [zone-a, zone-b]}\n", "")
    text = words(generated(tree, REGISTER_PATH))
    assert "assumed undocumented" in text
    assert "1 of 1, assumed" in unescape(generated(tree, REGISTER_PATH))


def test_a_site_without_dependencies_has_neither_register_nor_map() -> None:
    made = {
        page.path
        for page in pages(
            site_of("a.md\n    | ---\n    | type: service\n    | id: a\n    | owner: x\n    | tier: 1\n    | ---\n")
        )
    }
    assert made
    assert not made & {REGISTER_PATH, MAP_PATH}


def test_a_site_that_is_one_cycle_says_so() -> None:
    tree = "".join(
        f"{a}.md\n    | ---\n    | type: service\n    | id: {a}\n    | owner: x\n    | tier: 1\n    | dependencies: [{b}]\n    | ---\n"
        for a, b in (("a", "b"), ("b", "a"))
    )
    text = words(generated(tree, REGISTER_PATH))
    assert "a needs b needs a" in text
    assert "Could not be started from cold: a and b" in text
    assert "Nobody can tell: there is no journey" in text


def test_a_service_shows_what_it_needs_and_what_breaks_with_it() -> None:
    text = words(page_of(SHOP, "sre/services/shop.md"))
    assert "1 of 1 single point undocumented" in text
    assert "Buy <b> journey down needs shop" in text
    assert "db SPOF hard" in text
    assert "hints soft *none* unproven" in text
    assert "db single point of failure" not in text
    assert "db undocumented single point of failure" in text
    assert "At most 99.9 % always" in text
    assert "assumes independent failures" in text


def test_an_objective_stands_beside_what_its_dependencies_allow() -> None:
    text = words(page_of(SHOP + SLO, "sre/services/shop.md"))
    assert "99.99 % over 30 days 4.3 min left 0 % spent by reviews 99.95 % too high db 99.95 %" in text
    kept = words(page_of(SHOP + SLO.replace("99.99", "99.5"), "sre/services/shop.md"))
    assert "99.95 % holds" in kept


def test_the_page_of_an_objective_writes_the_sum_out() -> None:
    text = words(page_of(SHOP + SLO, "sre/slos/bought.md"))
    assert "too high At most 99.95 % . A dependency promises less than the objective of 99.99 %" in text
    assert "each would promise 99.999 %" in text
    assert "db 99.95 % by its availability 21.6 more than there is" in text


def test_what_stands_in_a_list_has_a_page_of_its_own_that_links_lead_to() -> None:
    made = {page.path: page.markdown for page in pages(site_of(SHOP))}
    text = words(made["sre/services/stores/db.md"])
    assert "shop service, tier 1 down needs db" in text
    assert "Written in Services" in text
    assert "[db](stores/db.md)" in page_of(SHOP, "sre/services/shop.md")
    own = SHOP + "sre/services/stores/db.md\n    | # Mine\n"
    assert "sre/services/stores/db.md" not in {page.path for page in pages(site_of(own))}
    assert "[db](stores.md#db)" in page_of(own, "sre/services/shop.md")


def test_a_journey_lists_its_single_points_and_pairs() -> None:
    text = words(page_of(SHOP, "sre/services/buy.md"))
    assert "What takes Buy <b> down by failing alone" in text
    assert "zone-a and zone-b shop : 0 of 2 copies left" in text


def test_the_map_names_teams_and_what_takes_down_most() -> None:
    text = words(generated(SHOP, MAP_PATH))
    assert "@team-shop Buy <b> and shop @team-data (1)" in text
    rows = re.findall(r"db datastore @team-data 1 service, 1 journey", text)
    assert rows


def test_pictures_lead_to_the_pages_of_the_built_site() -> None:
    made = html(page_of(SHOP, "sre/services/shop.md"))
    targets = {unescape(one) for one in re.findall(r'<a href="([^"]+)"(?: class="spof")?><title>', made)}
    assert targets == {"../buy/", "./", "../stores/db/", "../stores/hints/"}


def test_risks_on_the_matrix_are_marked_when_their_subject_is_single() -> None:
    made = page_of(SHOP + RISK, "reliability/risks/ra-1.md")
    assert 'class="mark single"' in made
    soft = page_of(SHOP + RISK.replace("subject: db", "subject: hints"), "reliability/risks/ra-1.md")
    assert 'class="mark"' in soft
    assert "no single point any more" in soft
    assert "no single point any more" not in made
    said = RISK.replace("subject: db", "subject: hints, single_point: false")
    assert "no single point any more" not in page_of(SHOP + said, "reliability/risks/ra-1.md")


def test_no_id_stands_twice_on_the_register() -> None:
    ids = re.findall(r'<[^>]+\sid="([^"]+)"', html(generated(SHOP, REGISTER_PATH)))
    assert "sre-path" in ids, "the picture of the critical path"
    assert sorted(set(ids)) == sorted(ids)
