"""The command `mkdocs-sre`: options in, engine called, text out; no logic of its own."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TextIO

import click

from mkdocs_sre import __version__
from mkdocs_sre.reading.configuration import Configuration, ConfigurationError, load_configuration
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN, FAILED, CANNOT_RUN = 0, 1, 2
EXIT_CODES = "Exit codes: 0 clean, 1 findings that fail, 2 cannot run."

config_option = click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The site's configuration; options are taken from `plugins: sre:`.",
)


def _stop(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(printable(line), err=True)
    sys.exit(CANNOT_RUN)


def _print(text: str) -> None:
    """Write to standard output; a full disk is told, a reader that has gone away (`| head`) is click's business."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        _stop(f"the output cannot be written: {error.strerror}")


def _escape_what_the_terminal_lacks() -> None:
    """Let text that the streams cannot encode (`“` in Latin-1, a file name that is not UTF-8) appear as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _configuration(file: Path) -> Configuration:
    try:
        return load_configuration(file)
    except ConfigurationError as error:
        _stop(*error.problems)


def _colour() -> bool:
    stream: TextIO | None = sys.stdout  # None when the caller has closed it
    return stream is not None and stream.isatty() and not os.environ.get("NO_COLOR")


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | Literal["today"] | None:
    if value is None or value == "today":
        return "today" if value else None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        raise click.BadParameter("must be a day, YYYY-MM-DD, or `today`") from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="mkdocs-sre")
def main() -> None:
    """Check and start the documents of a reliability knowledge base.

    \b
    mkdocs-sre check --strict
    mkdocs-sre new runbook cart-sessions-lost
    mkdocs-sre explain DOC202
    """
    _escape_what_the_terminal_lacks()


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


@main.command(epilog=EXIT_CODES)
@config_option
@click.argument("kind")
@click.argument("identifier", metavar="ID")
def new(*, config_file: Path, kind: str, identifier: str) -> None:
    """Start a document of KIND with the id ID from its template.

    The blanks are marked TODO; `check` names each until it is filled. An existing file is never overwritten.

    \b
    mkdocs-sre new runbook cart-sessions-lost
    mkdocs-sre new pir PIR-2026-012
    """
    from mkdocs_sre.knowledge.start import StartError, start  # noqa: PLC0415

    configuration = _configuration(config_file)
    try:
        made = start(kind, identifier, configuration.docs_dir)
    except StartError as error:
        _stop(str(error))
    click.echo(f"{made}: fill in what says TODO, then run `mkdocs-sre check`")


@main.command(epilog=EXIT_CODES)
@click.argument("code")
def explain(*, code: str) -> None:
    """Tell what a rule wants and why, with an example and what to write instead.

    \b
    mkdocs-sre explain DOC202
    mkdocs-sre explain missing-key
    """
    from mkdocs_sre.checks.registry import find_rule, nearest  # noqa: PLC0415
    from mkdocs_sre.pages.rules import rule_markdown  # noqa: PLC0415

    rule = find_rule(code)
    if rule is None:
        near = nearest(code)
        _stop(f"`{code}` is no rule" + (f"; did you mean `{near}`?" if near else "; the page of rules lists all"))
    text = rule_markdown(rule)
    if not _colour():
        _print(text + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    Console().print(Markdown(text))


@main.command(epilog=EXIT_CODES)
@click.argument("kind")
def schema(*, kind: str) -> None:
    """Print the JSON Schema of a kind's front matter, for editors.

    \b
    mkdocs-sre schema runbook > runbook.schema.json
    """
    from mkdocs_sre.documents.schema import UnknownKindError, json_schema  # noqa: PLC0415

    try:
        text = json_schema(kind)
    except UnknownKindError as error:
        _stop(str(error))
    _print(text)
