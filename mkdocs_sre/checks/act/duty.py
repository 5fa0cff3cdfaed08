"""Who does an action, until when, and what was decided where it is not done."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.action_items import ActionItems


@rule("ACT101", "action-without-owner", level=Level.ERROR, since="0.1")
def action_without_owner(ledger: ActionItems) -> Iterator[Fault]:
    """Every action has an owner.

    ## Why
    What belongs to everybody is done by nobody.

    ## Example
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate, due: 2026-03-20, state: open}
    ```

    ## Use instead
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Source
    Requirements: post-incident review, "action items are assigned to owners". Of 445 actions in 121 public reviews 2
    name one.
    """
    for index, action in enumerate(ledger.actions):
        if not (action.owner or "").strip():
            yield fault(ledger.at("actions", index, "owner"), f"{action.id} has no owner", "add `owner:`")


@rule("ACT102", "action-without-due-date", level=Level.ERROR, since="0.1")
def action_without_due_date(ledger: ActionItems) -> Iterator[Fault]:
    """Every action has a date on which it is due.

    ## Why
    Without a date an action is never late, so it is never done either.

    ## Example
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", state: open}
    ```

    ## Use instead
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", due: 2026-03-20, state: open}
    ```

    ## Source
    Requirements: post-incident review, "action items have deadlines". Of 445 actions in 121 public reviews 6 have a
    date.
    """
    for index, action in enumerate(ledger.actions):
        if action.due is None:
            yield fault(ledger.at("actions", index, "due"), f"{action.id} has no due date", "add `due:`")


@rule("ACT107", "dropped-without-decision", level=Level.ERROR, since="0.1")
def dropped_without_decision(ledger: ActionItems) -> Iterator[Fault]:
    """An action that is dropped says why and who decided it.

    ## Why
    The next incident with the same cause asks for exactly this: who thought that it would not matter, and why.

    ## Example
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", due: 2026-03-20, state: dropped}
    ```

    ## Use instead
    ```yaml
    type: action-items
    id: action-ledger
    actions:
      - id: AI-031
        title: Alert on every certificate
        owner: "@team-platform"
        due: 2026-03-20
        state: dropped
        decision: The relays go away in May; accepted by @head-of-payments.
    ```

    ## Source
    Requirements: post-incident review, "follow-up is tracked".
    """
    for index, action in enumerate(ledger.actions):
        if action.state == "dropped" and not (action.decision or "").strip():
            yield fault(
                ledger.value_at("actions", index, "state"),
                f"{action.id} is dropped without a decision",
                "add `decision:` with the reason and who decided",
            )
