"""A page for each alert, the index of them, further addresses, and the links to them from everywhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import AlertRule, Monitoring
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.pages.alerts.names import spellings
from mkdocs_sre.pages.alerts.page import alert_pages
from mkdocs_sre.pages.alerts.redirects import SCRIPT, redirects
from mkdocs_sre.pages.alerts.register import INDEX_PATH, MAX_ROWS
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.generated import pages, theme_folder
from mkdocs_sre.pages.search import search_words
from mkdocs_sre.pages.site import Page, Site
from mkdocs_sre.settings import Settings
from tests.pages.conftest import html, site_of
from tests.pages.test_documents import words
from tests.tree import AS_OF

OPTIONS = """
options
    | owners: [{id: "@team-pay", name: Pay, contact: "#pay", escalation: "@lead"}]
    | alerts:
    |   rules: [rules.yml]
    |   alertmanager: [alertmanager.yml]
    |   aliases: ["runbooks/{group}/{alert}"]
    |   retired: {PayOld: PayErrors, Noise: "Nobody ever acted on it, gone since 2026-01."}
"""
RULES = """
rules.yml
    | groups:
    |   - name: pay
    |     rules:
    |       - alert: PayErrors
    |         expr: |
    |           sum(rate(errors[5m]))
    |             > 0.05
    |         for: 5m
    |         labels: {severity: page, service: payments}
    |         annotations: {summary: "{{ $value }} of payments fail", dashboard_url: "https://d.example/x"}
    |       - alert: PaySlow
    |         expr: latency > 3
    |         labels: {severity: warning, service: payments}
    |   - name: disks
    |     rules:
    |       - alert: DiskFull
    |         expr: free == 0
    |         labels: {severity: critical, team: nobody}
alertmanager.yml
    | route:
    |   receiver: chat
    |   routes: [{matchers: ['severity="page"'], receiver: pager}]
    | receivers: [{name: chat, slack_configs: [{channel: "#x"}]}, {name: pager, pagerduty_configs: [{routing_key: x}]}]
    | inhibit_rules: [{source_matchers: [alertname="PayErrors"], target_matchers: [alertname="PaySlow"], equal: [service]}]
"""
DOCUMENTS = """
sre/runbooks/pay.md
    | ---
    | type: runbook
    | id: pay
    | title: Customers cannot pay
    | owner: "@team-pay"
    | service: payments
    | severity: P1
    | alerts: [PayErrors, PayGone]
    | placeholders: [{name: NAMESPACE}]
    | dashboards: [{title: Errors, url: "https://d.example/errors"}]
    | ---
    | # Customers cannot pay
    |
    | ## Triage
    |
    | ### 1. Look (read-only)
    |
    | ```sh
    | kubectl -n ${NAMESPACE} get pods
    | ```
sre/services/payments.md
    | ---
    | type: service
    | id: payments
    | owner: "@team-pay"
    | tier: 1
    | dependencies: [vault]
    | ---
sre/services/vault.md
    | ---
    | type: service
    | id: vault
    | owner: "@team-vault"
    | tier: 1
    | ---
reliability/pirs/pir-2.md
    | ---
    | type: pir
    | id: PIR-2
    | title: Payments failed
    | status: final
    | severity: SEV1
    | service: payments
    | incident_date: 2026-02-24
    | alerts: [payerrors, PayOld]
    | runbooks_used: [{runbook: pay, helped: "yes"}]
    | ---
"""
TREE = OPTIONS + RULES + DOCUMENTS
HOSTILE = (
    "Disk full: /var",
    "a/../../b",
    "...",
    "x" * 300,
    "Straße ☂",
    "<script>alert(1)</script>",
    "\"double\" 'single' `tick` $(id)",
    "two\nlines",
    "index",
    "README",
    "[x](https://evil.example/)",
    "{{ macro }} {% raw %}",
)


def _made(tree: str = TREE) -> dict[str, Page]:
    return {page.path: page for page in pages(site_of(tree))}


def _text(page: Page) -> str:
    return words(page.markdown.split("---\n", 2)[2])


def _named(*names: str, directory_urls: bool = True, aliases: tuple[str, ...] = ()) -> Site:
    """A site whose rule files hold alerts of these names, each in the group `g`."""
    settings = Settings.load({"alerts": {"rules": ["*.yml"], "aliases": list(aliases)}})
    rules = tuple(AlertRule(name, "g", "rules.yml", Location("rules.yml", 1, 1), "up == 0") for name in names)
    base = assemble(settings, [], monitoring=Monitoring(rules), directory_urls=directory_urls)
    return Site(base, AS_OF, directory_urls=directory_urls)


def test_without_rule_files_nothing_of_all_this_is_there() -> None:
    site = site_of(DOCUMENTS)
    paths = [page.path for page in pages(site)]
    assert not [path for path in paths if path.startswith("alerts/")]
    assert list(redirects(site, paths)) == []
    assert "alerts/" not in decorate(site, "sre/runbooks/pay.md", "# x\n")
    home = next(page.markdown for page in pages(site) if page.path == "index.md")
    assert "[Pay<wbr>Errors](sre/runbooks/pay.md)" in home


def test_the_runbook_is_the_first_thing_then_its_command_then_people() -> None:
    page = _made()["alerts/payerrors.md"]
    text = _text(page)
    order = (
        "Alert pay",
        "PayErrors",
        "page",
        "{{ $value }} of payments fail",
        "Runbook Customers cannot pay",
        "First command read-only",
        "kubectl -n ${NAMESPACE} get pods",
        "Owner @team-pay · #pay",
        "Calls pager (pagerduty)",
        "Escalate @lead",
        "Look at Errors · dashboard",
        "What makes it fire",
        "rules.yml:4 group pay",
        "sum(rate(errors[5m]))",
        "For 5 min",
        "severity=page",
        "Past incidents",
        "PIR-2",
        "Suspect first",
        "vault",
        "In the same rule group",
        "PaySlow",
        "Silent while it fires",
    )
    found = [text.find(one) for one in order]
    assert -1 not in found, list(zip(order, found, strict=True))
    assert found == sorted(found), list(zip(order, found, strict=True))
    assert "[Customers cannot pay](../sre/runbooks/pay.md){: .sre-carry }" in page.markdown
    assert "no runbook" not in text.split("What makes it fire")[0]


def test_the_expression_keeps_its_lines_and_its_white_space() -> None:
    shown = re.search(
        r'<pre class="sre-expr"><code>(.*?)</code>', html(_made()["alerts/payerrors.md"].markdown), re.DOTALL
    )
    assert shown is not None
    assert unescape(shown[1]) == "sum(rate(errors[5m]))\n  > 0.05"


def test_long_actions_of_a_template_are_left_to_the_rule_file() -> None:
    long = 'range query `max(a{b="}}"} > 0.1) without (window) and max(c) without (window)`'
    said = f"Now {{{{ $value }}}} are bad.{{{{ {long} }}}} Fired by 5m.{{{{ end }}}}"
    rule = AlertRule("PaySlow", "pay", "r.yml", Location("r.yml"), annotations={"description": said, "slo_page": "x"})
    base = assemble(Settings.load({"alerts": {"rules": ["*.yml"]}}), [], monitoring=Monitoring((rule,)))
    (page,) = (one for one in alert_pages(Site(base, AS_OF)) if one.path != INDEX_PATH)
    told = words(html(page.markdown))
    assert "Now {{ $value }} are bad.{{ … }} Fired by 5m.{{ end }}" in told
    assert "SLO page x" in told


def test_an_alert_without_runbook_says_so_with_the_command_that_makes_one() -> None:
    made = _made()
    text = _text(made["alerts/diskfull.md"])
    assert "No runbook yet. Begin one: mkdocs-sre new runbook --for-alert DiskFull Owner nobody" in text
    assert "sre-carry" not in made["alerts/diskfull.md"].markdown
    assert "It is silent while these fire PayErrors" in _text(made["alerts/payslow.md"])


def test_an_alert_that_only_a_runbook_names_has_a_page_and_says_so() -> None:
    text = _text(_made()["alerts/paygone.md"])
    assert "page · P1" in text
    assert "in no rule file" in text
    assert "What makes it fire" not in text


def test_a_retired_alert_keeps_its_page_with_what_came_in_its_place_and_its_incidents() -> None:
    made = _made()
    old, noise = made["alerts/payold.md"], made["alerts/noise.md"]
    assert "In its place: [Pay<wbr>Errors](payerrors.md)" in old.markdown
    assert "PIR-2" in _text(old)
    assert "This alert is no more. Nobody ever acted on it, gone since 2026-01." in _text(noise)
    for page in (old, noise):
        assert "No runbook yet" not in page.markdown
        assert "retired" in _text(page)
    home = made["index.md"].markdown
    assert "payold" not in home
    assert "[All 4 alerts](alerts/index.md)" in home


def test_the_index_leads_with_those_that_page_and_have_no_runbook() -> None:
    index = _made()[INDEX_PATH].markdown
    assert re.findall(r'class="fit">\[([^]]+)\]', index) == [
        "Disk<wbr>Full",
        "Pay<wbr>Errors",
        "Pay<wbr>Gone",
        "Pay<wbr>Slow",
    ]
    text = words(index.split("---\n", 2)[2])
    assert "Page somebody 3 1 without a runbook" in text
    assert "Without a runbook 2 of 4" in text
    assert "PayErrors page Customers cannot pay @team-pay pager (pagerduty)" in text
    assert text.index("No more") < text.index("PayOld now PayErrors")


def test_the_index_can_be_narrowed_without_script() -> None:
    index = html(_made()[INDEX_PATH].markdown.split("---\n", 2)[2])
    hides = re.findall(r":has\(#(sre-\w+):checked\) tbody tr:not\(\.(\w+)\)", index)
    assert {name for name, _ in hides} == set(re.findall(r' id="(sre-[sor]\d)"', index))
    assert {name.removeprefix("sre-") for name, _ in hides} == {form for _, form in hides}
    rows = {
        re.sub("<[^>]*>", "", name): set(forms.split())
        for forms, name in re.findall(r'<tr class="([^"]+)">\s*<th[^>]*>(.*?)</th>', index)
    }
    assert rows["DiskFull"] & rows["PaySlow"] == {"r1"}
    assert rows["PayErrors"] & rows["PayGone"] >= {"s0", "r0"}
    assert "<form" in index
    assert "<script" not in index


def test_many_alerts_are_all_listed_and_the_table_stays_bounded() -> None:
    site = _named(*(f"Alert{number}" for number in range(MAX_ROWS + 5)))
    index = next(page.markdown for page in pages(site) if page.path == INDEX_PATH)
    assert index.count("<tr class=") == MAX_ROWS
    assert len(set(re.findall(r"\((alert\d+)\.md\)", index))) == MAX_ROWS + 5


def test_pages_of_alerts_are_not_in_the_navigation_but_the_index_is() -> None:
    made = _made()
    assert made[INDEX_PATH].in_navigation
    assert not made["alerts/payerrors.md"].in_navigation


def test_home_leads_to_alerts_and_from_there_on_to_runbooks() -> None:
    home = _made()["index.md"].markdown
    assert "[Pay<wbr>Errors](alerts/payerrors.md)" in home
    assert "[Customers cannot pay](sre/runbooks/pay.md) · &#64;team&#45;pay" in home.replace(
        "&#64;team-", "&#64;team&#45;"
    )
    text = words(home)
    assert text.index("DiskFull") < text.index("PayErrors") < text.index("PaySlow")
    assert "someone is woken, 3 alerts" in text
    assert "no runbook yet" in text


def test_runbooks_services_and_reviews_lead_to_their_alerts() -> None:
    site = site_of(TREE)
    assert "[Pay<wbr>Errors](../../alerts/payerrors.md)" in decorate(site, "sre/runbooks/pay.md", "# x\n")
    service = decorate(site, "sre/services/payments.md", "# payments\n")
    assert words(service).index("Alerts") < words(service).index("PaySlow no runbook yet chat (slack) ticket · warning")
    assert "[payerrors](../../alerts/payerrors.md)" in decorate(site, "reliability/pirs/pir-2.md", "# x\n")


def test_a_runbook_for_many_alerts_stays_short_above_and_lists_them_all_below() -> None:
    names = [f"Alert{number}" for number in range(20)]
    site = site_of(TREE.replace("[PayErrors, PayGone]", f"[{', '.join(names)}]"))
    page = decorate(site, "sre/runbooks/pay.md", "# x\n")
    above, below = page.split("Alerts that lead here")
    assert "and 12 more" in above
    assert [name for name in names if f"{name}](" not in below] == []


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("KubePodCrashLooping", {"KubePodCrashLooping", "Kube Pod Crash Looping", "kube_pod_crash_looping"}),
        ("etcdHTTPErrors5xx", {"etcdHTTPErrors5xx", "etcd HTTP Errors 5 xx", "etcd_http_errors_5_xx"}),
        ("node_disk_full", {"node_disk_full", "node disk full", "nodediskfull"}),
        ("Watchdog", {"Watchdog"}),
        ("", {""}),
    ],
)
def test_a_name_is_found_in_every_spelling(name: str, spelled: set[str]) -> None:
    assert set(spellings(name)) == spelled


def test_the_search_finds_alerts_and_their_runbook_in_every_spelling() -> None:
    site = site_of(TREE)
    list(pages(site))
    assert search_words(site, "alerts/payerrors.md") == ["PayErrors", "pay_errors"]
    assert '<p class="sre-vh">Pay Errors</p>' in _made()["alerts/payerrors.md"].markdown
    assert search_words(site, "sre/runbooks/pay.md") == ["pay", "PayErrors", "PayGone"]


def test_hostile_names_have_pages_of_their_own_and_no_power_on_them() -> None:
    site = _named(*HOSTILE)
    made = {page.path: page for page in pages(site)}
    paths = [path for path in made if path.startswith("alerts/") and path != INDEX_PATH]
    assert len(paths) == len({path.lower() for path in paths}) == len(HOSTILE)
    for path in [*paths, INDEX_PATH, "index.md"]:
        assert re.fullmatch(r"(alerts/)?[a-z0-9._-]{1,130}\.md", path), path
        shown = html(made[path].markdown.split("---\n", 2)[2])
        assert "<script" not in shown
        assert "evil.example/" not in re.findall(r'href="([^"]*)"', shown)
        assert "{{" not in made[path].markdown
        assert "{%" not in made[path].markdown


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_each_alert_has_one_page_whatever_its_name(names: list[str]) -> None:
    site = _named(*names)
    paths = [page.path for page in alert_pages(site)]
    assert len(paths) == len(set(paths)) == len({name.lower() for name in names})


def test_names_that_differ_in_case_only_share_a_page_with_both_rules() -> None:
    site = _named("PayErrors", "payerrors")
    made = [page for page in pages(site) if page.path.startswith("alerts/pay")]
    assert [page.path for page in made] == ["alerts/payerrors.md"]
    assert made[0].markdown.count('class="sre-expr"') == 2


@pytest.mark.parametrize("directory_urls", [True, False])
def test_further_addresses_end_in_a_folder_and_in_what_pages_end_in(directory_urls: bool) -> None:  # noqa: FBT001 a parameter of the test
    site = _named("PayErrors", directory_urls=directory_urls, aliases=("runbooks/{group}/{alert}",))
    paths = [page.path for page in pages(site)]
    found = {one.path: one.html for one in redirects(site, paths)}
    if directory_urls:
        assert list(found) == ["runbooks/g/payerrors/index.html"]
        assert "url=../../../alerts/payerrors/index.html" in found["runbooks/g/payerrors/index.html"]
    else:
        assert list(found) == [
            "alerts/payerrors/index.html",
            "runbooks/g/payerrors.html",
            "runbooks/g/payerrors/index.html",
        ]
        assert "url=../payerrors.html" in found["alerts/payerrors/index.html"]
        assert "url=../../alerts/payerrors.html" in found["runbooks/g/payerrors.html"]
    for text in found.values():
        assert '<meta name="robots" content="noindex">' in text
        assert 'rel="canonical"' in text
        assert (theme_folder() / SCRIPT).is_file()
        assert f'{SCRIPT}" data-to="' in text


def test_an_address_that_several_alerts_claim_names_them_and_leads_nowhere_by_itself() -> None:
    site = _named("A-b", "B", aliases=("x/{group}",))
    (found,) = redirects(site, [])
    assert found.path == "x/g/index.html"
    assert "http-equiv" not in found.html
    assert "<script" not in found.html
    assert re.findall(r'<a href="([^"]+)">', found.html) == ["../../alerts/a-b/index.html", "../../alerts/b/index.html"]


def test_further_addresses_take_no_page_of_the_author_nor_one_of_ours() -> None:
    tree = TREE.replace('"runbooks/{group}/{alert}"', '"sre/{alert}", "notes/{group}", "{group}", "sre/rules"')
    site = site_of(tree + "notes/pay.md\n    | # Mine\npay/index.md\n    | # Mine too\n")
    paths = [page.path for page in pages(site)]
    taken = {site.built(path) for path in (*paths, *site.base.source_by_path)}
    made = [one.path for one in redirects(site, paths)]
    assert set(made).isdisjoint(taken)
    assert {"notes/pay/index.html", "pay/index.html", "sre/rules/index.html"} <= taken
    assert "notes/disks/index.html" in made


@pytest.mark.parametrize("own", ["alerts/payerrors.md", "alerts/PayErrors.md", "alerts/payerrors/index.md"])
def test_an_authors_own_page_at_the_address_of_an_alert_wins(own: str) -> None:
    site = site_of(f"{TREE}{own}\n    | # Mine\nalerts.md\n    | # All alerts, by me\n")
    made = {page.path: page for page in pages(site)}
    assert "alerts/payerrors.md" not in made
    assert INDEX_PATH not in made
    assert f"[Pay<wbr>Errors]({own})" in made["index.md"].markdown
    assert "](alerts.md)" in made["index.md"].markdown
    found = {one.path: one.html for one in redirects(site, [*made])}
    assert ("alerts/payerrors/index.html" in found) == (own == "alerts/PayErrors.md")
    target = site.built(own)
    assert f"url=../../../{target}" in found["runbooks/pay/payerrors/index.html"]


def test_the_same_pages_come_twice() -> None:
    first, second = site_of(TREE), site_of(TREE)
    assert list(pages(first)) == list(pages(second))
    paths = [page.path for page in pages(first)]
    assert list(redirects(first, paths)) == list(redirects(second, paths))


def test_a_site_of_nothing_but_rule_files_has_its_pages() -> None:
    site = site_of(OPTIONS + RULES)
    made = {page.path for page in pages(site)}
    assert {INDEX_PATH, "alerts/payerrors.md", "index.md"} <= made
