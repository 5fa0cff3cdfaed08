"""Home, indexes and the page of rules."""

from __future__ import annotations

import re

from mkdocs_sre.checks.registry import rules
from mkdocs_sre.documents.kinds import kinds
from mkdocs_sre.pages.generated import STYLE_SHEET, pages, theme_folder
from mkdocs_sre.pages.indexes import index_path
from mkdocs_sre.pages.rules import rules_page
from mkdocs_sre.pages.tables import MAX_INLINE_ROWS, Column, section, table
from tests.pages.conftest import html, site_of
from tests.pages.test_documents import ALL


def test_every_kind_has_an_index_of_its_own() -> None:
    site = site_of(ALL)
    paths = [index_path(site, kind) for kind in kinds().values()]
    assert len(set(paths)) == len(paths)
    assert set(paths) <= {page.path for page in pages(site)}


def test_links_of_generated_pages_lead_to_pages() -> None:
    site = site_of(ALL)
    made = {page.path: page.markdown for page in pages(site)}
    known = set(made) | set(site.base.source_by_path)
    for path, markdown in made.items():
        if path != "sre/rules.md":
            targets = re.findall(r"\]\(([^)#]+)", markdown)
            assert targets
            folder = path.rpartition("/")[0]
            for target in targets:
                parts = f"{folder}/{target}".split("/")
                while ".." in parts:
                    at = parts.index("..")
                    del parts[at - 1 : at + 1]
                assert "/".join(part for part in parts if part) in known, (path, target)


def test_an_authors_own_page_wins_and_is_linked() -> None:
    site = site_of(ALL + "sre/runbooks/README.md\n    | # Mine\nindex.md\n    | # Home\n")
    assert {"index.md", "sre/runbooks/index.md", "sre/runbooks/README.md"}.isdisjoint(page.path for page in pages(site))
    assert index_path(site, kinds()["runbook"]) == "sre/runbooks/README.md"


def test_a_site_without_documents_gets_no_pages() -> None:
    assert list(pages(site_of("notes.md\n    | # Notes\n"))) == []


def test_reviews_go_from_the_newest_to_the_oldest() -> None:
    tree = "".join(
        f"{day}.md\n    | ---\n    | type: pir\n    | id: PIR-{day}\n    | status: draft\n    | severity: SEV4\n"
        f"    | service: x\n    | incident_date: 2026-01-{day}\n    | ---\n"
        for day in ("02", "30", "11")
    )
    index = next(page.markdown for page in pages(site_of(tree)) if page.path == "reliability/pirs/index.md")
    assert re.findall(r"\[PIR-(\d+)\]", index) == ["30", "11", "02"]


def test_two_renders_are_identical() -> None:
    assert list(pages(site_of(ALL))) == list(pages(site_of(ALL)))


def test_every_rule_stands_on_the_rules_page_with_known_languages() -> None:
    page = rules_page().markdown
    for rule in rules().values():
        assert f"### {rule.code} {rule.name} {{: #{rule.code.lower()} }}" in page
        assert f"[{rule.code}](#{rule.code.lower()})" in page
    assert set(re.findall(r"(?m)^`{3,4} ?(?:\{ \.)?(\w+)", page)) <= {"bash", "diff", "markdown", "sh", "text", "yaml"}
    ids = re.findall(r' id="([^"]+)"', html(page.split("---\n", 2)[2]))
    assert len(set(ids)) == len(ids)


def test_long_tables_have_a_name_and_empty_columns_are_left_out() -> None:
    rows = [[f"[{number}](a.md)", "", "x"] for number in range(MAX_INLINE_ROWS + 1)]
    columns = (Column("A"), Column("Nothing"), Column("B"))
    long, short = html(table("All", columns, rows)), html(table("All", columns, rows[1:]))
    assert '<p class="sre-caption" id="sre-all">All</p>' in long
    assert 'aria-labelledby="sre-all"' in long
    assert "<caption>All</caption>" in short
    for made in (long, short):
        assert "Nothing" not in made
        assert made.count('<th scope="row"><a href="a.md">') == made.count("<tr>") - 1
        assert "markdown=" not in made
    assert section("Nothing", "nothing", "") == ""


def test_the_style_sheet_asks_nobody_for_anything() -> None:
    css = (theme_folder() / STYLE_SHEET).read_text(encoding="utf-8")
    assert "@import" not in css
    assert "@font-face" not in css
    assert all(address.startswith(("'data:", "#")) for address in re.findall(r"url\(([^)]{6})", css))
    assert css.count("{") == css.count("}")


def test_examples_on_the_rules_page_have_no_copy_buttons() -> None:
    # Material makes the buttons one by one when the page opens, which takes a browser seconds for so many.
    blocks = re.findall(r"(?ms)^(`{3,})([^\n`]*)\n.*?\n\1$", rules_page().markdown)
    assert blocks
    assert [info for _, info in blocks if not info.endswith(".no-copy }")] == []
