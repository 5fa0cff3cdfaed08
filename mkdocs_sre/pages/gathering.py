"""What several pages gather from all documents: who owns what, what comes due, what is left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.freshness.owners import owner_of as keeper
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.documents.kinds.capacity_plan import CapacityPlan
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.pages.actions import in_order
from mkdocs_sre.pages.due import first_day, is_pressing, pressing_day
from mkdocs_sre.pages.heads.capacity_plan import day_in_sight, reached_on
from mkdocs_sre.pages.risks import rank

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.documents.kinds.capacity_plan import Resource
    from mkdocs_sre.documents.kinds.risk_assessment import Risk
    from mkdocs_sre.history.staleness import Freshness
    from mkdocs_sre.pages.site import Site

AHEAD_DAYS = 30  # how far ahead an end is worth a word
SHORT_DAYS = 2 * 365  # how far ahead capacity is worth a word
BACK_DAYS = 90  # how long a review counts as recent


@dataclass(frozen=True)
class PlacedRisk:
    """A risk and the assessment that rates it."""

    assessment: RiskAssessment
    risk: Risk

    @property
    def owner(self) -> str | None:
        """The team that does something about it: its own, else the assessment's."""
        return self.risk.owner or self.assessment.owner


@dataclass(frozen=True)
class Shortage:
    """A resource of a capacity plan that grows, and the day on which less than its headroom is free."""

    day: date
    plan: CapacityPlan
    resource: Resource

    @property
    def limit_on(self) -> date | None:
        """The day on which nothing is left; None when that is further than anybody plans."""
        return day_in_sight(self.plan, self.resource.days_until_limit)


def services(site: Site, *kinds: str) -> list[Service]:
    """Return the services of some kinds (`service`, `external`, …), all without any; the most critical first."""
    found = [one for one in site.base.of_kind(Service) if not kinds or one.service_kind in kinds]
    return sorted(found, key=lambda one: (one.tier, one.name.casefold(), one.id))


def owner_of(site: Site, document: Document) -> str | None:
    """Return who keeps a document: its own owner, else that of its service; None when nobody does."""
    return keeper(document, site.base) or None


def reviews(site: Site) -> list[Pir]:
    """Return the reviews of incidents, the newest first."""
    return sorted(site.base.of_kind(Pir), key=lambda one: (one.incident_date, one.id), reverse=True)


def is_recent(site: Site, pir: Pir) -> bool:
    """Whether the incident of a review is at most `BACK_DAYS` ago."""
    return (site.as_of - pir.incident_date).days <= BACK_DAYS


def actions(site: Site) -> list[Action]:
    """Return the actions of all ledgers: late, open by due day, done, dropped."""
    return in_order(site, [action for ledger in site.base.of_kind(ActionItems) for action in ledger.actions])


def due(site: Site, kind: type[ReviewedDocument] = ReviewedDocument) -> list[tuple[date, ReviewedDocument]]:
    """Return documents to look at again now, with the day since when, from the longest; without a day they come last."""
    return _by_day(site, kind, lambda fresh, _: is_pressing(fresh))


def due_within(site: Site, days: int) -> list[tuple[date, ReviewedDocument]]:
    """Return documents whose next day comes within so many days, with that day, the next first."""
    last = site.day_ahead(days)
    return _by_day(site, ReviewedDocument, lambda fresh, day: not is_pressing(fresh) and site.as_of <= day <= last)


def _by_day(
    site: Site, kind: type[ReviewedDocument], wanted: Callable[[Freshness, date], bool]
) -> list[tuple[date, ReviewedDocument]]:
    found = []
    for one in site.base.documents:
        if isinstance(one, kind) and one.origin.intact:
            fresh = site.freshness(one)
            day = (pressing_day(fresh) if is_pressing(fresh) else first_day(fresh)) or date.max
            if wanted(fresh, day):
                found.append((day, one))
    return sorted(found, key=lambda one: (one[0], one[1].id))


def risks(site: Site) -> list[PlacedRisk]:
    """Return the risks of all assessments, the highest first."""
    found = [PlacedRisk(one, risk) for one in site.base.of_kind(RiskAssessment) for risk in one.risks]
    return sorted(found, key=lambda one: (rank(one.risk), one.assessment.id))


def undecided(site: Site, risk: Risk) -> bool:
    """Whether somebody has to decide on a risk: it is untreated, or its acceptance lacks something or ends soon."""
    if risk.treatment != "accept":
        return risk.treatment is None
    if risk.expires is None or risk.approver is None:
        return True
    return risk.expires <= site.day_ahead(AHEAD_DAYS)


def nothing_short(site: Site) -> str:
    """Return that nothing runs short soon; empty when there is no plan that could tell."""
    return (
        f"Nothing falls below its headroom within {SHORT_DAYS // 365} years." if site.base.of_kind(CapacityPlan) else ""
    )


def shortages(site: Site) -> list[Shortage]:
    """Return the resources of all plans that fall below their headroom within `SHORT_DAYS`, the earliest first."""
    last = site.day_ahead(SHORT_DAYS)
    found = [
        Shortage(day, plan, one)
        for plan in site.base.of_kind(CapacityPlan)
        for one in plan.resources
        if (day := reached_on(plan, one)) is not None and day <= last
    ]
    return sorted(found, key=lambda one: (one.day, one.plan.id, one.resource.name))


def tagged(document: Document, tag: str) -> bool:
    """Whether the front matter of a document has this tag."""
    values = document.origin.values
    for step in document.origin.prefix:
        values = values[step]  # type: ignore[index]  # the path of an item leads through its own list
    tags = values.get("tags") if isinstance(values, dict) else None
    return tag in [str(one).casefold() for one in (tags if isinstance(tags, list) else [tags])]
