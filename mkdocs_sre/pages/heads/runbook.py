"""The head of a runbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head
from mkdocs_sre.pages.standing import (
    alert_names,
    alert_state,
    life_chips,
    owner_facts,
    review_chips,
    review_facts,
    tier_of,
)

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Drill, Runbook
    from mkdocs_sre.pages.site import Site


@head("runbook", columns=("Owner", "Service", "Alerts", "Reviewed"))
def runbook_head(runbook: Runbook, site: Site, page: str) -> Head:
    """Return severity, owner, service, alerts, escalation, the last drill and the last review."""
    tier = tier_of(site, [runbook.service])
    chips = [Chip(runbook.severity, alert_state(runbook.severity))] if runbook.severity else []
    chips += [*life_chips(runbook.status), *review_chips(runbook, site, tier), *_failed(runbook)]
    facts = (
        *owner_facts(runbook.owner, site),
        *fact("Escalate", site.link_id(page, runbook.escalation) if runbook.escalation else None),
        *fact("Service", site.link_id(page, runbook.service) if runbook.service else None, _verified(runbook)),
        *fact("Alerts", alert_names(runbook.alerts)),
        *review_facts(runbook, tier),
        *_drilled(runbook),
    )
    return Head(tuple(chips[:3]), facts, runbook.impact or "")


def _last_drill(runbook: Runbook) -> Drill | None:
    return max(runbook.drills, key=lambda drill: drill.on, default=None)


def _failed(runbook: Runbook) -> tuple[Chip, ...]:
    last = _last_drill(runbook)
    return (Chip(f"drill failed {last.on}", "bad"),) if last and last.result == "failed" else ()


def _drilled(runbook: Runbook) -> tuple[Fact, ...]:
    last = _last_drill(runbook)
    by = f" by {escape(last.by)}" if last and last.by else ""
    return (Fact("Last used", last.on.isoformat(), f"{last.result}{by}"),) if last else ()


def _verified(runbook: Runbook) -> str:
    return f"verified for {escape(runbook.verified_for)}" if runbook.verified_for else ""
