"""The head of a service level objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head
from mkdocs_sre.pages.standing import life_chips, owner_facts, review_chips, review_facts
from mkdocs_sre.pages.words import length, percent

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site


@head("slo", columns=("Service", "Objective", "Owner", "Agreed"))
def slo_head(slo: ServiceLevelObjective, site: Site, page: str) -> Head:
    """Return objective and window, the service, what was achieved, what a contract promises, who agreed."""
    agreed = max((one.on for one in slo.agreed_by if one.on), default=None)
    chips = [Chip(f"agreed {agreed}", "ok")] if agreed and slo.status in ("agreed", "active") else []
    chips += [*life_chips(slo.status), *review_chips(slo, site)]
    facts = (
        Fact("Objective", percent(slo.objective), f"over {escape(length(slo.window))}"),
        Fact("Service", site.link_id(page, slo.service)),
        *owner_facts(slo.owner, site),
        *_achieved(slo),
        *_promised(slo),
        *fact("Agreed", agreed.isoformat() if agreed else None, _by(slo)),
        *review_facts(slo, site),
    )
    return Head(tuple(chips[:3]), facts, slo.behaviour)


def _achieved(slo: ServiceLevelObjective) -> tuple[Fact, ...]:
    if slo.evidence is None:
        return ()
    small = ", ".join(escape(text) for text in (slo.evidence.period, slo.evidence.source) if text)
    return (Fact("Achieved", percent(slo.evidence.measured), small),)


def _promised(slo: ServiceLevelObjective) -> tuple[Fact, ...]:
    if slo.sla is None:
        return ()
    small = ", ".join(escape(text) for text in (slo.sla.window, slo.sla.source) if text)
    return (Fact("Contract", percent(slo.sla.objective), small),)


def _by(slo: ServiceLevelObjective) -> str:
    return "by " + ", ".join(escape(one.who) for one in slo.agreed_by)
