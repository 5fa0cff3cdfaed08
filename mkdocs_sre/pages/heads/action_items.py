"""The head of an action ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.heads import Fact, Head, head
from mkdocs_sre.pages.standing import follow_up_chips, late_days

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.action_items import ActionItems
    from mkdocs_sre.pages.site import Site


@head("action-items", columns=("Open", "Late", "Done", "Dropped"))
def action_items_head(ledger: ActionItems, site: Site, page: str) -> Head:  # noqa: ARG001 every head takes the page
    """Return how many actions are open, late, done and dropped."""
    actions = ledger.actions
    count = {state: sum(action.state == state for action in actions) for state in ("done", "dropped")}
    facts = (
        Fact("Open", str(sum(action.is_open for action in actions))),
        Fact("Late", str(sum(late_days(action, site) > 0 for action in actions)), f"as of {site.as_of.isoformat()}"),
        Fact("Done", str(count["done"])),
        Fact("Dropped", str(count["dropped"])),
    )
    return Head(follow_up_chips(actions, site), facts)
