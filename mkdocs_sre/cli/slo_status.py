"""`mkdocs-sre slo status`: what is left of error budgets, and whether changes may go out."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.days import as_of_option
from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, in_colour, stop, write
from mkdocs_sre.cli.slo import slo
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Literal

ENDINGS = (".csv", ".json")
WIDTH = 80  # columns where no terminal says how many


@slo.command(
    epilog="Exit codes: 0 go; 1 the gate is closed, or the measured values have faults; 2 cannot run.",
    short_help="Tell what is left of error budgets.",
)
@config_option
@as_of_option
@click.option(
    "--measured",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Measured values, CSV or JSON, in place of the file of the option slos.results.",
)
@click.option("--service", "services", multiple=True, metavar="ID", help="Only objectives of this service. Repeatable.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "csv"]),
    help="How it is printed; csv goes with --report. Default: text, with --report markdown.",
)
@click.option(
    "--gate",
    is_flag=True,
    help="Leave with 1 when a policy step that is reached freezes changes, or when that cannot be judged.",
)
@click.option("--report", is_flag=True, help="Print the table of what was promised, measured and kept.")
def status(  # noqa: PLR0913 one parameter an option
    *,
    config_file: Path,
    as_of: date | Literal["today"] | None,
    measured: Path | None,
    services: Sequence[str],
    form: str | None,
    gate: bool,
    report: bool,
) -> None:
    """Tell how much of each error budget is spent, by measured values, else by reviews, and what the policy says then.

    \b
    mkdocs-sre slo status --as-of today
    mkdocs-sre slo status --service payments --gate
    mkdocs-sre slo status --measured results.json --format json
    mkdocs-sre slo status --as-of 2026-02-28 --report --format csv
    """
    from mkdocs_sre.analyses.standing import UnknownServicesError  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.reports.graph.layout import Look  # noqa: PLC0415
    from mkdocs_sre.reports.slo import availability_report, status_report  # noqa: PLC0415
    from mkdocs_sre.sites.slo_status import status_of  # noqa: PLC0415

    form = form or ("markdown" if report else "text")
    if (form == "csv" and not report) or (form == "text" and report):
        raise click.UsageError("--report goes with --format markdown, csv or json, and csv with --report")
    if measured is not None and measured.suffix.lower() not in ENDINGS:
        raise click.UsageError("--measured takes a file whose name ends in .csv or .json")
    site = configuration_of(config_file)
    try:
        found = status_of(site, as_of, measured, services)
    except SettingsError as error:
        stop(*site.lines(error))
    except UnknownServicesError as error:
        stop(*error.problems)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror or 'cannot be read'}")
    for line in (*found.faults, *(f"notice: {one}" for one in found.notices)):
        click.echo(printable(line), err=True)
    terminal = sys.stdout is not None and sys.stdout.isatty()
    look = Look(in_colour(), shutil.get_terminal_size().columns if terminal else WIDTH)
    made = availability_report(form, found.survey) if report else status_report(form, found.survey, look, gate=gate)
    write(made)
    sys.exit(FAILED if found.faults or (gate and not found.survey.gate.is_open) else CLEAN)
