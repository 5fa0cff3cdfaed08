"""Keys of the front matter: missing, unknown, of the wrong form."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.doc.defects import defects
from mkdocs_sre.checks.rule import rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.reading.source import Source


@rule("DOC202", "missing-key", level=Level.ERROR, since="0.1")
def missing_key(source: Source) -> Iterator[Fault]:
    """A document has the required keys of its kind.

    ## Why
    Without an owner nobody is asked, without an id nothing can point here. Each kind has at most seven keys that it
    cannot do without; everything else is optional.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Source
    Requirements: every deliverable has an owner and the fields of its template.
    """
    yield from defects(source, "missing-key")
