"""Steps of runbooks, in each form in which they may be written."""

from __future__ import annotations

from itertools import pairwise
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.body import Body
from mkdocs_sre.documents.steps import RISKS, Step, risk_of, steps_of
from mkdocs_sre.reading.scanner import scan


def body(text: str) -> Body:
    return scan(dedent(text).lstrip("\n").splitlines(), 10)


def steps(text: str) -> tuple[Step, ...]:
    return steps_of(body(text))


def test_a_heading_says_its_risk_and_its_paragraphs_the_rest() -> None:
    (step,) = steps("""
        ## Mitigation

        ### 2. Restart the pods (reversible)

        Only when the log shows dead connections. Before: add pods, step 3. Loses: requests
        that are under way.

        ```sh
        kubectl rollout restart deployment/cart
        ```

        Expect 3 minutes, and `error` back to 0.

        Undo, once an hour has passed: `kubectl rollout undo deployment/cart`.

        ## Verification
        """)
    assert (step.title, step.risk, step.section) == ("Restart the pods", "reversible", "mitigation")
    assert (step.line, step.end_line) == (12, 24)
    assert [(block.language, block.line, block.text) for block in step.commands] == [
        ("sh", 17, "kubectl rollout restart deployment/cart")
    ]
    assert step.expect == "3 minutes, and `error` back to 0."
    assert step.undo == "once an hour has passed: `kubectl rollout undo deployment/cart`."
    assert step.before == "add pods, step 3."
    assert step.loses == "requests that are under way."


def test_a_class_says_the_risk_too() -> None:
    (step,) = steps("""
        ## Resolution Steps
        ### Take the pod out {: #pod-out .reversible }
        """)
    assert (step.title, step.risk) == ("Take the pod out", "reversible")


def test_numbered_items_with_code_are_steps() -> None:
    first, second = steps("""
        ## Mitigation

        1. Restart what hangs (reversible):

            ```sh
            kubectl rollout restart deployment/cart
            ```

            Undo: not needed.

        2. Think.
        3. **Drop the queue** (destructive)
           ```sh
           rabbitmqctl purge_queue waiting
           ```
           - Before: a second person says yes.
           - There is no undo.

        Then look at the dashboard.
        """)
    assert (first.title, first.risk, first.undo, first.line, first.end_line) == (
        "Restart what hangs",
        "reversible",
        "not needed.",
        12,
        19,
    )
    assert (second.title, second.risk, second.before, second.undo) == (
        "Drop the queue",
        "destructive",
        "a second person says yes.",
        "There is no undo.",
    )


def test_items_of_a_step_are_no_steps() -> None:
    assert [
        (step.title, len(step.commands))
        for step in steps("""
            ## Mitigation
            ### Fail over (reversible)
            1. First:

                ```sh
                one
                ```
            2. Then:

                ```sh
                two
                ```
            ### See it
            ```sh
            three
            ```
            """)
    ] == [("Fail over", 2), ("See it", 1)]


def test_headings_without_code_and_risk_are_no_steps() -> None:
    assert steps("## Mitigation\n### What is known\nLittle.\n## Notes\n### Old way\n```sh\nls\n```\n") == ()


def test_a_risk_makes_a_step_in_every_section_but_not_of_the_title() -> None:
    found = steps("# Drain a node (destructive)\n## Work\n### Close it (reversible)\n#### Wait (read-only)\n")
    assert [(step.title, step.section, step.line, step.end_line) for step in found] == [
        ("Close it", "work", 12, 12),
        ("Wait", "work", 13, 13),
    ]


def test_words_in_code_and_other_words_say_nothing() -> None:
    (step,) = steps("""
        ## Triage
        ### Look (read-only)
        ```text
        Undo: in code
        Expect: in code
        ```
        Expected traffic is low. Undoing is easy.
        """)
    assert (step.expect, step.undo) == ("", "")


@given(st.text(alphabet="(){}.: -abdeilnorstuvy", max_size=60))
def test_a_risk_is_one_of_three_or_none(text: str) -> None:
    assert risk_of(text) in (None, *RISKS)


_LINES = st.sampled_from(
    [
        "",
        "# T",
        "## Mitigation",
        "## Triage",
        "### Do (reversible)",
        "#### Look {: .read-only }",
        "1. Item",
        "   more",
        "```sh",
        "```",
        "Undo: back. Expect: all. Before: ask.",
        "- Undo: x",
        "There is no undo.",
    ]
)


@given(st.lists(_LINES, max_size=30))
def test_steps_are_in_order_and_share_no_line_and_no_command(lines: list[str]) -> None:
    text = scan(list(lines))
    found = steps_of(text)
    for step, following in pairwise(found):
        assert step.end_line < following.line
    commands = [block.line for step in found for block in step.commands]
    assert commands == sorted(set(commands))
    assert set(commands) <= {block.line for block in text.code_blocks}
