"""`mkdocs-sre render`: the site as plain Markdown, for other generators."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_sre.cli.group import CLEAN, EXIT_CODES, FAILED, config_option, configuration_of, main, stop
from mkdocs_sre.reports.text import plural, printable
from mkdocs_sre.settings import SettingsError


@main.command(epilog=EXIT_CODES, short_help="Write the site as plain Markdown.")
@config_option
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; it must be new, empty, or written by `render` before.",
)
@click.option(
    "--strict", is_flag=True, help="Exit 1 on findings of `check --strict`; the folder is written all the same."
)
def render(*, config_file: Path, out: Path, strict: bool) -> None:
    """Write the site as plain Markdown, as the plugin gives it to MkDocs, for a generator that does not run the plugin.

    \b
    mkdocs-sre render --out rendered
    mkdocs-sre render --out rendered --strict
    """
    from mkdocs_sre.checks.run import examine  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.checks.verdict import fails  # noqa: PLC0415
    from mkdocs_sre.pages.generated import EXTENSIONS, SCRIPT, STYLE_SHEET  # noqa: PLC0415
    from mkdocs_sre.pages.site import Site  # noqa: PLC0415
    from mkdocs_sre.reading.waivers import load_waivers  # noqa: PLC0415
    from mkdocs_sre.reports.text import summary  # noqa: PLC0415
    from mkdocs_sre.sites.folder import FolderError, write_folder  # noqa: PLC0415
    from mkdocs_sre.sites.read import read_site  # noqa: PLC0415
    from mkdocs_sre.sites.tree import tree  # noqa: PLC0415

    found = configuration_of(config_file)
    try:
        base, history, day = read_site(found)
        if day.notice:
            click.echo(f"notice: {day.notice}", err=True)
        waivers = load_waivers(found.settings, found.folder, found.docs_dir)
        findings, waived = examine(base, day.day, waivers, history=history)
        site = Site(base, day.day, found.site_name, found.directory_urls, history)
        files = dict(tree(site, found.docs_dir, found.exclude))
        write_folder(files, out, found.docs_dir)
    except SettingsError as error:
        stop(*found.lines(error))
    except FolderError as error:
        stop(str(error))
    click.echo(printable(f"{out}: {plural(len(files), 'file')} written"))
    options = f"`extra_css: [{STYLE_SHEET}]`, `extra_javascript: [{SCRIPT}]`"
    click.echo(f"Your generator needs {options} and the extensions {', '.join(EXTENSIONS)}.")
    click.echo(summary(findings, len(base.documents), len(waived)), err=True)
    sys.exit(FAILED if strict and fails(findings, strict=True) else CLEAN)
