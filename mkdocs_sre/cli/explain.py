"""`mkdocs-sre explain`: what a rule, a kind, a key or an option is."""

from __future__ import annotations

import click

from mkdocs_sre.cli.group import EXIT_CODES, in_colour, main, stop, write


@main.command(epilog=EXIT_CODES, short_help="Tell what a rule, a kind, a key or an option is.")
@click.argument("name")
def explain(*, name: str) -> None:
    """Tell what a rule, a family of rules, a kind of document, a key or an option is, with an example.

    \b
    mkdocs-sre explain DOC202
    mkdocs-sre explain missing-key
    mkdocs-sre explain PIR
    mkdocs-sre explain runbook
    mkdocs-sre explain runbook.drills
    mkdocs-sre explain folders
    """
    from mkdocs_sre.pages.explain import UnknownNameError, explained  # noqa: PLC0415

    try:
        text = explained(name)
    except UnknownNameError as error:
        stop(str(error))
    if not in_colour():
        write(text + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    Console().print(Markdown(text))
