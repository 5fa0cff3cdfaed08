"""Actions as a table: what is late first, then what is open, then what is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.standing import action_chip, late_days
from mkdocs_sre.pages.tables import STATE, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.pages.site import Site

_COLUMNS = (
    Column("Action"),
    Column("Kind", bare=True),
    Column("Owner", "sre-num", bare=True),
    Column("Due", "sre-num"),
    STATE,
)
_STATES = ("in-progress", "open", "done", "dropped")


def actions_table(site: Site, page: str, actions: Iterable[Action], caption: str) -> str:
    """Return the actions of one review or experiment, each with a link into its ledger."""
    rows = [_row(site, action, site.link_id(page, action.id)) for action in in_order(site, actions)]
    return table(caption, _COLUMNS, rows)


def ledger_table(site: Site, page: str, ledger: ActionItems) -> str:
    """Return all actions of a ledger; each row can be linked to by the action's id in lower case."""
    rows = []
    for action in in_order(site, ledger.actions):
        origin = f"from {site.link_id(page, action.origin_id)}" if action.origin_id else ""
        rows.append(_row(site, action, _anchored(action), origin))
    return table("Late ones first, then by due day", _COLUMNS, rows)


def open_table(site: Site, page: str, actions: Iterable[Action], most: int) -> str:
    """Return the first `most` of some open actions of any ledgers, the one that is late for longest first."""
    rows = []
    for action in in_order(site, actions)[:most]:
        origin = f"from {site.link_id(page, action.origin_id)}" if action.origin_id else ""
        rows.append(_row(site, action, site.link_id(page, action.id), origin))
    return table(f"Late ones first, then by due day, as of {site.as_of.isoformat()}", _COLUMNS, rows, "open")


def late_actions(site: Site) -> list[Action]:
    """Return the late actions of all ledgers, the one that is late for longest first."""
    actions = [action for ledger in site.base.of_kind(ActionItems) for action in ledger.actions]
    return [action for action in in_order(site, actions) if late_days(action, site)]


def in_order(site: Site, actions: Iterable[Action]) -> list[Action]:
    """Return actions sorted: late, open by due day, done, dropped."""

    def order(action: Action) -> tuple[int, int, date, str]:
        state = _STATES.index(action.state) if not action.is_open else 0
        return (-late_days(action, site), state, action.due or date.max, action.id)

    return sorted(actions, key=order)


def _anchored(action: Action) -> str:
    """Return a link of an action to itself, which carries the anchor: MkDocs sees the ids of links, not of rows."""
    anchor = action.id.lower()
    return f"[{escape(action.id)}](#{anchor}){{: #{anchor} }}"


def _row(site: Site, action: Action, link: str, origin: str = "") -> list[str]:
    notes = (origin, prose(action.tracker or ""), prose(action.decision or ""))
    small = " · ".join(note for note in notes if note)
    title = f"{link} {prose(action.title)}" + (f" <small>{small}</small>" if small else "")
    due = action.due.isoformat() if action.due else ""
    return [title, action.kind or "", escape(action.owner or "nobody"), due, action_chip(action, site).markdown()]
