"""`mkdocs-sre pack`: runbooks for when there is no network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import EXIT_CODES, config_option, configuration_of, main, stop
from mkdocs_sre.reports.text import plural, printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@main.command(epilog=EXIT_CODES, short_help="Pack the runbooks as pages that need no server.")
@config_option
@click.option(
    "--runbooks",
    "file",
    required=True,
    metavar="FILE.zip",
    type=click.Path(path_type=Path),
    help="The zip file to write; one that `pack` wrote before is replaced.",
)
@click.option("--force", is_flag=True, help="Replace the file whoever wrote it.")
def pack(*, config_file: Path, file: Path, force: bool) -> None:
    """Pack all runbooks into a zip of static pages, with alerts, rotations and the incident process.

    Unzipped, index.html opens without a server and without a network. Commands are filled and copied as on the site;
    links to pages that do not come along are their addresses.

    \b
    mkdocs-sre pack --runbooks runbooks.zip
    mkdocs-sre pack --runbooks /mnt/usb/runbooks.zip --force
    """
    from mkdocs_sre.sites.pack import pack_site  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.zip_file import ZipError, refuse_foreign, write_zip  # noqa: PLC0415

    found = configuration_of(config_file)
    try:
        refuse_foreign(file, force=force)
        made, notice = pack_site(found)
        if notice:
            click.echo(f"notice: {notice}", err=True)
        if not made.runbooks:
            stop(f"{found.docs_dir}: holds no runbook; `mkdocs-sre new runbook ID` begins one")
        number = write_zip(_told(made.files(), len(made.pages)), file)
    except SettingsError as error:
        stop(*found.lines(error))
    except ZipError as error:
        stop(str(error))
    click.echo(printable(f"{file}: {plural(len(made.runbooks), 'runbook')}, {plural(number, 'file')} written"))


def _told(files: Iterable[tuple[str, bytes]], pages: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files; on a terminal tell how many pages are done."""
    shown = sys.stderr is not None and sys.stderr.isatty()
    for number, one in enumerate(files, 1):
        if shown and number <= pages:
            click.echo(f"\r{number} of {plural(pages, 'page')}", nl=number == pages, err=True)
        yield one
