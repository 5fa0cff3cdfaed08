"""Further addresses of alerts: small pages of HTML that lead on, on any static host and from a folder of files.

They are no pages of Markdown, so that no theme, search or navigation knows of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.pages.alerts.names import in_order
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import relative

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.pages.site import Site

SCRIPT = (
    "assets/javascripts/mkdocs-sre-redirect.js"  # hands query and fragment on; nothing is lost but those without it
)


class Redirect(NamedTuple):
    """An address that leads on: its file in the built site, and the HTML of that."""

    path: str
    html: str


def redirects(site: Site, taken: Collection[str]) -> Iterator[Redirect]:
    """Yield every further address of the alerts that have a page, in order of paths.

    Each alias has one that ends in a folder, whatever the site does, and one as the site's own pages have; where those
    do not end in a folder, the alert's page itself has one too. An address that is `taken` (the paths of pages in the
    docs folder, ours included) is left out. One that several alerts claim names them all and leads nowhere by itself.
    """
    wanted: dict[str, list[Alert]] = defaultdict(list)
    for path, alerts in (*((one.path, (one,)) for one in site.alerts), *site.alerts.aliases.items()):
        for file in (f"{path.removesuffix('.md')}/index.html", site.built(path)):
            wanted[file] += [one for one in alerts if one.key in site.alert_pages and one not in wanted[file]]
    built = {site.built(path) for path in (*site.base.source_by_path, *site.alert_pages.values(), *taken)}
    for file, claiming in sorted(wanted.items()):
        if claiming and file not in built:
            yield Redirect(file, _html(site, file, in_order(claiming)))


def _html(site: Site, file: str, alerts: Iterable[Alert]) -> str:
    """Return the page; its links name files, because a folder of files has no front pages."""
    links = [(relative(file, site.built(site.alert_pages[one.key])), one.name) for one in alerts]
    return render(
        "redirect.html.jinja",
        to=links[0][0] if len(links) == 1 else "",
        canonical=links[0][0].removesuffix("index.html") or "./",
        script=relative(file, SCRIPT),
        links=links,
        escape=escape,
    )
