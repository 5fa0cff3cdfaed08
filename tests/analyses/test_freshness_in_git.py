"""Signals of freshness in real repositories: when events began to count, and commits that changed days in bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from mkdocs_sre.analyses.freshness import freshness_of
from mkdocs_sre.analyses.history import remember_site
from mkdocs_sre.checks.run import examine
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.history.staleness import Freshness
from mkdocs_sre.knowledge import load
from mkdocs_sre.reading.configuration import load_configuration

Write = Callable[[Mapping[str, str | bytes]], Path]
Git = Callable[..., str]

MKDOCS = "site_name: Shop\nplugins: [sre]\n"
RUNBOOK = """\
---
type: runbook
id: restart
owner: "@team"
service: cart
verified_for: "4.2"
last_reviewed_on: 2026-01-01
review_in: 50 years
---
"""
REVIEW = """\
---
type: pir
id: PIR-1
status: {}
severity: SEV1
service: cart
incident_date: 2026-01-10
---
"""
RISKS = """\
---
type: risk-assessment
id: RA-1
services: [cart]
last_reviewed_on: 2026-01-15
review_in: 50 years
---
"""


def cart(version: str, dependency: str = "db") -> str:
    keys = f"type: service\nid: cart\nowner: '@team'\ntier: 3\nversion: '{version}'\ndependencies: [{dependency}]\n"
    return f"---\n{keys}---\n"


@pytest.fixture
def commit(write: Write, git: Git) -> Callable[..., Path]:
    """Write files and commit them at noon of a day."""

    def committed(day: str, **files: str) -> Path:
        folder = write({f"docs/{name}.md": text for name, text in files.items()} | {"mkdocs.yml": MKDOCS})
        if not (folder / ".git").exists():
            git("init", "-q")
        git("add", "-A")
        when = f"{day}T12:00:00+00:00"
        git("commit", "-q", "-m", day, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
        return folder

    return committed


def fresh(folder: Path, name: str, as_of: date) -> Freshness:
    site = load_configuration(folder / "mkdocs.yml")
    base = load(site.settings, site.docs_dir, site.exclude, site.file)
    entry = base.find(name)
    assert entry is not None
    assert isinstance(entry.document, ReviewedDocument)
    return freshness_of(entry.document, base, as_of, remember_site(base, site))


def test_a_version_counts_from_the_commit_that_raised_it(commit: Callable[..., Path]) -> None:
    commit("2026-01-02", cart=cart("4.2"), restart=RUNBOOK)
    commit("2026-02-01", cart=cart("4.3"))
    folder = commit("2026-02-20", cart=cart("4.3.1"))
    states = [fresh(folder, "restart", day).state for day in (date(2026, 2, 20), date(2026, 3, 3), date(2026, 3, 4))]
    assert states == ["overdue", "overdue", "expired"]
    [reason] = fresh(folder, "restart", date(2026, 3, 3)).reasons
    assert (reason.signal, reason.due) == ("version", date(2026, 2, 1))
    (folder / "docs/restart.md").write_text(RUNBOOK.replace("4.2", "4.3"), encoding="utf-8")
    assert fresh(folder, "restart", date(2026, 3, 4)).state == "ok"


def test_an_incident_counts_from_the_commit_that_made_its_review_final(commit: Callable[..., Path]) -> None:
    commit("2026-01-11", cart=cart("4.2"), restart=RUNBOOK, pir=REVIEW.format("draft"))
    folder = commit("2026-02-10", pir=REVIEW.format("final"))
    [reason] = fresh(folder, "restart", date(2026, 3, 12)).reasons
    assert (reason.signal, reason.state, reason.due) == ("incident", "overdue", date(2026, 2, 10))
    assert fresh(folder, "restart", date(2026, 3, 13)).state == "expired"


def test_dependencies_count_from_the_commit_that_changed_them(commit: Callable[..., Path]) -> None:
    commit("2026-01-10", cart=cart("4.2"), risks=RISKS)
    commit("2026-01-20", cart=cart("4.3"))
    folder = commit("2026-02-10", cart=cart("4.3", "queue"))
    [reason] = fresh(folder, "RA-1", date(2026, 2, 11)).reasons
    assert (reason.signal, reason.state, reason.due) == ("dependencies", "overdue", date(2026, 2, 10))
    assert reason.text == "cart needs queue now and needs db no longer, since its last review on 2026-01-15"
    (folder / "docs/cart.md").write_text(cart("4.4"), encoding="utf-8")
    assert fresh(folder, "RA-1", date(2026, 2, 11)).reasons == ()


ALERTED = "---\ntype: runbook\nid: full\nowner: '@team'\nalerts: [CartFull]\nlast_reviewed_on: 2026-01-10\nreview_in: 50 years\n---\n"
WATCHING = "site_name: Shop\nplugins:\n  - sre: {alerts: {rules: [cart.yaml]}}\n"


def rule(threshold: str, words: str = "The cart is full.", name: str = "CartFull") -> str:
    alert = f"alert: {name}, expr: 'entries > {threshold}', for: 5m, annotations: {{summary: {words}}}"
    return f"groups:\n  - name: cart\n    rules:\n      - {{{alert}}}\n"


@pytest.fixture
def rules(write: Write, git: Git) -> Callable[..., Path]:
    """Write the rule file, and the runbook of its alert, and commit them at noon of a day."""

    def committed(day: str, text: str) -> Path:
        folder = write({"docs/full.md": ALERTED, "mkdocs.yml": WATCHING, "cart.yaml": text})
        if not (folder / ".git").exists():
            git("init", "-q")
        git("add", "-A")
        when = f"{day}T12:00:00+00:00"
        git("commit", "-q", "-m", day, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
        return folder

    return committed


@pytest.mark.parametrize("name", ["CartFull", "CARTFULL"])
def test_an_alert_counts_from_the_commit_that_changed_its_expression(rules: Callable[..., Path], name: str) -> None:
    rules("2026-01-02", rule("1e6", name=name))
    rules("2026-02-03", rule("2e6", name=name))
    folder = rules("2026-02-20", rule("2e6", "The cart is very full.", name))
    [reason] = fresh(folder, "full", date(2026, 2, 21)).reasons
    assert (reason.signal, reason.state, reason.due) == ("alert", "overdue", date(2026, 2, 3))
    assert f"{name} was changed after its last review" in reason.text


def test_an_alert_that_leads_to_its_runbook_by_a_link_alone_counts_too(
    rules: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ALERTED", ALERTED.replace("alerts: [CartFull]\n", ""))
    monkeypatch.setitem(
        globals(), "WATCHING", WATCHING.replace("[cart.yaml]", "[cart.yaml], url_prefix: ['https://h/']")
    )
    link = ", runbook_url: 'https://h/full/'"
    rules("2026-01-02", rule("1e6").replace("is full.", f"is full.{link}"))
    folder = rules("2026-02-03", rule("2e6").replace("is full.", f"is full.{link}"))
    assert [reason.signal for reason in fresh(folder, "full", date(2026, 2, 21)).reasons] == ["alert"]


def test_an_alert_that_was_changed_before_the_review_or_is_new_is_no_reason(rules: Callable[..., Path]) -> None:
    rules("2026-01-02", rule("1e6"))
    folder = rules("2026-01-09", rule("2e6"))
    assert fresh(folder, "full", date(2026, 2, 21)).reasons == ()
    rules("2026-01-20", rule("2e6", name="CartLost"))
    folder = rules("2026-01-30", rule("2e6"))
    assert fresh(folder, "full", date(2026, 2, 21)).reasons == ()


def test_the_same_verdict_in_a_shallow_clone_but_for_the_days(commit: Callable[..., Path], git: Git) -> None:
    commit("2026-01-02", cart=cart("4.2"), restart=RUNBOOK, pir=REVIEW.format("final"))
    folder = commit("2026-01-20", cart=cart("4.3"))
    assert fresh(folder, "restart", date(2026, 6, 1)).state == "expired"
    git("clone", "-q", "--depth", "1", f"file://{folder}", "clone")
    found = fresh(folder / "clone", "restart", date(2026, 6, 1))
    assert [(one.signal, one.state, one.due) for one in found.reasons] == [
        ("version", "overdue", None),
        ("incident", "overdue", None),
    ]


def days(number: int, day: str, other: str = "") -> dict[str, str]:
    text = "---\ntype: runbook\nid: page-{}\nowner: '@team'\nlast_reviewed_on: {}\nreview_in: 50 years\n---\n\n{}\n"
    return {f"page-{index:02}": text.format(index, day, other) for index in range(number)}


@pytest.mark.parametrize(("number", "other", "told"), [(12, "", True), (3, "", False), (12, "And a new step.", False)])
def test_days_changed_in_bulk(number: int, other: str, told: bool, commit: Callable[..., Path], git: Git) -> None:  # noqa: FBT001 one case
    commit("2026-01-02", **days(number, "2026-01-01"))
    folder = commit("2026-02-02", **days(number, "2026-02-01", other))
    site = load_configuration(folder / "mkdocs.yml")
    base = load(site.settings, site.docs_dir)
    found = examine(base, date(2026, 3, 9), history=remember_site(base, site), only=["FRS106"]).findings
    assert [str(one.location) for one in found] == (["page-00.md:5:19"] if told else [])
    commit_as_told = f"{git('rev-parse', 'HEAD')[:8]} (2026-02-02, Test)"
    assert all(f"{number} documents" in one.message and commit_as_told in one.message for one in found)
