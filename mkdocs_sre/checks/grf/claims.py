"""Claims of redundancy, of softness and of recovery, and the experiments and reviews that are to prove them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.chaos_experiment import ChaosExperiment
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.graph.words import listed
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from mkdocs_sre.documents.marks import KeyPath
    from mkdocs_sre.documents.parts import Proof
    from mkdocs_sre.knowledge import KnowledgeBase

CURE = "name an experiment that passed or a final review, or take the proof out until there is one"


@rule("GRF112", "claim-proven-by-nothing", level=Level.WARNING, since="0.1")
def claim_proven_by_nothing(service: Service, context: Context) -> Iterator[Fault]:
    """What `validated` and `proven` name has shown what is claimed.

    That is a chaos experiment that passed, ran on that day or before, and tested one of those whom the claim is about
    (its `service` or `validates`; a recovery is about the service and what it needs); or a review of an incident that is final.

    ## Why
    A claim with a proof is believed. When the experiment failed, is only planned or tested something else, the claim
    is as open as without it, and looks settled.

    ## Example
    ```tree
    docs/sre/services/checkout.md
        | ---
        | type: service
        | id: checkout
        | owner: "@team-checkout"
        | tier: 1
        | dependencies:
        |   - {service: cart, criticality: soft, validated: {on: 2026-02-10, by: CHAOS-019}}
        | ---
    docs/sre/services/cart.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-checkout"
        | tier: 2
        | ---
    docs/sre/chaos/CHAOS-019.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-019
        | service: checkout
        | hypothesis: While cart refuses every call, 99 % of orders are confirmed.
        | injection: Refuse every call of cart
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | status: failed
        | run_on: 2026-02-10
        | validates: [cart]
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
        |   - {service: cart, criticality: soft, validated: {on: 2026-02-10, by: CHAOS-019}}
        | ---
    docs/sre/services/cart.md
        | ---
        | type: service
        | id: cart
        | owner: "@team-checkout"
        | tier: 2
        | ---
    docs/sre/chaos/CHAOS-019.md
        | ---
        | type: chaos-experiment
        | id: CHAOS-019
        | service: checkout
        | hypothesis: While cart refuses every call, 99 % of orders are confirmed.
        | injection: Refuse every call of cart
        | blast_radius: {scope: checkout in staging, limit: 10 minutes}
        | abort_when: [{metric: error ratio of checkout, threshold: "> 1 %", for: 2m}]
        | status: passed
        | run_on: 2026-02-10
        | validates: [cart]
        | ---
    ```

    ## Source
    Requirements: resilience claims are tested, not assumed; what is validated is told apart from what is claimed.
    """
    base = context.base
    for path, proof, about in _claims(service):
        document = entry.document if proof.by and (entry := base.find(proof.by)) else None
        if document is None or not document.origin.intact:
            continue  # nothing is named, or another rule says what is wrong with it
        if isinstance(document, ChaosExperiment):
            lacking = _experiment_lacks(document, proof, about, base)
        elif isinstance(document, Pir):
            lacking = "" if status_of(document.status, base.settings) == FINAL else "is not final"
        else:
            lacking = "is no experiment and no review"
        if lacking:
            yield fault(
                service.value_at(*path, "by"),
                f"{document.id} does not prove {_claim(service, path, about)}: it {lacking}",
                CURE,
                document.value_at("status" if isinstance(document, ChaosExperiment | Pir) else "id"),
            )


def _claims(service: Service) -> Iterator[tuple[KeyPath, Proof, tuple[str, ...]]]:
    """Yield each proof with its path, and the ids of those whom it may be about."""
    for position, one in enumerate(service.dependencies):
        if one.validated is not None:
            about = (*one.members, *((one.fallback,) if one.fallback else ()), service.id)
            yield ("dependencies", position, "validated"), one.validated, about
    for position, recovery in enumerate(service.recovery):
        if recovery.proven is not None:
            needed = (name for one in service.dependencies for name in one.members)
            yield ("recovery", position, "proven"), recovery.proven, (service.id, *needed)


def _claim(service: Service, path: KeyPath, about: tuple[str, ...]) -> str:
    return f"what {service.id} says of {about[0]}" if path[0] == "dependencies" else f"how {service.id} recovers"


def _experiment_lacks(experiment: ChaosExperiment, proof: Proof, about: tuple[str, ...], base: KnowledgeBase) -> str:
    if experiment.status != "passed":
        return {"failed": "failed", "aborted": "was aborted"}.get(experiment.status, "is only planned")
    if experiment.run_on is not None and proof.on < experiment.run_on:
        return f"ran on {experiment.run_on}, after {proof.on}"
    tested = {id_key(base, name): name for name in (experiment.service, *experiment.validates)}
    if tested.keys().isdisjoint(id_key(base, name) for name in about):
        return f"tested {listed(tested.values())}"
    return ""
