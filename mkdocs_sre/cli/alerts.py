"""`mkdocs-sre alerts`: where each alert leads, and whom it calls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, in_colour, main, stop, write
from mkdocs_sre.reports.text import plural, printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.reading.configuration import Configuration


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
@click.option(
    "--annotate",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Print this rule file with the right link for each alert, and nothing else; the file stays as it is.",
)
def alerts(*, config_file: Path, files: Sequence[Path], form: str, annotate: Path | None) -> None:
    """Tell of each alert its file, line, severity and owner, where its link leads, its page, and whom it calls.

    Rule files that are given stand in for those of the option `alerts.rules`.

    \b
    mkdocs-sre alerts
    mkdocs-sre alerts monitoring/rules/cart.yaml
    mkdocs-sre alerts --format json
    mkdocs-sre alerts --annotate monitoring/rules/cart.yaml
    """
    from mkdocs_sre.reports.alerts import alerts_report  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.reports.graph.layout import Look  # noqa: PLC0415
    from mkdocs_sre.sites.alerts import surveyed  # noqa: PLC0415

    site = configuration_of(config_file)
    if annotate is not None:
        if files:
            raise click.UsageError("--annotate takes one file, and no others beside it")
        _annotate(site, annotate)
        return
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


def _annotate(site: Configuration, file: Path) -> None:
    """Print a rule file with the right links, byte for byte as it is but for them."""
    from mkdocs_sre.reading.annotations import AnnotationError  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.annotate import annotated  # noqa: PLC0415

    try:
        made = annotated(site, file)
    except SettingsError as error:
        stop(*site.lines(error))
    except AnnotationError as error:
        stop(*error.problems)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror or 'cannot be read'}")
    click.echo(made.data, nl=False)
    for notice in made.notices:
        click.echo(printable(notice), err=True)
    click.echo(f"{plural(made.changed, 'link')} changed", err=True)
