"""What a review's page says of its record, and what newer documents and redactions say of the review."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from mkdocs.utils import meta

from mkdocs_sre.history.remembered import Commit, History, Record, RecordState, Redaction
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.generated import pages
from mkdocs_sre.pages.site import Site
from tests.pages.conftest import html, site_of
from tests.tree import parse_tree

REVIEW = "reliability/pirs/{0}.md\n    | ---\n    | type: pir\n    | id: {0}\n    | title: {0} happened\n    | status: {1}\n    | severity: SEV1\n    | service: shop\n    | incident_date: 2026-02-24\n{2}    | ---\n    | # {0} happened\n    |\n    | ## Summary\n"
FINAL = REVIEW.format("PIR-2026-001", "final", "")
ADDENDUM = """
reliability/pirs/ADD-2026-001-1.md
    | ---
    | type: addendum
    | id: ADD-2026-001-1
    | amends: PIR-2026-001
    | date: 2026-03-05
    | corrects: 612 orders, not 590.
    | ---
"""
FINALISED = Commit("abc12345" + "0" * 32, date(2026, 3, 2), "A <b>*N*")
LATER = Commit("fedcba98" + "0" * 32, date(2026, 6, 1), "B")
DIGEST = "v1:sha256:41d7c09e" + "0" * 56
UNCHANGED = Record("unchanged", FINALISED, None, DIGEST, sealed=True)
STAYS = "The text below is as finalised and stays so."


def _words(shown: str) -> str:
    apart = re.sub(r"</?(?:p|small|div)\b[^>]*>", " ", shown)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


def _remembering(tree: str, *records: Record) -> Site:
    named = {f"pir-2026-{number:03}": record for number, record in enumerate(records, 1)}
    return replace(site_of(tree), history=History(records=named, known=True))


def _shown(tree: str, *records: Record, review: str = "PIR-2026-001") -> str:
    path = f"reliability/pirs/{review}.md"
    body, _ = meta.get_data(parse_tree(tree).files[path])
    return html(decorate(_remembering(tree, *records), path, body))


def _fact(shown: str) -> str:
    found = re.search(r"<dt>Record</dt> <dd>(.*?)</dd>", shown)
    return _words(found[1]) if found else ""


def _banners(shown: str) -> list[str]:
    return [_words(one) for one in re.findall(r'<div class="sre-banner[^>]*>(.*?)</div>', shown, re.DOTALL)]


def test_an_unchanged_review_says_what_it_stands_on() -> None:
    assert _fact(_shown(FINAL, UNCHANGED)) == "unchanged finalised in abc12345, 2026-03-02, A <b>*N*; sealed 41d7c09e"


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Record("unverified"), "not verified neither git nor a seal could tell"),
        (Record("new"), "new in no commit and not sealed yet"),
        (Record("new", digest=DIGEST, sealed=True), "new sealed 41d7c09e"),
        (Record("unchanged", FINALISED, FINALISED), "unchanged finalised in abc12345, 2026-03-02, A <b>*N*"),
        (
            Record("unchanged", FINALISED, LATER),
            "unchanged finalised in abc12345, 2026-03-02, A <b>*N*; protected since fedcba98, 2026-06-01, B",
        ),
    ],
)
def test_a_record_says_what_is_known_and_no_more(record: Record, said: str) -> None:
    assert _fact(_shown(FINAL, record)) == said


@pytest.mark.parametrize(
    ("state", "form"), [("unchanged", "is-ok"), ("changed", "is-bad"), ("unverified", "is-none"), ("new", "is-info")]
)
def test_each_state_has_a_form_of_its_own(state: RecordState, form: str) -> None:
    assert f'<span class="sre-seal {form}">' in _shown(FINAL, Record(state))


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_review_that_is_not_final_has_no_record(status: str) -> None:
    shown = _shown(REVIEW.format("PIR-2026-001", status, ""), UNCHANGED)
    assert "sre-seal" not in shown
    assert "Record" not in shown


def test_without_a_memory_nothing_is_said() -> None:
    assert "sre-seal" not in _shown(FINAL)
    assert _banners(_shown(FINAL)) == []


def test_a_changed_review_says_so_first_and_what_to_do() -> None:
    changed, amended = _banners(_shown(FINAL + ADDENDUM, Record("changed", FINALISED)))
    assert changed.startswith("This page differs from its record.")
    assert "mkdocs-sre check --select IMM" in changed
    assert "mkdocs-sre amend PIR-2026-001" in changed
    assert amended == "Amended by ADD-2026-001-1 on 2026-03-05: 612 orders, not 590."


def test_an_amended_review_stays_as_it_is() -> None:
    shown = _shown(FINAL + ADDENDUM, UNCHANGED)
    assert _banners(shown) == [f"Amended by ADD-2026-001-1 on 2026-03-05: 612 orders, not 590. {STAYS}"]
    assert '<a href="ADD-2026-001-1.md">ADD-2026-001-1</a>' in shown


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (UNCHANGED, STAYS),
        (Record("new"), STAYS),
        (
            Record("unchanged", FINALISED, LATER),
            "The text below is as it was when it came under protection, and stays so.",
        ),
        (Record("unverified"), ""),
        (Record("changed", FINALISED), ""),
    ],
)
def test_nothing_is_said_of_the_text_that_nobody_can_tell(record: Record, said: str) -> None:
    amended = _banners(_shown(FINAL + ADDENDUM, record))[-1]
    assert amended == f"Amended by ADD-2026-001-1 on 2026-03-05: 612 orders, not 590. {said}".strip()


def test_superseded_is_what_another_review_says() -> None:
    newer = REVIEW.format("PIR-2026-002", "final", "    | supersedes: pir-2026-001\n")
    assert _banners(_shown(FINAL + newer, UNCHANGED)) == [f"Superseded by PIR-2026-002: PIR-2026-002 happened {STAYS}"]
    assert _banners(_shown(FINAL + newer, UNCHANGED, review="PIR-2026-002")) == []


def test_what_a_review_says_of_itself_is_no_banner() -> None:
    own = REVIEW.format("PIR-2026-001", "final", "    | superseded_by: PIR-2026-009\n    | amended_by: ADD-1\n")
    assert not re.search("(?:Superseded|Amended) by", _words(_shown(own, UNCHANGED)))


def test_a_review_that_names_itself_is_not_superseded() -> None:
    assert _banners(_shown(REVIEW.format("PIR-2026-001", "final", "    | supersedes: PIR-2026-001\n"))) == []


def test_redactions_tell_when_why_and_by_whom() -> None:
    redactions = (Redaction("a name, LEGAL-88.", "@owner", LATER), Redaction("<i>more</i>", "@x"))
    shown = _shown(FINAL, replace(UNCHANGED, redactions=redactions))
    assert '<span class="sre-seal is-info">redacted</span>' in shown
    (banner,) = _banners(shown)
    assert banner == (
        "Redacted on 2026-06-01 because a name, LEGAL-88, by @owner "
        "Redacted, not committed yet, because <i>more</i>, by @x"
    )
    assert STAYS not in banner


def test_nothing_remembered_is_markup() -> None:
    hostile = "<img src=x onerror=alert(1)> {{ 1 }} [x](javascript:y) *z* `q"
    commit = Commit("a" * 40, date(2026, 1, 1), hostile)
    record = Record("unchanged", commit, LATER, DIGEST, sealed=True, redactions=(Redaction(hostile, hostile, commit),))
    shown = _shown(FINAL, record)
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert hostile in unescape(re.sub(r"<[^>]+>", "", shown))


def test_the_index_and_the_compliance_page_show_the_record_of_each() -> None:
    tree = FINAL + REVIEW.format("PIR-2026-002", "final", "") + REVIEW.format("PIR-2026-003", "draft", "")
    site = _remembering(tree, UNCHANGED, Record("changed"), UNCHANGED)
    made = {page.path: html(page.markdown.split("---\n", 2)[2]) for page in pages(site)}
    for path in ("reliability/pirs/index.md", "readers/compliance.md"):
        rows = re.findall(r"<tr.*?</tr>", made[path], re.DOTALL)
        forms = {
            one: re.findall(r"sre-seal (is-\w+)", row) for row in rows for one in re.findall(r"PIR-2026-00\d", row)
        }
        assert forms["PIR-2026-001"] == ["is-ok"]
        assert forms["PIR-2026-002"] == ["is-bad"]
        assert forms.get("PIR-2026-003", []) == [], "a draft"
    assert "mkdocs-sre audit --out DIR" in _words(made["readers/compliance.md"])


def test_without_a_memory_the_lists_have_no_column_for_it() -> None:
    made = {page.path: page.markdown for page in pages(site_of(FINAL))}
    assert ">Record<" not in made["reliability/pirs/index.md"] + made["readers/compliance.md"]
