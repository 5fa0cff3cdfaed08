"""`mkdocs-sre verify-site`: whether a site was built with the engine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_sre.cli.group import CLEAN, EXIT_CODES, FAILED, config_option, configuration_of, main, stop, write
from mkdocs_sre.reports.text import plural, printable
from mkdocs_sre.settings import SettingsError


@main.command("verify-site", epilog=EXIT_CODES, short_help="Fail when a site was built without the engine.")
@config_option
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def verify_site(*, config_file: Path, folder: Path) -> None:
    """Fail when the site in DIR was built without the engine: pages without their heads, links by id left as written.

    Generators that do not know the plugin pass over it without a word; this tells.

    \b
    mkdocs-sre verify-site site
    """
    from mkdocs_sre.history.as_of import resolve_as_of  # noqa: PLC0415 --help stays quick
    from mkdocs_sre.pages.site import Site  # noqa: PLC0415
    from mkdocs_sre.sites.read import load_site  # noqa: PLC0415
    from mkdocs_sre.sites.verify import verify  # noqa: PLC0415

    configuration = configuration_of(config_file)
    if not folder.is_dir():
        stop(f"{folder} is no folder; build the site first")
    day = resolve_as_of(configuration.settings.as_of, configuration.folder)
    try:
        base = load_site(configuration)
    except SettingsError as error:
        stop(*configuration.lines(error))
    lacks = verify(Site(base, day.day, configuration.site_name, configuration.directory_urls), folder)
    documents = plural(len(base.documents), "document")
    lines = [
        *(str(lack) for lack in lacks),
        f"{documents}: {plural(len(lacks), 'lack') if lacks else 'nothing is missing'}",
    ]
    write("".join(f"{printable(line)}\n" for line in lines))
    sys.exit(FAILED if lacks else CLEAN)
