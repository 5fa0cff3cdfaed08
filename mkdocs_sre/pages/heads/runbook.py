"""The head of a runbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.heads import Chip, Head, fact, head
from mkdocs_sre.pages.standing import (
    alert_chip,
    alert_names,
    life_chips,
    owner_facts,
    review_chips,
    review_facts,
)

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.runbook import Runbook
    from mkdocs_sre.pages.site import Site


@head("runbook", columns=("Owner", "Service", "Alerts", "Reviewed"))
def runbook_head(runbook: Runbook, site: Site, page: str) -> Head:
    """Return severity, state and impact; people and alerts stand in the box below it."""
    chips = [alert_chip(runbook.severity)] if runbook.severity else []
    chips += [*life_chips(runbook.status), *review_chips(runbook, site), *_failed(runbook)]
    facts = fact("Service", site.link_id(page, runbook.service) if runbook.service else None)
    columns = (
        *owner_facts(runbook.owner, site),
        *fact("Alerts", alert_names(runbook.alerts, site, page)),
        *review_facts(runbook, site),
    )
    return Head(tuple(chips[:3]), facts, runbook.impact or "", columns=columns)


def _failed(runbook: Runbook) -> tuple[Chip, ...]:
    last = max(runbook.drills, key=lambda drill: drill.on, default=None)
    return (Chip(f"drill failed {last.on}", "bad"),) if last and last.result == "failed" else ()
