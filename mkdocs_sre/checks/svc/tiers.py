"""Tiers along dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.knowledge.tiers import CRITICAL, lesser_services


@rule("SVC101", "tier-inversion", level=Level.WARNING, since="0.1")
def tier_inversion(service: Service, context: Context) -> Iterator[Fault]:
    """A service of tier 0 or 1 does not hard-depend on one of tier 2 or 3.

    ## Why
    A service cannot be more dependable than what it cannot work without. When users stop because of something that is
    run as "internal, can wait", either its tier is wrong or the dependency is.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies: [{service: reports, criticality: hard}]
        | ---
    docs/sre/services/reports.md
        | ---
        | type: service
        | id: reports
        | owner: "@team-data"
        | tier: 3
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
        | dependencies: [{service: reports, criticality: soft}]
        | ---
    docs/sre/services/reports.md
        | ---
        | type: service
        | id: reports
        | owner: "@team-data"
        | tier: 3
        | ---
    ```

    ## Source
    Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017: a service cannot be
    more available than the intersection of its critical dependencies.
    """
    if service.tier > CRITICAL:
        return
    for index, dependency in enumerate(service.dependencies):
        for lesser in lesser_services(dependency, context.base):
            yield fault(
                service.value_at("dependencies", index),
                f"{service.id} (tier {service.tier}) cannot work without {lesser.id} (tier {lesser.tier})",
                f"raise the tier of {lesser.id}, add a fallback, or make the dependency soft",
                lesser.value_at("tier"),
            )
