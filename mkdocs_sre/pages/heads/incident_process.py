"""The head of an incident process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Fact, Head, fact, head
from mkdocs_sre.pages.standing import life_chips, link_all, owner_facts, review_chips, review_facts

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.incident_process import IncidentProcess
    from mkdocs_sre.pages.site import Site


@head("incident-process", columns=("Owner", "Severities", "Reviewed"))
def incident_process_head(process: IncidentProcess, site: Site, page: str) -> Head:
    """Return who keeps it, which severities there are, and for which services it is."""
    chips = (*life_chips(process.status), *review_chips(process, site))
    facts = (
        *owner_facts(process.owner, site),
        Fact("Severities", escape(", ".join(one.name for one in process.severities))),
        *fact("Services", link_all(site, page, process.services)),
        *review_facts(process, site),
    )
    return Head(chips[:3], facts)
