"""How pages name alerts: links to their pages where they have any, chips, and all the ways to spell a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.alerts.renames import WORD
from mkdocs_sre.pages.heads import SEVERITY, Chip, State
from mkdocs_sre.pages.standing import alert_state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.documents.kinds.service import Service
    from mkdocs_sre.pages.site import Site

NO_RUNBOOK = Chip("no runbook yet", "due")
MAX_SPELLED = 100  # characters of a name that is spelled in other ways


def names_for(runbook: Runbook, site: Site) -> list[str]:
    """Return the names of the alerts that a runbook names, and of those whose rules lead to it."""
    found = {name.lower(): name for name in reversed(runbook.alerts)}
    names = [*reversed(found.values())]
    linked = site.alerts.of_runbook(runbook) if site.alert_pages else ()
    return names + [one.name for one in linked if one.key not in found and one.rules]


def is_retired(alert: Alert) -> bool:
    """Whether the options say that an alert is no more, and no rule file has it."""
    return bool(alert.successor) and not alert.rules


def severity_of(alert: Alert) -> str:
    """Return the severity that the rules of an alert give, else that of its runbook; empty without one."""
    return alert.severity or (alert.runbook.severity if alert.runbook else None) or ""


def state_of(alert: Alert) -> State:
    """Return whether an alert pages, opens a ticket, or does neither that is known.

    Where no rule gives a severity, its runbook's says so.
    """
    said = alert_state(severity_of(alert))
    if alert.paging or (said == "page" and not alert.severity):
        return "page"
    return "ticket" if said == "ticket" else "plain"


def severity_chip(alert: Alert) -> Chip | None:
    """Return what an alert does, and its severity in the words of its team; None when neither is known."""
    state, severity = state_of(alert), severity_of(alert)
    if state not in SEVERITY:
        return Chip(severity, state) if severity else None
    told = severity.strip().casefold() not in ("", state)
    return Chip(f"{state} \u00b7 {severity}" if told else state, state)


def alerts_about(site: Site, service: Service) -> list[Alert]:
    """Return the alerts about a service that have a page, those that page first, then in order of names."""
    return in_order(one for one in site.alerts_about.get(id(service), ()) if not is_retired(one))


def in_order(alerts: Iterable[Alert]) -> list[Alert]:
    """Return alerts by what they do, those that page first, then in order of names."""
    states = ("page", "ticket", "plain")
    return sorted(alerts, key=lambda one: (states.index(state_of(one)), one.name.casefold(), one.name))


def spellings(name: str) -> list[str]:
    """Return the ways to spell the name of an alert that people search by, itself first, none twice.

    >>> spellings("KubePodCrashLooping")
    ['KubePodCrashLooping', 'Kube Pod Crash Looping', 'kube_pod_crash_looping']
    >>> spellings("node_disk_full")
    ['node_disk_full', 'node disk full', 'nodediskfull']
    """
    words = WORD.findall(name) if len(name) <= MAX_SPELLED else []
    if len(words) < 2:  # noqa: PLR2004 one word has one spelling
        return [name]
    ways = (name, " ".join(words), "_".join(words).lower(), "".join(words).lower())
    found: dict[str, str] = {}
    for way in ways:
        found.setdefault(way.casefold(), way)
    return [*found.values()]
