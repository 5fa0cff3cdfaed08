"""The head of a runbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, head

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.pages.site import Site


@head("runbook", columns=("Owner", "Service", "Alerts", "Reviewed"))
def runbook_head(runbook: Runbook, site: Site, page: str) -> Head:
    """Return severity, owner, service, alerts, escalation and the last review."""
    facts = [Fact("Owner", escape(runbook.owner))]
    if runbook.service:
        facts.append(Fact("Service", site.link_id(page, runbook.service)))
    if runbook.alerts:
        facts.append(Fact("Alerts", ", ".join(f"<code>{escape(alert)}</code>" for alert in runbook.alerts)))
    if runbook.escalation:
        facts.append(Fact("Escalate", escape(runbook.escalation)))
    if runbook.last_reviewed_on:
        small = f"again in {escape(runbook.review_in)}" if runbook.review_in else ""
        facts.append(Fact("Reviewed", runbook.last_reviewed_on.isoformat(), small))
    chips = [Chip(runbook.severity)] if runbook.severity else []
    if runbook.status != "active":
        chips.append(Chip(runbook.status, "none"))
    return Head(tuple(chips), tuple(facts), runbook.impact or "")
