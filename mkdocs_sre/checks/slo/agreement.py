"""Who stands behind an objective, and what follows when it is missed."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.slo import PolicyStep, ServiceLevelObjective

WHOLE = 100  # percent of a budget


@rule("SLO204", "slo-without-policy", level=Level.WARNING, since="0.1")
def slo_without_policy(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """An objective that is kept says what happens as its budget is spent.

    A draft need not yet.

    ## Why
    Without a policy a spent budget changes nothing: features go out as before, and the objective is a number on a page. The
    step is agreed while nobody is in a hurry.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    error_budget_policy:
      - {at_percent: 100, action: Only fixes are released., decides: head of engineering}
    ```

    ## Source
    "The Site Reliability Workbook", appendix B, "Example Error Budget Policy".
    """
    if slo.in_force and not slo.error_budget_policy:
        yield fault(
            slo.at("id"),
            f"nothing happens when the budget of {slo.id} is spent",
            "add `error_budget_policy:` with steps, each with `at_percent`, `action` and `decides`",
        )


@rule("SLO217", "policy-without-last-step", level=Level.INFO, since="0.1")
def policy_without_last_step(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """A policy has a step at 100 % of the budget, or one before that stops changes.

    ## Why
    Earlier steps say what comes first. When all of the budget is gone the promise is broken, and that is the step on which
    people disagree when nothing was agreed.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    error_budget_policy:
      - {at_percent: 50, action: Reliability work goes first., decides: lead of payments}
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    error_budget_policy:
      - {at_percent: 50, action: Reliability work goes first., decides: lead of payments}
      - {at_percent: 100, action: Only fixes are released., decides: head of engineering}
    ```

    ## Source
    "The Site Reliability Workbook", appendix B: if the budget of the window is exceeded, changes halt.
    """
    steps = slo.error_budget_policy
    if slo.in_force and steps and not any(_is_last(step) for step in steps):
        last = max(step.at_percent for step in steps)
        yield fault(
            slo.at("error_budget_policy"),
            f"the policy of {slo.id} has no step at 100 % of the budget; its last is at {last:f} %",
            "say what happens when all of it is spent",
        )


@rule("SLO205", "slo-without-agreement", level=Level.WARNING, since="0.1")
def slo_without_agreement(slo: ServiceLevelObjective) -> Iterator[Fault]:
    """Somebody agreed to an objective that is kept: its owner, the platform, stakeholders.

    A draft need not be agreed to.

    ## Why
    An objective costs work, and the policy stops releases. Those who bear that must have said yes before it happens, or they
    say no when it does.

    ## Example
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    ```

    ## Use instead
    ```yaml
    type: slo
    id: payments-authorise
    service: payments
    behaviour: A card payment is answered.
    sli: {good: "pay_total{result='ok'}", total: pay_total}
    objective: 99.9
    window: 30d
    agreed_by:
      - {who: "@team-payments", role: owner, on: 2026-01-14}
      - {who: "@team-platform", role: platform, on: 2026-01-14}
      - {who: "@product", role: stakeholder, on: 2026-01-14}
    ```

    ## Source
    Requirements: agreed by owner, platform and stakeholders.
    """
    if slo.in_force and not slo.agreed_by:
        yield fault(
            slo.at("id"),
            f"nobody agreed to {slo.id}, which is {slo.status}",
            "add `agreed_by:` with `who`, `role` and `on` for its owner, the platform and stakeholders, or make it a draft",
        )


def _is_last(step: PolicyStep) -> bool:
    return step.at_percent == WHOLE or (step.freezes_changes and step.at_percent < WHOLE)
