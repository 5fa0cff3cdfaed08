"""What keys and links name: it exists, and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.values import is_id
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.base import SCHEME
from mkdocs_sre.reading.validation import is_blank


def _suggestion(base: KnowledgeBase, target: str, names: tuple[str, ...]) -> str:
    near = base.nearest(target, names)
    return f"did you mean `{near}`?" if near else "name an id that exists, or write its document"


@rule("REF102", "unknown-reference", level=Level.ERROR, since="0.1")
def unknown_reference(base: KnowledgeBase) -> Iterator[Fault]:
    """A key that names a document names one that exists.

    ## Why
    A reference to nothing hides a dependency, an owner or a runbook from everybody who follows it.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    service: crat
    ```

    ## Use instead
    ```tree
    cart.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-checkout"
        | tier: 2
        | ---
    cart-sessions-lost.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | service: cart
        | ---
    ```

    ## Source
    Requirements: documents refer to each other by id.
    """
    for mention in base.mentions:
        reference = mention.reference
        if (
            reference is None
            or reference.or_text
            or mention.entry is not None
            or not is_id(mention.target)
            or is_blank(mention.target)
        ):
            continue
        what = " or ".join(reference.kinds) or "document"
        yield fault(
            mention.location,
            f"`{mention.key}` names {mention.target}, and no {what} has that id",
            _suggestion(base, mention.target, reference.kinds),
        )


@rule("REF103", "wrong-kind", level=Level.ERROR, since="0.1")
def wrong_kind(base: KnowledgeBase) -> Iterator[Fault]:
    """A key names a document of the kind that it is meant for.

    ## Why
    A runbook whose `service` is another runbook has no service: nobody finds it from there, and nothing is computed.

    ## Example
    ```tree
    a.md
        | ---
        | type: runbook
        | id: cart-sessions-lost
        | owner: "@team-checkout"
        | service: cart-full
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
        | service: cart
        | ---
    b.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-checkout"
        | tier: 2
        | ---
    ```

    ## Source
    Requirements: documents refer to each other by id.
    """
    for mention in base.mentions:
        reference, entry = mention.reference, mention.entry
        if reference is None or entry is None or not reference.kinds or entry.kind in reference.kinds:
            continue
        what = " or ".join(reference.kinds)
        yield fault(
            mention.location,
            f"`{mention.key}` names {entry.id}, whose kind is {entry.kind}, not {what}",
            f"name a document of kind {what}",
            entry.location,
        )


@rule("REF106", "unknown-link", level=Level.ERROR, since="0.1")
def unknown_link(base: KnowledgeBase) -> Iterator[Fault]:
    """A link by id in the text leads to a document that exists.

    ## Why
    A dead link in a runbook is found by the person who needs what was behind it.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    If the cache is full, follow [the other runbook](sre:cart-sessions-list).
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    If the cache is full, begin [at the top](sre:cart-sessions-lost).
    ```

    ## Source
    Requirements: documents refer to each other by id.
    """
    for mention in base.mentions:
        if mention.reference is None and mention.entry is None:
            yield fault(
                mention.location,
                f"a link leads to {SCHEME}{mention.target}, and nothing has that id",
                _suggestion(base, mention.target, ()),
            )
