"""`mkdocs-sre check`: every finding, with place and cure."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from mkdocs_sre.cli.group import CLEAN, EXIT_CODES, FAILED, config_option, main
from mkdocs_sre.cli.group import configuration_of as _configuration
from mkdocs_sre.cli.group import in_colour as _colour
from mkdocs_sre.cli.group import stop as _stop
from mkdocs_sre.cli.group import write as _print
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | Literal["today"] | None:
    if value is None or value == "today":
        return "today" if value else None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        raise click.BadParameter("must be a day, YYYY-MM-DD, or `today`") from None


@main.command(epilog=EXIT_CODES)
@config_option
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    help="Only these rules: codes, names or families. Repeatable, or separated by commas.",
)
@click.option(
    "--ignore", multiple=True, metavar="CODE", help="Without these rules. Repeatable, or separated by commas."
)
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="The day that due dates are compared with, or `today`. Default: that of the configuration, else of the last commit.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
def check(  # noqa: PLR0913 one parameter an option
    *,
    config_file: Path,
    strict: bool,
    form: str,
    select: Sequence[str],
    ignore: Sequence[str],
    as_of: date | Literal["today"] | None,
    output: Path | None,
) -> None:
    """Check every document of the site and print what is wrong, with place and cure.

    Exits 0 when clean, 1 on errors (with --strict on warnings too), 2 when it cannot run.

    \b
    mkdocs-sre check --strict
    mkdocs-sre check --select PIR,ACT --format json --output findings.json
    mkdocs-sre check --as-of 2026-12-31 --select FRS
    """
    from mkdocs_sre import knowledge  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.checks.run import check as run  # noqa: PLC0415
    from mkdocs_sre.checks.verdict import fails  # noqa: PLC0415
    from mkdocs_sre.history.as_of import resolve_as_of  # noqa: PLC0415
    from mkdocs_sre.reports import report  # noqa: PLC0415

    configuration = _configuration(config_file)
    day = resolve_as_of(as_of or configuration.settings.as_of, configuration.folder)
    if day.notice:
        click.echo(f"notice: {day.notice}", err=True)
    try:
        base = knowledge.load(configuration.settings, configuration.docs_dir, configuration.exclude)
        findings = run(base, configuration.settings, day.day, only=_names(select), ignore=_names(ignore))
    except SettingsError as error:
        _stop(*configuration.lines(error))
    text = report(form, findings, documents=len(base.documents), as_of=day.day, colour=output is None and _colour())
    if output is None:
        _print(text)
    else:
        try:
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            _stop(f"{output}: {error.strerror}")
    sys.exit(FAILED if fails(findings, strict=strict) else CLEAN)


def _names(values: Sequence[str]) -> list[str]:
    return [name for value in values for name in value.replace(",", " ").split()]
