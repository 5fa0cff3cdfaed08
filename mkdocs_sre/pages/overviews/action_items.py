"""Action ledgers: what is open in all of them, late ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.pages.actions import open_table
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.overviews import MOST, Overview, intact, overview, rest
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import late_days
from mkdocs_sre.pages.tables import section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.pages.site import Site


@overview("action-items")
def ledger_overview(documents: Sequence[Document], site: Site, page: str) -> Overview:
    """Return the open actions of all ledgers above their list."""
    actions = [action for one in intact(documents) if isinstance(one, ActionItems) for action in one.actions]
    still = [action for action in actions if action.is_open]
    late = sum(late_days(action, site) > 0 for action in still)
    facts = [
        Fact("Open", str(len(still)), f"of {len(actions)}"),
        Fact("Late", str(late), f"as of {site.as_of.isoformat()}"),
        Fact("Without an owner", str(sum(action.owner is None for action in still))),
        Fact("Without a due day", str(sum(action.due is None for action in still))),
    ]
    listed = open_table(site, page, still, MOST) + rest(len(still), "open actions") if still else ""
    return Overview(
        render("numbers.md.jinja", facts=facts)
        + section("Open actions", "open", listed)
        + "\n## Ledgers {: #sre-ledgers }\n"
    )
