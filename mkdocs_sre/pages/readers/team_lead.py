"""What waits for each team, and what it has promised and learned."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.pages.blocks import Block, all_of, further, items, rows, slug, small, start
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.freshness import FRESHNESS_PATH, watched
from mkdocs_sre.pages.gathering import (
    PlacedRisk,
    actions,
    due,
    is_recent,
    owner_of,
    reviews,
    risks,
    services,
    shortages,
    undecided,
)
from mkdocs_sre.pages.heads import Chip, head_of
from mkdocs_sre.pages.heads.capacity_plan import lasting
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.risks import treatment
from mkdocs_sre.pages.site import relative
from mkdocs_sre.pages.slo.policy import budget_chip
from mkdocs_sre.pages.slo.states import states_of, worst
from mkdocs_sre.pages.standing import action_chip, late_days, review_chips
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import length, percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from mkdocs_sre.documents.base import ReviewedDocument
    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.pages.gathering import Shortage
    from mkdocs_sre.pages.site import Site

NOBODY = "nobody"
MAX_LISTED = 160  # items of all teams together
MAX_EACH = 8  # of one list of one team
SHORTAGE_DAYS = 365  # how far ahead a threshold is worth a lead's word
_COLUMNS = (
    Column("Team", "fit"),
    Column("Services", "n"),
    Column("Late", "n"),
    Column("Open", "n"),
    Column("To review", "n"),
    Column("To decide", "n"),
    Column("SLOs", "n"),
    Column("Incidents", "n"),
)


@dataclass
class _Team:
    """What belongs to one team; the first line of each list is the most pressing."""

    services: list[Service] = field(default_factory=list)
    late: list[Item] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    review: list[Item] = field(default_factory=list)
    decide: list[Item] = field(default_factory=list)
    short: list[Item] = field(default_factory=list)
    promised: list[Item] = field(default_factory=list)
    incidents: list[Item] = field(default_factory=list)


@reader("Team lead", "What each team has to do, to decide and to keep: actions, reviews, risks, SLOs.", rank=10)
def team_lead_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield all teams at a glance, then each on its own."""
    teams = sorted(_teams(site, page).items())
    anchors = _anchors(name for name, _ in teams)
    made = [
        (name, team, replace(_block(site, page, name, team, _share(len(teams))), name=anchors[name]))
        for name, team in teams
    ]
    why = (
        "Late and open are actions of the ledgers; to review are documents past their day; "
        "to decide are risks without a treatment, or whose acceptance ends within 30 days; incidents are of 90 days."
    )
    glance = rows("Teams, by the owner that documents name", _COLUMNS, made, lambda one: _row(*one))
    if glance and watched(site):
        glance += further(f"[Pages to look at again, by day and by owner]({relative(page, FRESHNESS_PATH)})")
    yield Block("Teams at a glance", why, glance, f"No document names an owner. {start(Service, 'checkout')}")
    yield from (block for _, _, block in made)


def _anchors(names: Iterable[str]) -> dict[str, str]:
    """Return an id for each name, numbered where two would be the same."""
    found: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for name in names:
        taken[slug(name)] += 1
        found[name] = slug(name) if taken[slug(name)] == 1 else f"{slug(name)}-of-{taken[slug(name)]}"
    return found


def _share(teams: int) -> int:
    """Return how many lines each of a team's two lists may take, so that the page can be read."""
    return max(1, min(MAX_EACH, MAX_LISTED // (2 * max(teams, 1))))


def _row(name: str, team: _Team, block: Block) -> list[str]:
    lists = (team.services, team.late, team.open, team.review, team.decide, team.promised, team.incidents)
    return [f"[{escape(name)}](#{block.anchor})", *(str(len(one)) if one else "" for one in lists)]


def _block(site: Site, page: str, name: str, team: _Team, share: int) -> Block:
    known = next((one for one in site.base.settings.owners if one.id == name), None)
    runs = ", ".join(site.link_document(page, one) for one in team.services[: share * 2])
    more = len(team.services) - share * 2
    waiting = [*team.late, *team.decide, *team.open, *team.review, *team.short]
    said = f"{known.name}, {known.contact}" if known and known.name and known.contact else ""
    content = render(
        "team.md.jinja",
        runs=runs + (f" and {more} more" if more > 0 else ""),
        waiting=items(waiting, share, all_of(site, page, ActionItems) if team.late or team.open else ""),
        kept=items([*team.promised, *team.incidents], share, all_of(site, page, ServiceLevelObjective)),
    )
    return Block(name, said, content)


def _teams(site: Site, page: str) -> dict[str, _Team]:
    teams: dict[str, _Team] = defaultdict(_Team)
    for service in services(site):
        teams[service.owner].services.append(service)
    for action in actions(site):
        if action.is_open:
            team = teams[action.owner or NOBODY]
            (team.late if late_days(action, site) else team.open).append(_action(site, page, action))
    for _, document in due(site):
        teams[owner_of(site, document) or NOBODY].review.append(_review(site, page, document))
    _look_ahead(site, page, teams)
    _look_back(site, page, teams)
    return teams


def _look_ahead(site: Site, page: str, teams: dict[str, _Team]) -> None:
    for placed in risks(site):
        if undecided(site, placed.risk):
            teams[_owner(site, placed)].decide.append(_risk(site, page, placed))
    last = site.day_ahead(SHORTAGE_DAYS)
    for one in shortages(site):
        if one.day <= last:
            teams[owner_of(site, one.plan) or NOBODY].short.append(_shortage(site, page, one))


def _owner(site: Site, placed: PlacedRisk) -> str:
    subject = site.base.document(placed.risk.subject, Service)
    return placed.owner or (subject.owner if subject else NOBODY)


def _look_back(site: Site, page: str, teams: dict[str, _Team]) -> None:
    for slo in sorted(
        site.base.of_kind(ServiceLevelObjective), key=lambda one: (-_spent(one, site), -one.objective, one.id)
    ):
        teams[owner_of(site, slo) or NOBODY].promised.append(_slo(site, page, slo))
    for pir in reviews(site):
        if is_recent(site, pir):
            chips = " ".join(chip.markdown() for chip in head_of(pir, site, page).chips[:2])
            item = Item(site.link_document(page, pir), pir.incident_date.isoformat(), chips)
            teams[owner_of(site, pir) or NOBODY].incidents.append(item)


def _action(site: Site, page: str, action: Action) -> Item:
    until = f"due {action.due.isoformat()}" if action.due else "without a due day"
    return Item(
        site.link_id(page, action.id, action.title),
        small(escape(action.id), until),
        action_chip(action, site).markdown(),
    )


def _review(site: Site, page: str, document: ReviewedDocument) -> Item:
    chips = review_chips(document, site) or (Chip("review due", "due"),)
    return Item(
        site.link_document(page, document), small(escape(document.label), "to be read again"), chips[0].markdown()
    )


def _risk(site: Site, page: str, placed: PlacedRisk) -> Item:
    link = site.link_document(page, placed.assessment, placed.risk.title)
    said = small(escape(placed.assessment.id), f"score {placed.risk.product} of 25", "to decide")
    return Item(link, said, treatment(placed.risk, site.as_of).markdown())


def _shortage(site: Site, page: str, one: Shortage) -> Item:
    chip = lasting(one.plan, one.day, site.as_of)
    lead = f"takes {escape(length(one.resource.lead_time))} to get" if one.resource.lead_time else ""
    return Item(site.link_document(page, one.plan, one.resource.name), small("capacity", lead), chip.markdown())


def _spent(slo: ServiceLevelObjective, site: Site) -> Fraction:
    return worst(states_of(slo, site)).share


def _slo(site: Site, page: str, slo: ServiceLevelObjective) -> Item:
    spent = max(slo.error_budget_policy, key=lambda one: one.at_percent, default=None)
    policy = f"at {percent(spent.at_percent)} spent: {prose(spent.action.rstrip('.'))}" if spent else "no budget policy"
    chip = Chip(f"{percent(slo.objective)} over {length(slo.window)}")
    chips = [one for one in (budget_chip(worst(states_of(slo, site))), chip) if one]
    return Item(site.link_document(page, slo), policy, " ".join(one.markdown() for one in chips))
