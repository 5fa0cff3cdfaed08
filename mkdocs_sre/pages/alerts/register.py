"""The index of alerts: those that page first, and among them those without a runbook; to be narrowed without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.addresses import FOLDER
from mkdocs_sre.pages.alerts.names import NO_RUNBOOK, is_retired, severity_chip, state_of
from mkdocs_sre.pages.alerts.people import called_words
from mkdocs_sre.pages.blocks import items
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Fact
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.site import Page
from mkdocs_sre.pages.standing import alert_link
from mkdocs_sre.pages.tables import section
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.pages.heads import State
    from mkdocs_sre.pages.site import Site

INDEX_PATH = f"{FOLDER}/index.md"
TITLE = "Alerts"
SAY = "What may fire, whom it calls, and where it is written what to do."
MAX_ROWS = 200  # of the table; what comes after is a list of links, which costs a third to render
MAX_OWNERS = 24  # to which the table can be narrowed
_ORDER: tuple[State, ...] = ("page", "ticket", "plain")
_STATES = {"page": "pages", "ticket": "ticket", "plain": "neither"}


def index_path(site: Site) -> str:
    """Return where the index of alerts stands; the page that the author made for it, if there is one."""
    return site.own_page(INDEX_PATH) or INDEX_PATH


def register_page(site: Site) -> Page | None:
    """Return the index of alerts; None where they have no pages, or the author made it."""
    if not site.alerts.has_pages or site.own_page(INDEX_PATH):
        return None
    path = INDEX_PATH
    live = sorted((one for one in site.alerts if not is_retired(one)), key=_rank)
    owners = sorted({one.owner for one in live} - {""}, key=lambda one: (one.casefold(), one))[:MAX_OWNERS]
    choices = _Choices([state for state in _ORDER if any(state_of(one) == state for one in live)], owners)
    markdown = render(
        "alerts.md.jinja",
        title=TITLE,
        say=SAY,
        numbers=render("numbers.md.jinja", facts=_numbers(site, live)) if live else "",
        rows=[_row(site, path, one, choices) for one in live[:MAX_ROWS]],
        more=[alert_link(one.name, site, path) for one in live[MAX_ROWS:]],
        states=[_STATES[state] for state in choices.states],
        owners=owners,
        both=any(one.runbook for one in live) and not all(one.runbook for one in live),
        retired=section("No more", "retired", _retired(site, path)),
        escape=escape,
    )
    return Page(path, TITLE, markdown, SAY)


def _rank(alert: Alert) -> tuple[int, bool, str, str]:
    return _ORDER.index(state_of(alert)), alert.runbook is not None, alert.name.casefold(), alert.name


def _numbers(site: Site, live: Sequence[Alert]) -> list[Fact]:
    paging = [one for one in live if state_of(one) == "page"]
    without = [one for one in live if one.runbook is None]
    facts = [
        Fact("Alerts", f"{len(live):,}", counted(len({one.owner for one in live} - {""}), "owner")),
        Fact("Page somebody", f"{len(paging):,}", f"{sum(one.runbook is None for one in paging):,} without a runbook"),
        Fact("Without a runbook", f"{len(without):,}", f"of {len(live):,}"),
    ]
    if site.base.monitoring.routings:
        silent = sum(bool(one.rules) and not site.alerts.called(one) for one in paging)
        facts.append(Fact("Call nobody", f"{silent:,}", "of those that page"))
    return facts


@dataclass(frozen=True)
class _Choices:
    """What the index can be narrowed to: states and owners. Rows carry a class for each that they belong to."""

    states: list[State]
    owners: list[str]

    def forms(self, alert: Alert) -> str:
        found = [f"s{self.states.index(state_of(alert))}", "r0" if alert.runbook else "r1"]
        return " ".join([*found, f"o{self.owners.index(alert.owner)}"] if alert.owner in self.owners else found)


def _row(site: Site, page: str, alert: Alert, choices: _Choices) -> dict[str, str]:
    chip = severity_chip(alert)
    runbook = site.link_document(page, alert.runbook) if alert.runbook else NO_RUNBOOK.markdown()
    return {
        "link": alert_link(alert.name, site, page),
        "severity": chip.markdown() if chip else "",
        "owner": escape(alert.owner),
        "runbook": runbook,
        "calls": called_words(site, alert),
        "forms": choices.forms(alert),
    }


def _retired(site: Site, page: str) -> str:
    """Return the alerts that are no more, with what the options say of each, as a list."""
    gone = []
    for alert in site.alerts:
        if is_retired(alert):
            found = site.alerts.find(alert.successor)
            instead = f"now {alert_link(found.name, site, page)}" if found else prose(alert.successor)
            gone.append(Item(alert_link(alert.name, site, page), instead))
    return items(gone, len(gone))
