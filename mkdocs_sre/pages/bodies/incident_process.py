"""Severities, roles, steps and words of an incident process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.bodies import Body, body, joined
from mkdocs_sre.pages.communication import spoken
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import incident_chip, web_link
from mkdocs_sre.pages.tables import Column, section, table
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.documents.kinds.incident_process import (
        CommunicationTemplate,
        IncidentProcess,
        IncidentRole,
        ProcessStep,
        SeverityLevel,
    )
    from mkdocs_sre.documents.values import Duration
    from mkdocs_sre.pages.site import Site

_SEVERITIES = (
    Column("Severity", "fit"),
    Column("What it means", "wide", bare=True),
    Column("Called"),
    Column("Within", "sre-num"),
    Column("News every", "sre-num"),
    Column("Review"),
)
_ROLES = (Column("Role"), Column("Taken by"), Column("Does", "wide", bare=True))
_STEPS = (Column("Step"), Column("Role"), Column("How", "wide", bare=True))
_NO_VALUES: Mapping[str, str] = {}


@body("incident-process")
def incident_process_body(process: IncidentProcess, site: Site, page: str) -> Body:
    """Return severities, roles and steps above the author's text, the words that are ready below it."""
    severities = [_severity(one, site, page) for one in process.severities]
    links = " &#183; ".join(web_link(one.title, one.url) for one in process.links)
    above = (
        section(
            "How bad is it?",
            "severities",
            table("Severities, the worst first", _SEVERITIES, severities, "severities"),
            f"<p>{links}</p>" if links else "",
        ),
        section("Who does what", "roles", table("Roles in an incident", _ROLES, [_role(one) for one in process.roles])),
        section("What happens, in order", "steps", _steps(process)),
    )
    said = [_words(one) for one in process.templates]
    below = section("What to say", "words", render("words.md.jinja", templates=said)) if said else ""
    return Body(joined(above), below)


def _severity(one: SeverityLevel, site: Site, page: str) -> list[str]:
    alerts = f" <small>alerts: {escape(', '.join(one.alerts))}</small>" if one.alerts else ""
    return [
        incident_chip(one.name, site).markdown() + alerts,
        prose(one.means),
        ", ".join(site.link_id(page, who) for who in one.paged),
        _length(one.within),
        _length(one.update_every),
        prose(one.review or ""),
    ]


def _length(duration: Duration | None) -> str:
    return escape(length(duration)) if duration is not None else ""


def _role(one: IncidentRole) -> list[str]:
    return [escape(one.name), escape(one.taken_by or ""), "<br>".join(map(prose, one.duties))]


def _steps(process: IncidentProcess) -> str:
    rows = [_step(index, one) for index, one in enumerate(process.steps, 1)]
    return table("From the page to the review", _STEPS, rows) if rows else ""


def _step(index: int, one: ProcessStep) -> list[str]:
    return [f"{index}&#46; {escape(one.title)}", escape(one.role or ""), prose(one.text or "")]


def _words(one: CommunicationTemplate) -> tuple[str, str, str, str]:
    title, audience, role, text = spoken(one, _NO_VALUES, frozenset())
    only = f", {escape(', '.join(one.severities))}" if one.severities else ""
    return title + only, audience, role, text
