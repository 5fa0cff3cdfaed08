"""Sections: those that a kind requires, in order, with something in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.location import Location

if TYPE_CHECKING:
    from mkdocs_sre.documents.body import Section

MIN_WORDS = 10  # below them a section without code, link, list or table hardly says anything
_UNFINISHED = re.compile(
    r"(?m)^[ \t]*(?:[-*+>][ \t]+|\d+[.)][ \t]+|#+[ \t]+)*[*_(\[]{0,3}(?:TODO|TBD|FIXME|(?i:coming soon))\b"
)

_SIGNS = ("todo", "tbd", "fixme", "coming soon")  # at least one stands in a text that `_UNFINISHED` finds


def _required(document: Document) -> list[tuple[str, Section | None]]:
    return [(name, document.body.section(name)) for name in document.required_sections()]


@rule("DOC301", "missing-section", level=Level.ERROR, since="0.1")
def missing_section(document: Document) -> Iterator[Fault]:
    """A document has the sections that its kind requires.

    ## Why
    At three in the morning people look for the heading they know. A section that is not there was not thought about.
    A folder pattern can name another scheme of sections, or none.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Meaning

    Carts are emptied: the session cache lost its data.

    ## Impact

    Customers lose what they had put into the basket.

    ## Mitigation

    Fail over with `redis-cli -h session-cache cluster failover`.
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Meaning

    Carts are emptied: the session cache lost its data.

    ## Impact

    Customers lose what they had put into the basket.

    ## Diagnosis

    Compare `redis-cli -h session-cache dbsize` with the dashboard.

    ## Mitigation

    Fail over with `redis-cli -h session-cache cluster failover`.
    ```

    ## Source
    Requirements: required sections of each deliverable.
    """
    for name, section in _required(document):
        if section is None:
            yield fault(
                document.at("id"), f"{document.label.lower()} {document.id} has no section “{name}”", f"add `## {name}`"
            )


@rule("DOC302", "section-out-of-order", level=Level.WARNING, since="0.1")
def section_out_of_order(document: Document) -> Iterator[Fault]:
    """The required sections stand in the order of their scheme.

    ## Why
    The order is the order of work: first understand, then act, then check. Who jumps to the third heading expects
    what stands third on every other page.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Meaning

    ## Mitigation

    ## Diagnosis

    ## Impact
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Meaning

    ## Impact

    ## Diagnosis

    ## Mitigation
    ```

    ## Source
    Requirements: required sections of each deliverable.
    """
    found = [(name, section.heading.line) for name, section in _required(document) if section is not None]
    for (before, line), (name, later) in pairwise(found):
        if later < line:
            yield fault(
                Location(document.path, later),
                f"section “{name}” stands before “{before}”",
                f"move it below “{before}”",
                Location(document.path, line),
            )
            return


@rule("DOC303", "empty-section", level=Level.WARNING, since="0.1")
def empty_section(document: Document) -> Iterator[Fault]:
    """A section says something.

    ## Why
    A heading with nothing below it, or with TODO, TBD or "coming soon", promises help that is not there.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Diagnosis

    Todo:
    ## Mitigation
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Diagnosis

    Compare `redis-cli -h session-cache dbsize` with the dashboard.

    ## Mitigation

    Fail over with `redis-cli -h session-cache cluster failover`.
    ```

    ## Source
    Requirements: an outdated or hollow runbook is worse than none.
    """
    body = document.body
    headings = body.headings
    lowered = body.text.lower()
    may_be_unfinished = any(sign in lowered for sign in _SIGNS)
    for index, (section, own) in enumerate(zip(body.sections, body.own_texts, strict=True)):
        heading = section.heading
        deeper = index + 1 < len(headings) and headings[index + 1].level > heading.level
        unfinished = _UNFINISHED.search(own) if may_be_unfinished else None
        if may_be_unfinished and not unfinished and _UNFINISHED.match(heading.text):
            yield fault(
                Location(document.path, heading.line), f"the heading “{heading.text}” is not written yet", "write it"
            )
        elif unfinished is not None:
            line = heading.line + 1 + own[: unfinished.start()].count("\n")
            if not body.in_code(line):
                yield fault(
                    Location(document.path, line),
                    f"section “{heading.text}” is not written yet",
                    "write it, or remove the heading",
                )
        elif not deeper and not own.strip() and heading.level > 1:
            yield fault(
                Location(document.path, heading.line),
                f"section “{heading.text}” is empty",
                "write it, or remove the heading",
            )


@rule("DOC304", "thin-section", level=Level.INFO, since="0.1")
def thin_section(document: Document) -> Iterator[Fault]:
    """A required section has at least ten words, or code, a link, a list or a table.

    ## Why
    "Restart it." helps nobody who does not know what and how. Few words are enough where a command, a link or a list
    stands with them.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    Restart the cache.
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    Restart the cache: `kubectl rollout restart deployment/session-cache`.
    ```

    ## Source
    Requirements: exact commands for each step.
    """
    for name, section in _required(document):
        words = section.words_up_to(MIN_WORDS) if section is not None else 0
        if section is None or not 0 < words < MIN_WORDS:
            continue
        if not section.has_structure and not _UNFINISHED.search(section.text):
            place = Location(document.path, section.heading.line)
            yield fault(
                place,
                f"section “{name}” has {words} words and no command, link or list",
                "say what exactly to do or to know",
            )
