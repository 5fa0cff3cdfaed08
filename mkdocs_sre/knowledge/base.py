"""The knowledge base: every document by id and by kind, and who names whom."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from mkdocs_sre.documents.catalogue import Catalogue, CatalogueDocument, Landscape
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.knowledge.catalogue import landscape
from mkdocs_sre.knowledge.references import named_in
from mkdocs_sre.reading.catalogue_files import load_catalogues
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.folder import ENDINGS, find, load_file
from mkdocs_sre.reading.monitoring_files import load_monitoring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mkdocs_sre.documents.base import Document, Entry
    from mkdocs_sre.documents.values import Reference
    from mkdocs_sre.reading.source import Source
    from mkdocs_sre.settings import Settings

D = TypeVar("D", bound="Document")
SCHEME = "sre:"  # of a body link that names an id
MAX_COMPARED = 300_000  # pairs of an unknown id and a known one, of all searches for a near id: some two seconds


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names something: from which document or untyped page, where, and what.

    `key` is the front-matter key that names it; empty for a link in the text. `entry` is what it leads to; `by_path`
    says that the link names a file, not an id.
    """

    path: str
    location: Location
    target: str
    key: str = ""
    reference: Reference | None = None
    document: Document | None = None
    entry: Entry | None = None
    by_path: bool = False


@dataclass(eq=False)
class KnowledgeBase:
    """Everything that the docs folder says, and what catalogues and monitoring say beside it."""

    settings: Settings
    sources: list[Source]
    documents: list[Document]
    catalogue: Catalogue = field(default_factory=Catalogue)
    monitoring: Monitoring = field(default_factory=Monitoring)
    directory_urls: bool | None = None  # MkDocs' option `use_directory_urls`; None when it is not known
    _known: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _nearest: dict[tuple[str, tuple[str, ...]], str | None] = field(default_factory=dict)
    _compared: int = 0

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What can be referred to, by id in lower case: of documents, and what only a catalogue knows."""
        found = dict(self._documented)
        for element in self.landscape.elements:
            if not element.described:
                found.setdefault(element.id.lower(), next(CatalogueDocument.of(element).entries()))
            for alias in element.aliases:
                found.setdefault(alias.lower(), found[element.id.lower()])
        return found

    @cached_property
    def landscape(self) -> Landscape:
        """The entities of the catalogues beside the documents."""
        return landscape(self.catalogue, self._documented, self.settings.owners)

    @cached_property
    def _documented(self) -> dict[str, Entry]:
        """What documents hold; of several with one id the first in order of paths."""
        found: dict[str, Entry] = {}
        for entry in self.all_entries:
            found.setdefault(entry.id.lower(), entry)
        for document in self.documents:
            for alias in document.aliases:
                if document.id.lower() in found:
                    found.setdefault(alias.lower(), found[document.id.lower()])
        return found

    @cached_property
    def all_entries(self) -> list[Entry]:
        """Everything with an id, in order of paths, duplicates included."""
        return [entry for document in self.documents for entry in document.entries()]

    @cached_property
    def by_path(self) -> dict[str, list[Document]]:
        """The documents of each file."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            found[document.path].append(document)
        return dict(found)

    @cached_property
    def source_by_path(self) -> dict[str, Source]:
        """The source of each file."""
        return {source.path: source for source in self.sources}

    @cached_property
    def _by_kind(self) -> dict[type[Document], list[Document]]:
        found: dict[type[Document], list[Document]] = defaultdict(list)
        for document in self.documents:
            found[type(document)].append(document)
        return found

    def of_kind(self, kind: type[D]) -> list[D]:
        """Return the intact documents of one kind, in order of paths."""
        return [
            document
            for document in self._by_kind.get(kind, ())
            if isinstance(document, kind) and document.origin.intact
        ]

    def all_of_kind(self, kind: type[D]) -> list[D]:
        """Return the documents of one kind; of those that are not intact only id and title are known."""
        return [document for document in self._by_kind.get(kind, ()) if isinstance(document, kind)]

    def find(self, target: str) -> Entry | None:
        """Return what an id or alias names, whatever its case; None when nothing has it."""
        return self.entries.get(target.lower())

    def document(self, target: str | None, kind: type[D]) -> D | None:
        """Return the intact document of this kind that an id names; None when there is none."""
        entry = self.find(target) if target else None
        found = entry.document if entry else None
        return found if isinstance(found, kind) and found.origin.intact else None

    def nearest(self, target: str, names: tuple[str, ...] = ()) -> str | None:
        """Return the known id that looks most like this one, of the given kinds if any.

        None when none is near, or when `MAX_COMPARED` is used up.
        """
        wanted = target.lower(), names
        if wanted not in self._nearest:
            self._nearest[wanted] = self._search(*wanted) if self._compared < MAX_COMPARED else None
        return self._nearest[wanted]

    def _search(self, target: str, names: tuple[str, ...]) -> str | None:
        if names not in self._known:
            self._known[names] = [key for key, entry in self.entries.items() if not names or entry.kind in names]
        known = self._known[names]
        self._compared += len(known)
        near = get_close_matches(target, known, 1, 0.7)
        return self.entries[near[0]].id if near else None

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every place that names an id or links to a document, in order of files."""
        found = [self._by_key(document, named) for document in self.documents for named in named_in(document)]
        for source in self.sources:
            if source.body.links:
                found += self._by_links(source)
        return found

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """Who names each id (lower case), the document itself left out."""
        outside = [one for one in self.mentions if one.entry and one.entry.document.path != one.path]
        return _grouped(outside, lambda mention: mention.entry.id.lower() if mention.entry else "")

    def _by_key(self, document: Document, named: tuple[tuple[str | int, ...], str, Reference]) -> Mention:
        path, target, reference = named
        key = ".".join(str(step) for step in path if isinstance(step, str))
        return Mention(document.path, document.value_at(*path), target, key, reference, document, self.find(target))

    def _by_links(self, source: Source) -> Iterable[Mention]:
        owners = self.by_path.get(source.path)
        owner = owners[0] if owners else None
        for link in source.body.links:
            target = link.target
            if target.startswith(SCHEME):
                name = target[len(SCHEME) :].partition("#")[0]
                yield Mention(
                    source.path,
                    Location(source.path, link.line, link.column),
                    name,
                    document=owner,
                    entry=self.find(name),
                )
            elif not link.image and (entry := self._by_file(source.path, target)) is not None:
                yield Mention(
                    source.path,
                    Location(source.path, link.line, link.column),
                    target,
                    document=owner,
                    entry=entry,
                    by_path=True,
                )

    def _by_file(self, path: str, target: str) -> Entry | None:
        bare = target.partition("#")[0].partition("?")[0]
        if not bare.lower().endswith(ENDINGS) or ":" in bare or bare.startswith("/"):
            return None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(bare)))
        documents = self.by_path.get(file)
        return next(documents[0].entries(), None) if documents else None


def _grouped(mentions: list[Mention], key: Callable[[Mention], str]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[key(mention)].append(mention)
    return dict(found)


def assemble(
    settings: Settings,
    sources: Iterable[Source],
    catalogue: Catalogue | None = None,
    monitoring: Monitoring | None = None,
    *,
    directory_urls: bool | None = None,
) -> KnowledgeBase:
    """Return the knowledge base of sources that are already read. The sources themselves stay as they are.

    `directory_urls` is MkDocs' option `use_directory_urls`; without it both forms of an address count.
    """
    with paused_collection():
        ordered = sorted(
            (replace(source, defects=[*source.defects]) for source in sources), key=lambda source: source.path
        )
        typing = Typing(settings)
        documents = [document for source in ordered for document in typing.documents(source)]
    beside = catalogue or Catalogue(), monitoring or Monitoring()
    return KnowledgeBase(settings, ordered, documents, *beside, directory_urls)


def load(
    settings: Settings,
    docs_dir: Path,
    exclude: str = "",
    config_file: Path | None = None,
    *,
    directory_urls: bool | None = None,
) -> KnowledgeBase:
    """Return the knowledge base of a docs folder; `exclude` holds patterns as `exclude_docs` takes them.

    Catalogues, rule files and configurations of Alertmanager are found from the folder of `config_file`; without one
    none are read. Raises SettingsError for patterns of theirs that cannot be used.
    """
    catalogue = load_catalogues(settings, config_file, docs_dir) if config_file is not None else None
    monitoring = load_monitoring(settings, config_file, docs_dir) if config_file is not None else None
    sources = (load_file(docs_dir, found) for found in find(docs_dir, exclude))
    return assemble(settings, sources, catalogue, monitoring, directory_urls=directory_urls)
