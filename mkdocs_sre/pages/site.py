"""What pages are made from, and how one page is named from another."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from mkdocs_sre.analyses.alerts import alerts_of, service_of
from mkdocs_sre.analyses.freshness import freshness_of
from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.documents.catalogue import CatalogueDocument
from mkdocs_sre.documents.kinds.addendum import Addendum
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.outline import Outline
from mkdocs_sre.history.remembered import History
from mkdocs_sre.knowledge.actions import actions_by_origin, id_key
from mkdocs_sre.knowledge.start import FRONT_PAGES
from mkdocs_sre.pages.escape import escape, escape_url

if TYPE_CHECKING:
    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.analyses.alerts import AlertCatalogue
    from mkdocs_sre.documents.base import Document, Entry, ReviewedDocument
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.graph.analysis import Graph
    from mkdocs_sre.history.staleness import Freshness
    from mkdocs_sre.knowledge import KnowledgeBase

D = TypeVar("D", bound="Document")


@dataclass(frozen=True)
class Page:
    """A generated page: where it stands in the docs folder, its title, its Markdown, and what it is for in one sentence.

    One that is not `in_navigation` is reached from an index and by its address.
    """

    path: str
    title: str
    markdown: str
    say: str = ""
    in_navigation: bool = True

    def link(self, page: str) -> str:
        """Return a Markdown link from another page (its path) to this one."""
        return f"[{escape(self.title)}]({relative(page, self.path)})"


@dataclass(frozen=True)
class Site:
    """The knowledge base, the day that counts as today, the site's name, and whether a page's address ends in a folder.

    `history` is what git and the seals remember.
    """

    base: KnowledgeBase
    as_of: date
    name: str = ""
    directory_urls: bool = True
    history: History = field(default_factory=History)

    @property
    def graph(self) -> Graph:
        """The dependency graph."""
        return graph_of(self.base)

    @property
    def alerts(self) -> AlertCatalogue:
        """The alerts of rule files, runbooks and options."""
        return alerts_of(self.base)

    @cached_property
    def alert_pages(self) -> dict[str, str]:
        """The path of each alert's page by its name in lower case; nothing where no rule files are configured.

        An author's own page at that address wins, also when it is written in another case.
        """
        if not self.alerts.has_pages:
            return {}
        return {alert.key: self.own_page(alert.path) or alert.path for alert in self.alerts}

    @cached_property
    def alerts_at(self) -> dict[str, list[Alert]]:
        """The alerts by the path of their page."""
        found: dict[str, list[Alert]] = defaultdict(list)
        for alert in self.alerts if self.alert_pages else ():
            found[self.alert_pages[alert.key]].append(alert)
        return dict(found)

    def service_of(self, alert: Alert) -> Service | None:
        """Return the service that an alert is about: that of its runbook, else the one that a label of its rules names."""
        return service_of(self.base, alert)

    @cached_property
    def alerts_about(self) -> dict[int, list[Alert]]:
        """The alerts that have a page, by the identity of the service that they are about."""
        found: dict[int, list[Alert]] = defaultdict(list)
        for alert in self.alerts if self.alert_pages else ():
            service = self.service_of(alert)
            if service is not None:
                found[id(service)].append(alert)
        return dict(found)

    def own_page(self, path: str) -> str | None:
        """Return the author's page that stands at the address of a path, also in another case; None without one."""
        return self._own_pages.get(self.built(path).lower())

    @cached_property
    def _own_pages(self) -> dict[str, str]:
        return {self.built(path).lower(): path for path in self.base.source_by_path}

    @cached_property
    def outline(self) -> Outline:
        """The dependency graph as people draw it."""
        return Outline(self.graph)

    def freshness(self, document: ReviewedDocument) -> Freshness:
        """Return how fresh a document is, as the rules have it."""
        return freshness_of(document, self.base, self.as_of, self.history)

    def address(self, page: str, target: str, anchor: str = "") -> str:
        """Return the address that leads from a page to another (both are paths), for what Markdown does not read.

        Both may be the same page. It is that of the built site, which MkDocs lays out by `use_directory_urls`.
        """
        here, there = self.built(page), self.built(target)
        if here == there and anchor:
            return f"#{escape_url(anchor)}"
        found = relative(here, there)
        if self.directory_urls:
            found = found.removesuffix("index.html") or "./"
        return f"{found}#{escape_url(anchor)}" if anchor else found

    def built(self, path: str) -> str:
        """Return where the page of a path stands in the built site, as MkDocs lays it out."""
        folder, _, name = path.rpartition("/")
        stem = name.rpartition(".")[0]
        if stem in ("index", "README"):
            return posixpath.join(folder, "index.html")
        return (
            posixpath.join(folder, stem, "index.html")
            if self.directory_urls
            else posixpath.join(folder, f"{stem}.html")
        )

    def day_ahead(self, days: int) -> date:
        """Return the day that comes so many days after today, or the last one of the calendar."""
        return self.as_of + timedelta(days=min(days, (date.max - self.as_of).days))

    def link(self, page: str, entry: Entry, label: str | None = None) -> str:
        """Return a Markdown link from a page (its path) to an entry; the label is escaped. The label alone without a page."""
        if not is_shown(self.base, entry):
            return escape(label if label is not None else entry.title)
        path, anchor = self.place_of(entry)
        target = relative(page, path)
        anchor = f"#{escape_url(anchor)}" if anchor else ""
        return f"[{escape(label if label is not None else entry.title)}]({target}{anchor})"

    def place_of(self, entry: Entry) -> tuple[str, str]:
        """Return where an entry is shown: the path of the page, and the anchor there or nothing."""
        own = self.listed_pages.get(id(entry.document))
        return (own, "") if own else (entry.document.path, entry.anchor)

    @cached_property
    def listed_pages(self) -> dict[int, str]:
        """The paths of the pages that are made for services which stand in a list, by the identity of the document.

        The graph has something to say about each. An author's own page at that path wins, and so does the first of two
        with one id.
        """
        if not self.base.settings.pages:
            return {}
        taken = {path.lower() for path in self.base.source_by_path}
        found: dict[int, str] = {}
        for service in self.base.of_kind(Service):
            folder, _, stem = service.path.rpartition(".")[0].rpartition("/")
            beside = folder if stem.lower() in FRONT_PAGES else posixpath.join(folder, stem)
            path = posixpath.join(beside, f"{service.id.lower()}.md")
            if service.listed and path.lower() not in taken and service.id.lower() not in FRONT_PAGES:
                taken.add(path.lower())
                found[id(service)] = path
        return found

    def link_document(self, page: str, document: Document, label: str | None = None) -> str:
        """Return a Markdown link from a page to a document."""
        return self.link(page, next(iter(document.entries())), label)

    def link_path(self, page: str, target: str) -> str:
        """Return a Markdown link from a page to another that has no type, by its first heading or its path."""
        source = self.base.source_by_path.get(target)
        return f"[{escape((source.body.title if source else '') or target)}]({relative(page, target)})"

    def link_id(self, page: str, identifier: str, label: str | None = None) -> str:
        """Return a Markdown link to what an id names, the id as its label by default; the bare text when unknown."""
        entry = self.base.find(identifier)
        return self.link(page, entry, label or identifier) if entry else escape(label or identifier)

    def folder_page(self, folder: str) -> str:
        """Return the path of a folder's front page: the author's own `README.md`, if there is one, else `index.md`."""
        readme = posixpath.join(folder, "README.md")
        index = posixpath.join(folder, "index.md")
        return readme if readme in self.base.source_by_path and index not in self.base.source_by_path else index

    @cached_property
    def actions_from(self) -> dict[str, list[Action]]:
        """The actions of all ledgers by the id (lower case) of the review or experiment that they come from."""
        return {origin: [one.action for one in placed] for origin, placed in actions_by_origin(self.base).items()}

    @cached_property
    def addenda_of(self) -> dict[str, list[Addendum]]:
        """The addenda of each review by its id (lower case), in order of their dates."""
        found: dict[str, list[Addendum]] = defaultdict(list)
        for addendum in sorted(self.base.of_kind(Addendum), key=lambda one: (one.date, one.id)):
            found[id_key(self.base, addendum.amends)].append(addendum)
        return dict(found)

    @cached_property
    def superseding(self) -> dict[str, list[Pir]]:
        """The reviews that replace each review by its id (lower case), the newest first."""
        found: dict[str, list[Pir]] = defaultdict(list)
        for pir in sorted(self.base.of_kind(Pir), key=lambda one: (one.incident_date, one.id), reverse=True):
            if pir.supersedes is not None and id_key(self.base, pir.supersedes) != pir.id.lower():
                found[id_key(self.base, pir.supersedes)].append(pir)
        return dict(found)

    def about(self, service: Service, kind: type[D]) -> list[D]:
        """Return the intact documents of a kind that name the service by a key, in order of their names."""
        named = self.base.mentions_of.get(service.id.lower(), ())
        found = {id(one.document): one.document for one in named if one.key == "service"}
        documents = [one for one in found.values() if isinstance(one, kind) and one.origin.intact]
        return sorted(documents, key=lambda one: (one.name.casefold(), one.id))


def is_shown(base: KnowledgeBase, entry: Entry) -> bool:
    """Whether an entry has a page: what only a catalogue knows has none where no pages are generated."""
    return base.settings.pages or not isinstance(entry.document, CatalogueDocument)


def relative(page: str, target: str) -> str:
    """Return the link target from one page of the docs folder to another; both paths are normal and relative."""
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return escape_url("/".join([".."] * (len(here) - shared) + there[shared:]))
