"""Keys that name people, and days that tell of the past."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.marks import dotted
from mkdocs_sre.documents.values import Handle, Past, parse_date
from mkdocs_sre.knowledge.references import marked
from mkdocs_sre.reading.validation import is_blank


@rule("DOC206", "date-in-the-future", level=Level.WARNING, since="0.1")
def date_in_the_future(document: Document, context: Context) -> Iterator[Fault]:
    """A date that tells of the past is not later than today.

    ## Why
    A review, a drill or a measurement that has not happened yet proves nothing. Most often the year is mistyped.
    "Today" is `as_of`: by default the day of the last commit.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2062-02-20
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-20
    ```

    ## Source
    Requirements: dates of reviews and measurements show how fresh a document is.
    """
    for path, text, _ in marked(document, Past):
        try:
            day = parse_date(text)
        except PydanticCustomError:
            continue  # DOC203 and DOC204 tell
        if day > context.as_of:
            yield fault(
                document.value_at(*path), f"`{dotted(path)}` is {day}, later than {context.as_of}", "correct the date"
            )


@rule("DOC209", "unknown-owner", level=Level.ERROR, since="0.1")
def unknown_owner(document: Document, context: Context) -> Iterator[Fault]:
    """A team or person is one of the configured `owners`.

    ## Why
    A team that was renamed or closed answers no page. Without `owners` in the configuration any name will do.

    ## Example
    ```tree
    options
        | owners:
        |   - id: "@team-checkout"
    cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-chekout"
        | ---
    ```

    ## Use instead
    ```tree
    options
        | owners:
        |   - id: "@team-checkout"
    cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: every deliverable and every action has an owner.
    """
    known = {owner.id.casefold(): owner.id for owner in context.settings.owners}
    if not known:
        return
    for path, text, handle in marked(document, Handle):
        if text.casefold() in known or is_blank(text):  # DOC202 and DOC208 tell of blanks
            continue
        if handle.or_role and not text.startswith("@"):
            continue
        near = get_close_matches(text.casefold(), known, 1)
        hint = f"did you mean `{known[near[0]]}`?" if near else "name one of `owners`, or add it there"
        yield fault(document.value_at(*path), f"`{dotted(path)}` names {text}, and no owner is called so", hint)
