"""The record: what was decided, by whom, until when, and whether it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.documents.standing import DRAFT, FINAL, status_of
from mkdocs_sre.knowledge.reviews import draft_days
from mkdocs_sre.pages.blocks import Block, all_of, items, rows, small, start
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.gathering import actions, reviews, risks
from mkdocs_sre.pages.heads import Chip, Fact, head_of
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.records import record_mark, record_of
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.risks import treatment
from mkdocs_sre.pages.standing import action_chip, incident_chip, late_days, signatures
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.pages.gathering import PlacedRisk
    from mkdocs_sre.pages.site import Site

_FINAL = (
    Column("Review", "fit"),
    Column("Incident", "sre-num", bare=True),
    Column("Mitigated in"),
    Column("Amended by"),
    Column("Record", bare=True),
    Column("Severity", "early", bare=True),
)
_ACCEPTED = (
    Column("Risk", "fit"),
    Column("Score", "n"),
    Column("Accepted by", "sre-num"),
    Column("On", "sre-num"),
    Column("Until", "early", bare=True),
)
_PROMISED = (
    Column("SLO", "fit"),
    Column("Contract", "n"),
    Column("Objective", "n"),
    Column("Breach costs"),
    Column("Agreed by"),
)


@reader(
    "Compliance", "The record: reviews, accepted risks, commitments, and whether what was agreed was done.", rank=40
)
def compliance_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield final reviews, late drafts, accepted risks, follow-through, commitments and retention."""
    found = reviews(site)
    yield _final(site, page, [one for one in found if status_of(one.status, site.base.settings) == FINAL])
    yield _drafts(site, page, [one for one in found if status_of(one.status, site.base.settings) == DRAFT])
    yield _accepted(site, page)
    yield _follow_through(site, page)
    yield _commitments(site, page)
    yield Block(
        "How long records are kept",
        "All of this is files in a git repository: every version, its author and its day are kept there as long as it is.",
        "A final review does not change. What became known later is an addendum beside it, with a date of its own, and "
        "the review's page names it. What is to be done stands in the action ledger alone.\n\n"
        "`mkdocs-sre audit --out DIR` writes the evidence into one folder: the bytes of each final review, their digest, "
        "the commit that made it final, its seal, its addenda and its actions.\n",
        fixed=True,
    )


def _final(site: Site, page: str, found: Sequence[Pir]) -> Block:
    def row(pir: Pir) -> list[str]:
        addenda = ", ".join(site.link_document(page, one, one.id) for one in site.addenda_of.get(pir.id.lower(), ()))
        return [
            f"{site.link_document(page, pir)} <small>{escape(pir.id)}</small>",
            pir.incident_date.isoformat(),
            head_of(pir, site, page).value("Mitigated in"),
            addenda,
            record_mark(record_of(site, pir)),
            incident_chip(pir.severity, site).markdown(),
        ]

    return Block(
        "Final reviews",
        "The record of incidents: what happened, how long it took, and what was corrected since.",
        rows("The newest first", _FINAL, found, row, all_of(site, page, Pir)),
        "No review is final. " + start(Pir, "PIR-2026-001"),
    )


def _drafts(site: Site, page: str, found: Sequence[Pir]) -> Block:
    listed = []
    for pir in found:
        passed, allowed = draft_days(pir, site.base.settings, site.as_of)
        if passed > allowed:
            chip = Chip(f"draft for {passed} business days", "bad")
            said = small(escape(pir.id), pir.incident_date.isoformat(), f"{allowed} business days are allowed")
            listed.append(Item(site.link_document(page, pir), said, chip.markdown()))
    return Block(
        "Drafts beyond their time",
        "A review is written within 5 business days of the incident, for SEV1 within 3.",
        items(listed, more=all_of(site, page, Pir)),
        fine=f"None is: {counted(len(found), 'draft')}, within the days allowed." if found else "No review is a draft.",
    )


def _accepted(site: Site, page: str) -> Block:
    found = [one for one in risks(site) if one.risk.treatment == "accept"]
    found.sort(key=lambda one: (one.risk.expires is not None, one.risk.expires, one.risk.subject.lower()))

    def row(placed: PlacedRisk) -> list[str]:
        risk = placed.risk
        inside = small(
            site.link_id(page, risk.subject), site.link_document(page, placed.assessment, placed.assessment.id)
        )
        return [
            f"{prose(risk.title)} <small>{inside}</small>",
            str(risk.product),
            escape(risk.approver or "nobody"),
            risk.accepted_on.isoformat() if risk.accepted_on else "",
            treatment(risk, site.as_of).markdown(),
        ]

    return Block(
        "Accepted risks",
        "To accept a risk is a decision, with a name and an end of at most 12 months.",
        rows("The next to end first", _ACCEPTED, found, row, all_of(site, page, RiskAssessment)),
        "No risk is accepted. A risk with `treatment: accept` names its `approver` and the day on which it `expires`.",
    )


def _follow_through(site: Site, page: str) -> Block:
    found = actions(site)
    late = [one for one in found if late_days(one, site)]
    done = [one for one in found if one.state == "done"]
    tardy = [one for one in done if one.done_on and one.due and one.done_on > one.due]
    dropped = [one for one in found if one.state == "dropped"]
    facts = (
        Fact("Done in time", f"{len(done) - len(tardy)} of {len(found)}"),
        Fact("Done late", str(len(tardy))),
        Fact("Open", str(sum(one.is_open for one in found))),
        Fact("Late now", str(len(late))),
        Fact("Dropped", str(len(dropped)), f"{sum(one.decision is not None for one in dropped)} with a decision"),
    )
    listed = [_item(site, page, one) for one in (*late, *tardy, *dropped)]
    numbers = render("numbers.md.jinja", facts=facts) if found else ""
    return Block(
        "Follow-through",
        "Whether what reviews and experiments asked for was done, and done in time; what was not is listed.",
        numbers + "\n" + items(listed, more=all_of(site, page, ActionItems)) if found else "",
        "No ledger holds an action. " + start(ActionItems, "actions-2026"),
    )


def _item(site: Site, page: str, action: Action) -> Item:
    until = f"due {action.due.isoformat()}" if action.due else ""
    said = small(escape(action.id), escape(action.owner or "nobody"), until, prose(action.decision or ""))
    return Item(site.link_id(page, action.id, action.title), said, action_chip(action, site).markdown())


def _commitments(site: Site, page: str) -> Block:
    found = [one for one in site.base.of_kind(ServiceLevelObjective) if one.sla or one.agreed_by]
    found.sort(key=lambda one: (one.sla is None, -one.objective, one.id))

    def row(slo: ServiceLevelObjective) -> list[str]:
        promised = [percent(slo.sla.objective), prose(slo.sla.penalty or "")] if slo.sla else ["", ""]
        where = f" <small>{prose(slo.sla.source)}</small>" if slo.sla and slo.sla.source else ""
        names = signatures((one.who, one.role) for one in slo.agreed_by)
        return [site.link_document(page, slo) + where, promised[0], percent(slo.objective), promised[1], names]

    return Block(
        "Availability commitments",
        "What contracts promise (`sla`), beside the objective that is kept to hold it, and who agreed.",
        rows("Contracts first", _PROMISED, found, row, all_of(site, page, ServiceLevelObjective)),
        "No SLO names an `sla`, or who it is `agreed_by`.",
    )
