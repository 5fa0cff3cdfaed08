"""Who agreed to an objective and when, why it can be kept, what a contract promises, and when the page changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.graph.words import listed
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.lists import MOST
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import length, number, percent
from mkdocs_sre.slo.budgets import spent_share
from mkdocs_sre.slo.decimals import share_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.documents.parts import Signature
    from mkdocs_sre.pages.site import Site

_PAST = (Column("When", "fit sre-num"), Column("What", "wide", bare=True))


def last_agreed(slo: ServiceLevelObjective) -> date | None:
    """Return the day on which somebody last agreed; None where no day is told."""
    return max((one.on for one in slo.agreed_by if one.on), default=None)


def evidence_words(slo: ServiceLevelObjective) -> str:
    """Return what the evidence would spend of the budget, in plain text; empty without evidence."""
    if slo.evidence is None:
        return ""
    return f"spent {share_percent(spent_share(slo.objective, slo.evidence.measured))} of a budget"


def agreement(slo: ServiceLevelObjective, site: Site) -> str:
    """Return who agreed and when, the newest first, between changes and reviews; the contract; the next review."""
    undated = _people([one for one in slo.agreed_by if one.on is None])
    rows = [[day.isoformat(), words] for day, words in sorted(_past(slo, site), reverse=True)]
    rows += [["no day", f"Agreed to by {undated}"]] if undated else []
    nobody = "" if slo.agreed_by else f"{Chip('not agreed', 'none').markdown()} Nobody has agreed to it yet."
    due = site.freshness(slo).due
    again = f"To be reviewed again by {due.isoformat()}." if due else "Nobody has said when it is reviewed again."
    past = table("Who agreed, and what happened to the page", _PAST, rows) if rows else ""
    return "\n\n".join(part.strip("\n") for part in (_contract(slo), nobody, past, again) if part)


def _past(slo: ServiceLevelObjective, site: Site) -> Iterator[tuple[date, str]]:
    changed = site.history.changed_on.get(slo.path)
    agreed = last_agreed(slo)
    if changed is not None and changed <= site.as_of:
        since = ", after it was last agreed to" if agreed is not None and changed > agreed else ""
        yield changed, f"The page changed{since}"
    if slo.last_reviewed_on is not None:
        yield slo.last_reviewed_on, "Reviewed"
    for day in sorted({one.on for one in slo.agreed_by if one.on}):
        yield day, f"Agreed to by {_people([one for one in slo.agreed_by if one.on == day])}"


def _people(signatures: Sequence[Signature]) -> str:
    return listed([escape(one.who) + (f" ({escape(one.role)})" if one.role else "") for one in signatures], MOST)


def _contract(slo: ServiceLevelObjective) -> str:
    sla = slo.sla
    if sla is None:
        return ""
    over = f" over {escape(length(sla.window))}" if sla.window else ""
    gap = slo.objective - sla.objective
    beside = (
        f"the objective is stricter by {number(gap)} points, so it is missed first"
        if gap > 0
        else "the objective is no stricter, so it warns of no breach"
    )
    source = f" ({prose(sla.source)})" if sla.source else ""
    penalty = f" A breach costs: {prose(sla.penalty)}." if sla.penalty else ""
    return f"A contract{source} promises <b>{percent(sla.objective)}</b>{over}; {beside}.{penalty}\n"
