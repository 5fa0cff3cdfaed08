"""Objectives beside what the dependencies promise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.documentation import documentation
from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.analyses.objectives import ObjectiveSum, Promise, objective_sums, objectives_by_service
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.percent import cut_percent
from mkdocs_sre.graph.words import listed
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.graph.analysis import Graph


@rule("SLO201", "objective-above-dependency", level=Level.ERROR, since="0.1")
def objective_above_dependency(base: KnowledgeBase) -> Iterator[Fault]:
    """A service promises no more than each of its direct hard dependencies does.

    A dependency promises its highest objective; a provider, and what needs nothing itself, its `availability` where it
    has no objective. Dependencies of which one may be lost are left out.

    ## Why
    A service is down when what it cannot work without is down. An objective above that of a dependency is missed even
    if everything keeps its own.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies:
        |   - {service: payments, criticality: hard}
        |   - {service: orders-db, criticality: hard}
        | ---
    docs/sre/services/others.md
        | ---
        | type: service
        | services:
        |   - {id: payments, owner: "@team-payments", tier: 1, kind: external, availability: 99.9}
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore, availability: 99.95}
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.95
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies:
        |   - {service: payments, criticality: hard}
        |   - {service: orders-db, criticality: hard}
        | ---
    docs/sre/services/others.md
        | ---
        | type: service
        | services:
        |   - {id: payments, owner: "@team-payments", tier: 1, kind: external, availability: 99.9}
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore, availability: 99.95}
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.8
        | window: 30d
        | ---
    ```

    ## Source
    Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017: a service cannot be
    more available than the intersection of its critical dependencies.
    """
    graph = graph_of(base)
    for one in _sums(base):
        if one.least is not None and one.above_least:
            above = [promise for promise in one.promises if not promise.domain and promise.ratio < one.objective]
            yield fault(
                one.slo.value_at("objective"),
                f"{one.slo.id} is above what {_names(graph, above)} {'promise' if len(above) > 1 else 'promises'}: "
                f"{one.sentence}",
                f"promise at most {cut_percent(one.least, one.decimals)}, or make the dependency soft, or give it a fallback",
                *(promise.place for promise in above),
            )


@rule("SLO202", "objective-above-product", level=Level.INFO, since="0.1")
def objective_above_product(base: KnowledgeBase) -> Iterator[Fault]:
    """A service promises no more than its direct hard dependencies leave together, if they fail independently.

    The domains in which the service itself stands count too.

    ## Why
    Each dependency may fail at a time of its own, and each time the service is down. Two that promise 99.9 % leave
    99.8 %. Failures that come together cost less, so this is a question and not an error.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies:
        |   - {service: payments, criticality: hard}
        |   - {service: orders-db, criticality: hard}
        | ---
    docs/sre/services/others.md
        | ---
        | type: service
        | services:
        |   - {id: payments, owner: "@team-payments", tier: 1, kind: external, availability: 99.9}
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore, availability: 99.95}
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.9
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies:
        |   - {service: payments, criticality: hard}
        |   - {service: orders-db, criticality: hard}
        | ---
    docs/sre/services/others.md
        | ---
        | type: service
        | services:
        |   - {id: payments, owner: "@team-payments", tier: 1, kind: external, availability: 99.9}
        |   - {id: orders-db, owner: "@team-data", tier: 1, kind: datastore, availability: 99.95}
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.85
        | window: 30d
        | ---
    ```

    ## Source
    Requirements: an objective is compared with the product of what its dependencies promise.
    """
    for one in _sums(base):
        if one.above_product and not one.above_least:
            yield fault(
                one.slo.value_at("objective"),
                f"{one.slo.id} is above what the dependencies leave together: {one.sentence}",
                "say in its rationale why they fail together or keep more than they promise, or promise less",
                *(promise.place for promise in one.promises),
            )


@rule("SLO203", "objective-without-extra-nine", level=Level.INFO, since="0.1")
def objective_without_extra_nine(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """What a service cannot do without fails ten times less often than the service may, or its risk is decided about.

    A dependency that a risk assessment mitigates or accepts is left out.

    ## Why
    A service has causes of its own to fail: releases, load, mistakes. When one dependency alone may use the whole error
    budget, nothing is left for them. One more nine keeps each dependency to a tenth of it.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies: [{service: payments, criticality: hard}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | kind: external
        | availability: 99.95
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.9
        | window: 30d
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies: [{service: payments, criticality: hard}]
        | ---
    docs/sre/services/payments.md
        | ---
        | type: service
        | id: payments
        | owner: "@team-payments"
        | tier: 1
        | kind: external
        | availability: 99.95
        | ---
    docs/sre/slos/checkout-completes.md
        | ---
        | type: slo
        | id: checkout-completes
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.5
        | window: 30d
        | ---
    ```

    ## Source
    The rule of the extra 9: Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017.
    """
    graph = graph_of(base)
    for one in _sums(base):
        if one.above_least or one.above_product:
            continue
        short = [
            promise
            for promise in one.promises
            if not promise.domain
            and promise.ratio < one.asked
            and not documentation(base, graph[promise.element].id, context.as_of).documented
        ]
        if short:
            decimals = one.decimals + 1
            given = listed(f"{graph[one.element].id} {cut_percent(one.ratio, decimals)}" for one in short)
            yield fault(
                one.slo.value_at("objective"),
                f"{one.slo.id} promises {cut_percent(one.objective, decimals)}, which asks {cut_percent(one.asked, decimals)} "
                f"of each hard dependency: {given}",
                "promise less, make the dependency soft, or rate it in a risk assessment",
                *(promise.place for promise in short),
            )


def _sums(base: KnowledgeBase) -> Iterator[ObjectiveSum]:
    graph = graph_of(base)
    for name in objectives_by_service(base):
        service = base.document(name, Service)
        if service is not None:
            yield from objective_sums(base, graph, service)


def _names(graph: Graph, promises: list[Promise]) -> str:
    return listed(graph[one.element].id for one in promises)
