"""`mkdocs-sre audit`: an evidence bundle on final reviews."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_sre.cli.group import CLEAN, EXIT_CODES, FAILED, config_option, configuration_of, main, stop
from mkdocs_sre.reports.text import plural, printable
from mkdocs_sre.settings import SettingsError


@main.command(epilog=EXIT_CODES, short_help="Write the evidence on final reviews, for auditors.")
@config_option
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; it must be new, empty, or written by `audit` before.",
)
def audit(*, config_file: Path, out: Path) -> None:
    """Write an evidence bundle: each final review with its record, seal, commit, addenda and actions.

    Its README.md says how everything is verified with nothing but a shell. The same commit gives the same bundle, to the
    byte. Exits 1 when a final review is not what its record says; the bundle is written all the same, and says so.

    \b
    mkdocs-sre audit --out evidence
    mkdocs-sre audit --out /mnt/archive/2026-q4
    """
    from mkdocs_sre.sites.audit import audit_site  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.folder import FolderError, write_folder  # noqa: PLC0415

    found = configuration_of(config_file)
    try:
        bundle = audit_site(found)
        write_folder(bundle.files, out, found.docs_dir, "audit")
    except SettingsError as error:
        stop(*found.lines(error))
    except FolderError as error:
        stop(str(error))
    click.echo(printable(f"{out}: {plural(len(bundle.files), 'file')} written"))
    click.echo(printable(bundle.summary))
    sys.exit(FAILED if bundle.violated else CLEAN)
