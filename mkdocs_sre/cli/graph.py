"""`mkdocs-sre graph`: single points of failure, blast radii, and what follows when something fails."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_sre.cli.group import (
    CANNOT_RUN,
    EXIT_CODES,
    FAILED,
    config_option,
    configuration_of,
    in_colour,
    main,
    stop,
    write,
)
from mkdocs_sre.reports.text import printable
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.reports.graph import Look
    from mkdocs_sre.sites.graphs import Loaded

MAX_ORDER = 5  # of cuts: their number grows with the power of it
PIPED = 100  # columns where no terminal says how many


@main.command(epilog=EXIT_CODES, short_help="Tell what takes what down, alone and in pairs.")
@config_option
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--root", "roots", multiple=True, metavar="ID", help="Only this journey or service. Repeatable.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "svg", "dot", "mermaid"]),
    default="text",
    show_default=True,
    help="How the graph is printed.",
)
@click.option(
    "--what-if",
    multiple=True,
    metavar="ID,ID",
    help="Fail these together, and tell what goes down, what degrades and how it spreads.",
)
@click.option(
    "--order",
    type=click.IntRange(2, MAX_ORDER),
    default=2,
    show_default=True,
    help="Tell what fails only together up to so many at once.",
)
def graph(  # noqa: PLR0913 one parameter an option
    *, config_file: Path, file: Path | None, roots: Sequence[str], form: str, what_if: Sequence[str], order: int
) -> None:
    """Tell what takes a journey or service down, alone and in pairs, what goes down with what, and how available that can be.

    Of the site's own documents, or of FILE: a system in JSON, or a Backstage catalogue in YAML.

    \b
    mkdocs-sre graph
    mkdocs-sre graph --root checkout
    mkdocs-sre graph --what-if orders-db
    mkdocs-sre graph --what-if zone-a,zone-b
    mkdocs-sre graph system.json --format json --order 3
    mkdocs-sre graph catalog-info.yaml --root shop --format svg
    """
    from mkdocs_sre.graph.naming import UnknownElementsError, named  # noqa: PLC0415 --help stays quick

    if what_if and (roots or form not in ("text", "json")):
        raise click.UsageError("--what-if goes with --format text or json, and without --root")
    found = _loaded(config_file, file)
    try:
        wanted = named(found.system, roots) if roots else found.roots
        failed = named(found.system, what_if)
    except UnknownElementsError as error:
        stop(*error.problems)
    for given, meant, option in ((what_if, failed, "--what-if"), (roots, wanted, "--root")):
        if given and not meant:
            raise click.BadParameter("names nothing", param_hint=option)
    for piece in _told(found, form, failed, wanted if roots else None, order):
        write(piece)


def _told(found: Graph, form: str, failed: Sequence[int], wanted: Sequence[int] | None, order: int) -> Iterable[str]:
    from mkdocs_sre.graph.what_if import what_if  # noqa: PLC0415
    from mkdocs_sre.reports.graph import graph_report, outage_report  # noqa: PLC0415

    if failed:
        return [outage_report(form, found, what_if(found.system, failed), _look())]
    if form != "svg":
        return graph_report(form, found, found.roots if wanted is None else wanted, order, _look())
    return [_drawn(found, wanted or ())]


def _drawn(found: Graph, wanted: Sequence[int]) -> str:
    from mkdocs_sre.pages.graphs import system_svg  # noqa: PLC0415

    if len(wanted) > 1:
        raise click.UsageError("--format svg draws around one --root, or everything")
    try:
        return system_svg(found, wanted[0] if wanted else None) + "\n"
    except ValueError as error:
        stop(str(error))


def _look() -> Look:
    from mkdocs_sre.reports.graph import Look  # noqa: PLC0415

    terminal = sys.stdout is not None and sys.stdout.isatty()
    return Look(in_colour(), shutil.get_terminal_size().columns if terminal else PIPED)


def _loaded(config_file: Path, file: Path | None) -> Graph:
    """Return the graph of the file or the site; leave with what is wrong when there is none."""
    from mkdocs_sre.sites.graphs import graph_of_file, graph_of_site  # noqa: PLC0415

    loaded: Loaded
    if file is None:
        site = configuration_of(config_file)
        try:
            loaded = graph_of_site(site)
        except SettingsError as error:
            stop(*site.lines(error))
    else:
        try:
            loaded = graph_of_file(file)
        except OSError as error:
            stop(f"{file}: {error.strerror or 'cannot be read'}")
    for line in (*loaded.problems, *(f"notice: {one}" for one in loaded.notices)):
        click.echo(printable(line), err=True)
    if loaded.graph is None:
        sys.exit(FAILED if loaded.problems else CANNOT_RUN)
    return loaded.graph
