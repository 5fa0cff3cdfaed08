"""The pages of entities that only a catalogue knows."""

from __future__ import annotations

import posixpath
import re
from html import unescape

import pytest

from mkdocs_sre.pages.catalogue import INDEX_PATH, MAX_TEXT, catalogue_link, catalogue_pages
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.site import Page, Site
from mkdocs_sre.reading.page import take_apart
from tests.pages.conftest import html, page_of, site_of

OPTIONS = """
options
    | catalogues: ["*.yaml"]
"""
SHOP = f"""
{OPTIONS}
checkout.md
    | ---
    | type: service
    | id: checkout
    | owner: "@team-checkout"
    | tier: 1
    | dependencies: [payments]
    | ---
    | Pays with [the payments](sre:payments) and [](sre:card-api).
payments-late.md
    | ---
    | type: runbook
    | id: payments-late
    | owner: "@team-payments"
    | service: payments
    | ---
catalog-info.yaml
    | apiVersion: backstage.io/v1alpha1
    | kind: Component
    | metadata:
    |   name: payments
    |   title: Payments
    |   description: Takes the money.
    |   links:
    |     - {{url: "https://example.org/d", title: Dashboard}}
    | spec:
    |   type: service
    |   lifecycle: production
    |   owner: group:team-payments
    |   system: shop
    |   providesApis: [payments-api]
    |   consumesApis: [card-api]
    |   dependsOn: ["resource:orders-db"]
    | ---
    | apiVersion: backstage.io/v1alpha1
    | kind: API
    | metadata: {{name: card-api}}
    | ---
    | apiVersion: backstage.io/v1alpha1
    | kind: API
    | metadata: {{name: payments-api}}
    | ---
    | apiVersion: backstage.io/v1alpha1
    | kind: Resource
    | metadata: {{name: orders-db}}
    | spec: {{type: database}}
    | ---
    | apiVersion: backstage.io/v1alpha1
    | kind: Component
    | metadata: {{name: Checkout}}
"""


def made(site: Site) -> dict[str, Page]:
    return {page.path: page for page in catalogue_pages(site)}


def words(markdown: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(take_apart(markdown).markdown))).split())


def test_each_entity_without_a_document_has_a_page_and_no_other_has() -> None:
    assert list(made(site_of(SHOP))) == [
        INDEX_PATH,
        "sre/catalogue/card-api.md",
        "sre/catalogue/orders-db.md",
        "sre/catalogue/payments.md",
    ]


def test_a_page_says_what_the_catalogue_says_and_where() -> None:
    text = words(made(site_of(SHOP))["sre/catalogue/payments.md"].markdown)
    for said in (
        "Catalogue entity payments service",
        "Takes the money.",
        "Owner @team-payments",
        "Entity component:payments",
        "System shop",
        "Provides payments-api",
        "From catalog-info.yaml:4",
        "production",
        "no document",
        "checkout service, tier 1 down needs Payments",
        "card-api external provider catalog-info.yaml:15",
        "orders-db datastore catalog-info.yaml:16",
        "Dashboard",
        "mkdocs-sre new service payments",
        "What points here payments-late Runbook, under service checkout Service, under dependencies",
    ):
        assert said in text, (said, text)


def test_an_entity_that_nothing_needs_and_that_needs_nothing_says_so() -> None:
    lonely = f"{OPTIONS}\na.yaml\n    | apiVersion: backstage.io/v1alpha1\n    | kind: Component\n    | metadata: {{name: a}}\n"
    site = site_of(lonely)
    assert "name nothing that it needs, and nothing that needs it" in words(made(site)["sre/catalogue/a.md"].markdown)
    assert {INDEX_PATH, "sre/catalogue/a.md", "index.md"} <= {page.path for page in pages(site)}


def test_the_list_names_what_has_no_document_and_what_stands_for_the_rest() -> None:
    text = words(made(site_of(SHOP))[INDEX_PATH].markdown)
    assert "3 entities without a document" in text
    assert "component:Checkout checkout" in text
    assert "api:payments-api payments" in text


def test_links_by_id_lead_to_the_page_and_links_of_the_pages_to_pages() -> None:
    site = site_of(SHOP)
    assert "[the payments](sre/catalogue/payments.md)" in page_of(SHOP, "checkout.md")
    assert "[card-api](sre/catalogue/card-api.md)" in page_of(SHOP, "checkout.md")
    known = {*made(site), *site.base.source_by_path}
    for path, page in made(site).items():
        targets = re.findall(r"\]\(([^)#]+)", page.markdown)
        assert {posixpath.normpath(posixpath.join(posixpath.dirname(path), one)) for one in targets} <= known


def test_the_index_of_services_leads_to_the_list() -> None:
    index = next(page for page in pages(site_of(SHOP)) if page.path == "sre/services/index.md")
    assert "And [3 entities of the catalogue](../catalogue/index.md) without a document." in index.markdown


def test_without_generated_pages_nothing_leads_to_them() -> None:
    tree = SHOP.replace('["*.yaml"]', '["*.yaml"]\n    | pages: false')
    site = site_of(tree)
    page = page_of(tree, "checkout.md")
    assert "catalogue/" not in page
    assert 'the payments <span class="sre-chip is-bad">no page</span>' in page
    assert site.link_id("checkout.md", "payments") == "payments"
    assert catalogue_link(site, "checkout.md") == ""


def test_an_authors_own_page_at_the_path_wins() -> None:
    site = site_of(SHOP + "sre/catalogue/payments.md\n    | # Mine\n")
    assert "sre/catalogue/payments.md" not in {page.path for page in pages(site)}


def test_many_entities_are_a_list_and_long_texts_are_cut() -> None:
    entity = "    | ---\n    | apiVersion: backstage.io/v1alpha1\n    | kind: Component\n    | metadata: {{name: e{}, description: {}}}\n"
    tree = OPTIONS + "a.yaml\n" + "".join(entity.format(at, "x" * 10_000) for at in range(101))
    found = made(site_of(tree))
    assert "<table" not in found[INDEX_PATH].markdown
    assert found[INDEX_PATH].markdown.count("\n- [e") == 101
    assert "x" * (MAX_TEXT - 1) + "…" in found["sre/catalogue/e0.md"].markdown
    assert "x" * MAX_TEXT not in found["sre/catalogue/e0.md"].markdown


HOSTILE = (
    "<script>alert(1)</script>",
    "</dd></dl>\n\n# Heading",
    "[x](javascript:alert(1))",
    "{{ 1 + 1 }} {% raw %}",
    '" onload="x',
    "---\ntype: service\n---",
    "`*_| ~^",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_catalogue_is_markup(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    tree = (
        f"{OPTIONS}\na.yaml\n    | apiVersion: backstage.io/v1alpha1\n    | kind: Component\n    | metadata:\n    |   name: a\n"
        f"    |   title: {quoted}\n    |   description: {quoted}\n    |   links: [{{url: {quoted}, title: {quoted}}}]\n"
        f"    | spec: {{type: {quoted}, lifecycle: {quoted}, owner: a, system: b, dependsOn: [b]}}\n"
        "    | ---\n    | apiVersion: backstage.io/v1alpha1\n    | kind: Component\n    | metadata: {name: b}\n"
    )
    site = site_of(tree)
    for path, page in made(site).items():
        meta, markdown = take_apart(page.markdown)
        shown = html(markdown)
        assert "<script" not in shown, path
        assert "onload=" not in re.sub(r"&quot; onload=|&#34; onload=", "", shown), path
        assert "javascript:" not in re.findall(r'href="([^"]*)"', shown), path
        assert "{{" not in page.markdown, path
        assert "{%" not in page.markdown, path
        assert shown.count("<h1") == 1, path
        assert set(meta) <= {"title", "search", "hide"}, path
        assert "<" not in str(meta["title"]), path


def test_a_file_with_an_odd_name_is_text() -> None:
    tree = f"{OPTIONS}\n<b>&{{{{x}}}}.yaml\n    | apiVersion: backstage.io/v1alpha1\n    | kind: Component\n    | metadata: {{name: a}}\n"
    markdown = made(site_of(tree))["sre/catalogue/a.md"].markdown
    assert "<b>&" not in markdown
    assert "{{" not in markdown
    assert "<b>&{{x}}.yaml:3" in unescape(html(markdown))
