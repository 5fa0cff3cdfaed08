"""Steps in an author's Markdown: an anchor, a badge, what belongs to them; and which command is safe to run first."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown import Markdown  # type: ignore[import-untyped]  # it is MkDocs' and has no types

from mkdocs_sre.documents.body import Body
from mkdocs_sre.pages.steps import first_command, numbered_steps, with_steps
from mkdocs_sre.reading.scanner import scan

RUNBOOK = """\
# Title

## Triage

```sh
# a comment
$ look here \\
    --closely
answer
$ look there
```

## Mitigation

### 1. Look (read-only)

```sh
look --all
```

Expect 4 pods. Expected or not, go on.

### 2. Restart

Before: call somebody. Loses: what is under way.

```sh
restart
```

Undo:
`stop it`
and wait.

| Expect: | no |
|---|---|

1. Expect: an item
"""


def body(text: str) -> Body:
    return scan(text.split("\n"))


def shown(text: str) -> str:
    """The HTML that a generator makes of it."""
    return str(Markdown(extensions=["attr_list", "md_in_html", "toc", "tables", "fenced_code"]).convert(text))


def words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", "", html)).split()


def ids(html: str) -> list[str]:
    return re.findall(r'<h\d id="([^"]*)"', html)


def test_the_words_and_the_anchors_of_headings_stay_as_they_are() -> None:
    assert words(shown(with_steps(RUNBOOK))) == words(shown(RUNBOOK))
    assert ids(shown(with_steps(RUNBOOK))) == ids(shown(RUNBOOK)) != []


def test_a_step_has_an_anchor_a_badge_and_paragraphs_of_its_own() -> None:
    html = shown(with_steps(RUNBOOK))
    assert '<span class="sre-at" id="s1">1.</span> Look <span class="sre-risk read">(read-only)</span></h3>' in html
    assert '<span class="sre-at" id="s2">2.</span> Restart</h3>' in html
    assert "<p><b>Expect</b> 4 pods. Expected or not, go on.</p>" in html
    assert "<p><b>Before:</b> call somebody. <b>Loses:</b> what is under way.</p>" in html
    assert "<p><b>Undo:</b>\n<code>stop it</code>\nand wait.</p>" in html
    assert "{:" not in html


def test_a_text_without_steps_stays_what_it_was() -> None:
    text = "# A\n\nExpect: nothing.\n\n## B\n\n1. one\n2. two\n\n```\n### 1. not a heading (reversible)\n```\n"
    assert with_steps(text) == text


@pytest.mark.parametrize(
    ("heading", "made"),
    [
        ("### Restart {: .reversible }", '<h3 class="reversible"'),
        ("### Restart {: .destructive #go }", 'id="go"'),
    ],
)
def test_a_risk_that_is_a_class_becomes_a_badge_and_no_part_of_the_anchor(heading: str, made: str) -> None:
    text = f"# A\n\n## Mitigation\n\n{heading}\n\n```sh\nx\n```\n"
    html = shown(with_steps(text))
    assert made in html
    assert ids(html) == ids(shown(text))
    assert re.search(
        r'<span class="sre-risk (back|burn)" role="img" aria-label="(reversible|destructive)"></span>', html
    )


def test_steps_are_counted_where_nobody_numbers_and_by_their_own_number_where_somebody_does() -> None:
    counted = "# A\n\n## Mitigation\n\n### One\n\n```sh\na\n```\n\n### Two\n\n```sh\nb\n```\n"
    assert {number: step.title for number, step in numbered_steps(body(counted)).items()} == {1: "One", 2: "Two"}
    written = counted.replace("### Two", "### 7. Two")
    assert {number: step.title for number, step in numbered_steps(body(written)).items()} == {7: "Two"}
    assert with_steps(written).count('id="s') == 1


def test_of_two_steps_with_one_number_the_first_has_the_anchor() -> None:
    text = "# A\n\n## Mitigation\n\n### 1. One\n\n```sh\na\n```\n\n### 1. Two\n\n```sh\nb\n```\n"
    assert with_steps(text).count('id="s1"') == 1


def test_numbered_items_are_steps_too() -> None:
    text = "# A\n\n## Mitigation\n\n1. Restart it (reversible)\n\n    ```sh\n    a\n    ```\n\n2. Look\n\n    ```sh\n    b\n    ```\n"
    made = with_steps(text)
    assert '1. <span class="sre-at" id="s1"></span>Restart it <span class="sre-risk back">(reversible)</span>' in made
    assert '2. <span class="sre-at" id="s2"></span>Look' in made


def test_what_stands_in_code_is_never_marked() -> None:
    text = "# A\n\n## Mitigation\n\n### 1. A\n\nSee `x. Undo: y`.\n\n```sh\nUndo: echo\n\nExpect: x\n```\n"
    assert with_steps(text).split("\n")[5:] == text.split("\n")[5:]


def test_the_first_command_is_that_of_the_first_step_that_only_reads() -> None:
    found = first_command(body(RUNBOOK))
    assert found is not None
    assert found.lines == ("look --all",)
    assert found.step is not None
    assert (found.step.title, found.step.risk) == ("Look", "read-only")


def test_else_it_is_the_first_one_where_one_looks_without_comment_and_prompt() -> None:
    assert first_command(body(RUNBOOK.replace(" (read-only)", ""))) == (("look here \\", "    --closely"), None)


def test_a_command_that_changes_things_is_never_the_first() -> None:
    text = "# A\n\n## Triage\n\n### Drop it (destructive)\n\n```sh\ndrop\n```\n\n## Mitigation\n\n```sh\nrestart\n```\n"
    assert first_command(body(text)) is None
    destroying = "# A\n\n## Mitigation\n\n### Look (read-only)\n\n```sh\nrm -rf /var/lib/x\n```\n"
    assert first_command(body(destroying)) is None
    assert first_command(body("# A\n\n## Triage\n\n```json\n{}\n```\n")) is None
