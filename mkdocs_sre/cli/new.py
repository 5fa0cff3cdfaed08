"""`mkdocs-sre new`: a document from its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import EXIT_CODES, CommandOfKind, config_option, configuration_of, main, stop

if TYPE_CHECKING:
    from pathlib import Path


@main.command(cls=CommandOfKind, epilog=EXIT_CODES, short_help="Start a document from its template.")
@config_option
@click.argument("kind")
@click.argument("identifier", metavar="ID")
def new(*, config_file: Path, kind: str, identifier: str) -> None:
    """Start a document of KIND with the id ID from its template.

    The blanks are marked TODO; `check` names each until it is filled. An existing file is never overwritten.

    \b
    mkdocs-sre new runbook cart-sessions-lost
    mkdocs-sre new pir PIR-2026-012
    """
    from mkdocs_sre.knowledge.start import StartError, start  # noqa: PLC0415

    configuration = configuration_of(config_file)
    try:
        made = start(kind, identifier, configuration.docs_dir)
    except StartError as error:
        stop(str(error))
    click.echo(f"{made}: fill in what says TODO, then run `mkdocs-sre check`")
