"""`mkdocs-sre schema`: a kind's front matter for editors."""

from __future__ import annotations

import click

from mkdocs_sre.cli.group import EXIT_CODES, CommandOfKind, main, stop, write


@main.command(cls=CommandOfKind, epilog=EXIT_CODES, short_help="Print the JSON Schema of a kind, for editors.")
@click.argument("kind")
def schema(*, kind: str) -> None:
    """Print the JSON Schema of a kind's front matter, for editors.

    \b
    mkdocs-sre schema runbook > runbook.schema.json
    """
    from mkdocs_sre.documents.schema import UnknownKindError, json_schema  # noqa: PLC0415

    try:
        text = json_schema(kind)
    except UnknownKindError as error:
        stop(str(error))
    write(text)
