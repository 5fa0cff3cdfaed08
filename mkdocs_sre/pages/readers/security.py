"""Where reliability and security meet: providers, secrets, what they hold up, and what is being done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.action_items import ActionItems
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.pages.around import dependents
from mkdocs_sre.pages.blocks import Block, all_of, items, rows, small
from mkdocs_sre.pages.escape import escape, prose
from mkdocs_sre.pages.gathering import actions, reviews, risks, services, tagged
from mkdocs_sre.pages.heads import Chip, head_of
from mkdocs_sre.pages.lists import Item
from mkdocs_sre.pages.readers import reader
from mkdocs_sre.pages.recovery import recovery_block
from mkdocs_sre.pages.risks import treatment
from mkdocs_sre.pages.standing import action_chip
from mkdocs_sre.pages.tables import Column
from mkdocs_sre.pages.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.kinds.action_items import Action
    from mkdocs_sre.documents.kinds.service import Service
    from mkdocs_sre.pages.site import Site

TAG = "security"
# What the words of a document are searched for, whole words only; `key` alone would find too much.
WORDS = ("certificate", "credential", "secret", "password", "token", "private key", "signing key", "TLS", "permission")
_WORDS = re.compile(rf"\b(?:{'|'.join(WORDS)})s?\b", re.IGNORECASE)
_EXTERNALS = (
    Column("Provider", "fit"),
    Column("What needs it"),
    Column("Stands in for it"),
    Column("Owner", "sre-num", bare=True),
    Column("Risk", "early", bare=True),
)


@reader("Security", "Providers, secrets and certificates that reliability hangs on, and what is being done.", rank=50)
def security_blocks(site: Site, page: str) -> Iterable[Block]:
    """Yield externals, secrets and certificates, actions that touch them, reviews, and recovery targets."""
    yield _externals(site, page)
    yield _secrets(site, page)
    yield _actions(site, page)
    yield _reviews(site, page)
    yield recovery_block(
        site, page, "What may be lost at most (RPO), and for how long (RTO), when data is destroyed or a place is gone."
    )


def _externals(site: Site, page: str) -> Block:
    rated = {one.risk.subject.lower(): one for one in reversed(risks(site))}

    def row(service: Service) -> list[str]:
        by = dependents(service, site)
        instead = dict.fromkeys(need.fallback for _, need in by if need.fallback)
        rating = rated.get(service.id.lower())
        return [
            site.link_document(page, service),
            ", ".join(dict.fromkeys(site.link_document(page, one) for one, _ in by)) or "nothing that says so",
            ", ".join(site.link_id(page, one) for one in instead) or ("nothing" if by else ""),
            escape(service.owner),
            treatment(rating.risk, site.as_of).markdown() if rating else Chip("not rated", "none").markdown(),
        ]

    return Block(
        "Providers outside",
        "Each is a party that the system trusts and cannot run without; the last column is what its risk assessment says.",
        rows("The most critical first", _EXTERNALS, services(site, "external"), row),
        "No service has `kind: external`.",
    )


def _touches(*texts: str | None) -> bool:
    return any(text and _WORDS.search(text) for text in texts)


def _secrets(site: Site, page: str) -> Block:
    found: list[Item] = []
    for service in services(site):
        if tagged(service, TAG) or _touches(service.description):
            chip = Chip(f"tier {service.tier}")
            found.append(Item(site.link_document(page, service), prose(service.description or ""), chip.markdown()))
    for placed in risks(site):
        if _touches(placed.risk.title, *(one.text for one in placed.risk.mitigations)):
            chip = treatment(placed.risk, site.as_of)
            said = small("risk", escape(placed.assessment.id), f"score {placed.risk.product} of 25")
            found.append(Item(site.link_document(page, placed.assessment, placed.risk.title), said, chip.markdown()))
    for pir in reviews(site):
        factors = [one for one in pir.contributing_factors if _touches((one.factor or "").replace("-", " "), one.text)]
        if factors:
            said = " ".join(prose(one.text) for one in factors)
            found.append(Item(site.link_document(page, pir), said, Chip(counted(len(factors), "factor")).markdown()))
    return Block(
        "Secrets and certificates",
        f"What holds or hangs on one, found by the tag `{TAG}` or by a word: {', '.join(WORDS)}.",
        items(found),
        f"Nothing names one. A document with `tags: [{TAG}]` in its front matter is listed here.",
    )


def _actions(site: Site, page: str) -> Block:
    found = [one for one in actions(site) if one.is_open and _about(site, one)]
    listed = []
    for one in found:
        until = f"due {one.due.isoformat()}" if one.due else ""
        origin = f"from {site.link_id(page, one.origin_id)}" if one.origin_id else ""
        said = small(escape(one.id), escape(one.owner or "nobody"), until, origin)
        listed.append(Item(site.link_id(page, one.id, one.title), said, action_chip(one, site).markdown()))
    return Block(
        "Open actions that touch them",
        "What is being done about secrets and certificates, or follows from a review with that tag; late ones first.",
        items(listed, more=all_of(site, page, ActionItems)),
        fine="No open action touches them.",
    )


def _about(site: Site, action: Action) -> bool:
    origin = site.base.document(action.origin_id, Pir)
    return _touches(action.title) or (origin is not None and tagged(origin, TAG))


def _reviews(site: Site, page: str) -> Block:
    listed = []
    for pir in reviews(site):
        if tagged(pir, TAG) or _touches(pir.name):
            chips = " ".join(chip.markdown() for chip in head_of(pir, site, page).chips[:2])
            said = small(escape(pir.id), pir.incident_date.isoformat(), site.link_id(page, pir.service))
            listed.append(Item(site.link_document(page, pir), said, chips))
    return Block(
        "Reviews to read",
        f"Incidents whose review has the tag `{TAG}`, or one of these words in its title.",
        items(listed, more=all_of(site, page, Pir)),
        f"No review has the tag. Add `tags: [{TAG}]` to the front matter of one.",
    )
