"""What a Backstage catalogue says: its entities, and what becomes of them beside the documents of the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from mkdocs_sre.documents.base import Document, Entry, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.finding import Defect
    from mkdocs_sre.documents.location import Location

DEFAULT_NAMESPACE = "default"
COMPONENT, RESOURCE, API = "component", "resource", "api"
FOLDER = "sre/catalogue"  # of the pages of entities that no document describes
ID_ANNOTATION = "mkdocs-sre/id"


class EntityName(NamedTuple):
    """What names an entity: kind (lower case), namespace (lower case) and name.

    The kind is empty in a reference that does not say whether it means a component or a resource.
    """

    kind: str
    namespace: str
    name: str

    @property
    def key(self) -> EntityName:
        """The name as it is compared, which is without regard to case."""
        return EntityName(self.kind, self.namespace, self.name.lower())

    def __str__(self) -> str:
        kind = f"{self.kind}:" if self.kind else ""
        namespace = "" if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}/"
        return f"{kind}{namespace}{self.name}"


class EntityReference(NamedTuple):
    """What a key of an entity names, and where: `dependsOn`, `resource:orders-db`."""

    key: str
    target: EntityName
    place: Location


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of a catalogue.

    `place` is that of its name; it takes its file from `start` to `end`, which is None at the end of the file. `file`
    is that file as people see it from the folder of the configuration. `id` is what the annotation `mkdocs-sre/id`
    says; empty without one. `needed_by` holds the inverse of `needs`: who needs this entity.
    """

    name: EntityName
    place: Location
    start: Location
    end: Location | None
    file: str
    title: str = ""
    description: str = ""
    type: str = ""
    lifecycle: str = ""
    owner: EntityName | None = None
    system: EntityName | None = None
    links: tuple[tuple[str, str], ...] = ()
    id: str = ""
    needs: tuple[EntityReference, ...] = ()
    needed_by: tuple[EntityReference, ...] = ()
    provides: tuple[EntityReference, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All that the catalogue files of a site say, in order of files and lines, and what is wrong with their form.

    `files` are their paths, relative to the docs folder as all places are.
    """

    entities: tuple[Entity, ...] = ()
    defects: tuple[Defect, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueElement:
    """An entity as something that services need.

    `described`: a service document has its id, and says more. `kind` is that of a service document. `logical`: an API
    that several components provide; it is down when any of them is, and does not fail as a thing of its own. `owner` is
    a handle; empty when the catalogue names none. `aliases` are names that lead here too: the APIs that it alone
    provides.
    """

    id: str
    entity: Entity
    kind: str
    owner: str = ""
    described: bool = False
    logical: bool = False
    aliases: tuple[str, ...] = ()


class CatalogueNeed(NamedTuple):
    """What a catalogue says that something needs; both are ids of elements or of service documents."""

    owner: str
    member: str
    place: Location


@dataclass(frozen=True)
class Landscape:
    """The entities of a catalogue beside the documents of a site, in order of ids; and what did not fit.

    `unknown` are references to nothing that services need, each with the entity that names it. `duplicates` are
    entities whose name another one has already; `selfish` are references of entities to themselves; `renamed` are
    elements that could not have their name as their id, each with what has it.
    """

    elements: tuple[CatalogueElement, ...] = ()
    needs: tuple[CatalogueNeed, ...] = ()
    unknown: tuple[tuple[Entity, EntityReference], ...] = ()
    duplicates: tuple[tuple[Entity, Entity], ...] = ()
    selfish: tuple[tuple[Entity, EntityReference], ...] = ()
    renamed: tuple[tuple[CatalogueElement, Location | None], ...] = ()
    by_name: Mapping[EntityName, tuple[str, ...]] = field(default_factory=dict)

    def undescribed(self) -> Iterator[CatalogueElement]:
        """Yield the elements that no document describes."""
        return (one for one in self.elements if not one.described)


class CatalogueDocument(Document):
    """An entity that no document describes, so far as other documents may name it: its generated page."""

    kind: ClassVar[str] = "service"
    label: ClassVar[str] = "Catalogue entity"
    plural: ClassVar[str] = "Catalogue"
    folder: ClassVar[str] = FOLDER

    __slots__ = ("_element",)
    if TYPE_CHECKING:
        _element: CatalogueElement

    @classmethod
    def of(cls, element: CatalogueElement) -> CatalogueDocument:
        """Return the document that stands for an element."""
        made = cls(id=element.id, title=element.entity.title.strip() or None)
        object.__setattr__(made, "_element", element)
        return made.placed(Origin(f"{FOLDER}/{element.id}.md", {}, None))

    @property
    def element(self) -> CatalogueElement:
        """What it stands for."""
        return self._element

    def at(self, *path: str | int) -> Location:  # noqa: ARG002 the catalogue's keys are not those of a document
        """Return the place of the entity's name in the catalogue."""
        return self._element.entity.place

    def value_at(self, *path: str | int) -> Location:
        """Return the same place."""
        return self.at(*path)

    def entries(self) -> Iterator[Entry]:
        """Yield the one thing that can be referred to."""
        yield Entry(self.id, self.kind, self.name, self, self._element.entity.place)
