"""What is said to whom during an incident: the words of the incident process, with the values of a runbook."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.incident_process import IncidentProcess
from mkdocs_sre.documents.placeholders import PLACEHOLDER
from mkdocs_sre.documents.standing import severity_of
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.tables import section
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_sre.documents.kinds.incident_process import CommunicationTemplate, SeverityLevel
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.pages.site import Site

# What words for one severity of an alert mean: the tiers of the vocabulary.
TIERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("critical", "page"), "p1"),
        **dict.fromkeys(("error", "high"), "p2"),
        **dict.fromkeys(("warning", "ticket"), "p3"),
        **dict.fromkeys(("info", "none"), "p4"),
    }
)


def process_of(base: KnowledgeBase, service: str | None) -> IncidentProcess | None:
    """Return the active process that names a service, else the first in order of paths that names none."""
    processes = [one for one in base.of_kind(IncidentProcess) if one.status == "active"]
    entry = base.find(service) if service else None
    for one in processes:
        if entry and any((found := base.find(name)) and found.id == entry.id for name in one.services):
            return one
    return next((one for one in processes if not one.services), None)


def beginning_severity(site: Site, process: IncidentProcess, alert_severity: str | None) -> SeverityLevel | None:
    """Return the severity at which the incident of an alert begins; None when the process does not say.

    The process names the alerts' severities under `alerts`; else a severity may have the alert's own name.
    """
    wanted = _tier(alert_severity or "")
    if not wanted:
        return None
    for one in process.severities:
        if any(_tier(name) == wanted for name in one.alerts):
            return one
    return next((one for one in process.severities if same_severity(site, one.name, alert_severity or "")), None)


def same_severity(site: Site, one: str, other: str) -> bool:
    """Whether two names are of one severity, in the words of the site."""
    known = severity_of(one, site.base.settings), severity_of(other, site.base.settings)
    return one.strip().casefold() == other.strip().casefold() or (known[0] is not None and known[0] == known[1])


def templates_for(site: Site, process: IncidentProcess, severity: SeverityLevel | None) -> list[CommunicationTemplate]:
    """Return the templates for a severity and those for all; only the latter where no severity is known."""
    return [
        one
        for one in process.templates
        if not one.severities
        or (severity is not None and any(same_severity(site, name, severity.name) for name in one.severities))
    ]


def communication_section(runbook: Runbook, site: Site, page: str) -> str:
    """Return what the process has ready to be said in the incident of a runbook; empty without a process or words."""
    process = process_of(site.base, runbook.service)
    if process is None:
        return ""
    severity = beginning_severity(site, process, runbook.severity)
    templates = templates_for(site, process, severity)
    if not templates:
        return ""
    values = _own_values(runbook)
    declared = frozenset(one.name for one in runbook.placeholders)
    said = [spoken(one, values, declared) for one in templates]
    begins = f"It begins as {escape(severity.name)}. " if severity else ""
    cadence = (
        f"News every {escape(length(severity.update_every))}. "
        if severity is not None and severity.update_every
        else ""
    )
    link = site.link_document(page, process)
    lead = f"{begins}{cadence}From the {link}; change what is not so.\n{{: .sre-more }}\n"
    return section("What to say", "words", lead, render("words.md.jinja", templates=said))


def spoken(
    template: CommunicationTemplate, values: Mapping[str, str], declared: frozenset[str]
) -> tuple[str, str, str, str]:
    """Return title, audience, role and text of a template as HTML.

    `values` are put in where they stand; a name in `declared` is an open value, which the page's script fills as in
    commands. Any other name stays as it is written.
    """
    return (
        escape(template.title),
        escape(template.audience),
        escape(template.role or ""),
        "<br>".join(line for one in template.text.splitlines() if (line := _filled(one, values, declared))),
    )


def _filled(text: str, values: Mapping[str, str], declared: frozenset[str]) -> str:
    return "".join(_pieces(text, values, declared)).strip()


def _pieces(text: str, values: Mapping[str, str], declared: frozenset[str]) -> Iterator[str]:
    at = 0
    for found in PLACEHOLDER.finditer(text):
        yield _spaced(text[at : found.start()])
        at = found.end()
        name = found[1]
        if name in declared:
            yield f'<var class="sre-ph" data-ph="{name}">{escape(found[0])}</var>'
        else:
            yield escape(values[name]) if name in values else escape(found[0])
    yield _spaced(text[at:])


def _spaced(text: str) -> str:
    """Return a stretch of text escaped, with the spaces at its ends, which belong to its neighbours."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{escape(text)}{' ' if text[-1].isspace() else ''}"


def _own_values(runbook: Runbook) -> dict[str, str]:
    """Return the values that every runbook has."""
    found = {
        "TITLE": runbook.name,
        "IMPACT": runbook.impact,
        "SERVICE": runbook.service,
        "OWNER": runbook.owner,
        "SEVERITY": runbook.severity,
    }
    return {name: text for name, text in found.items() if text}


def _tier(text: str) -> str:
    folded = text.strip().casefold()
    return TIERS.get(folded, folded)
