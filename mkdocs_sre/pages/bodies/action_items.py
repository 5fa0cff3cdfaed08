"""The actions of a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.actions import ledger_table
from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.tables import section

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.action_items import ActionItems
    from mkdocs_sre.pages.site import Site


@body("action-items")
def action_items_body(ledger: ActionItems, site: Site, page: str) -> Body:
    """Return the table of actions, above the author's text."""
    return Body(above=section("Actions", "actions", ledger_table(site, page, ledger)) if ledger.actions else "")
