"""`mkdocs-sre slo export`: objectives as rules of Prometheus and for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import CLEAN, FAILED, config_option, configuration_of, stop, write
from mkdocs_sre.cli.slo import slo
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.sites.slo_export import Wanted
    from mkdocs_sre.slo.exports import ExportedFile


class _FormOption(click.Option):
    """The option that takes a form. Its help names all of them, which are looked for when it is shown."""

    @property
    def help(self) -> str:
        """What it takes."""
        from mkdocs_sre.slo.exports import exporters  # noqa: PLC0415 only help needs them

        return f"{self._says}: {', '.join(exporters())}."

    @help.setter  # noqa: A003 click's name for it
    def help(self, says: str | None) -> None:
        self._says = says or ""


def _form(_: click.Context, __: click.Parameter, value: str) -> str:
    from mkdocs_sre.slo.exports import exporters  # noqa: PLC0415 --help stays quick

    if value not in exporters():
        raise click.BadParameter(f"`{value}` is none of {', '.join(exporters())}")
    return value


@slo.command(
    "export",
    epilog="Exit codes: 0 written, or with --check as it is to be; 1 something is wrong, or differs, and nothing is written; 2 cannot run.",
    short_help="Write objectives as rules of Prometheus and for others.",
)
@config_option
@click.option("--to", "form", required=True, metavar="FORM", cls=_FormOption, callback=_form, help="The form")
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that is written; what others have put there stays.",
)
@click.option(
    "--slo", "ids", multiple=True, metavar="ID", help="Only this objective or document, a draft too. Repeatable."
)
@click.option("--sloth-form", is_flag=True, help="Write rules exactly as Sloth does.")
@click.option("--with-tests", is_flag=True, help="Write tests for promtool beside the rules.")
@click.option("--check", "only_check", is_flag=True, help="Only tell what differs from what is there.")
@click.option("--force", is_flag=True, help="Overwrite files that this command has not written.")
def export(  # noqa: PLR0913 one parameter an option
    *,
    config_file: Path,
    form: str,
    out: Path,
    ids: Sequence[str],
    sloth_form: bool,
    with_tests: bool,
    only_check: bool,
    force: bool,
) -> None:
    """Write service level objectives in a form that other programs read, a file for each document.

    Drafts and deprecated objectives are left out. What the form cannot say is listed. Documents with errors are
    told, and nothing is written. Files that this command has written and that are no part of it any more are
    removed, tests too without --with-tests.

    \b
    mkdocs-sre slo export --to prometheus --out monitoring/slos --with-tests
    mkdocs-sre slo export --to prometheus --out monitoring/slos --with-tests --check
    mkdocs-sre slo export --to prometheusrule --out deploy/slos --slo payments-authorise
    """
    from mkdocs_sre.sites.slo_export import Wanted  # noqa: PLC0415 --help stays quick

    if sloth_form and not form.startswith("prometheus"):
        raise click.UsageError("--sloth-form goes with --to prometheus or prometheusrule")
    if with_tests and (form != "prometheus" or sloth_form):
        raise click.UsageError("--with-tests goes with --to prometheus, and without --sloth-form")
    site = configuration_of(config_file)
    wanted = Wanted(form, tuple(ids), sloth_form, with_tests)
    files = _files(site, wanted)
    sys.exit(_checked(files, out, wanted) if only_check else _written(files, out, wanted, force=force))


def _files(site: Configuration, wanted: Wanted) -> Sequence[ExportedFile]:
    """Return the files of the export; leave with what is wrong when there are none."""
    from mkdocs_sre.reports.slo_export import error_lines, lost_lines  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.slo_export import UnknownObjectivesError, exported  # noqa: PLC0415

    try:
        found = exported(site, wanted)
    except SettingsError as error:
        stop(*site.lines(error))
    except UnknownObjectivesError as error:
        stop(*error.problems)
    for notice in found.notices:
        click.echo(f"notice: {printable(notice)}", err=True)
    for line in error_lines(found.findings, found.faults, site.docs_dir, site.folder):
        click.echo(line, err=True)
    if found.export is None:
        click.echo("nothing is written", err=True)
        sys.exit(FAILED)
    for line in lost_lines(found.export.losses, site.docs_dir, site.folder):
        click.echo(line, err=True)
    return found.export.files


def _checked(files: Sequence[ExportedFile], out: Path, wanted: Wanted) -> int:
    from mkdocs_sre.reports.slo_export import difference_lines  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.generated_files import GeneratedFilesError  # noqa: PLC0415
    from mkdocs_sre.sites.slo_export import compared  # noqa: PLC0415

    try:
        found = compared(files, out, wanted)
    except GeneratedFilesError as error:
        stop(*error.problems)
    write("".join(f"{line}\n" for line in difference_lines(found, out)))
    return CLEAN if found.agrees else FAILED


def _written(files: Sequence[ExportedFile], out: Path, wanted: Wanted, *, force: bool) -> int:
    from mkdocs_sre.reports.slo_export import written_line  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.sites.generated_files import GeneratedFilesError, write_files  # noqa: PLC0415
    from mkdocs_sre.sites.slo_export import compared  # noqa: PLC0415

    try:
        found = compared(files, out, wanted)
        write_files(files, out, found, force=force)
    except GeneratedFilesError as error:
        stop(*error.problems)
    write(f"{written_line(found, out)}\n")
    return CLEAN
