"""The actions of all ledgers, each with its place, and which review or experiment they come from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import Action, ActionItems

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """An action and where it stands."""

    ledger: ActionItems
    index: int
    action: Action

    def value_at(self, key: str) -> Location:
        """Return the place of a key's value, or of the action where the key is not written."""
        return self.ledger.value_at("actions", self.index, key)


def actions_in(ledger: ActionItems) -> list[PlacedAction]:
    """Return the actions of an intact ledger."""
    return [PlacedAction(ledger, index, action) for index, action in enumerate(ledger.actions)]


def actions_by_origin(base: KnowledgeBase) -> dict[str, list[PlacedAction]]:
    """Return the actions of every ledger by the id (lower case) of the document that they come from."""
    found: dict[str, list[PlacedAction]] = defaultdict(list)
    for ledger in base.of_kind(ActionItems):
        for placed in actions_in(ledger):
            if placed.action.origin_id is not None:
                found[id_key(base, placed.action.origin_id)].append(placed)
    return dict(found)


def id_key(base: KnowledgeBase, target: str) -> str:
    """Return what two names of one document share: its id in lower case, also for an alias."""
    entry = base.find(target)
    return (entry.id if entry else target).lower()
