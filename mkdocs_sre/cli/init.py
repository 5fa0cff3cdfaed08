"""`mkdocs-sre init`: a new site."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import EXIT_CODES, main, stop
from mkdocs_sre.reports.text import plural, printable

if TYPE_CHECKING:
    from datetime import datetime


@main.command(epilog=EXIT_CODES, short_help="Begin a site: mkdocs.yml and first documents.")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Write the file of this service too.")
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that the documents are written for. Default: today.",
)
def init(*, folder: Path, ci: str | None, as_of: datetime | None) -> None:
    """Begin a site in FOLDER: configuration, and a first document of each kind that passes every check.

    Nothing is ever overwritten: when one of the files is there already, all that are are named and nothing is written.

    \b
    mkdocs-sre init
    mkdocs-sre init reliability --ci github
    """
    from mkdocs_sre.history.as_of import resolve_as_of  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.history.seals import LOCK  # noqa: PLC0415
    from mkdocs_sre.sites.begin import MARGIN, BeginError, begin  # noqa: PLC0415

    day = resolve_as_of(as_of.date() if as_of else "today", folder).day
    try:
        made = begin(folder, day, ci)
    except BeginError as error:
        stop(*error.problems)
    for path in made:
        click.echo(printable(str(folder / path)))
    click.echo(f"\n{plural(len(made), 'file')} written. Next:\n")
    if folder != Path():
        click.echo(f"    cd {printable(quote(str(folder)))}")
    if resolve_as_of(None, folder).day < day - MARGIN:
        click.echo("    git add . && git commit   # the day of the last commit counts as today, and yours is old")
    click.echo("    mkdocs-sre check --strict   # no findings")
    click.echo("    mkdocs serve                # the site: http://127.0.0.1:8000/")
    click.echo("    mkdocs build --strict       # the gate")
    click.echo(
        "\nThen change the documents to yours, one kind at a time; `mkdocs-sre new KIND ID` starts further ones."
        f"\nThe review is final and sealed, so it never changes: replace it and `{LOCK}` before you commit, or keep it."
    )
