"""Where to look, the values that commands need, and how exercises of a runbook went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.standing import web_link
from mkdocs_sre.pages.tables import STATE, Column, section, table

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Drill, Placeholder, Runbook
    from mkdocs_sre.pages.site import Site

_VALUES = (Column("Value", "fit0 sre-num"), Column("What it is", "wide", bare=True), Column("Such as"))
_DRILLS = (Column("Day", "sre-num fit"), Column("By", bare=True), Column("What was learned", "wide", bare=True), STATE)


@body("runbook")
def runbook_body(runbook: Runbook, site: Site, page: str) -> Body:
    """Return dashboards and values above the author's text, since steps need them; exercises below it."""
    boards = " · ".join(web_link(board.title, board.url) for board in runbook.dashboards)
    above = [
        f'<p class="sre-look">Look at {boards}</p>\n' if boards else "",
        table("Values that the commands below need", _VALUES, [_value(one) for one in runbook.placeholders])
        if runbook.placeholders
        else "",
    ]
    drills = [_drill(one, site, page) for one in sorted(runbook.drills, key=lambda one: one.on, reverse=True)]
    exercised = table("Drills, and incidents in which it was used", _DRILLS, drills) if drills else ""
    return Body("\n".join(part for part in above if part), section("When it was last used", "drills", exercised))


def _value(one: Placeholder) -> list[str]:
    example = one.example or one.default
    name = "${" + one.name + "}"
    return [
        f"<code>{escape(name)}</code>",
        prose(one.description or ""),
        f"<code>{escape(example)}</code>" if example else "",
    ]


def _drill(one: Drill, site: Site, page: str) -> list[str]:
    told = f" {site.link_id(page, one.evidence)}" if one.evidence else ""
    chip = Chip(one.result, "ok" if one.result == "passed" else "bad")
    return [one.on.isoformat(), escape(one.by or ""), (prose(one.notes or "") + told).strip(), chip.markdown()]
