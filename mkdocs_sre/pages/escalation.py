"""Whom to call next, in a line and as a table; every page that names an escalation asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.escalation import Escalation, escalation_named, owner_of, policy_of
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from mkdocs_sre.analyses.escalation import CalledLevel
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.pages.site import Site

TITLE = "Whom to call next"
MOST_IN_A_LINE = 3  # levels; a phone's first screen has no room for more, and the table holds them all
_COLUMNS = (
    Column("Who"),
    Column("When", "sre-num"),
    Column("How", "wide", bare=True),
)


def escalation_of(site: Site, reference: str | None) -> Escalation:
    """Return the levels that `escalation:` or `on_call:` stands for: a policy's id, an owner's handle, or other text."""
    return escalation_named(site.base, reference)


def reference_of(site: Site, runbook: Runbook) -> str | None:
    """Return what a runbook names under `escalation`, else the policy that answers for its service or its owner."""
    if runbook.escalation:
        return runbook.escalation
    policy = policy_of(site.base, runbook.service, runbook.owner)
    return policy.id if policy else None


def escalation_line(site: Site, page: str, reference: str | None) -> str:
    """Return an escalation as one short line of Markdown; the section holds the rest. Empty without a reference.

    Of a policy the levels after the first page, each with when: whoever reads it has been called already, so those that
    are called at once are left out where others come later. Of an owner the one to call, and how.
    """
    found = escalation_of(site, reference)
    if found.policy is None:
        return _with(called(site, page, found.levels[0]), escape(found.levels[0].reach)) if found.levels else ""
    later = [one for one in found.levels if one.after and (one.after.seconds or one.after.months)]
    levels = later or found.levels
    shown = [_with(called(site, page, one), _after(one.after)) for one in levels[:MOST_IN_A_LINE]]
    more = " &#8230;" if len(levels) > MOST_IN_A_LINE else ""
    link = site.link_document(page, found.policy)
    return f"{', '.join(shown)}{more} <small>&#183; {link}</small>" if shown else link


def escalation_section(site: Site, page: str, reference: str | None) -> str:
    """Return an escalation as a section with a table of its levels; empty where a line says as much."""
    found = escalation_of(site, reference)
    if found.policy is None and len(found.levels) < 2:  # noqa: PLR2004 one alone stands above already
        return ""
    return section(TITLE, "escalation", levels_table(site, page, found))


def levels_table(site: Site, page: str, found: Escalation) -> str:
    """Return the levels of an escalation as a table in Markdown; empty without any."""
    rows = [[called(site, page, one), _after(one.after), escape(one.reach)] for one in found.levels]
    if not rows:
        return ""
    named = found.policy.name if found.policy else found.levels[0].who
    return table(f"Escalation of {named}: who is called, how long after the page", _COLUMNS, rows, "escalation")


def called(site: Site, page: str, level: CalledLevel) -> str:
    """Return who is called as a link: to the policy that it hands over to, or to the rotation of the team; in Markdown."""
    policy = level.policy
    if policy is not None:
        return site.link_document(page, policy)
    rotation = policy_of(site.base, None, level.who) if owner_of(site.base, level.who) else None
    if rotation is None or rotation.path == page:
        return site.link_id(page, level.who)
    return site.link_document(page, rotation, level.who)


def _with(who: str, beside: str) -> str:
    return f"{who} <small>{beside}</small>" if beside else who


def _after(after: Duration | None) -> str:
    if after is None:
        return ""
    if not (after.seconds or after.months):
        return "at once"
    return f"after {escape(length(after))}"
