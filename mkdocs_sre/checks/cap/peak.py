"""Whether the peak is carried: load tests, losses, ways to scale."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.knowledge.tiers import tier_of

TESTED_TIER = 1  # the lowest tier whose peak must have been tested
LOSSES = 1  # that the peak is carried with
LOSSES_OF_TIER_0 = 2


@rule("CAP103", "load-test-below-peak", level=Level.ERROR, since="0.1")
def load_test_below_peak(plan: CapacityPlan) -> Iterator[Fault]:
    """The load test reached the projected peak.

    Both numbers must have one unit; a test in another unit is not compared.

    ## Why
    Below the tested load the service is known to work, above it hoped to. Queues and locks give way at once, not a
    little.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    projected_peak: {value: 2400, unit: requests/s, on: 2026-11-27}
    load_test: {on: 2026-02-12, peak: 1800}
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    projected_peak: {value: 2400, unit: requests/s, on: 2026-11-27}
    load_test: {on: 2026-02-12, peak: 2600}
    ```

    ## Source
    Requirements: load test results validate that the system handles the projected peak.
    """
    peak, test = plan.projected_peak, plan.load_test
    if peak is None or test is None or test.peak >= peak.value:
        return
    if test.unit is None or peak.unit is None or test.unit.casefold() == peak.unit.casefold():
        unit = f" {peak.unit or test.unit}" if peak.unit or test.unit else ""
        yield fault(
            plan.value_at("load_test", "peak"),
            f"the load test reached {test.peak}{unit}, the projected peak is {peak.value}{unit}",
            "test with the projected peak, or more",
            plan.value_at("projected_peak", "value"),
        )


@rule("CAP104", "no-load-test", level=Level.ERROR, since="0.1")
def no_load_test(plan: CapacityPlan, context: Context) -> Iterator[Fault]:
    """The plan of a service of tier 0 or 1 has a load test.

    ## Why
    Where users stop when it breaks, the first load that finds the limit should not be theirs.

    ## Example
    ```tree
    docs/sre/capacity/checkout.md
        | ---
        | type: capacity-plan
        | id: checkout-capacity
        | service: checkout
        | measured_on: 2026-02-20
        | resources: [{name: CPU, current: 40, limit: 100}]
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/capacity/checkout.md
        | ---
        | type: capacity-plan
        | id: checkout-capacity
        | service: checkout
        | measured_on: 2026-02-20
        | resources: [{name: CPU, current: 40, limit: 100}]
        | load_test: {on: 2026-02-12, peak: 2600, unit: requests/s}
        | ---
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | ---
    ```

    ## Source
    Requirements: load test results validate that the system handles the projected peak.
    """
    tier = tier_of(plan, context.base)
    if plan.load_test is None and tier is not None and tier <= TESTED_TIER:
        yield fault(
            plan.value_at("id"),
            f"the capacity of {plan.service} (tier {tier}) was never tested under load",
            "run a load test with the projected peak and add `load_test`",
        )


@rule("CAP105", "no-loss-case", level=Level.ERROR, since="0.1")
def no_loss_case(plan: CapacityPlan, context: Context) -> Iterator[Fault]:
    """A plan carries its peak with one part lost (N+1), for tier 0 with two (N+2).

    ## Why
    Parts fail, and others are taken out for maintenance meanwhile. Capacity that is only there while everything works
    turns the loss of a part into the loss of the service.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    loss_case: {survives: N+1, headroom_percent: 15}
    ```

    ## Source
    Beyer, Jones, Petoff, Murphy (eds.), "Site Reliability Engineering", 2016, appendix B, "A Collection of Best
    Practices for Production Services": provision for a planned and an unplanned outage at once, N + 2.
    """
    needed = LOSSES_OF_TIER_0 if tier_of(plan, context.base) == 0 else LOSSES
    if plan.loss_case is None:
        yield fault(
            plan.value_at("id"),
            f"the plan of {plan.service} does not say what is left after a loss",
            f"add `loss_case: {{survives: N+{needed}}}` once the peak is carried so",
        )
    elif plan.loss_case.losses < needed:
        yield fault(
            plan.value_at("loss_case", "survives"),
            f"the peak of {plan.service} is carried with {plan.loss_case.survives}, not with N+{needed}",
            f"add capacity until the peak is carried with {needed} part{'s' if needed > 1 else ''} lost",
        )


@rule("CAP107", "scaling-without-cost-or-day", level=Level.WARNING, since="0.1")
def scaling_without_cost_or_day(plan: CapacityPlan) -> Iterator[Fault]:
    """Each way to scale says what it costs and by when it is in place.

    ## Why
    Without cost and day nobody can decide for it, so nobody does, until there is no choice.

    ## Example
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    scaling: [{option: Two more nodes in each zone}]
    ```

    ## Use instead
    ```yaml
    type: capacity-plan
    id: checkout-capacity
    service: checkout
    measured_on: 2026-02-20
    resources: [{name: CPU, current: 40, limit: 100}]
    scaling: [{option: Two more nodes in each zone, cost: 1200 EUR a month, by: 2026-10-01}]
    ```

    ## Source
    Requirements: scaling recommendations say what and how to scale, the estimated cost and the timeline.
    """
    for index, option in enumerate(plan.scaling):
        missing = [key for key, value in (("cost", option.cost), ("by", option.by)) if value is None]
        if missing:
            yield fault(
                plan.value_at("scaling", index, "option"),
                f"the scaling option `{option.option}` is without {' and '.join(f'`{key}`' for key in missing)}",
                "say what it costs and the day by which it is in place",
            )
