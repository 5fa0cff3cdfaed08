"""`mkdocs-sre seal`: seals for final reviews, and exceptions that somebody answers for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import (
    CLEAN,
    EXIT_CODES,
    FAILED,
    config_option,
    configuration_of,
    in_colour,
    main,
    stop,
    write,
)
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


@main.command(epilog=EXIT_CODES, short_help="Seal final reviews, so that no change goes unseen.")
@config_option
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when something would be sealed.")
@click.option("--except", "identifier", metavar="ID", help="Except the change of this review; needs --reason and --by.")
@click.option("--reason", metavar="TEXT", default="", help="Why it was changed; everybody can read it on its page.")
@click.option("--by", metavar="WHO", default="", help="Who answers for it.")
def seal(*, config_file: Path, check: bool, identifier: str | None, reason: str, by: str) -> None:
    """Seal every final review that has no seal yet, in pir-seals.lock beside the configuration.

    A seal is the digest of a review and of the images and snippets that it shows. Lines only come, none is ever
    changed; commit the file with the review. Nothing is written while a final review is not as it must be.

    A change that must be, such as a name that has to go, is excepted with --except. It says both digests, and the
    review's page shows it.

    \b
    mkdocs-sre seal
    mkdocs-sre seal --check
    mkdocs-sre seal --except PIR-2026-007 --reason "Customer's name redacted, LEGAL-88" --by @owner
    """
    from mkdocs_sre.history.lock import LockError  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.reports import Look  # noqa: PLC0415
    from mkdocs_sre.reports.text import text_report  # noqa: PLC0415
    from mkdocs_sre.sites.seal import Answerable, SealError, seal_site  # noqa: PLC0415

    if (identifier is None) != (not reason and not by) or (identifier is not None and (check or not (reason and by))):
        raise click.UsageError("--except, --reason and --by go together, and without --check")
    found = configuration_of(config_file)
    excepted = (identifier, Answerable(reason, by)) if identifier is not None else None
    try:
        done = seal_site(found, excepted, check=check)
    except SettingsError as error:
        stop(*found.lines(error))
    except (SealError, LockError) as error:
        stop(str(error))
    if done.run is not None:
        write(text_report(done.run, Look(in_colour())))
    for line in done.notes:
        click.echo(printable(f"note: {line}"), err=True)
    for line in done.said:
        click.echo(printable(line))
    sys.exit(CLEAN if done.good else FAILED)
