"""What a runbook holds at all: more than a stub."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook

LEAST_WORDS = 60  # 28 of 108 runbooks of the most used public collection have fewer; none of those helps
_INLINE = re.compile(r"`([^`\n]++)`")
_INDENTED = re.compile(r"(?m)^(?: {4}|\t)\S")
_WORD = re.compile(r"\w+")


@rule("RUN201", "stub-runbook", level=Level.WARNING, since="0.1")
def stub_runbook(runbook: Runbook) -> Iterator[Fault]:
    """A runbook holds at least 60 words, or a command.

    Words of headings count, those in comments do not. A procedure is held to this as well.

    ## Why
    An alert that leads to a page without help has cost a minute, and the next one will not be followed. Of 108 runbooks
    of a much used public collection, 28 are stubs.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Meaning

    The cart's cache is down.

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

    ## Meaning

    The cart's cache is down.

    ## Mitigation

    Restart the cache: `kubectl rollout restart statefulset/session-cache`.
    ```

    ## Source
    Requirements: a body of under 60 words without code is a stub.
    """
    body = runbook.body
    inline = any(" " in code.strip() for code in _INLINE.findall(body.text))  # one word is a name, not a command
    if runbook.listed or body.code_blocks or inline or _INDENTED.search(body.text):
        return
    words = len(_WORD.findall(body.text))
    if words < LEAST_WORDS:
        yield fault(
            runbook.at("id"),
            f"runbook {runbook.id} is a stub of {words} words without a command",
            "write what to look at and what to run, each with its exact command",
        )
