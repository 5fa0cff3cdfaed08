"""How documents hang together."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.base import SCHEME


@rule("REF104", "isolated-document", level=Level.WARNING, since="0.1")
def isolated_document(base: KnowledgeBase) -> Iterator[Fault]:
    """A document names others, or others name it.

    ## Why
    A page that nothing leads to is found by nobody who needs it, and a page that leads nowhere does not say what it
    is about. A single document is left in peace.

    ## Example
    ```tree
    a.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
    b.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    a.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
        |
        | If it is full, see [the other one](sre:cart-full).
    b.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: runbooks, objectives and reviews belong to services.
    """
    if len(base.documents) == 1:
        return
    naming = {
        mention.path for mention in base.mentions if mention.entry and mention.entry.document.path != mention.path
    }
    catalogued = {name.lower() for need in base.landscape.needs for name in (need.owner, need.member)}
    for document in base.documents:
        if (
            document.listed
            or not document.origin.intact
            or document.path in naming
            or document.id.lower() in catalogued
        ):
            continue
        if not any(base.mentions_of.get(entry.id.lower()) for entry in document.entries()):
            yield fault(
                document.at("id"),
                f"nothing links to {document.id}, and it links to nothing",
                "name its service, or link it from where it is needed",
            )


@rule("REF105", "link-by-path", level=Level.OFF, since="0.1")
def link_by_path(base: KnowledgeBase) -> Iterator[Fault]:
    """A link to a document names its id, not its file.

    ## Why
    Files move, ids do not. Off by default, because links by path are checked by MkDocs too.

    ## Example
    ```tree
    a.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
        |
        | See [the other one](b.md).
    b.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    a.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | ---
        |
        | See [the other one](sre:cart-full).
    b.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: documents refer to each other by id.
    """
    for mention in base.mentions:
        if mention.by_path and mention.entry is not None:
            yield fault(
                mention.location, f"a link names the file {mention.target}", f"write `{SCHEME}{mention.entry.id}`"
            )
