"""`mkdocs-sre alerts`: where each alert leads, and whom it calls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, in_colour, main, stop, write
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence


@main.command(
    epilog="Exit codes: 0 every link that leads to the site leads somewhere, 1 one does not or a file cannot be read, 2 cannot run.",
    short_help="Tell where each alert leads, and whom it calls.",
)
@config_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
def alerts(*, config_file: Path, files: Sequence[Path], form: str) -> None:
    """Tell of each alert its file, line, severity and owner, where its link leads, its page, and whom it calls.

    Rule files that are given stand in for those of the option `alerts.rules`.

    \b
    mkdocs-sre alerts
    mkdocs-sre alerts monitoring/rules/cart.yaml
    mkdocs-sre alerts --format json
    """
    from mkdocs_sre.reports.alerts import alerts_report  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.reports.graph.layout import Look  # noqa: PLC0415
    from mkdocs_sre.sites.alerts import surveyed  # noqa: PLC0415

    site = configuration_of(config_file)
    try:
        survey, notices = surveyed(site, files)
    except SettingsError as error:
        stop(*site.lines(error))
    except OSError as error:
        stop(f"{error.filename}: {error.strerror or 'cannot be read'}")
    for notice in notices:
        click.echo(printable(notice), err=True)
    write(alerts_report(form, survey, Look(in_colour())))
    sys.exit(FAILED if survey.fails else CLEAN)
