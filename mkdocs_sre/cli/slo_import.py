"""`mkdocs-sre slo import`: objectives of other programs as documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, stop, write
from mkdocs_sre.cli.slo import slo

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE = click.Path(path_type=Path, dir_okay=False)


@slo.command(
    "import",
    epilog="Exit codes: 0 written, or valid; 1 something is wrong, and nothing is written; 2 cannot run.",
    short_help="Read objectives of Sloth, OpenSLO and Pyrra.",
)
@config_option
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the documents are written. Default: sre/slos in the docs folder of the site.",
)
@click.option(
    "--windows",
    multiple=True,
    metavar="FILE",
    type=_FILE,
    help="A file of Sloth's alert windows (kind AlertWindows), for the objectives of its period. Repeatable.",
)
@click.option(
    "--period",
    metavar="TIME",
    help="The window of objectives whose file names none. Default: that of --windows, else 30d.",
)
@click.option("--owner", metavar="TEAM", default="", help="The team that keeps them, such as @team-payments.")
@click.option("--force", is_flag=True, help="Overwrite documents that are there already.")
@click.option("--check", "only_check", is_flag=True, help="Only tell whether the files are valid; write nothing.")
def import_(  # noqa: PLR0913 an option each
    *,
    config_file: Path,
    files: Sequence[Path],
    out: Path | None,
    windows: Sequence[Path],
    period: str | None,
    owner: str,
    force: bool,
    only_check: bool,
) -> None:
    """Read service level objectives from FILES and write a document for each.

    Sloth's specs, OpenSLO and Pyrra's objects are known by what stands in them. What a document cannot say is listed.
    When anything is wrong in any file, all of it is told and nothing is written.

    \b
    mkdocs-sre slo import sloth/checkout.yml
    mkdocs-sre slo import sloth/*.yml --windows windows/7d.yaml --owner @team-payments
    mkdocs-sre slo import --check openslo/*.yaml
    """
    from mkdocs_sre.reports.slo_import import fault_lines, import_lines, verdict_lines  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.slo_documents import WriteFailedError, default_folder, write_documents  # noqa: PLC0415
    from mkdocs_sre.sites.slo_import import ImportFailedError, completion_of, imported, judged  # noqa: PLC0415

    try:
        completion = completion_of(windows, period, owner)
        if only_check:
            verdicts = judged(files, completion)
            write("".join(f"{line}\n" for line in verdict_lines(verdicts)))
            sys.exit(FAILED if any(one.faults for one in verdicts) else CLEAN)
        made = imported(files, completion)
        written = write_documents(made.documents, out or default_folder(configuration_of(config_file)), force=force)
    except ImportFailedError as error:
        for line in fault_lines(error.faults):
            click.echo(line, err=True)
        click.echo("nothing is written", err=True)
        sys.exit(FAILED)
    except WriteFailedError as error:
        stop(*error.problems)
    for line in fault_lines(made.warnings):
        click.echo(line, err=True)
    write("".join(f"{line}\n" for line in import_lines(made, written)))
