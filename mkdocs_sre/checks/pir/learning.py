"""What a review learns: whether the runbook helped, whether the alert did, whether it is the same cause again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.checks.pir.incident import key_or_id, reviews_in_order
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.body import section_key
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.knowledge.actions import actions_by_origin, id_key

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.pir import Factor


@rule("PIR112", "runbook-not-judged", level=Level.WARNING, since="0.1")
def runbook_not_judged(pir: Pir) -> Iterator[Fault]:
    """A review says whether the runbook helped.

    `runbooks_used` with `helped`, `no_runbook` with the reason, or a section with "runbook" in its heading will do.

    ## Why
    A runbook is proven by incidents only. Nobody remembers a month later that step 2 cost eleven minutes.

    ## Example
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    runbooks_used:
      - runbook: payments-errors
    ```

    ## Use instead
    ```yaml
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    runbooks_used:
      - runbook: payments-errors
        helped: partly
        note: Step 2 restarted the pods, which changed nothing.
    ```

    ## Source
    Requirements: incident response runbook, "updated after each post-incident review".
    """
    if any("runbook" in section_key(heading.text) for heading in pir.body.headings):
        return
    for index, use in enumerate(pir.runbooks_used):
        if use.helped is None:
            place = pir.at("runbooks_used", index)
            yield fault(place, f"nothing says whether {use.runbook} helped", "add `helped:` with yes, partly or no")
    if not pir.runbooks_used and not pir.no_runbook:
        yield fault(
            key_or_id(pir, "runbooks_used"),
            "nothing says whether a runbook helped",
            "add `runbooks_used:` with `runbook` and `helped`, or the reason under `no_runbook:`",
        )


@rule("PIR113", "found-by-users", level=Level.WARNING, since="0.1")
def found_by_users(base: KnowledgeBase) -> Iterator[Fault]:
    """When users notice an incident although an alert exists for the service, an action mends the alert.

    ## Why
    The alert was there and stayed silent, or came late: that is a factor of its own, and it will be so again.

    ## Example
    ```tree
    runbook.md
        | ---
        | type: runbook
        | id: payments-errors
        | owner: "@team-payments"
        | service: payments
        | alerts: [PaymentsErrorsHigh]
        | ---
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: review
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | detected_by: users
        | ---
    ```

    ## Use instead
    ```tree
    runbook.md
        | ---
        | type: runbook
        | id: payments-errors
        | owner: "@team-payments"
        | service: payments
        | alerts: [PaymentsErrorsHigh]
        | ---
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: review
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | detected_by: users
        | ---
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - id: AI-031
        |     title: Lower the threshold of PaymentsErrorsHigh to 1 %
        |     owner: "@team-payments"
        |     due: 2026-03-20
        |     state: open
        |     kind: detect
        |     from: PIR-2026-007
        | ---
    ```

    ## Source
    Requirements: post-incident review, "contributing factors: what delayed detection".
    """
    alerting: dict[str, list[Runbook]] = defaultdict(list)
    for runbook in base.of_kind(Runbook):
        if runbook.service and runbook.alerts and runbook.status == "active":
            alerting[id_key(base, runbook.service)].append(runbook)
    actions = actions_by_origin(base)
    for pir in base.of_kind(Pir):
        runbooks = alerting.get(id_key(base, pir.service), ())
        mended = any(placed.action.kind == "detect" for placed in actions.get(pir.id.lower(), ()))
        if pir.detected_by == "users" and runbooks and not mended:
            name = quoted(runbooks[0].alerts[0])
            yield fault(
                pir.value_at("detected_by"),
                f"users noticed it although the alert {name} exists",
                f"add an action of kind `detect` with `from: {pir.id}` to the ledger",
                runbooks[0].value_at("alerts", 0),
            )


@rule("PIR114", "same-factor-again", level=Level.INFO, since="0.1")
def same_factor_again(base: KnowledgeBase) -> Iterator[Fault]:
    """A contributing factor does not come back while actions of an earlier review wait.

    ## Why
    The second incident with one cause is the price of an action that was put off. Whoever decides on it should know.

    ## Example
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | contributing_factors:
        |   - {factor: expired-certificate, text: The relay's certificate expired.}
        | ---
    PIR-2026-009.md
        | ---
        | type: pir
        | id: PIR-2026-009
        | status: draft
        | severity: SEV2
        | service: payments
        | incident_date: 2026-03-06
        | contributing_factors:
        |   - {factor: expired-certificate, text: The second relay's certificate expired too.}
        | ---
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - id: AI-031
        |     title: Alert on every certificate
        |     owner: "@team-platform"
        |     due: 2026-03-20
        |     state: open
        |     from: PIR-2026-007
        | ---
    ```

    ## Use instead
    ```tree
    PIR-2026-007.md
        | ---
        | type: pir
        | id: PIR-2026-007
        | status: final
        | severity: SEV2
        | service: payments
        | incident_date: 2026-02-24
        | contributing_factors:
        |   - {factor: expired-certificate, text: The relay's certificate expired.}
        | ---
    ledger.md
        | ---
        | type: action-items
        | id: action-ledger
        | actions:
        |   - id: AI-031
        |     title: Alert on every certificate
        |     owner: "@team-platform"
        |     due: 2026-03-20
        |     state: open
        |     from: PIR-2026-007
        | ---
    ```

    ## Source
    Requirements: post-incident review, "action items are reviewed in subsequent operational reviews".
    """
    waiting = {
        origin: [placed.action.id for placed in actions if placed.action.is_open]
        for origin, actions in actions_by_origin(base).items()
    }
    seen: dict[str, tuple[Pir, int]] = {}
    for pir in reviews_in_order(base):
        for index, factor in enumerate(pir.contributing_factors):
            earlier, position = seen.get(_key(factor), (pir, index))
            actions = waiting.get(earlier.id.lower(), ())
            if earlier is not pir and actions:
                yield fault(
                    pir.value_at("contributing_factors", index),
                    f"{quoted(factor.factor or factor.text)} already contributed to {earlier.id}, whose {', '.join(actions)} {'is' if len(actions) == 1 else 'are'} open",
                    "finish those actions first, or decide on them again",
                    earlier.value_at("contributing_factors", position),
                )
        if waiting.get(pir.id.lower()):
            seen |= {_key(factor): (pir, index) for index, factor in enumerate(pir.contributing_factors)}


def _key(factor: Factor) -> str:
    return re.sub(r"[\s_-]+", "-", (factor.factor or factor.text).casefold().strip(" ."))
