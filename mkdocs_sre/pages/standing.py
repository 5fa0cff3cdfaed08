"""Chips and facts that several kinds share: severity, reviews that are due, owners, actions."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.standing import severity_of
from mkdocs_sre.history.freshness import days_overdue
from mkdocs_sre.pages.due import PRESSING, is_pressing, pressing_day
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import SEVERITY, Chip, Fact, State
from mkdocs_sre.pages.site import relative
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.pages.site import Site

INCIDENT: Mapping[str, State] = MappingProxyType({"SEV1": "page", "SEV2": "page", "SEV3": "ticket"})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
ALERT: Mapping[str, State] = MappingProxyType(
    {
        **dict.fromkeys(("p1", "p2", "critical", "page", "error", "high"), "page"),
        **dict.fromkeys(("p3", "warning", "ticket"), "ticket"),
    }
)


def incident_chip(text: str, site: Site) -> Chip:
    """Return the severity of an incident, in the words of its team."""
    return Chip(text, INCIDENT.get(severity_of(text, site.base.settings) or "", "plain"))


def alert_state(text: str | None) -> State:
    """Return whether an alert of this severity pages, opens a ticket, or does neither that is known."""
    return ALERT.get((text or "").strip().casefold(), "plain")


def alert_chip(severity: str) -> Chip:
    """Return what an alert of this severity does, and the severity in the words of its team where they are others."""
    state = alert_state(severity)
    told = state in SEVERITY and severity.strip().casefold() != state
    return Chip(f"{state} \u00b7 {severity}" if told else severity, state)


def life_chips(status: str) -> tuple[Chip, ...]:
    """Return where a document is in its life, when that is worth saying."""
    return () if status in ("active", "agreed") else (Chip(status, "none"),)


def tier_of(site: Site, services: Iterable[str | None]) -> int | None:
    """Return the tier of the most critical of some services; None when none is known."""
    known = [site.base.document(name, Service) for name in services]
    return min((service.tier for service in known if service), default=None)


def review_chips(document: ReviewedDocument, site: Site) -> tuple[Chip, ...]:
    """Return what is to be said about whether a document must be looked at again: nothing while it need not."""
    fresh = site.freshness(document)
    if fresh.snoozed_until is not None and any(one.state in PRESSING for one in fresh.reasons):
        return (Chip(f"snoozed until {fresh.snoozed_until.isoformat()}", "none"),)
    if not is_pressing(fresh):
        return ()
    if fresh.state == "expired":
        return (Chip("review expired", "bad"),)
    day = pressing_day(fresh)
    return (Chip(f"review was due {day.isoformat()}" if day else "to be reviewed", "due"),)


def review_facts(document: ReviewedDocument, site: Site) -> tuple[Fact, ...]:
    """Return when a document was last reviewed, and when it is next."""
    if document.last_reviewed_on is None:
        return ()
    due = site.freshness(document).due
    small = f"again by {due.isoformat()}" if due else ""
    return (Fact("Reviewed", document.last_reviewed_on.isoformat(), small),)


def owner_facts(owner: str | None, site: Site) -> tuple[Fact, ...]:
    """Return who keeps a document, by the name and with the contact that the configuration knows."""
    if not owner:
        return ()
    known = next((one for one in site.base.settings.owners if one.id == owner), None)
    small = ", ".join(escape(text) for text in (known.name, known.contact) if text) if known else ""
    return (Fact("Owner", escape(owner), small),)


def link_all(site: Site, page: str, names: Iterable[str]) -> str:
    """Return links to several ids, by their ids, in Markdown."""
    return ", ".join(site.link_id(page, name) for name in names)


def late_days(action: Action, site: Site) -> int:
    """Return by how many days an open action is past its due day."""
    return days_overdue(action.due, site.as_of) if action.is_open else 0


def action_chip(action: Action, site: Site) -> Chip:
    """Return the state of an action."""
    late = late_days(action, site)
    if late:
        return Chip(f"{counted(late, 'day')} late", "bad")
    if action.is_open:
        return Chip(action.state.replace("-", " "), "due")
    if action.state == "dropped":
        return Chip("dropped", "none")
    return Chip(f"done {action.done_on.isoformat()}" if action.done_on else "done", "ok")


def follow_up_chips(actions: Sequence[Action], site: Site) -> tuple[Chip, ...]:
    """Return how the actions of a review or a ledger stand: the late ones, else the open ones."""
    late = sum(late_days(action, site) > 0 for action in actions)
    still_open = sum(action.is_open for action in actions)
    if late:
        return (Chip(f"{late} of {counted(len(actions), 'action')} late", "bad"),)
    if still_open:
        return (Chip(counted(still_open, "open action"), "due"),)
    return (Chip("all actions done", "ok"),) if actions else ()


def signatures(people: Iterable[tuple[str, str | None]]) -> str:
    """Return names, each with the role that it has, escaped."""
    return ", ".join(escape(f"{who} ({role})" if role else who) for who, role in people)


def alert_names(names: Iterable[str], site: Site, page: str) -> str:
    """Return names of alerts as code that may break between its words, each leading to its page where it has one."""
    return " ".join(f"<code>{alert_link(name, site, page)}</code>" for name in names)


def alert_link(name: str, site: Site, page: str) -> str:
    """Return a Markdown link from a page (its path) to the page of an alert; the name alone where it has none."""
    target = site.alert_pages.get(name.lower())
    return f"[{humped(name)}]({relative(page, target)})" if target else humped(name)


def humped(name: str) -> str:
    """Return a name, escaped, that may break between its words: `CartSessionsLost`."""
    return _HUMP.sub("<wbr>", escape(name))


def web_link(title: str, url: str) -> str:
    """Return a link to a page elsewhere as HTML; the title alone when the address is none of the web."""
    if not url.startswith(("https://", "http://", "mailto:")):
        return f"{escape(title)} <code>{escape(url)}</code>"
    return f'<a class="sre-out" href="{escape(url)}">{escape(title)}</a>'
