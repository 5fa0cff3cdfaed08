"""Which risk documents a single point, and whether it still does."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_sre.analyses.documentation import documentation
from mkdocs_sre.knowledge import KnowledgeBase
from tests.tree import Tree

TODAY = date(2026, 3, 9)


def base(*risks: str, head: str = "") -> KnowledgeBase:
    """A base with one assessment of the risks, each about the service `db`, whose alias is `store`."""
    lines = [f"  - {{title: A, severity: 3, likelihood: 2, {risk}}}" for risk in risks]
    return Tree(
        {
            "db.md": "---\ntype: service\nid: db\naliases: [store]\nowner: '@team'\ntier: 1\n---\n",
            "ra.md": "\n".join(
                ["---\ntype: risk-assessment\nid: RA-001\nservices: [db]", head, "risks:", *lines, "---\n"]
            ),
        }
    ).base()


@pytest.mark.parametrize(
    ("risk", "state", "lacks"),
    [
        ("subject: db, mitigations: [A copy]", "mitigated", ""),
        ("subject: DB, treatment: transfer, mitigations: [{runbook: r}]", "mitigated", ""),
        ("subject: store, treatment: accept, approver: '@a', expires: 2026-03-09", "accepted", ""),
        ("subject: db, treatment: accept, approver: '@a', expires: 2026-03-08", "expired", "accepted until 2026-03-08"),
        ("subject: db, treatment: accept, expires: 2026-06-01", "incomplete", "no approver"),
        ("subject: db, treatment: accept, approver: '@a'", "incomplete", "no day on which the acceptance ends"),
        ("subject: db", "incomplete", "no mitigation"),
        ("subject: db, mitigations: [{}]", "incomplete", "no mitigation"),
        ("subject: other, mitigations: [A copy]", "undocumented", ""),
    ],
)
def test_one_risk(risk: str, state: str, lacks: str) -> None:
    found = documentation(base(risk), "db", TODAY)
    assert (found.state, found.lacks) == (state, lacks)
    assert found.documented == (state in ("mitigated", "accepted"))
    assert (found.assessment is None) == (state == "undocumented")


def test_the_best_of_several_counts() -> None:
    found = documentation(base("subject: db", "subject: store, mitigations: [A copy]"), "STORE", TODAY)
    assert (found.state, found.position) == ("mitigated", 1)


def test_an_assessment_whose_review_is_long_due_documents_nothing() -> None:
    old = base("subject: db, mitigations: [A copy]", head="last_reviewed_on: 2025-06-01\nreview_in: 90d")
    assert documentation(old, "db", TODAY).state == "expired"
    assert documentation(old, "db", date(2025, 9, 1)).state == "mitigated"


def test_an_assessment_that_is_given_up_documents_nothing() -> None:
    assert documentation(base("subject: db, mitigations: [A]", head="status: deprecated"), "db", TODAY).risk is None
