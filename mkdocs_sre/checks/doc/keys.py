"""Keys of the front matter: missing, unknown, empty, of the wrong form."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.doc.defects import defects
from mkdocs_sre.checks.rule import rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.reading.source import Source


@rule("DOC201", "unknown-type", level=Level.ERROR, since="0.1")
def unknown_type(source: Source) -> Iterator[Fault]:
    """The `type` of a document is one of the kinds.

    ## Why
    A page with a mistyped kind is checked by nobody and listed nowhere, and looks fine all the same.

    ## Example
    ```yaml
    type: runbok
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Source
    Requirements: every deliverable is of a known kind, in a known place.
    """
    yield from defects(source, "unknown-type")


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


@rule("DOC203", "invalid-value", level=Level.ERROR, since="0.1")
def invalid_value(source: Source) -> Iterator[Fault]:
    """The value of a key has the form that the key asks for.

    ## Why
    A number with a comma, a duration without a unit or a list where one value belongs cannot be computed with. What
    cannot be read is not guessed.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    review_in: half a year
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    review_in: 6 months
    ```

    ## Source
    Requirements: values are specified unambiguously.
    """
    yield from defects(source, "invalid-value")


@rule("DOC204", "impossible-date", level=Level.ERROR, since="0.1")
def impossible_date(source: Source) -> Iterator[Fault]:
    """A date is a day that exists.

    ## Why
    29 February 2026 never was. A date that cannot be is a slip of the pen for one that can, and every due date that
    is computed from it would be wrong.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-29
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    last_reviewed_on: 2026-02-28
    ```

    ## Source
    RFC 3339, section 5.7, days of the months.
    """
    yield from defects(source, "impossible-date")


@rule("DOC205", "unknown-key", level=Level.WARNING, since="0.1")
def unknown_key(source: Source) -> Iterator[Fault]:
    """A key is one that the kind knows, or one of the site's own.

    ## Why
    A mistyped key is silently without effect: `onwer:` leaves a page without an owner. Keys of MkDocs, its themes and
    common plugins are always allowed; your own go under `ignore_keys` of a folder.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    verified-for: "4.2"
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    verified_for: "4.2"
    ```

    ## Source
    Requirements: documents follow the template of their kind.
    """
    yield from defects(source, "unknown-key")


@rule("DOC207", "malformed-id", level=Level.ERROR, since="0.1")
def malformed_id(source: Source) -> Iterator[Fault]:
    """An id is 1 to 80 letters, digits, `.`, `_` or `-`, and begins with a letter or digit.

    ## Why
    Ids become links, file names and anchors. Spaces, slashes and markup in them break somewhere, or worse.

    ## Example
    ```yaml
    type: runbook
    id: "../cart sessions"
    owner: "@team-checkout"
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions
    owner: "@team-checkout"
    ```

    ## Source
    RFC 3986, section 2.3, unreserved characters.
    """
    yield from defects(source, "malformed-id")


@rule("DOC208", "blank-value", level=Level.WARNING, since="0.1")
def blank_value(source: Source) -> Iterator[Fault]:
    """A key that is written has a value.

    ## Why
    An empty key, or the `TODO` of a template, looks like an answer in a review and is none.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    escalation: TODO
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    escalation: "@checkout-leads"
    ```

    ## Source
    Requirements: a template is filled in before it counts.
    """
    yield from defects(source, "blank-value")
