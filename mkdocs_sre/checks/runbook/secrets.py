"""Secrets that are written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.secrets import may_hold_secret, secrets_in

_CURE = "take it out, change it where it is valid, and say where people get it"


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text of the front matter with its path of keys."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


@rule("RUN102", "secret-in-runbook", level=Level.ERROR, since="0.1")
def secret_in_runbook(document: Document) -> Iterator[Fault]:
    """A runbook holds no private key, token or password.

    Looked for are the published forms of keys (private keys, AWS, GitHub, GitLab, Slack, Google, Stripe, Vault, npm,
    SendGrid, JSON web tokens), and literals that are given to a `password`, `token`, `secret` or `key`: at least 8
    characters with 2.5 bits of entropy each that are no name, no path and no `<placeholder>`. Drafts and runbooks with
    other faults are looked at too, comments (`<!-- … -->`) are not. The message does not repeat what was found.

    ## Why
    A runbook is read by many, copied into chats and kept in git for ever. What was committed once counts as known.

    ## Example
    ````markdown
    ---
    type: runbook
    id: orders-db-full
    owner: "@team-data"
    ---

    ```sh
    export PGPASSWORD=tR7-mq94Lz
    psql -h orders-db -c "SELECT 1"
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: orders-db-full
    owner: "@team-data"
    ---

    ```sh
    export PGPASSWORD="$(vault kv get -field=password kv/orders-db)"
    psql -h orders-db -c "SELECT 1"
    ```
    ````

    ## Source
    Requirements: secret-like strings are an error. The forms: the makers' own pages and secret-scanning lists.
    """
    if document.kind != Runbook.kind:
        return
    if not document.listed and may_hold_secret(repr(document.origin.values)):
        for path, text in _texts(document.origin.values):
            key = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
            for secret in secrets_in(f"{key}{text}"):
                yield fault(document.value_at(*path), f"this looks like {secret.what}", _CURE)
    if not may_hold_secret(document.body.text):
        return
    for line, text in enumerate(document.body.lines, document.body.first_line):
        for secret in secrets_in(text):
            yield fault(Location(document.path, line, secret.column), f"this looks like {secret.what}", _CURE)
