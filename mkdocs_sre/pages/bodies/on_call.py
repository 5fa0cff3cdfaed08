"""The levels of an escalation, who takes turns, and how often they were called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.escalation import escalation_named, owner_of, policy_of
from mkdocs_sre.analyses.page_load import RECENT_WEEKS, page_load
from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.escalation import levels_table
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.noise import rotation_line
from mkdocs_sre.pages.standing import web_link
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import brief_percent, counted

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.on_call import OnCall, PagedWeek, Rotation
    from mkdocs_sre.pages.site import Site

_MEMBERS = (Column("Turn", "fit sre-num"), Column("Who", "wide", bare=True))
_WEEKS = (Column("Week from", "fit sre-num"), Column("Pages", "sre-num"), Column("Led to action", "sre-num"))


@body("on-call")
def on_call_body(policy: OnCall, site: Site, page: str) -> Body:
    """Return the levels above the author's text; rotation and pages below it."""
    levels = levels_table(site, page, escalation_named(site.base, policy.id))
    links = " &#183; ".join(web_link(one.title, one.url) for one in policy.links)
    above = section("Escalation", "escalation", levels or "Nobody is called.", f"<p>{links}</p>" if links else "")
    below = (
        section("Who takes turns", "rotation", *_rotation(policy.rotation, site, page)) if policy.rotation else "",
        section("Pages a week", "pages", *_pages(policy, rotation_line(policy, site))),
    )
    return Body(above, joined(below))


def _rotation(rotation: Rotation, site: Site, page: str) -> tuple[str, str]:
    at_once = ", ".join(map(escape, rotation.positions))
    said = f"On call at once: {at_once}.\n" if at_once else ""
    rows = [[str(index), _member(site, page, who)] for index, who in enumerate(rotation.members, 1)]
    return said, table(counted(len(rows), "member") + " in turn", _MEMBERS, rows, "members") if rows else ""


def _member(site: Site, page: str, who: str) -> str:
    policy = policy_of(site.base, None, who) if owner_of(site.base, who) else None
    return escape(who) if policy is None or policy.path == page else site.link_document(page, policy, who)


def _pages(policy: OnCall, line: str) -> tuple[str, ...]:
    """Return what the file of pages says, or else the rotation's own weeks in a sentence; below it these weeks."""
    if not policy.weeks:
        return (line,)
    load = page_load(policy)
    share = load.acted_on_percent
    said = f"{brief_percent(share)} of them led to something that had to be done.\n" if share is not None else ""
    weeks = sorted(policy.weeks, key=lambda one: one.begins, reverse=True)[:RECENT_WEEKS]
    return line or said, table("Pages of the newest weeks", _WEEKS, [_week(one) for one in weeks], "weeks")


def _week(one: PagedWeek) -> list[str]:
    return [one.begins.isoformat(), str(one.pages), "" if one.acted_on is None else str(one.acted_on)]
