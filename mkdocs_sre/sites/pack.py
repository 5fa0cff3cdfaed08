"""All runbooks as static pages that open without a server, with whom they call and the alerts that lead to them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.alerts.addresses import safe_name
from mkdocs_sre.documents.kinds.incident_process import IncidentProcess
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.pages.alerts.names import names_for
from mkdocs_sre.pages.alerts.page import alert_pages
from mkdocs_sre.pages.commands import with_whole_words
from mkdocs_sre.pages.document import decorate
from mkdocs_sre.pages.generated import SCRIPT, STYLE_SHEET, theme_folder
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Site
from mkdocs_sre.pages.standing import alert_chip
from mkdocs_sre.reading.folder import leaves
from mkdocs_sre.reading.page import decoded, take_apart
from mkdocs_sre.sites.packed_links import Surroundings, relinked
from mkdocs_sre.sites.packed_markdown import to_html
from mkdocs_sre.sites.read import read_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.reading.configuration import Configuration

PACKED = (Runbook, OnCall, IncidentProcess)  # kinds whose documents come along
INDEX, FRAME = "index.html", "assets/stylesheets/pack.css"
PAGES, IMAGES = "pages", "images"  # folders in the pack, so that no page of a site can take the place of the index
MAX_IMAGE_BYTES = 5_000_000  # a larger one is told by its address
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


class PackedPage(NamedTuple):
    """A page that comes along: its path in the docs folder, its place in the pack, its title, and its Markdown.

    `own` says that the engine has made the Markdown, and that nothing is to be put around it.
    """

    path: str
    place: str
    title: str
    markdown: str
    own: bool = False


class IndexItem(NamedTuple):
    """One line of the index, in HTML: where it leads, its label, a chip, and a smaller text."""

    place: str
    label: str
    chip: str = ""
    small: str = ""


@dataclass(frozen=True)
class Pack:
    """The pages of a site that come along. `site_url` is the address of the site, empty when nobody knows it."""

    site: Site
    docs_dir: Path
    site_url: str = ""
    _images: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[PackedPage, ...]:
        """The pages in order of their paths; those that cannot be read are left out."""
        found = sorted([*self._documents(), *self._alerts()], key=lambda page: page.path)
        taken: set[str] = set()
        return tuple(_alone(page, taken) for page in found)

    @property
    def runbooks(self) -> list[Runbook]:
        """The runbooks, damaged ones too, in order of titles."""
        return sorted(self.site.base.all_of_kind(Runbook), key=lambda one: (one.name.casefold(), one.id))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file of the pack by its place: first one a page, in the order of `pages`, then what they need.

        The same site gives the same files.
        """
        around = Surroundings(self._places, self._image, self._address)
        packed = replace(self.site, directory_urls=False)  # so that links end in a file, as those of the pack do
        for page in self.pages:
            markdown = page.markdown if page.own else decorate(packed, page.path, page.markdown)
            html = with_whole_words(packed, page.path, to_html(markdown))
            yield page.place, self._framed(page.place, page.title, relinked(html, page.path, page.place, around))
        yield INDEX, self._framed(INDEX, f"{self._name}: runbooks", self._index())
        yield from sorted(self._images.items())
        for path in (STYLE_SHEET, SCRIPT):
            yield path, (theme_folder() / path).read_bytes()
        yield FRAME, files("mkdocs_sre.sites").joinpath("pack.css").read_bytes()

    def _documents(self) -> Iterator[PackedPage]:
        for kind in PACKED:
            for document in self.site.base.all_of_kind(kind):
                data = (self.docs_dir / document.path).read_bytes()
                text = take_apart(decoded(data)).markdown
                yield PackedPage(document.path, _place(document.path), document.name, text)

    def _alerts(self) -> Iterator[PackedPage]:
        for page in alert_pages(replace(self.site, directory_urls=False)) if self.site.base.settings.pages else ():
            yield PackedPage(page.path, _place(page.path), page.title, take_apart(page.markdown).markdown, own=True)

    @cached_property
    def _places(self) -> dict[str, str]:
        flat = replace(self.site, directory_urls=False)
        return {name: page.place for page in self.pages for name in (flat.built(page.path), page.path)}

    @cached_property
    def _sources(self) -> dict[str, str]:
        """The path of each page of the docs folder by that of the built page."""
        flat = replace(self.site, directory_urls=False)
        return {flat.built(path): path for path in self.site.base.source_by_path}

    @property
    def _name(self) -> str:
        return self.site.name or "Runbooks"

    def _framed(self, place: str, title: str, content: str) -> bytes:
        root = "../" * place.count("/")
        html = render(
            "packed.html.jinja",
            title=escape(title),
            root=root,
            name=escape(self._name),
            as_of=self.site.as_of.isoformat(),
            content=content,
            style=STYLE_SHEET,
            frame=FRAME,
            script=SCRIPT,
        )
        return html.encode()

    def _address(self, path: str) -> str:
        """Return the address of a page or file on the site, absolute when the site's is known."""
        source = self._sources.get(path, path)
        built = self.site.address("index.md", source) if source.endswith(".md") else source
        return f"{self.site_url.rstrip('/')}/{built.removeprefix('./')}" if self.site_url else built

    def _image(self, path: str) -> str:
        """Return the place of an image of the docs folder, which then comes along; empty for what is none."""
        file = self.docs_dir / path
        if path.startswith("..") or not path.lower().endswith(IMAGE_ENDINGS) or leaves(self.docs_dir, file):
            return ""
        try:
            if not file.is_file() or file.stat().st_size > MAX_IMAGE_BYTES:
                return ""
            data = file.read_bytes()
        except (OSError, ValueError):
            return ""
        place = f"{IMAGES}/{sha256(data).hexdigest()[:16]}{file.suffix.lower()}"
        self._images[place] = data
        return place

    def _index(self) -> str:
        lists = [(title, items) for title, items in self._lists() if items]
        return render("packed_index.html.jinja", name=escape(self._name), lists=lists)

    def _lists(self) -> Iterator[tuple[str, list[IndexItem]]]:
        named = [(name, runbook) for runbook in self.runbooks for name in names_for(runbook, self.site)]
        named.sort(key=lambda pair: (pair[0].casefold(), pair[1].id))
        yield "Runbooks by alert", [self._item(one, name, _and_service(one)) for name, one in named]
        without = {name.lower() for name, _ in named}
        left = [page for page in self.pages if page.own and page.title.lower() not in without]
        yield "Alerts without a runbook", [IndexItem(page.place, escape(page.title)) for page in left]
        with_alerts = {id(one) for _, one in named}
        others = [one for one in self.runbooks if id(one) not in with_alerts]
        yield "Runbooks without an alert", [self._item(one, one.name, escape(one.id)) for one in others]
        people: list[Document] = [*self.site.base.all_of_kind(OnCall), *self.site.base.all_of_kind(IncidentProcess)]
        yield "Whom to call, and how an incident is led", [self._item(one, one.name) for one in people]

    def _item(self, document: Document, label: str, small: str = "") -> IndexItem:
        severity = document.severity if isinstance(document, Runbook) and document.origin.intact else None
        chip = alert_chip(severity).markdown() if severity else ""
        return IndexItem(self._places[document.path], escape(label), chip, small)


def _and_service(runbook: Runbook) -> str:
    service = runbook.service if runbook.origin.intact else None
    return " &#183; ".join(escape(one) for one in (runbook.name, service) if one)


def _place(path: str) -> str:
    """Return the place of a page in the pack, of which every part is a name on any system."""
    return posixpath.join(PAGES, *(safe_name(part) for part in path.rpartition(".")[0].split("/"))) + ".html"


def _alone(page: PackedPage, taken: set[str]) -> PackedPage:
    """Return a page at a place of its own: two paths may differ in case or ending only."""
    stem, number = page.place.removesuffix(".html"), 2
    while page.place in taken:
        page = page._replace(place=f"{stem}-{number}.html")
        number += 1
    taken.add(page.place)
    return page


def pack_site(found: Configuration) -> tuple[Pack, str]:
    """Return the pack of a site, and what is to be said of the day that counts as today (mostly nothing).

    Raises SettingsError for options that cannot be used.
    """
    base, history, day = read_site(found)
    site = Site(base, day.day, found.site_name, found.directory_urls, history)
    return Pack(site, found.docs_dir, found.site_url), day.notice
