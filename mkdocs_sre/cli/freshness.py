"""`mkdocs-sre freshness`: what has to be looked at again, by whom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.days import as_of_option
from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, in_colour, main, stop, write
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path
    from typing import Literal

UNKNOWN_HISTORY = "git's history could not be read, so that no event expires; in CI fetch it whole (`fetch-depth: 0`)"


@main.command(
    epilog="Exit codes: 0 nothing is expired, 1 something is, 2 cannot run.",
    short_help="Tell what has to be looked at again, by owner.",
)
@config_option
@as_of_option
@click.option(
    "--owner", "owners", multiple=True, metavar="WHO", help="Only what this team or person keeps. Repeatable."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How it is printed; markdown is for an issue or a message.",
)
@click.option("--all", "whole", is_flag=True, help="Show all documents of each owner, not only the 20 most urgent.")
def freshness(
    *, config_file: Path, as_of: date | Literal["today"] | None, owners: Sequence[str], form: str, whole: bool
) -> None:
    """Tell which documents are due soon, overdue, expired or snoozed: by owner, the most urgent first, with reason, place and cure.

    \b
    mkdocs-sre freshness --as-of today
    mkdocs-sre freshness --owner @team-checkout --all
    mkdocs-sre freshness --as-of today --format markdown
    mkdocs-sre freshness --as-of today --format json
    """
    from mkdocs_sre.analyses.freshness.owners import (  # noqa: PLC0415 --help stays quick
        UnknownOwnersError,
        damaged_documents,
        owned_by,
        reviewed_documents,
        waiting,
    )
    from mkdocs_sre.reports.freshness import Survey, freshness_report  # noqa: PLC0415
    from mkdocs_sre.reports.graph.layout import Look  # noqa: PLC0415
    from mkdocs_sre.reports.text import plural  # noqa: PLC0415
    from mkdocs_sre.sites.read import read_site  # noqa: PLC0415

    site = configuration_of(config_file)
    try:
        base, history, day = read_site(site, as_of)
        found = owned_by(waiting(base, day.day, history), base, owners)
    except SettingsError as error:
        stop(*site.lines(error))
    except UnknownOwnersError as error:
        stop(*error.problems)
    damaged = damaged_documents(base)
    notices = [day.notice] if day.notice else []
    notices += [] if history.known else [UNKNOWN_HISTORY]
    notices += [f"{plural(damaged, 'damaged document')} left out; `mkdocs-sre check` shows why"] if damaged else []
    for notice in notices:
        click.echo(f"notice: {notice}", err=True)
    survey = Survey(found, len(reviewed_documents(base)), day.day, site.docs_dir, site.folder, whole)
    write(freshness_report(form, survey, Look(in_colour())))
    sys.exit(FAILED if survey.expired else CLEAN)
