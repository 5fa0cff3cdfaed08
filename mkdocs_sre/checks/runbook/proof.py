"""Steps that change something: what is seen when they worked, and how they are undone. Both rules are off by default."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.body import section_keys
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.steps import Step, steps_of

_MENDING = section_keys(("Mitigation", "Resolution Steps"))


def _changing(runbook: Runbook) -> Iterator[Step]:
    """Yield the steps that change something: by their risk, or without one by standing where things are mended."""
    for step in steps_of(runbook.body):
        if step.changes or (step.risk is None and step.section in _MENDING):
            yield step


@rule("RUN401", "step-without-undo", level=Level.OFF, since="0.1")
def step_without_undo(runbook: Runbook) -> Iterator[Fault]:
    """A step that changes something says how it is undone, or that it cannot be.

    Looked at are steps that are marked `reversible` or `destructive`, and those of Mitigation and Resolution Steps
    without a mark. `Undo: …`, `Undo: not needed` and `There is no undo` are answers. Most runbooks that exist would
    fail, so this is off until switched on under `levels`.

    ## Why
    The step that did not help must be taken back before the next one, or there are two causes to look for.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Add pods (reversible)

    ```sh
    kubectl scale deployment/cart --replicas=8
    ```
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Add pods (reversible)

    ```sh
    kubectl scale deployment/cart --replicas=8
    ```

    Undo: `kubectl scale deployment/cart --replicas=4`.
    ````

    ## Source
    Requirements: changing steps without undo; off by default.
    """
    for step in _changing(runbook):
        if not step.undo:
            yield fault(
                Location(runbook.path, step.line),
                f"the step {quoted(step.title)} does not say how it is undone",
                "add `Undo:` with the command, or `There is no undo`",
            )


@rule("RUN402", "step-without-verification", level=Level.OFF, since="0.1")
def step_without_verification(runbook: Runbook) -> Iterator[Fault]:
    """A step that changes something says what is seen when it worked.

    Looked at are steps that are marked `reversible` or `destructive`, and those of Mitigation and Resolution Steps
    without a mark. A paragraph or sentence that begins with `Expect` is the answer. Most runbooks that exist would
    fail, so this is off until switched on under `levels`.

    ## Why
    Without it people wait too long for what will not come, or go on before it has come.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Restart the pods (reversible)

    ```sh
    kubectl rollout restart deployment/cart
    ```

    Undo: not needed.
    ````

    ## Use instead
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Restart the pods (reversible)

    ```sh
    kubectl rollout restart deployment/cart
    ```

    Expect `error` back to 0 within 2 minutes.

    Undo: not needed.
    ````

    ## Source
    Requirements: changing steps without verification; off by default.
    """
    for step in _changing(runbook):
        if not step.expect:
            yield fault(
                Location(runbook.path, step.line),
                f"the step {quoted(step.title)} does not say what is seen when it worked",
                "add `Expect:` with a value and a time",
            )
