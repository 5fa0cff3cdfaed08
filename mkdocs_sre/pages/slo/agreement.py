"""Who agreed to an objective and when, why it can be kept, what a contract promises, and when the page changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.slo.amounts import share_percent
from mkdocs_sre.pages.tables import Column, table
from mkdocs_sre.pages.words import length, number, percent
from mkdocs_sre.slo.budgets import spent_share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
    from mkdocs_sre.pages.site import Site

_AGREED = (Column("Who", "fit"), Column("For", bare=True), Column("On", "sre-num", bare=True))
_HISTORY = (Column("When", "fit sre-num"), Column("What", "wide", bare=True))


def agreement(slo: ServiceLevelObjective) -> str:
    """Return who agreed as a table, and the contract beside the objective as a sentence."""
    rows = [[escape(one.who), escape(one.role or ""), one.on.isoformat() if one.on else ""] for one in slo.agreed_by]
    agreed = table("Who agreed to it", _AGREED, rows) if rows else ""
    return "\n\n".join(part for part in (agreed, _contract(slo)) if part)


def last_agreed(slo: ServiceLevelObjective) -> date | None:
    """Return the day on which somebody last agreed; None where no day is told."""
    return max((one.on for one in slo.agreed_by if one.on), default=None)


def evidence_words(slo: ServiceLevelObjective) -> str:
    """Return what the evidence would spend of the budget, in plain text; empty without evidence or budget."""
    if slo.evidence is None:
        return ""
    share = spent_share(slo.objective, slo.evidence.measured)
    return f"spent {share_percent(share)} of a budget" if share is not None else ""


def history(slo: ServiceLevelObjective, site: Site) -> str:
    """Return what is known of the document's past, the newest first: changes, reviews, agreements, its evidence."""
    rows = [[day.isoformat(), words] for day, words in sorted(_past(slo, site), reverse=True)]
    due = site.freshness(slo).due
    again = f"The next review is due by {due.isoformat()}." if due else "Nobody has said when it is reviewed again."
    return f"{table('What is known of its past', _HISTORY, rows) if rows else ''}\n\n{again}\n"


def _past(slo: ServiceLevelObjective, site: Site) -> Iterator[tuple[date, str]]:
    changed = site.history.changed_on.get(slo.path)
    agreed = last_agreed(slo)
    if changed is not None and changed <= site.as_of:
        since = ", after it was last agreed to" if agreed is not None and changed > agreed else ""
        yield changed, f"The page changed{since}"
    if slo.last_reviewed_on is not None:
        yield slo.last_reviewed_on, "It was reviewed"
    for day in {one.on for one in slo.agreed_by if one.on}:
        who = ", ".join(escape(one.who) for one in slo.agreed_by if one.on == day)
        yield day, f"Agreed to by {who}"


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
