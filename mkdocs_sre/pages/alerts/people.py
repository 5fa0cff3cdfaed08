"""Whom an alert calls, who keeps it, whom to call next, and where to look, as pairs of words and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.alerts.routing import receivers
from mkdocs_sre.analyses.escalation import owner_of, policy_of
from mkdocs_sre.pages.escalation import escalation_line, reference_of
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.standing import web_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.pages.site import Site

MAX_CALLED = 6
MAX_DASHBOARDS = 6


def people(site: Site, page: str, alert: Alert) -> list[tuple[str, str]]:
    """Return labels in plain text with what they say in Markdown; what nobody knows is left out."""
    lines = (
        ("Owner", _owner(site, alert)),
        ("Calls", called_words(site, alert)),
        ("Escalate", _escalation(site, page, alert)),
        ("Look at", " &#183; ".join(_dashboards(alert))),
        ("Service", site.link_document(page, service) if (service := site.service_of(alert)) else ""),
    )
    return [(label, text) for label, text in lines if text]


def called_words(site: Site, alert: Alert) -> str:
    """Return the receivers that an alert calls, each with how it is reached, escaped; empty where nothing is known."""
    found = site.alerts.called(alert)
    more = f" and {len(found) - MAX_CALLED} more" if len(found) > MAX_CALLED else ""
    return escape(receivers(found[:MAX_CALLED])) + more


def _owner(site: Site, alert: Alert) -> str:
    known = owner_of(site.base, alert.owner)
    contact = f" <small>&#183; {escape(known.contact)}</small>" if known and known.contact else ""
    return escape(alert.owner) + contact if alert.owner else ""


def _escalation(site: Site, page: str, alert: Alert) -> str:
    """Return whom to call next: what the runbook names, else the policy of service or owner, else whom the owner names."""
    service = site.service_of(alert)
    policy = policy_of(site.base, service.id if service else None, alert.owner)
    known = owner_of(site.base, alert.owner)
    named = (
        reference_of(site, alert.runbook) if alert.runbook else None,
        policy.id if policy else None,
        known.escalation if known else None,
    )
    return escalation_line(site, page, next((one for one in named if one), None))


def _dashboards(alert: Alert) -> Iterator[str]:
    """Yield the dashboards of the runbook, and those that annotations name; what holds a template is no address."""
    boards = [(one.title, one.url) for one in alert.runbook.dashboards] if alert.runbook else []
    for rule in alert.rules:
        boards += [
            ("dashboard", value)
            for key, value in rule.annotations.items()
            if "dashboard" in key.lower() and "{{" not in value and value.startswith(("https://", "http://"))
        ]
    by_address = {url: title for title, url in reversed(boards)}
    for url, title in [*reversed(by_address.items())][:MAX_DASHBOARDS]:
        yield web_link(title, url)
