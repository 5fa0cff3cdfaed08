"""Risk: what destroys is marked so, and comes last."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.body import section_keys
from mkdocs_sre.documents.destruction import destructions_in
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.steps import Step, steps_of

_MENDING = section_keys(("Mitigation", "Resolution Steps"))


@rule("RUN202", "unmarked-destructive-command", level=Level.WARNING, since="0.1")
def unmarked_destructive_command(runbook: Runbook) -> Iterator[Fault]:
    """A command that destroys stands in a step that says `destructive`.

    Looked for are commands that no other command brings back: `rm -r`, `dd of=/dev/…`, `mkfs`, `shutdown`,
    `kubectl delete` and `helm uninstall`, `terraform destroy`, deletions in AWS, Google Cloud and Azure,
    `git push --force`, `kafka-topics --delete`, `FLUSHALL`, `DROP`, `TRUNCATE`, `DELETE` without `WHERE` and the like.
    What is printed, quoted, commented or run with `--dry-run` is none. Neither is `kubectl delete pod`, as a controller
    makes the pod anew, unless it says `--all` or `--force`.

    ## Why
    Half asleep, people copy one block after the other. The mark makes them stop, and the page shows it in red.

    ## Example
    ````markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Empty the cache

    ```sh
    redis-cli -h session-cache FLUSHALL
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

    ### 1. Empty the cache (destructive)

    Before: @duty-lead says yes. Loses: every open basket. There is no undo.

    ```sh
    redis-cli -h session-cache FLUSHALL
    ```
    ````

    ## Source
    Requirements: a destructive command outside a step that is marked so.
    """
    found = [(block, one) for block in runbook.body.code_blocks for one in destructions_in(block)]
    if not found:
        return
    marked = {block.line for step in steps_of(runbook.body) if step.risk == "destructive" for block in step.commands}
    for block, one in found:
        if block.line not in marked:
            yield fault(
                Location(runbook.path, one.line),
                f"{quoted(one.words)} {one.effect}, and its step does not say so",
                "write `(destructive)` behind the step's heading, and below it what is lost and who says yes",
            )


@rule("RUN203", "mitigation-out-of-order", level=Level.WARNING, since="0.1")
def mitigation_out_of_order(runbook: Runbook) -> Iterator[Fault]:
    """Steps that destroy come after those that can be undone.

    Looked at are the steps of Mitigation and of Resolution Steps that say their risk. A read-only step may stand
    anywhere: it checks what was done. The steps of a `procedure` are in the order of the work, and are left alone.

    ## Why
    People try from the top. What cannot be undone is tried when everything else has failed, and then by two.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Throw all baskets away (destructive)

    ### 2. Restart the pods (reversible)
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ---

    ## Mitigation

    ### 1. Restart the pods (reversible)

    ### 2. Throw all baskets away (destructive)
    ```

    ## Source
    Requirements: mitigation from the least to the most risk.
    """
    if runbook.form == "procedure":
        return
    destructive: dict[str, Step] = {}
    for step in steps_of(runbook.body):
        first = destructive.get(step.section)
        if step.risk == "destructive" and step.section in _MENDING:
            destructive.setdefault(step.section, step)
        elif step.risk == "reversible" and first is not None:
            yield fault(
                Location(runbook.path, first.line),
                f"{quoted(first.title)} is destructive and stands before {quoted(step.title)}, which is reversible",
                "put steps in order of risk: read-only, reversible, destructive",
                Location(runbook.path, step.line),
            )
            del destructive[step.section]
