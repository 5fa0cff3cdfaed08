"""Copies: where they stand, and whether they can stand in for each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.documentation import documentation
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.model import DOMAIN, JOURNEY
from mkdocs_sre.graph.words import listed, way_in_words
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.tiers import CRITICAL

if TYPE_CHECKING:
    from mkdocs_sre.graph.model import Group


@rule("GRF111", "placement-unknown", level=Level.INFO, since="0.1")
def placement_unknown(service: Service) -> Iterator[Fault]:
    """The copies of an active service or store of tier 0 or 1 say where they stand.

    That is `spread` over failure domains, `placed_in` of each copy, or of the service where all stand together.

    ## Why
    Three copies in one zone are lost with that zone. As long as nobody writes down where they stand, they count as
    independent of each other, and nobody sees that they are not.

    ## Example
    ```yaml
    type: service
    id: orders-db
    owner: "@team-data"
    tier: 1
    kind: datastore
    replicas: {need: 2, count: 3}
    ```

    ## Use instead
    ```tree
    docs/sre/services/orders-db.md
        | ---
        | type: service
        | id: orders-db
        | owner: "@team-data"
        | tier: 1
        | kind: datastore
        | replicas: {need: 2, count: 3, spread: [zone-a, zone-b, zone-c]}
        | ---
    docs/sre/services/zones.md
        | ---
        | type: service
        | services:
        |   - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        |   - {id: zone-b, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        |   - {id: zone-c, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        | ---
    ```

    ## Source
    Requirements: replicas without placement are "placement unknown", and said so.
    """
    replicas = service.replicas
    if replicas is None or service.placed_in or replicas.spread:
        return
    if service.tier > CRITICAL or service.status != "active" or service.service_kind in (DOMAIN, JOURNEY):
        return
    nowhere = [copy.id for copy in replicas.instances if not copy.placed_in]
    if nowhere or not replicas.instances:
        which = listed(nowhere) if nowhere else f"its {replicas.total} copies" if replicas.total > 1 else "its one copy"
        yield fault(
            service.at("replicas"),
            f"{service.id} does not say where {which} {'stand' if len(nowhere) != 1 and replicas.total > 1 else 'stands'}",
            "add `spread` with the failure domains, or `placed_in` to each copy",
        )


@rule("GRF113", "redundancy-that-is-none", level=Level.WARNING, since="0.1")
def redundancy_that_is_none(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """No single failure takes away more of what is redundant than may be lost, or a risk assessment says so.

    What takes a journey down is told by GRF101 and GRF102; this is about the rest.

    ## Why
    Two services that can stand in for each other and need the same database go down together, and so do copies in one
    zone. The claim is worse than none: nobody plans for what seems to be taken care of.

    ## Example
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@team-storefront"
        | tier: 1
        | kind: journey
        | dependencies: [{service: search, criticality: soft, fallback: The lists by category}]
        | ---
    docs/sre/services/search.md
        | ---
        | type: service
        | services:
        |   - id: search
        |     owner: "@team-catalogue"
        |     tier: 2
        |     replicas: {need: 1, count: 2, spread: [zone-a]}
        |   - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/shop.md
        | ---
        | type: service
        | id: shop
        | owner: "@team-storefront"
        | tier: 1
        | kind: journey
        | dependencies: [{service: search, criticality: soft, fallback: The lists by category}]
        | ---
    docs/sre/services/search.md
        | ---
        | type: service
        | services:
        |   - id: search
        |     owner: "@team-catalogue"
        |     tier: 2
        |     replicas: {need: 1, count: 2, spread: [zone-a, zone-b]}
        |   - {id: zone-a, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        |   - {id: zone-b, owner: "@team-platform", tier: 0, kind: domain, level: zone}
        | ---
    ```

    ## Source
    Requirements: redundancy that is claimed is told apart from redundancy that is there. Common cause failures:
    Vesely and others, "Fault Tree Handbook", NUREG-0492, 1981.
    """
    graph = context.graph
    for element, groups in _defeated(context).items():
        subject = graph[graph.subject(element)].id
        if documentation(base, subject, context.as_of).documented:
            continue
        group = groups[0]
        steps = graph.point(group.owner, element).way
        others = [one.place for one in groups[1:] if one.place is not None]
        more = f", and so is the redundancy of {listed(_owners(context, groups[1:]))}" if groups[1:] else ""
        yield fault(
            next(one for one in (group.place, graph[group.owner].place, graph[element].place) if one),
            f"{graph[element].id} alone undoes what is redundant: "
            f"{way_in_words(steps, element, lambda one: graph[one].id)}{more}",
            f"let them share less, or rate it as a risk with `subject: {subject}`",
            *others,
        )


def _defeated(context: Context) -> dict[int, list[Group]]:
    """Return, by each physical element that takes no root down, the hard redundant groups that it leaves short alone."""
    graph = context.graph
    told = {one for root in graph.roots for one in graph.faults_of(root)}
    found: dict[int, list[Group]] = {}
    for group in graph.system.groups:
        if group.redundant and group.hard and not told.issuperset(group.members):
            lost = Counter(fault for member in group.members for fault in graph.faults_of(member) if fault not in told)
            for element in sorted(one for one, times in lost.items() if times > group.slack):
                if element != group.owner and not graph[element].replicated:
                    found.setdefault(element, []).append(group)
    return found


def _owners(context: Context, groups: list[Group]) -> list[str]:
    return list(dict.fromkeys(context.graph[one.owner].id for one in groups))
