"""The group of commands, and what they share: exit codes, the option `-f`, and words on the terminal."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

import click

from mkdocs_sre import __version__
from mkdocs_sre.reading.configuration import Configuration, ConfigurationError, load_configuration
from mkdocs_sre.reports.text import printable

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


def stop(*lines: str) -> NoReturn:
    """Print the lines as errors and leave with `CANNOT_RUN`."""
    for line in lines:
        click.echo(printable(line), err=True)
    sys.exit(CANNOT_RUN)


def write(text: str) -> None:
    """Write to standard output; a full disk is told, a reader that has gone away (`| head`) is click's business."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        stop(f"the output cannot be written: {error.strerror}")


def escape_what_the_terminal_lacks() -> None:
    """Let text that the streams cannot encode (`“` in Latin-1, a file name that is not UTF-8) appear as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def configuration_of(file: Path) -> Configuration:
    """Return the configuration in a file; stop with every problem when it cannot be used."""
    try:
        return load_configuration(file)
    except ConfigurationError as error:
        stop(*error.problems)


def in_colour() -> bool:
    """Whether standard output is a terminal that may be coloured."""
    stream: TextIO | None = sys.stdout  # None when the caller has closed it
    return stream is not None and stream.isatty() and not os.environ.get("NO_COLOR")


class CommandOfKind(click.Command):
    """A command whose help lists the kinds of document."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the kinds before the options."""
        from mkdocs_sre.documents.kinds import kinds  # noqa: PLC0415 only help needs them

        with formatter.section("Kinds"):
            formatter.write_text(", ".join(kinds()))
        super().format_options(ctx, formatter)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="mkdocs-sre")
def main() -> None:
    """Check and start the documents of a reliability knowledge base.

    \b
    mkdocs-sre init reliability
    mkdocs-sre check --strict
    mkdocs-sre new runbook cart-sessions-lost
    mkdocs-sre explain DOC202
    """
    escape_what_the_terminal_lacks()
