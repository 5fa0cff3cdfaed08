"""`mkdocs-sre new`: a document from its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import EXIT_CODES, CommandOfKind, config_option, configuration_of, main, stop
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

RUNBOOK = "runbook"


@main.command(cls=CommandOfKind, epilog=EXIT_CODES, short_help="Start a document from its template.")
@config_option
@click.argument("kind")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option(
    "--for-alert",
    metavar="NAME",
    help="Begin a runbook with what the rules of this alert say; the id defaults to its name (KubeJobFailed: kube-job-failed).",
)
def new(*, config_file: Path, kind: str, identifier: str | None, for_alert: str | None) -> None:
    """Start a document of KIND with the id ID from its template.

    The blanks are marked TODO; `check` names each until it is filled. An existing file is never overwritten.

    \b
    mkdocs-sre new runbook cart-sessions-lost
    mkdocs-sre new runbook --for-alert KubeJobFailed
    mkdocs-sre new pir PIR-2026-012
    """
    from mkdocs_sre.knowledge.start import StartError, start  # noqa: PLC0415

    if for_alert is not None and kind != RUNBOOK:
        raise click.UsageError(f"--for-alert goes with the kind `{RUNBOOK}`")
    if for_alert is None and identifier is None:
        raise click.UsageError("Missing argument 'ID'.")
    configuration = configuration_of(config_file)
    try:
        if for_alert is not None:
            from mkdocs_sre.sites.for_alert import start_for_alert  # noqa: PLC0415 loads the whole site

            made = start_for_alert(configuration, for_alert, identifier)
        else:
            made = start(kind, identifier or "", configuration.docs_dir)
    except StartError as error:
        stop(str(error))
    except SettingsError as error:
        stop(*configuration.lines(error))
    click.echo(printable(f"{made}: fill in what says TODO, then run `mkdocs-sre check`"))
