"""`mkdocs-sre check`: every finding, with place and cure."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from mkdocs_sre.cli.days import as_of_option
from mkdocs_sre.cli.group import CLEAN, EXIT_CODES, FAILED, config_option, main
from mkdocs_sre.cli.group import configuration_of as _configuration
from mkdocs_sre.cli.group import in_colour as _colour
from mkdocs_sre.cli.group import stop as _stop
from mkdocs_sre.cli.group import write as _print
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.checks.write_waivers import Terms
    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.waivers import WaiverFile
    from mkdocs_sre.reports import Run


def _end(_: click.Context, __: click.Parameter, value: str | None) -> date | Duration | None:
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 --help stays quick

    from mkdocs_sre.documents.values import parse_date, parse_duration  # noqa: PLC0415

    for parse in (parse_date, parse_duration):
        try:
            return None if value is None else parse(value)
        except PydanticCustomError:
            continue
    raise click.BadParameter(f"`{value}` is no day, YYYY-MM-DD, and no duration, such as `6 months`")


@main.command(epilog=EXIT_CODES, short_help="Print every finding, with place and cure.")
@config_option
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github", "junit"]),
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
@as_of_option
@click.option(
    "--evidence",
    type=click.Choice(["both", "history", "seal"]),
    help="What proves that final reviews are unchanged. Default: that of the configuration, else both.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option("--show-waived", is_flag=True, help="Print the findings that are waived too.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option("--write-waivers", is_flag=True, help="Waive every error and warning; needs --reason, --by and --until.")
@click.option("--reason", metavar="TEXT", default="", help="Why new waivers are given.")
@click.option("--by", metavar="WHO", default="", help="Who gives them.")
@click.option(
    "--until",
    metavar="DATE",
    callback=_end,
    help="The last day on which they hold, within 12 months; or how long from today, such as `6 months`.",
)
def check(  # noqa: PLR0913 one parameter an option
    *,
    config_file: Path,
    strict: bool,
    form: str,
    select: Sequence[str],
    ignore: Sequence[str],
    as_of: date | Literal["today"] | None,
    evidence: str | None,
    output: Path | None,
    show_waived: bool,
    statistics: bool,
    write_waivers: bool,
    reason: str,
    by: str,
    until: date | Duration | None,
) -> None:
    """Check every document of the site and print what is wrong, with place and cure.

    Exits 0 when clean, 1 on errors (with --strict on warnings too), 2 when it cannot run.
    Paths are as seen from the working directory; in sarif, github and junit from the root of the repository.

    \b
    mkdocs-sre check --strict
    mkdocs-sre check --select PIR,ACT --format json --output findings.json
    mkdocs-sre check --as-of 2026-12-31 --select FRS
    mkdocs-sre check --strict --select IMM --evidence seal
    mkdocs-sre check --format sarif --output findings.sarif
    mkdocs-sre check --write-waivers --reason "Old pages, REL-12" --by @team-docs --until "6 months"
    """
    from mkdocs_sre.checks.registry import rules  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.checks.run import examine  # noqa: PLC0415
    from mkdocs_sre.checks.verdict import fails  # noqa: PLC0415
    from mkdocs_sre.checks.write_waivers import Terms  # noqa: PLC0415
    from mkdocs_sre.reading.waivers import load_waivers, waivers_file  # noqa: PLC0415
    from mkdocs_sre.reports import Look, Run, report  # noqa: PLC0415
    from mkdocs_sre.sites.read import read_site  # noqa: PLC0415

    if write_waivers != bool(until) or (not write_waivers and (reason or by)):
        raise click.UsageError("--write-waivers, --reason, --by and --until go together")
    configuration = _configuration(config_file)
    settings, folder = configuration.settings, configuration.folder
    try:
        waivers = load_waivers(settings, folder, configuration.docs_dir)
        base, history, day = read_site(configuration, as_of, evidence)
        if day.notice:
            click.echo(f"notice: {day.notice}", err=True)
        only, without = _names(select), _names(ignore)
        found = examine(base, day.day, waivers, history=history, only=only, ignore=without)
    except SettingsError as error:
        _stop(*configuration.lines(error))
    documents = [one.path for one in base.documents]
    run = Run(*found, documents, day.day, configuration.docs_dir, folder, strict, [*rules().values()])
    if until is not None:
        file = waivers_file(settings, folder, configuration.docs_dir)
        last = until if isinstance(until, date) else until.after(day.day)
        _write_waivers(run, base, waivers, Terms(reason, by, last), file)
    look = Look(output is None and _colour(), show_waived, statistics)
    text = report(form, run, look)
    if output is None:
        _print(text)
    else:
        try:
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            _stop(f"{output}: {error.strerror}")
    sys.exit(FAILED if fails(found.findings, strict=strict) else CLEAN)


def _write_waivers(run: Run, base: KnowledgeBase, waivers: WaiverFile, terms: Terms, file: Path) -> NoReturn:
    from mkdocs_sre.checks.write_waivers import WaiversNotWrittenError, add_waivers  # noqa: PLC0415
    from mkdocs_sre.reports.waivers import waivers_report  # noqa: PLC0415

    try:
        addition = add_waivers(base, run.findings, waivers, terms, run.as_of)
        if addition.waivers:
            file.write_bytes(addition.text.encode())
    except WaiversNotWrittenError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{file}: {error.strerror}")
    _print(waivers_report(run, file.name, addition.waivers, addition.left))
    sys.exit(FAILED if addition.left else CLEAN)


def _names(values: Sequence[str]) -> list[str]:
    return [name for value in values for name in value.replace(",", " ").split()]
