"""What a service lists: each thing once, not itself, and nothing of the wrong kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.model import DOMAIN, JOURNEY
from mkdocs_sre.graph.words import TWO, listed
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.service import Dependency
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.knowledge import KnowledgeBase


@rule("GRF108", "duplicate-dependency", level=Level.WARNING, since="0.1")
def duplicate_dependency(service: Service, context: Context) -> Iterator[Fault]:
    """A service names each dependency, each failure domain and each copy once.

    What stands twice counts once. A dependency that is needed in one way to start and in another to run stands twice
    with good reason, as `needed: start` and `needed: run`.

    ## Why
    Of two entries for one thing only one gets changed. And a service that stands twice under `any_of` looks redundant
    and is not.

    ## Example
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    dependencies:
      - {service: payments, criticality: hard}
      - {service: payments, criticality: soft}
    ```

    ## Use instead
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    dependencies:
      - {service: payments, criticality: hard}
    ```

    ## Source
    Requirements: the same dependency twice is merged, and told once.
    """
    base = context.base
    yield from _same_again(service, base)
    yield from _copies_of_one_name(service)
    for path, names in _lists(service):
        seen: set[str] = set()
        for position, name in enumerate(names if path[-1] != "spread" else ()):
            key = id_key(base, name)
            if key in seen:
                yield fault(
                    service.value_at(*path, position),
                    f"`{path[-1]}` of {service.id} names {name} more than once",
                    "name it once" if path[-1] != "any_of" else "name it once; it cannot stand in for itself",
                )
            seen.add(key)


@rule("GRF109", "self-dependency", level=Level.ERROR, since="0.1")
def self_dependency(service: Service, context: Context) -> Iterator[Fault]:
    """A service does not depend on itself.

    ## Why
    Nothing can work without itself, so such an entry says nothing; most often another service is meant. As a fallback
    or one of several that can stand in for each other, it claims a redundancy that is not there.

    ## Example
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    aliases: [shop-checkout]
    dependencies: [shop-checkout]
    ```

    ## Use instead
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | aliases: [shop-checkout]
        | dependencies: [payments]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | ---
    ```

    ## Source
    Requirements: a service that depends on itself is a fault.
    """
    base, own = context.base, service.id.lower()
    for position, one in enumerate(service.dependencies):
        for path, name in _named(one, position):
            if id_key(base, name) != own:
                continue
            by = "" if name.lower() == own else f", by its other name {name}"
            if path[-1] == "fallback":
                message = f"{service.id} is its own fallback for {listed(one.members)}{by}"
            elif len(one.members) > 1:
                message = f"{service.id} counts itself among those that can stand in for each other{by}"
            else:
                message = f"{service.id} depends on itself{by}"
            yield fault(service.value_at(*path), message, "take it out, or name the service that is meant")


@rule("GRF110", "kind-out-of-place", level=Level.ERROR, since="0.1")
def kind_out_of_place(service: Service, context: Context) -> Iterator[Fault]:
    """Things stand in failure domains and depend on services; domains and journeys have no copies.

    `placed_in` and `spread` name domains. Dependencies name what runs: services, stores and providers; only a journey
    may name another journey.

    ## Why
    A zone under `dependencies` is counted as a service and is missing where zones are looked at. A service under
    `placed_in` is not counted at all, so its failure seems to hurt nobody.

    ## Example
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | placed_in: [orders-db]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/orders.md
        | ---
        | type: service
        | id: orders
        | owner: "@team-orders"
        | tier: 1
        | dependencies: [{service: orders-db, criticality: hard}]
        | placed_in: [zone-a]
        | ---
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | services:
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore}
        |   - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        | ---
    ```

    ## Source
    Requirements: services, journeys and failure domains are told apart.
    """
    base = context.base
    for path, names in _lists(service):
        if path[-1] != "any_of":
            for position, name in enumerate(names):
                yield from _no_domain(service, base.document(name, Service), (*path, position))
    for position, one in enumerate(service.dependencies):
        for path, name in _named(one, position):
            yield from _no_service(service, base.document(name, Service), path)
    if service.service_kind in (DOMAIN, JOURNEY) and service.replicas is not None:
        yield fault(
            service.at("replicas"),
            f"{service.id} is a {service.service_kind}, which has no copies",
            "take `replicas` out, or give the services that stand there copies of their own",
        )
    if service.service_kind == JOURNEY and service.placed_in:
        yield fault(
            service.at("placed_in"),
            f"{service.id} is a journey, which stands nowhere",
            "take `placed_in` out; the services that it needs stand somewhere",
        )


def _no_domain(service: Service, named: Service | None, path: KeyPath) -> Iterator[Fault]:
    if named is not None and named.service_kind != DOMAIN:
        yield fault(
            service.value_at(*path),
            f"`{path[-2]}` of {service.id} names {named.id}, which is of kind {named.service_kind} and no failure domain",
            f"name a domain, or list {named.id} under `dependencies`",
            named.value_at("id"),
        )


def _no_service(service: Service, named: Service | None, path: KeyPath) -> Iterator[Fault]:
    if named is not None and named.service_kind == DOMAIN:
        yield fault(
            service.value_at(*path),
            f"{service.id} depends on {named.id}, a failure domain and no service",
            "list it under `placed_in`, or under `spread` of its `replicas`",
            named.value_at("id"),
        )
    elif named is not None and named.service_kind == JOURNEY != service.service_kind:
        yield fault(
            service.value_at(*path),
            f"{service.id} depends on {named.id}, a journey, which is what users do and not what runs",
            "name the service that is needed",
            named.value_at("id"),
        )


def _same_again(service: Service, base: KnowledgeBase) -> Iterator[Fault]:
    """Yield one fault for each set of members that several dependencies name, at the second of them."""
    found: dict[frozenset[str], list[int]] = defaultdict(list)
    for position, one in enumerate(service.dependencies):
        found[frozenset(id_key(base, name) for name in one.members)].append(position)
    for positions in found.values():
        when = [service.dependencies[position].needed for position in positions]
        if len(positions) == 1 or sorted(when) == ["run", "start"]:
            continue
        entries = [service.dependencies[position] for position in positions]
        apart = ", as hard and as soft" if len({one.hard for one in entries}) > 1 else ""
        times = "twice" if len(entries) == TWO else f"{len(entries)} times"
        yield fault(
            service.value_at("dependencies", positions[1]),
            f"{service.id} names {listed(entries[0].members)} {times} among its dependencies{apart}",
            "keep one entry",
            *(service.value_at("dependencies", position) for position in positions if position != positions[1]),
        )


def _copies_of_one_name(service: Service) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, copy in enumerate(service.replicas.instances if service.replicas else ()):
        if copy.id.lower() in seen:
            yield fault(
                service.value_at("replicas", "instances", position, "id"),
                f"{service.id} has two copies with the name {copy.id}",
                "give each copy its own name, or take one out",
            )
        seen.add(copy.id.lower())


def _lists(service: Service) -> Iterator[tuple[KeyPath, Sequence[str]]]:
    """Yield each list of names with its path: what can stand in for each other, and where something stands."""
    yield ("placed_in",), service.placed_in
    for position, one in enumerate(service.dependencies):
        if one.any_of:
            yield ("dependencies", position, "any_of"), one.any_of
    if service.replicas is not None:
        yield ("replicas", "spread"), service.replicas.spread
        for position, copy in enumerate(service.replicas.instances):
            yield ("replicas", "instances", position, "placed_in"), copy.placed_in


def _named(one: Dependency, position: int) -> Iterator[tuple[KeyPath, str]]:
    """Yield each name of a dependency with its path, the fallback last; a fallback in words is one that nothing has."""
    if one.service is not None:
        yield ("dependencies", position, "service"), one.service
    for at, name in enumerate(one.any_of):
        yield ("dependencies", position, "any_of", at), name
    if one.fallback:
        yield ("dependencies", position, "fallback"), one.fallback
