"""What was tested, what came out, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import actions_by_origin, id_key


@rule("CHX106", "experiment-of-unknown-version", level=Level.WARNING, since="0.1")
def experiment_of_unknown_version(experiment: ChaosExperiment) -> Iterator[Fault]:
    """An experiment says which version and which configuration it tests.

    ## Why
    A result holds for one state of the system. Without its name nobody can say whether it still holds.

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
    tested: {version: 4.12.0, configuration: release 2026-08 of staging}
    ```

    ## Source
    Requirements: experiment plans reference the specific system version and configuration tested.
    """
    tested = experiment.tested
    missing = [key for key in ("version", "configuration") if getattr(tested, key, None) is None]
    if missing:
        yield fault(
            experiment.at("tested") if tested else experiment.value_at("id"),
            f"{experiment.id} does not say which {' and which '.join(missing)} it tests",
            "add `tested: {version: …, configuration: …}`",
        )


@rule("CHX107", "experiment-without-result", level=Level.WARNING, since="0.1")
def experiment_without_result(experiment: ChaosExperiment) -> Iterator[Fault]:
    """An experiment that has run says what was seen.

    ## Why
    "Passed" alone cannot be checked or learned from. What was measured can.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    status: passed
    run_on: 2026-02-11
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
    status: passed
    run_on: 2026-02-11
    result: The replica took over in 21 seconds; 0 of 18,240 writes failed.
    ```

    ## Source
    Requirements: results say whether the system behaved as hypothesised, and what was learned.
    """
    if experiment.executed and experiment.result is None:
        yield fault(
            experiment.value_at("status") if experiment.status != "planned" else experiment.value_at("run_on"),
            f"{experiment.id} has run, but does not say what was seen",
            "add `result:` in one sentence with numbers",
        )


@rule("CHX108", "failed-without-actions", level=Level.WARNING, since="0.1")
def failed_without_actions(base: KnowledgeBase) -> Iterator[Fault]:
    """A failed experiment has an action in the ledger.

    ## Why
    The experiment found what an incident would have found. Without an action the incident only waits.

    ## Example
    ```yaml
    type: chaos-experiment
    id: CHAOS-004
    service: checkout
    hypothesis: No write fails when the orders database fails over.
    injection: Stop the primary of the orders database
    blast_radius: {scope: checkout in staging, limit: 10 minutes}
    abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
    status: failed
    run_on: 2026-02-11
    result: 312 of 18,240 writes failed while the replica took over.
    ```

    ## Use instead
    ```tree
    docs/sre/chaos/CHAOS-004.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-004
        | service: checkout
        | hypothesis: No write fails when the orders database fails over.
        | injection: Stop the primary of the orders database
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | status: failed
        | run_on: 2026-02-11
        | result: 312 of 18,240 writes failed while the replica took over.
        | ---
    docs/reliability/actions/ledger.md
        | ---
        | type: action-items
        | id: ledger
        | actions:
        |   - id: AI-031
        |     title: Retry writes to the orders database for 30 seconds
        |     owner: "@team-checkout"
        |     due: 2026-04-01
        |     state: open
        |     from: CHAOS-004
        | ---
    ```

    ## Source
    Requirements: results say which action items emerged.
    """
    actions = actions_by_origin(base)
    for experiment in _failed(base):
        if experiment.id.lower() not in actions:
            yield fault(
                experiment.value_at("status"),
                f"{experiment.id} failed, but no action follows from it",
                f"add an action with `from: {experiment.id}` to the ledger",
            )


@rule("CHX109", "not-tested-again", level=Level.INFO, since="0.1")
def not_tested_again(base: KnowledgeBase) -> Iterator[Fault]:
    """A failed experiment is run again once its actions are done.

    ## Why
    A fix is a hypothesis too. The experiment that failed is the cheapest test of it.

    ## Example
    ```tree
    docs/sre/chaos/CHAOS-004.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-004
        | service: checkout
        | hypothesis: No write fails when the orders database fails over.
        | injection: Stop the primary of the orders database
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | status: failed
        | run_on: 2026-01-14
        | result: 312 of 18,240 writes failed while the replica took over.
        | ---
    docs/reliability/actions/ledger.md
        | ---
        | type: action-items
        | id: ledger
        | actions:
        |   - id: AI-031
        |     title: Retry writes to the orders database for 30 seconds
        |     owner: "@team-checkout"
        |     due: 2026-02-01
        |     state: done
        |     from: CHAOS-004
        | ---
    ```

    ## Use instead
    ```tree
    docs/sre/chaos/CHAOS-004.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-004
        | service: checkout
        | hypothesis: No write fails when the orders database fails over.
        | injection: Stop the primary of the orders database
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | status: failed
        | run_on: 2026-01-14
        | result: 312 of 18,240 writes failed while the replica took over.
        | ---
    docs/sre/chaos/CHAOS-005.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-005
        | service: checkout
        | hypothesis: No write fails when the orders database fails over.
        | injection: Stop the primary of the orders database
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | retest_of: CHAOS-004
        | ---
    docs/reliability/actions/ledger.md
        | ---
        | type: action-items
        | id: ledger
        | actions:
        |   - id: AI-031
        |     title: Retry writes to the orders database for 30 seconds
        |     owner: "@team-checkout"
        |     due: 2026-02-01
        |     state: done
        |     from: CHAOS-004
        | ---
    ```

    ## Source
    Requirements: resilience claims are tested, not assumed.
    """
    actions = actions_by_origin(base)
    again = {
        id_key(base, other.retest_of)
        for other in base.of_kind(ChaosExperiment)
        if other.retest_of is not None and other.retest_of.lower() != other.id.lower()
    }
    for experiment in _failed(base):
        states = {placed.action.state for placed in actions.get(experiment.id.lower(), ())}
        if "done" in states and states <= {"done", "dropped"} and experiment.id.lower() not in again:
            yield fault(
                experiment.value_at("status"),
                f"the actions of {experiment.id} are done, but it was not run again",
                f"plan an experiment with `retest_of: {experiment.id}`",
            )


def _failed(base: KnowledgeBase) -> Iterator[ChaosExperiment]:
    return (experiment for experiment in base.of_kind(ChaosExperiment) if experiment.status == "failed")
