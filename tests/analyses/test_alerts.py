"""The catalogue of alerts: what each has, whose it is, and whom it calls."""

from __future__ import annotations

import gc
import weakref

import pytest

from mkdocs_sre.analyses.alerts import AlertCatalogue, alerts_of
from mkdocs_sre.documents.kinds.runbook import Runbook
from tests.tree import parse_tree

RULES = """
    options
        | owners: [{id: "@team-shop"}, {id: "@team-cart"}]
        | alerts:
        |   rules: ["*.rules.yaml"]
        |   alertmanager: [alertmanager.yml]
        |   url_prefix: ["https://sre.example.com/"]
        |   aliases: ["old/{alert}", "{group}"]
        |   retired: {ShopGone: ShopSlow, TillGone: "The tills were sold."}
    a.rules.yaml
        | groups:
        |   - name: shop
        |     rules:
        |       - alert: ShopSlow
        |         expr: up == 0
        |         labels: {severity: ticket, team: team-shop}
        |         annotations: {runbook_url: "https://sre.example.com/sre/Shop/"}
        |       - alert: shopSlow
        |         expr: up == 1
        |         labels: {severity: page, team: TEAM-CART}
        |       - alert: ShopDown
        |         expr: up == 2
        |         labels: {severity: critical, service: cart}
        |         annotations: {runbook_url: "https://sre.example.com/node/shopdown"}
        |       - record: shop:up
        |         expr: sum(up)
    b.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: up == 3
        |         labels: {severity: page, cluster: "{{ $labels.cluster }}"}
    alertmanager.yml
        | route:
        |   receiver: all
        |   routes:
        |     - receiver: pager
        |       matchers: [severity = "page"]
        |     - receiver: west
        |       matchers: [cluster = "west"]
        | receivers:
        |   - name: all
        |     slack_configs: [{channel: "#all"}]
        |   - name: pager
        |     pagerduty_configs: [{routing_key_file: /etc/key}]
        |   - name: west
        | inhibit_rules:
        |   - source_matchers: [severity = "critical"]
        |     target_matchers: [severity = "page"]
    sre/shop.md
        | ---
        | type: runbook
        | id: shop
        | owner: "@team-shop"
        | ---
    sre/old.md
        | ---
        | type: runbook
        | id: old
        | owner: "@team-till"
        | alerts: [CartFull, TillFull]
        | status: deprecated
        | ---
    sre/cart.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-till"
        | alerts: [cartfull]
        | ---
    cart.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-cart"
        | tier: 1
        | ---
    old/shopslow.md
        | # An author's own page
"""


@pytest.fixture(scope="module")
def alerts() -> AlertCatalogue:
    return alerts_of(parse_tree(RULES).base())


def runbook(alerts: AlertCatalogue, identifier: str) -> Runbook:
    return next(one for one in alerts.runbooks if one.id == identifier)


def test_alerts_come_from_rules_runbooks_and_options_in_order_of_names(alerts: AlertCatalogue) -> None:
    assert [one.name for one in alerts] == ["CartFull", "ShopDown", "ShopGone", "ShopSlow", "TillFull", "TillGone"]
    assert len(alerts) == 6
    assert alerts.find("SHOPslow") is alerts.by_key["shopslow"]
    assert alerts.find("unknown") is None
    assert [one.name for one in alerts.clashes] == ["shopSlow"]
    assert [(one.successor, one.rules) for one in alerts if one.successor] == [
        ("ShopSlow", ()),
        ("The tills were sold.", ()),
    ]


def test_the_gravest_rule_decides(alerts: AlertCatalogue) -> None:
    slow = alerts.by_key["shopslow"]
    assert (slow.severity, slow.paging) == ("page", True)
    assert [one.name for one in slow.rules] == ["ShopSlow", "shopSlow"]
    assert (alerts.by_key["tillfull"].severity, alerts.by_key["tillfull"].paging) == ("", False)


def test_whose_it_is(alerts: AlertCatalogue) -> None:
    owners = {one.name: one.owner for one in alerts}
    assert owners["ShopSlow"] == "@team-shop"  # the first rule that says it, by the known owner's handle
    assert owners["ShopDown"] == "@team-cart"  # of its service
    assert owners["CartFull"] == "@team-till"  # of its runbook
    assert owners["ShopGone"] == ""


def test_its_runbook(alerts: AlertCatalogue) -> None:
    found = {one.name: one.runbook.id for one in alerts if one.runbook is not None}
    assert found == {"ShopSlow": "shop", "CartFull": "cart-full", "TillFull": "old"}
    assert [one.name for one in alerts.of_runbook(runbook(alerts, "old"))] == ["CartFull", "TillFull"]
    assert [one.name for one in alerts.of_runbook(runbook(alerts, "shop"))] == ["ShopSlow"]


def test_further_addresses_lead_to_it_but_an_authors_page_wins(alerts: AlertCatalogue) -> None:
    found = {path: [one.name for one in claiming] for path, claiming in alerts.aliases.items()}
    assert "old/shopslow.md" not in found
    assert found["sre/Shop.md"] == ["ShopSlow"]  # the link's own case; the runbook stands at another
    assert found["node/shopdown.md"] == ["ShopDown"]
    assert found["shop.md"] == ["ShopDown", "ShopSlow"]
    assert found["old/shopgone.md"] == ["ShopGone"]
    assert not any(one.path in found for one in alerts)


def test_whom_it_calls(alerts: AlertCatalogue) -> None:
    slow = [(one.receiver, one.certain) for one in alerts.called(alerts.by_key["shopslow"])]
    assert slow == [("west", False), ("all", False), ("pager", True)]
    cart = alerts.by_key["cartfull"]
    assert [(one.receiver, one.means, one.certain) for one in alerts.called(cart)] == [("pager", ("pagerduty",), True)]
    assert [one.receiver for one in alerts.called_by(cart.rules[0])] == ["pager"]
    assert alerts.called(alerts.by_key["tillfull"]) == ()


def test_who_keeps_it_silent(alerts: AlertCatalogue) -> None:
    assert [one.name for one in alerts.silenced_by(alerts.by_key["cartfull"])] == ["ShopDown"]
    assert alerts.silenced_by(alerts.by_key["shopdown"]) == ()


def test_links_of_each_rule(alerts: AlertCatalogue) -> None:
    slow = alerts.by_key["shopslow"]
    assert [[link.outcome for link in alerts.links_of(rule)] for rule in slow.rules] == [["runbook"], ["none"]]


def test_without_rule_files_there_are_no_pages_and_no_orphans() -> None:
    tree = parse_tree(RULES)
    del tree.options["alerts"]["rules"], tree.files["a.rules.yaml"], tree.files["b.rules.yaml"]
    found = alerts_of(tree.base())
    assert not found.has_pages
    assert found.aliases == {}
    assert found.orphans == ()
    assert found.renames == {}


def test_a_knowledge_base_is_looked_at_once_and_let_go() -> None:
    base = parse_tree(RULES).base()
    assert alerts_of(base) is alerts_of(base)
    gone = weakref.ref(base)
    del base
    gc.collect()
    assert gone() is None
