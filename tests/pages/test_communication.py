"""Words that are ready: which are shown on a runbook, with which values."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import html, page_of, site_of
from tests.pages.test_documents import words

PROCESS = """
process.md
    | ---
    | type: incident-process
    | id: {id}
    | owner: "@a"
    | {services}
    | severities:
    |   - {{name: Critical, means: Nobody can buy., alerts: [page], update_every: 15m}}
    |   - {{name: SEV2, means: Some cannot buy.}}
    |   - {{name: P3, means: Nobody notices.}}
    | roles: [{{name: Commander, duties: Decides.}}]
    | templates:
    |   - {{title: For the worst, audience: all, severities: [sev1], text: "Worst of {id}"}}
    |   - {{title: For the third, audience: all, severities: [P3], text: Third}}
    |   - {{title: For all, audience: all, text: Any}}
    | ---
"""
RUNBOOK = """
run.md
    | ---
    | type: runbook
    | id: run
    | title: Nobody can <b>pay</b>
    | owner: "@a"
    | service: cart
    | severity: {severity}
    | impact: Carts fail.
    | placeholders: [{{name: POD, description: The pod.}}]
    | ---
cart.md
    | ---
    | type: service
    | id: cart
    | owner: "@a"
    | tier: 3
    | ---
options
    | severities: {{critical: SEV1}}
"""


def tree(severity: str = "P1", *processes: tuple[str, str]) -> str:
    made = "".join(
        PROCESS.format(id=name, services=services or "status: active").replace("process.md", f"{name}.md")
        for name, services in processes or (("incidents", ""),)
    )
    return made + RUNBOOK.format(severity=severity)


@pytest.mark.parametrize(
    ("severity", "shown"),
    [
        ("P1", "It begins as Critical. News every 15 min. From the incidents"),
        ("critical", "It begins as Critical."),
        ("SEV2", "It begins as SEV2."),
        ("p3", "It begins as P3."),
        ("P4", "What to say From the incidents"),
    ],
)
def test_the_severity_of_the_alert_says_at_which_one_it_begins(severity: str, shown: str) -> None:
    assert shown in words(page_of(tree(severity), "run.md"))


@pytest.mark.parametrize(
    ("severity", "titles"),
    [("page", ["For the worst", "For all"]), ("P3", ["For the third", "For all"]), ("none", ["For all"])],
)
def test_words_for_the_severity_and_for_all_are_shown(severity: str, titles: list[str]) -> None:
    assert re.findall(r"<dt>(.*?) <small>", html(page_of(tree(severity), "run.md"))) == titles


def test_a_process_of_the_service_goes_before_one_for_all_and_a_draft_counts_for_none() -> None:
    several = tree("P1", ("all", ""), ("carts", "services: [cart]"), ("other", "status: draft"))
    assert "Worst of carts" in words(page_of(several, "run.md"))
    assert "Worst of all" in words(page_of(tree("P1", ("all", "")), "run.md"))
    assert "What to say" not in words(page_of(tree("P1", ("other", "status: draft")), "run.md"))
    assert "What to say" not in words(page_of(tree("P1", ("elsewhere", "services: [stock]")), "run.md"))


def test_own_values_are_filled_declared_ones_are_left_to_the_reader_and_nothing_is_active() -> None:
    text = '"<i>x</i> ${TITLE} ${IMPACT} ${POD}${OTHER} [a](javascript:b)"'
    page = html(page_of(tree().replace("Any}", f"{text}}}"), "run.md"))
    said = re.findall(r"<q>(.*?)</q>", page)[-1]
    assert said.startswith("&#60;i&#62;x&#60;&#47;i&#62; Nobody can &#60;b&#62;pay")
    assert "Carts fail. <var" in said
    assert said.count('<var class="sre-ph" data-ph="POD">') == 1
    assert words(said).endswith("${POD} ${OTHER} [a](javascript:b)")
    assert "<a" not in said


def test_lines_of_a_text_stay_lines() -> None:
    page = html(page_of(tree().replace("Any}", '"One\\n\\nTwo"}'), "run.md"))
    assert "<q>One<br>Two</q>" in page


def test_a_site_without_a_process_has_no_words() -> None:
    assert site_of(RUNBOOK.format(severity="P1"))
    assert "What to say" not in words(page_of(RUNBOOK.format(severity="P1"), "run.md"))
