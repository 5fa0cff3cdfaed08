"""Catalogue files: they can be read, their entities are named well, and what they name exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.catalogue import API, COMPONENT, ID_ANNOTATION, RESOURCE
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.catalogue import EntityName

_NEEDED = ("", COMPONENT, RESOURCE, API)  # kinds that something can need


def _defects(base: KnowledgeBase, name: str) -> Iterator[Fault]:
    return (defect.fault for defect in base.catalogue.defects if defect.name == name)


@rule("GRF201", "malformed-catalogue", level=Level.ERROR, since="0.1")
def malformed_catalogue(base: KnowledgeBase) -> Iterator[Fault]:
    """A catalogue file can be read: it is UTF-8, and each of its documents is valid YAML with keys.

    One document that is broken does not keep the others of its file from being read.

    ## Why
    What cannot be read is missing from the graph, and with it every single point of failure behind it.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        |  description: Holds baskets
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        |   description: Holds baskets
    ```

    ## Source
    Requirements: catalogue files are a further input of the graph; malformed YAML is a finding with its place.
    """
    yield from _defects(base, "malformed-catalogue")


@rule("GRF202", "malformed-entity", level=Level.ERROR, since="0.1")
def malformed_entity(base: KnowledgeBase) -> Iterator[Fault]:
    """An entity says its `apiVersion`, its `kind` and its `metadata.name`, and its keys hold what they are for.

    ## Why
    An entity without a name cannot be named by others. It is left out of the graph, and so are references that cannot
    be read.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   title: Cart
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        |   title: Cart
    ```

    ## Source
    Backstage, "Descriptor Format of Catalog Entities": the envelope and the metadata.
    """
    yield from _defects(base, "malformed-entity")


@rule("GRF203", "unknown-entity-kind", level=Level.WARNING, since="0.1")
def unknown_entity_kind(base: KnowledgeBase) -> Iterator[Fault]:
    """A document of a catalogue file is an entity of Backstage, of one of its own kinds.

    Read are Component, Resource and API, which become part of the graph, and System, Domain, Group, User, Location and
    Template, which do not.

    ## Why
    A mistyped kind takes a service out of the graph. Manifests of other tools in the same file are left out too: let
    `catalogues` pass over them, or turn this rule off where you have kinds of your own.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Componnent
        | metadata:
        |   name: cart
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
    ```

    ## Source
    Backstage, "Descriptor Format of Catalog Entities": the kinds.
    """
    yield from _defects(base, "unknown-entity-kind")


@rule("GRF204", "unknown-entity", level=Level.WARNING, since="0.1")
def unknown_entity(base: KnowledgeBase) -> Iterator[Fault]:
    """What an entity depends on, or which API it consumes, is in a catalogue or has a service document.

    ## Why
    A dependency on nothing is missing from the graph: what fails with it is not known. A catalogue that is spread over
    repositories names entities of others; write a service document of kind `external` for those that matter.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        | spec:
        |   dependsOn: [resource:cart-bd]
        | ---
        | apiVersion: backstage.io/v1alpha1
        | kind: Resource
        | metadata:
        |   name: cart-db
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        | spec:
        |   dependsOn: [resource:cart-db]
        | ---
        | apiVersion: backstage.io/v1alpha1
        | kind: Resource
        | metadata:
        |   name: cart-db
    ```

    ## Source
    Requirements: unknown ids in the graph are a finding with their place.
    """
    for entity, reference in base.landscape.unknown:
        target = reference.target
        yield fault(reference.place, f"`{reference.key}` of {entity.name} {_cause(target)}", _cure(base, target))


def _cause(target: EntityName) -> str:
    named = f"names {str(target)[:80]}"
    if target.kind not in _NEEDED:
        return f"{named}, but only components, resources and APIs can be needed"
    return f"{named}, and no catalogue has that entity"


def _cure(base: KnowledgeBase, target: EntityName) -> str:
    if target.kind not in _NEEDED:
        return "name what it needs of that"
    near = base.nearest(target.name[:80], ("service",))
    return f"did you mean `{near}`?" if near else "name an entity that exists, or write a service document for it"


@rule("GRF205", "duplicate-entity", level=Level.ERROR, since="0.1")
def duplicate_entity(base: KnowledgeBase) -> Iterator[Fault]:
    """An entity stands in the catalogues once: no other has its kind, namespace and name, whatever their case.

    ## Why
    Two entities of one name say different things about one service. The first one counts, by file and line.

    ## Example
    ```tree
    options
        | catalogues: ["*.yaml"]
    cart.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
    old.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: Cart
    ```

    ## Use instead
    ```tree
    options
        | catalogues: ["*.yaml"]
    cart.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
    old.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: old-cart
    ```

    ## Source
    Backstage, "Descriptor Format of Catalog Entities": names are unique per kind and namespace, whatever their case.
    """
    for entity, first in base.landscape.duplicates:
        yield fault(
            entity.place, f"{entity.name} stands in the catalogues already", "remove or rename one", first.place
        )


@rule("GRF206", "entity-needs-itself", level=Level.WARNING, since="0.1")
def entity_needs_itself(base: KnowledgeBase) -> Iterator[Fault]:
    """An entity does not depend on itself.

    ## Why
    It says nothing, so it is left out of the graph. Most often another entity was meant.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        | spec:
        |   dependsOn: [component:cart]
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
        | spec:
        |   dependsOn: [resource:cart]
        | ---
        | apiVersion: backstage.io/v1alpha1
        | kind: Resource
        | metadata:
        |   name: cart
        |   annotations:
        |     mkdocs-sre/id: cart-db
    ```

    ## Source
    Requirements: a service that depends on itself is a finding with its place.
    """
    for entity, reference in base.landscape.selfish:
        yield fault(
            reference.place, f"`{reference.key}` of {entity.name} names itself", "name what was meant, or remove it"
        )


@rule("GRF207", "pattern-without-catalogue", level=Level.WARNING, since="0.1")
def pattern_without_catalogue(base: KnowledgeBase) -> Iterator[Fault]:
    """Each pattern of the option `catalogues` matches at least one file.

    ## Why
    A file that was moved takes its services out of the graph, and nobody is told. Patterns start in the folder of the
    configuration; `**` stands for any folders between.

    ## Example
    ```tree
    options
        | catalogues: [catalogue-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: cart
    ```

    ## Source
    Requirements: catalogue files are found by patterns, and nothing is lost without a word.
    """
    yield from _defects(base, "pattern-without-catalogue")


@rule("GRF208", "entity-id-taken", level=Level.WARNING, since="0.1")
def entity_id_taken(base: KnowledgeBase) -> Iterator[Fault]:
    """An entity can have its name as its id: no other document and no entity of another kind or namespace has it.

    A service document with that id is the same thing, and there is nothing to tell.

    ## Why
    Documents name entities by id. Of two with one name the component comes before the resource and the API, the
    namespace `default` before others; what comes later gets an id that nobody has chosen. The annotation
    `mkdocs-sre/id` chooses one.

    ## Example
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: orders
        | ---
        | apiVersion: backstage.io/v1alpha1
        | kind: Resource
        | metadata:
        |   name: orders
    ```

    ## Use instead
    ```tree
    options
        | catalogues: [catalog-info.yaml]
    catalog-info.yaml
        | apiVersion: backstage.io/v1alpha1
        | kind: Component
        | metadata:
        |   name: orders
        | ---
        | apiVersion: backstage.io/v1alpha1
        | kind: Resource
        | metadata:
        |   name: orders
        |   annotations:
        |     mkdocs-sre/id: orders-db
    ```

    ## Source
    Requirements: an id is unique over all documents without regard to case.
    """
    for element, other in base.landscape.renamed:
        wanted = element.entity.id or element.entity.name.name
        message = f"the id {wanted} is taken, so {element.entity.name} is called {element.id}"
        hint = f"choose an id with the annotation `{ID_ANNOTATION}`"
        yield fault(element.entity.place, message, hint, *(() if other is None else (other,)))
