"""The head of a service level objective: the promise in one sentence, how its budget stands, who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head
from mkdocs_sre.pages.slo.agreement import evidence_words, last_agreed
from mkdocs_sre.pages.slo.bar import budget_bar
from mkdocs_sre.pages.slo.ceiling import ceiling_chip
from mkdocs_sre.pages.slo.columns import COLUMNS, column_facts
from mkdocs_sre.pages.slo.policy import budget_chip
from mkdocs_sre.pages.slo.promise import promise
from mkdocs_sre.pages.slo.states import states_of, worst
from mkdocs_sre.pages.standing import life_chips, owner_facts, review_chips, review_facts, web_link
from mkdocs_sre.pages.words import percent

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site

MAX_CHIPS = 3
MAX_BOARDS = 3  # dashboards that are named in the head


@head("slo", columns=COLUMNS)
def slo_head(slo: ServiceLevelObjective, site: Site, page: str) -> Head:
    """Return the promise with its budget as a bar, the service, what was achieved, what a contract promises, who agreed."""
    states = states_of(slo, site)
    allowed, agreed = ceiling_chip(slo, site), last_agreed(slo)
    chips = [one for one in (budget_chip(worst(states)), allowed) if one]
    chips += [Chip(f"agreed {agreed}", "ok")] if agreed and slo.in_force else []
    pressing = [*life_chips(slo.status), *review_chips(slo, site)]
    facts = (
        Fact("Service", site.link_id(page, slo.service)),
        *owner_facts(slo.owner, site),
        *_achieved(slo),
        *_promised(slo),
        *fact("Agreed", agreed.isoformat() if agreed else None, _by(slo)),
        *review_facts(slo, site),
        *_live(slo),
    )
    say = slo.behaviour if slo.behaviour.rstrip().endswith((".", "!", "?")) else f"{slo.behaviour.rstrip()}."
    return Head(
        (*pressing, *chips)[:MAX_CHIPS],
        facts,
        say,
        columns=column_facts(slo, states, site, page),
        then=promise(states[0]),
        figure=budget_bar(states[0]),
        listed=(*pressing, *([allowed] if allowed and allowed.state != "ok" else [])),
    )


def _achieved(slo: ServiceLevelObjective) -> tuple[Fact, ...]:
    if slo.evidence is None:
        return ()
    texts = (slo.evidence.period, slo.evidence.source, evidence_words(slo))
    small = ", ".join(escape(text) for text in texts if text)
    return (Fact("Achieved", percent(slo.evidence.measured), small),)


def _promised(slo: ServiceLevelObjective) -> tuple[Fact, ...]:
    if slo.sla is None:
        return ()
    small = ", ".join(escape(text) for text in (slo.sla.window, slo.sla.source) if text)
    return (Fact("Contract", percent(slo.sla.objective), small),)


def _live(slo: ServiceLevelObjective) -> tuple[Fact, ...]:
    boards = ", ".join(web_link(one.title, one.url) for one in slo.dashboards[:MAX_BOARDS])
    return fact("Live numbers", boards, "this page has none")


def _by(slo: ServiceLevelObjective) -> str:
    return "by " + ", ".join(escape(one.who) for one in slo.agreed_by)
