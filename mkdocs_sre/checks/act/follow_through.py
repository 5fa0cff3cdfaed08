"""Whether actions are done in time, and whether those of one review do more than one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import PlacedAction, actions_by_origin, actions_in

if TYPE_CHECKING:
    from datetime import date, timedelta

    from mkdocs_sre.documents.kinds.action_items import Action

ENOUGH = 2  # with fewer actions no review can do both
_ONE_SIDED = {
    "prevent": ("only prevents", "add one that detects the next incident sooner or ends it faster"),
    "detect": ("only detects", "add one that keeps it from happening again"),
}


@rule("ACT105", "overdue-action", level=Level.WARNING, since="0.1")
def overdue_action(ledger: ActionItems, context: Context) -> Iterator[Fault]:
    """An action is done by its due date.

    Not told where the action is past twice its time, which is an error of its own.

    ## Why
    The system is as fragile as on the day of the incident until the action is done.

    ## Example
    ```tree
    options
        | as_of: 2026-03-09
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", due: 2026-03-06, state: open}
        | ---
    ```

    ## Use instead
    ```tree
    options
        | as_of: 2026-03-09
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - {id: AI-031, title: Alert on every certificate, owner: "@team-platform", due: 2026-03-09, state: open}
        | ---
    ```

    ## Source
    Requirements: post-incident review, "follow-up is tracked".
    """
    for placed in actions_in(ledger):
        late = days_late(placed.action, context.as_of)
        if late > 0 and not _left_lying(placed.action, context):
            yield fault(
                placed.value_at("due"),
                f"{placed.action.id} was due {_ago(late)}",
                "do it, or agree on another date or on dropping it",
            )


@rule("ACT106", "action-left-lying", level=Level.ERROR, since="0.1")
def action_left_lying(ledger: ActionItems, context: Context) -> Iterator[Fault]:
    """An action that has taken more than twice the time it was given is decided on again.

    The time runs from `opened` to `due`; without `opened`, from the incident that the action comes from.

    ## Why
    By then it is not late but abandoned. To say so is honest; to leave it open is not.

    ## Example
    ```tree
    options
        | as_of: 2026-03-09
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - id: AI-012
        |     title: Alert on every certificate
        |     owner: "@team-platform"
        |     opened: 2026-01-05
        |     due: 2026-01-19
        |     state: open
        | ---
    ```

    ## Use instead
    ```tree
    options
        | as_of: 2026-03-09
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - id: AI-012
        |     title: Alert on every certificate
        |     owner: "@team-platform"
        |     opened: 2026-01-05
        |     due: 2026-03-20
        |     state: open
        |     decision: Waits for the new relays; agreed with @head-of-payments on 2026-01-20.
        | ---
    ```

    ## Source
    Requirements: post-incident review, "follow-up is tracked and reviewed in subsequent operational reviews".
    """
    for placed in actions_in(ledger):
        if _left_lying(placed.action, context):
            late = days_late(placed.action, context.as_of)
            yield fault(
                placed.value_at("due"),
                f"{placed.action.id} was due {_ago(late)}, past twice its time, and nothing is decided",
                "do it, or drop it or set a new date with a `decision:`",
            )


def days_late(action: Action, as_of: date) -> int:
    """Return how many days an action is past its due date; 0 when it is not, has none, or is closed."""
    return max(0, (as_of - action.due).days) if action.is_open and action.due is not None else 0


def _left_lying(action: Action, context: Context) -> bool:
    allowed = _allowed(action, context)
    if allowed is None or (action.decision or "").strip():
        return False
    return days_late(action, context.as_of) > allowed.days > 0


def _allowed(action: Action, context: Context) -> timedelta | None:
    """Return the time from opening to due date; None when one of them is unknown."""
    review = context.base.document(action.origin_id, Pir)
    opened = action.opened or (review.incident_date if review else None)
    return action.due - opened if action.due is not None and opened is not None else None


def _ago(days: int) -> str:
    return "yesterday" if days == 1 else f"{days} days ago"


@rule("ACT108", "one-sided-actions", level=Level.WARNING, since="0.1")
def one_sided_actions(base: KnowledgeBase) -> Iterator[Fault]:
    """The actions of a review do not only prevent, and do not only detect.

    Looked at are reviews with two or more actions that are not dropped and all have a `kind`.

    ## Why
    Prevention fails some day, and what was only detected sooner happens again. A review whose actions all do the same
    has overlooked half of what went wrong.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - {id: AI-031, title: Renew certificates by job, owner: "@team-a", due: 2026-03-20, state: open, kind: prevent, from: PIR-2026-007}
        |   - {id: AI-032, title: Give each relay its own certificate, owner: "@team-a", due: 2026-03-20, state: open, kind: prevent, from: PIR-2026-007}
        | ---
    ```

    ## Use instead
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | ---
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - {id: AI-031, title: Renew certificates by job, owner: "@team-a", due: 2026-03-20, state: open, kind: prevent, from: PIR-2026-007}
        |   - {id: AI-032, title: Alert 14 days before a certificate expires, owner: "@team-a", due: 2026-03-20, state: open, kind: detect, from: PIR-2026-007}
        | ---
    ```

    ## Source
    Requirements: post-incident review, "contributing factors: what made the system vulnerable, what delayed detection,
    what complicated mitigation".
    """
    for origin, actions in actions_by_origin(base).items():
        pir = base.document(origin, Pir)
        kept = [placed for placed in actions if placed.action.state != "dropped"]
        told = _side(kept)
        if pir is not None and told is not None:
            does, cure = _ONE_SIDED[told]
            others = [placed.value_at("kind") for placed in kept[1:]]
            yield fault(kept[0].value_at("kind"), f"each of the {len(kept)} actions of {pir.id} {does}", cure, *others)


def _side(actions: list[PlacedAction]) -> str | None:
    """Return the one kind that all actions are of, when it is one that is not enough alone."""
    kinds = {placed.action.kind for placed in actions}
    only = next(iter(kinds)) if len(kinds) == 1 and len(actions) >= ENOUGH else None
    return only if only in _ONE_SIDED else None
