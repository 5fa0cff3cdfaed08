"""`mkdocs-sre amend`: an addendum to a final review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import EXIT_CODES, config_option, configuration_of, main, stop
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@main.command(epilog=EXIT_CODES, short_help="Start an addendum to a final review.")
@config_option
@click.argument("identifier", metavar="PIR-ID")
@click.option("--corrects", metavar="TEXT", default="", help="What it changes, in one sentence: the old and the new.")
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which it is written. Default: today.",
)
def amend(*, config_file: Path, identifier: str, corrects: str, as_of: datetime | None) -> None:
    """Start an addendum beside the final review PIR-ID, which itself never changes again.

    The addendum gets the next number, such as ADD-2026-007-2, and the review's page tells of it by itself. The blanks
    are marked TODO. An existing file is never overwritten.

    \b
    mkdocs-sre amend PIR-2026-007
    mkdocs-sre amend PIR-2026-007 --corrects "Orders lost were 71, not 64."
    """
    from mkdocs_sre.history.as_of import resolve_as_of  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.amend import AmendError  # noqa: PLC0415
    from mkdocs_sre.sites.amend import amend as write_addendum  # noqa: PLC0415
    from mkdocs_sre.sites.read import load_site  # noqa: PLC0415

    found = configuration_of(config_file)
    day = as_of.date() if as_of else resolve_as_of("today", found.folder).day
    try:
        made = write_addendum(load_site(found), found.docs_dir, identifier, day, corrects)
    except SettingsError as error:
        stop(*found.lines(error))
    except AmendError as error:
        stop(str(error))
    click.echo(printable(f"{made}: fill in what says TODO, then run `mkdocs-sre check`"))
