"""Code blocks."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.location import Location


@rule("DOC305", "unclosed-code-block", level=Level.WARNING, since="0.1")
def unclosed_code_block(document: Document) -> Iterator[Fault]:
    """A fenced code block ends with a fence.

    ## Why
    Without its closing fence a command is shown as running text: line breaks are lost, quotes are made typographic, and
    what is copied from the page does not run.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```bash
    redis-cli -h session-cache dbsize

    Then compare with the dashboard.
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ```bash
    redis-cli -h session-cache dbsize
    ```

    Then compare with the dashboard.
    ````

    ## Source
    Requirements: exact commands for each step.
    """
    for line in document.body.unclosed_fences:
        yield fault(
            Location(document.path, line), "a code block begins here and never ends", "close it with the same fence"
        )
