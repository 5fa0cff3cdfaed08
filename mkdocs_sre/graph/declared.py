"""The system that the service documents describe."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_sre.graph.model import DOMAIN, INSTANCE, Builder, Element, Group, System, Validation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.documents.catalogue import CatalogueElement, CatalogueNeed, Landscape
    from mkdocs_sre.documents.kinds.service import Dependency, Replicas, Service
    from mkdocs_sre.documents.parts import Proof


def declared_system(services: Iterable[Service], landscape: Landscape | None = None) -> System:
    """Return the system of services, stores, providers, domains and journeys, in order of their ids.

    Behind them comes what only a catalogue knows (`landscape`). What it says that something needs is hard, and assumed;
    where the documents say of the same dependency what it is, they count. Names that no service has are left out, and
    so are names of oneself and what stands twice in one list: rules tell of all.
    """
    ordered = sorted(services, key=lambda one: (one.id.lower(), one.id))
    builder = Builder()
    for service in ordered:
        builder.add(_element(service))
    for service in ordered:  # once all ids are known, since an id comes before an alias
        for alias in service.aliases:
            builder.names.setdefault(alias.lower(), builder.names[service.id.lower()])
    for element in landscape.elements if landscape else ():
        _catalogued(builder, element)
    seen: set[int] = set()
    for service in ordered:
        index = builder.names[service.id.lower()]
        if index in seen:  # a second document with the same id
            continue
        seen.add(index)
        _needs(builder, index, service)
        if service.replicas is None:
            _placed(builder, index, service.placed_in, service, "placed_in")
        else:
            _copies(builder, index, service, service.replicas)
    if landscape:
        _assumed(builder, landscape.needs)
    return builder.system()


def _catalogued(builder: Builder, one: CatalogueElement) -> None:
    """Add an entity unless a document describes it; an API of several providers fails with them, not as a thing."""
    title, place = one.entity.title, one.entity.place
    element = Element(one.id, one.kind, title, replicated=one.logical, owner=one.owner, source="catalogue", place=place)
    builder.add(element, one.aliases)


def _assumed(builder: Builder, needs: Iterable[CatalogueNeed]) -> None:
    """Add what a catalogue says that something needs, where no document says so."""
    said = {(group.owner, member) for group in builder.system().groups for member in group.members}
    for need in needs:
        for owner in _known(builder, [need.owner]):
            for member in _known(builder, [need.member]):
                if owner != member and (owner, member) not in said:
                    builder.group(Group(owner, (member,), place=need.place))


def _element(service: Service) -> Element:
    return Element(
        service.id,
        service.service_kind,
        service.title or "",
        None if service.availability is None else Fraction(service.availability) / 100,
        replicated=service.replicas is not None,
        level=service.level or "",
        tier=service.tier,
        owner=service.owner,
        place=service.value_at("id"),
    )


def _known(builder: Builder, names: Sequence[str]) -> list[int]:
    return [builder.names[name.lower()] for name in names if name.lower() in builder.names]


def _needs(builder: Builder, owner: int, service: Service) -> None:
    for position, one in enumerate(service.dependencies):
        members = [member for member in dict.fromkeys(_known(builder, one.members)) if member != owner]
        if not members:
            continue
        need = min(one.need, len(members))
        fallback = _known(builder, [one.fallback]) if one.fallback else []
        in_words = bool(one.fallback) and not fallback
        stand_in = [member for member in fallback if member != owner]
        builder.group(
            Group(
                owner,
                (*members, *stand_in * need),
                need,
                one.hard and not in_words,
                declared=_says_more(one),
                needed=one.needed,
                validated=_validation(one.validated),
                fallback=(one.fallback or "") if in_words else "",
                place=service.value_at("dependencies", position),
            )
        )


def _says_more(one: Dependency) -> bool:
    return one.criticality is not None or bool(one.any_of) or bool(one.fallback)


def _validation(proof: Proof | None) -> Validation | None:
    return None if proof is None else Validation(proof.on, proof.by or "")


def _placed(
    builder: Builder, owner: int, names: Sequence[str], service: Service, *path: str | int, first: int = 0
) -> None:
    """Add that an element stands in the domains of these names, which are written at `path`, from position `first` on."""
    for position, name in enumerate(names, first):
        for domain in _known(builder, [name]):
            if domain != owner and builder.elements[domain].kind == DOMAIN:
                place = service.value_at(*path, position)
                builder.group(Group(owner, (domain,), origin="placement", declared=True, place=place))


def _copies(builder: Builder, owner: int, service: Service, replicas: Replicas) -> None:
    """Add the instances of a service, where each stands, and that so many must work.

    Copies that are only counted go over the domains of `spread` in turn. Where the service itself is placed, all its
    copies stand.
    """
    members = []
    for position in range(replicas.total):
        named = replicas.instances[position] if replicas.instances else None
        name = named.id if named else f"{service.id}-{position + 1}"
        identifier = name if name.lower() not in builder.names else f"{service.id}/{name}"
        if identifier.lower() in builder.names:  # a third copy of one name
            identifier = f"{service.id}/{name}/{position + 1}"
        instance = Element(
            identifier,
            INSTANCE,
            service=service.id,
            tier=service.tier,
            owner=service.owner,
            place=service.value_at("replicas", "instances", position) if named else service.value_at("replicas"),
        )
        index = builder.add(instance)
        members.append(index)
        if named:
            _placed(builder, index, named.placed_in, service, "replicas", "instances", position, "placed_in")
        elif replicas.spread:
            at = position % len(replicas.spread)
            _placed(builder, index, [replicas.spread[at]], service, "replicas", "spread", first=at)
        _placed(builder, index, service.placed_in, service, "placed_in")
    place = service.at("replicas")
    builder.group(Group(owner, tuple(members), replicas.need, origin="replicas", declared=True, place=place))
