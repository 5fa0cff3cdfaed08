"""Catalogue files: bytes to entities with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.catalogue import Catalogue
from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.entities import entity_of
from mkdocs_sre.reading.yaml_documents import Sort, bounded, yaml_documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.catalogue import Entity

UNREAD = "malformed-catalogue"  # the rule that tells of a file or document that cannot be read
SORT = Sort("catalogue", UNREAD)


def read_catalogue(path: str, data: bytes, file: str = "") -> Catalogue:
    """Return what a catalogue file with these bytes says; what is wrong with it stands in `defects`.

    `path` is that of its places; `file` is what people call it, the path by default. A document that cannot be read
    does not keep the others of the file from being read.
    """
    entities: list[Entity] = []
    defects: list[Defect] = []
    with paused_collection():
        for _, made, extent in yaml_documents(path, data, file or path, SORT, defects):
            if made and (entity := entity_of(made, extent, defects)):
                entities.append(entity)
    return Catalogue(tuple(entities), bounded(defects, path, SORT), (path,))


def unread(path: str, message: str, hint: str) -> Catalogue:
    """Return what stands for a file that is not read, with the one defect that says why."""
    return Catalogue(defects=(Defect(UNREAD, Fault(Location(path), message, hint)),), files=(path,))


def together(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Return several catalogues as one, in their order."""
    given = list(catalogues)
    return Catalogue(
        tuple(entity for one in given for entity in one.entities),
        tuple(defect for one in given for defect in one.defects),
        tuple(file for one in given for file in one.files),
    )
