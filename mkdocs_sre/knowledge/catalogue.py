"""The entities of a catalogue beside the documents: which are the same thing, what their ids are, what they need."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.catalogue import (
    API,
    COMPONENT,
    DEFAULT_NAMESPACE,
    RESOURCE,
    Catalogue,
    CatalogueElement,
    CatalogueNeed,
    Entity,
    EntityName,
    EntityReference,
    Landscape,
)
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.values import MAX_ID_LENGTH
from mkdocs_sre.knowledge.start import FRONT_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.base import Entry
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.settings import KnownOwner

# What the types of resources and components say of what they are, by our kinds of services; others are services.
_SORTS = MappingProxyType(
    {
        "datastore": (
            "database",
            "db",
            "datastore",
            "bucket",
            "s3-bucket",
            "object-storage",
            "storage",
            "search-index",
        ),
        "queue": ("queue", "message-queue", "topic", "kafka-topic", "message-broker", "broker", "stream", "event-bus"),
        "cache": ("cache", "redis", "memcached"),
        "external": ("external", "saas", "third-party"),
    }
)
_KIND_OF_TYPE = MappingProxyType({name: kind for kind, names in _SORTS.items() for name in names})
ROOM_FOR_NUMBER = 8  # characters that an id which has to be made up keeps free
EXTERNAL = "external"  # what nobody here provides


def landscape(catalogue: Catalogue, documents: Mapping[str, Entry], owners: Sequence[KnownOwner] = ()) -> Landscape:
    """Return the entities of a catalogue beside the documents of a site.

    `documents` are the entries of documents by id and alias in lower case; `owners` are the known ones. A service
    document with the id of an entity is the same thing.
    """
    return _Resolution(catalogue, documents, owners).landscape()


class _Resolution:
    """One look at all entities: ids first, then what they need."""

    def __init__(self, catalogue: Catalogue, documents: Mapping[str, Entry], owners: Sequence[KnownOwner]) -> None:
        self._documents = documents
        self._owners = {one.id.lstrip("@").casefold(): one.id for one in owners}
        self._entities: dict[EntityName, Entity] = {}
        self._duplicates: list[tuple[Entity, Entity]] = []
        for entity in catalogue.entities:
            first = self._entities.setdefault(entity.name.key, entity)
            if first is not entity:
                self._duplicates.append((entity, first))
        self._taken: dict[str, Location] = {}
        self._elements: dict[EntityName, CatalogueElement] = {}
        self._aliases: dict[str, list[str]] = defaultdict(list)
        self._numbers: dict[str, Iterator[int]] = {}
        self._renamed: list[tuple[CatalogueElement, Location | None]] = []
        self._ids: dict[EntityName, tuple[str, ...]] = {}
        self._needs: dict[tuple[str, str], CatalogueNeed] = {}
        self._unknown: list[tuple[Entity, EntityReference]] = []
        self._selfish: list[tuple[Entity, EntityReference]] = []

    def landscape(self) -> Landscape:
        """Return what was found."""
        for entity in self._of_kinds(COMPONENT, RESOURCE):
            self._add(entity, self._kind(entity))
        self._interfaces()
        for entity in self._entities.values():
            for reference in entity.needs:
                self._need(entity, reference)
            for reference in entity.needed_by:
                self._need(entity, reference, inverse=True)
        elements = {one.id.lower(): one for one in reversed(self._elements.values())}
        return Landscape(
            tuple(self._with_aliases(elements[key]) for key in sorted(elements)),
            tuple(self._needs[key] for key in sorted(self._needs)),
            tuple(self._unknown),
            tuple(self._duplicates),
            tuple(self._selfish),
            tuple(self._renamed),
            self._ids,
        )

    def _of_kinds(self, *kinds: str) -> list[Entity]:
        """Return entities in the order in which they get their ids, which does not depend on where they are written."""
        found = [one for one in self._entities.values() if one.name.kind in kinds]
        return sorted(found, key=lambda one: (not one.id, one.name.namespace != DEFAULT_NAMESPACE, one.name.key))

    def _add(self, entity: Entity, kind: str, *, logical: bool = False) -> None:
        """Give an entity its id: what its annotation or its name says, or another one when that is taken."""
        wanted = entity.id or entity.name.name
        entry = self._documents.get(wanted.lower())
        same = entry is not None and isinstance(entry.document, Service)
        free = same or (entry is None and wanted.lower() not in self._taken and wanted.lower() not in FRONT_PAGES)
        name = entry.id if entry is not None and same else wanted if free else self._another(entity)
        element = CatalogueElement(name, entity, kind, self._owner(entity), same, logical)
        if not free:
            self._renamed.append((element, entry.location if entry else self._taken.get(wanted.lower())))
        self._taken.setdefault(name.lower(), entity.place)
        self._elements[entity.name.key] = element
        self._ids[entity.name.key] = (name,)

    def _another(self, entity: Entity) -> str:
        """Return an id that is free, made of the whole name of an entity."""
        kind, namespace, name = entity.name
        short = name[: MAX_ID_LENGTH - len(kind) - ROOM_FOR_NUMBER]
        for made in (f"{short}-{kind}", f"{namespace}.{name}"):
            if len(made) <= MAX_ID_LENGTH and self._free(made):
                return made
        numbers = self._numbers.setdefault(f"{short}-{kind}".lower(), count(2))
        return next(made for number in numbers if self._free(made := f"{short}-{kind}-{number}"))

    def _free(self, name: str) -> bool:
        return name.lower() not in self._documents and name.lower() not in self._taken

    def _kind(self, entity: Entity) -> str:
        return _KIND_OF_TYPE.get(entity.type.strip().lower(), "service")

    def _owner(self, entity: Entity) -> str:
        """Return the handle of an entity's owner: a known one, else its name behind `@`; empty when none is named."""
        if entity.owner is None:
            return ""
        return self._owners.get(entity.owner.name.casefold(), f"@{entity.owner.name}")

    def _interfaces(self) -> None:
        """Say what each API is: its one provider, several of them, or something that nobody here provides."""
        providers = self._providers()
        alone: list[tuple[EntityName, str]] = []
        for entity in self._of_kinds(API):
            found = providers.pop(entity.name.key, {})
            if len(found) == 1 and not entity.id:
                alone.append((entity.name.key, next(iter(found.values())).owner))
                continue
            self._add(entity, "service" if found else EXTERNAL, logical=bool(found))
            (name,) = self._ids[entity.name.key]
            for need in found.values():
                self._link(name, need.owner, need.place)
        for key, name in alone:
            self._ids[key] = (name,)
            if self._free(key.name):
                self._taken[key.name] = self._entities[key].place
                self._aliases[name.lower()].append(self._entities[key].name.name)
        for key, found in providers.items():
            self._ids[key] = tuple(need.owner for need in found.values())

    def _providers(self) -> dict[EntityName, dict[str, CatalogueNeed]]:
        """Return who provides each API, by id in lower case, and where that is written."""
        found: dict[EntityName, dict[str, CatalogueNeed]] = defaultdict(dict)
        for entity in self._of_kinds(COMPONENT, RESOURCE):
            for reference in entity.provides:
                (name,) = self._ids[entity.name.key]
                need = CatalogueNeed(name, str(reference.target), reference.place)
                found[reference.target.key].setdefault(name.lower(), need)
        return found

    def _need(self, entity: Entity, reference: EntityReference, *, inverse: bool = False) -> None:
        targets = self._targets(reference.target)
        if not targets:
            self._unknown.append((entity, reference))
        if (*reference.target.key[1:],) == (*entity.name.key[1:],) and reference.target.kind in ("", entity.name.kind):
            self._selfish.append((entity, reference))
        for own in self._ids.get(entity.name.key, ()):
            for target in targets:
                self._link(*((target, own) if inverse else (own, target)), reference.place)

    def _targets(self, target: EntityName) -> tuple[str, ...]:
        """Return the ids of what a reference names: of an entity, else of the service document with that id."""
        for kind in (target.kind,) if target.kind else (COMPONENT, RESOURCE):
            found = self._ids.get(target.key._replace(kind=kind))
            if found:
                return found
        entry = self._documents.get(target.name.lower()) if target.kind in ("", COMPONENT, RESOURCE, API) else None
        return (entry.id,) if entry is not None and isinstance(entry.document, Service) else ()

    def _link(self, owner: str, member: str, place: Location) -> None:
        """Note that one needs the other; that something needs itself, as when it consumes its own API, says nothing."""
        if owner.lower() != member.lower():
            self._needs.setdefault((owner.lower(), member.lower()), CatalogueNeed(owner, member, place))

    def _with_aliases(self, element: CatalogueElement) -> CatalogueElement:
        return replace(element, aliases=tuple(sorted(self._aliases.get(element.id.lower(), ()))))
