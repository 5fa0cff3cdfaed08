"""What must be known before an experiment starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.chx.words import has_amount
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.chaos_experiment import AbortCriterion


@rule("CHX101", "hypothesis-not-falsifiable", level=Level.ERROR, since="0.1")
def hypothesis_not_falsifiable(experiment: ChaosExperiment) -> Iterator[Fault]:
    """A hypothesis has a number, or a word such as "no", "every" or "never", so that it can turn out wrong.

    ## Why
    "The service copes well" is true after every experiment. What cannot turn out wrong teaches nothing.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: When the orders database fails over, checkout copes well.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Use instead
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: When the orders database fails over, checkout answers within 500 ms more and no write fails.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Source
    "Principles of Chaos Engineering", principlesofchaos.org: build a hypothesis around steady-state behaviour, a
    measurable output of the system.
    """
    if not has_amount(experiment.hypothesis):
        yield fault(
            experiment.value_at("hypothesis"),
            "the hypothesis cannot turn out wrong, as it has no number",
            "say what will be measured, and up to which value it holds",
        )


@rule("CHX102", "vague-abort-criterion", level=Level.ERROR, since="0.1")
def vague_abort_criterion(experiment: ChaosExperiment) -> Iterator[Fault]:
    """A criterion for aborting says which metric, past which value, for how long.

    ## Why
    While users are hurt nobody should have to discuss whether it is bad enough to stop.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [too many errors]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Use instead
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Source
    Requirements: abort criteria say what triggers the immediate end of the experiment and its rollback.
    """
    for index, criterion in enumerate(experiment.abort_when):
        missing = _missing(criterion)
        if missing:
            yield fault(
                experiment.value_at("abort_when", index),
                f"abort criterion {index + 1} has no {' and no '.join(missing)}",
                "write it as `{metric: …, threshold: …, for: …}`",
            )


def _missing(criterion: AbortCriterion) -> list[str]:
    """Return what a criterion does not say; a threshold without an amount is none."""
    said = {
        "metric": bool(criterion.metric),
        "threshold": criterion.threshold is not None and has_amount(criterion.threshold),
        "time": criterion.lasting is not None,
    }
    return [name for name, is_said in said.items() if not is_said]


@rule("CHX103", "unbounded-blast-radius", level=Level.ERROR, since="0.1")
def unbounded_blast_radius(experiment: ChaosExperiment) -> Iterator[Fault]:
    """The blast radius of an experiment has a limit.

    ## Why
    The scope says what is meant to be hurt, the limit how much at most. Without one an experiment that goes wrong is
    an outage.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: checkout
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Use instead
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout, limit: 5 % of requests for 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Source
    "Principles of Chaos Engineering", principlesofchaos.org: minimise the blast radius.
    """
    if experiment.blast_radius.limit is None:
        yield fault(
            experiment.value_at("blast_radius"),
            "the blast radius has no limit",
            "add `limit:` under `blast_radius`: a share of the traffic, a number of machines, minutes",
        )


@rule("CHX104", "experiment-without-rollback", level=Level.ERROR, since="0.1")
def experiment_without_rollback(experiment: ChaosExperiment) -> Iterator[Fault]:
    """An experiment says how everything is put back.

    ## Why
    An abort criterion is only worth what follows when it is met. The command has to be there before it is needed.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    ```

    ## Use instead
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    rollback: kubectl rollout restart statefulset/orders-db
    ```

    ## Source
    Requirements: the plan defines the rollback procedure.
    """
    if experiment.rollback is None:
        yield fault(
            experiment.value_at("id"),
            f"{experiment.id} does not say how everything is put back",
            "add `rollback:` with the exact command",
        )


@rule("CHX105", "experiment-unobserved", level=Level.WARNING, since="0.1")
def experiment_unobserved(experiment: ChaosExperiment) -> Iterator[Fault]:
    """An experiment names a dashboard or an alert to watch.

    ## Why
    What nobody watches has no result, and a failure that no alert notices is the most useful thing to find.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    ```

    ## Use instead
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    observability: {alerts: [CheckoutErrors]}
    ```

    ## Source
    Requirements: observability is in place before the experiment starts.
    """
    watched = experiment.observability
    if watched is None or not (watched.dashboards or watched.alerts):
        yield fault(
            experiment.at("observability") if watched else experiment.value_at("id"),
            f"{experiment.id} names no dashboard or alert to watch",
            "add `observability:` with `dashboards` or `alerts`",
        )
