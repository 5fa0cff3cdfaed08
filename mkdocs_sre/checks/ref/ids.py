"""Ids: one document each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location


@rule("REF101", "duplicate-id", level=Level.ERROR, since="0.1")
def duplicate_id(base: KnowledgeBase) -> Iterator[Fault]:
    """An id or alias belongs to one document or item, whatever its case.

    ## Why
    A link by id must lead to one place. With two, half of the readers land on the wrong page.

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
        | id: Cart-Sessions-Lost
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
    b.md
        | ---
        | type: runbook
        | id: cart-sessions-slow
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: documents refer to each other by id.
    """
    seen: dict[str, Location] = {}
    for entry in base.all_entries:
        first = seen.setdefault(entry.id.lower(), entry.location)
        if first != entry.location:
            yield fault(entry.location, f"the id {entry.id} is taken", "give one of the two another id", first)
    for document in base.documents:
        for index, alias in enumerate(document.aliases):
            place = document.value_at("aliases", index)
            first = seen.setdefault(alias.lower(), place)
            if first != place:
                yield fault(place, f"the alias {alias} is the id or alias of something else", "remove the alias", first)
