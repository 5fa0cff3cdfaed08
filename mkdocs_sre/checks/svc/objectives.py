"""What a running service has beside its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.tiers import CRITICAL

if TYPE_CHECKING:
    from mkdocs_sre.knowledge import KnowledgeBase

SEEN_BY_USERS = 2  # the lowest tier at which users notice


def _runs(service: Service) -> bool:
    return service.service_kind == "service" and service.status == "active"


@rule("SVC102", "service-without-slo", level=Level.WARNING, since="0.1")
def service_without_slo(service: Service, context: Context) -> Iterator[Fault]:
    """An active service of tier 0 to 2 has an SLO.

    ## Why
    Without a target nobody can say whether the service is reliable enough, and every argument about it is one of
    taste. Datastores, providers and domains are left out: users feel them through the services in front of them.

    ## Example
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    ```

    ## Use instead
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | ---
    docs/sre/slos/checkout-orders.md
        | ---
        | type: slo
        | id: checkout-orders
        | service: checkout
        | behaviour: An order that is sent is accepted.
        | sli: {good: "orders_total{code!~'5..'}", total: orders_total}
        | objective: 99.9
        | window: 30d
        | ---
    ```

    ## Source
    Requirements: SLO definition, one per service.
    """
    if _runs(service) and service.tier <= SEEN_BY_USERS and not _has_objective(service, context.base):
        yield fault(
            service.value_at("id"),
            f"{service.id} (tier {service.tier}) has no SLO",
            f"write one with `service: {service.id}`",
        )


def _has_objective(service: Service, base: KnowledgeBase) -> bool:
    """Whether an SLO names the service, also one whose other keys are wrong."""
    return any(
        isinstance(one.document, ServiceLevelObjective) and one.key == "service" and one.document.status != "deprecated"
        for one in base.mentions_of.get(service.id.lower(), ())
    )


@rule("SVC103", "service-without-on-call", level=Level.INFO, since="0.1")
def service_without_on_call(service: Service) -> Iterator[Fault]:
    """An active service of tier 0 or 1 says who is called when it breaks.

    ## Why
    When users stop, somebody has to be found within minutes. Who that is should not be searched for then.

    ## Example
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    ```

    ## Use instead
    ```yaml
    type: service
    id: checkout
    owner: "@team-checkout"
    tier: 1
    on_call: checkout-rotation
    ```

    ## Source
    Requirements: a service has on-call and escalation.
    """
    if _runs(service) and service.tier <= CRITICAL and service.on_call is None:
        yield fault(
            service.value_at("id"),
            f"{service.id} (tier {service.tier}) does not say who is on call",
            "add `on_call:` with a rotation, a team or a channel",
        )
