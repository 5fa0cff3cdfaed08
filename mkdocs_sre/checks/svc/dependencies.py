"""What services are said to need, and to promise themselves."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.service import Service

WHOLE = 100  # percent
RATIO = 1  # percent; what is meant as 0.999 of 1 lies below


@rule("SVC106", "dependency-on-what-is-given-up", level=Level.WARNING, since="0.1")
def dependency_on_what_is_given_up(service: Service, context: Context) -> Iterator[Fault]:
    """An active service does not hard-depend on a deprecated one.

    ## Why
    What is given up is neither watched nor mended for long. Either the dependency is a thing of the past, or something
    that users need is about to be switched off.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies: [{service: old-cart, criticality: hard}]
        | ---
    docs/sre/services/old-cart.md
        | ---
        | type: service
        | id: old-cart
        | owner: "@team-checkout"
        | tier: 1
        | status: deprecated
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
        | dependencies: [{service: cart, criticality: hard}]
        | ---
    docs/sre/services/cart.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-checkout"
        | tier: 1
        | ---
    ```

    ## Source
    Requirements: the dependencies of a service are those that it has now.
    """
    if service.status != "active":
        return
    for position, one in enumerate(service.dependencies):
        for name in one.members if one.hard else ():
            needed = context.base.document(name, Service)
            if needed is not None and needed.status == "deprecated":
                yield fault(
                    service.value_at("dependencies", position),
                    f"{service.id} needs {needed.id}, which is deprecated",
                    "name what took its place, or take the dependency out",
                    needed.value_at("status"),
                )


@rule("SVC107", "implausible-availability", level=Level.WARNING, since="0.1")
def implausible_availability(service: Service) -> Iterator[Fault]:
    """An availability is one that something can have: below 100 %, above 0, and in percent.

    ## Why
    What hangs on a service is computed from its availability. 100 says that it never fails, 0 that it never works, and
    0.999 is a ratio where percent are meant; each makes every number behind it wrong.

    ## Example
    ```yaml
    type: service
    id: edge-cdn
    owner: "@team-platform"
    tier: 1
    kind: external
    availability: 100
    ```

    ## Use instead
    ```yaml
    type: service
    id: edge-cdn
    owner: "@team-platform"
    tier: 1
    kind: external
    availability: 99.99
    ```

    ## Source
    Beyer, Jones, Petoff, Murphy (eds.), "Site Reliability Engineering", O'Reilly 2016, chapter 3: 100 % is the wrong
    target for basically everything.
    """
    given = service.availability
    if given is None or RATIO <= given < WHOLE:
        return
    place = service.value_at("availability")
    if given == WHOLE:
        yield fault(
            place,
            f"an availability of 100 % says that {service.id} never fails",
            "write what is promised or measured, such as 99.99, or leave it out",
        )
    elif given == 0:
        yield fault(
            place,
            f"an availability of 0 % says that {service.id} never works",
            "write what is promised or measured, such as 99.9, or leave it out",
        )
    else:
        yield fault(
            place,
            f"an availability of {given} % says that {service.id} hardly ever works",
            f"write percent: {given * 100:f}" if given * 100 < WHOLE else "write percent, such as 99.9",
        )
