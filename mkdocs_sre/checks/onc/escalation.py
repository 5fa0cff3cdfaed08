"""Whoever is called last is somebody, and every level comes after the one before it."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.analyses.escalation import calls_somebody
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.knowledge import KnowledgeBase


@rule("ONC101", "escalation-to-nobody", level=Level.ERROR, since="0.1")
def escalation_to_nobody(policy: OnCall, context: Context) -> Iterator[Fault]:
    """The last level of an escalation calls somebody.

    ## Why
    A page that nobody answers climbs the levels. Where the last of them is a rotation without members, or hands over to
    a policy that hands back, it ends in nobody, and nobody knows that it did.

    ## Example
    ```tree
    a.md
        | ---
        | type: on-call
        | id: payments-on-call
        | owner: "@team-payments"
        | escalation:
        |   - {who: "@team-payments", after: 0m}
        |   - {who: leads-on-call, after: 15m}
        | ---
    b.md
        | ---
        | type: on-call
        | id: leads-on-call
        | owner: "@payments-leads"
        | escalation:
        |   - {who: payments-on-call, after: 15m}
        | ---
    ```

    ## Use instead
    ```tree
    a.md
        | ---
        | type: on-call
        | id: payments-on-call
        | owner: "@team-payments"
        | escalation:
        |   - {who: "@team-payments", after: 0m}
        |   - {who: leads-on-call, after: 15m}
        | ---
    b.md
        | ---
        | type: on-call
        | id: leads-on-call
        | owner: "@payments-leads"
        | escalation:
        |   - {who: "@payments-leads", after: 15m}
        | ---
    ```

    ## Source
    Requirements: escalation policies and on-call rotations with clear escalation paths.
    """
    if calls_somebody(context.base, policy):
        return
    if not policy.escalation:
        yield fault(
            policy.at("escalation"), f"{policy.id} has no levels, so nobody is called", "add at least two levels"
        )
        return
    last = len(policy.escalation) - 1
    who = policy.escalation[last].who
    handed = context.base.document(who, OnCall)
    cause = f"the last level of {policy.id} is {who}, "
    cause += "a rotation without members" if handed is None else "and nobody is called at the end of it"
    yield fault(policy.value_at("escalation", last), cause, "end with somebody who always answers")


@rule("ONC102", "levels-out-of-order", level=Level.ERROR, since="0.1")
def levels_out_of_order(policy: OnCall) -> Iterator[Fault]:
    """Each level of an escalation is called later than the one before it.

    ## Why
    Two levels at one time are both called, and each takes the other for the one who is at it. A level that is called
    before the one above it is a slip, and nobody knows which of the two numbers is right.

    ## Example
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
      - {who: "@payments-leads", after: 30m}
      - {who: "@cto", after: 15m}
    ```

    ## Use instead
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
      - {who: "@payments-leads", after: 15m}
      - {who: "@cto", after: 30m}
    ```

    ## Source
    Requirements: escalation paths with their timing, how long to wait before each.
    """
    for index in range(1, len(policy.escalation)):
        before, level = policy.escalation[index - 1 : index + 1]
        if level.after.minutes > before.after.minutes:
            continue
        yield fault(
            policy.value_at("escalation", index, "after"),
            f"{level.who} is called after {level.after}, and the level before, {before.who}, after {before.after}",
            "order the levels by time, each later than the last",
            policy.value_at("escalation", index - 1, "after"),
        )


@rule("ONC103", "runbook-escalates-to-nobody", level=Level.ERROR, since="0.1")
def runbook_escalates_to_nobody(base: KnowledgeBase) -> Iterator[Fault]:
    """What a runbook or a service escalates to is a policy with levels that is in force.

    ## Why
    `escalation: payments-on-call` shows whom to call next. Where that policy has no level, or is deprecated, the page
    shows nothing, or people who are called no more.

    ## Example
    ```tree
    a.md
        | ---
        | type: runbook
        | id: payments-errors
        | owner: "@team-payments"
        | escalation: payments-on-call
        | ---
    b.md
        | ---
        | type: on-call
        | id: payments-on-call
        | owner: "@team-payments"
        | status: deprecated
        | escalation:
        |   - {who: "@team-payments", after: 0m}
        |   - {who: "@payments-leads", after: 15m}
        | ---
    ```

    ## Use instead
    ```tree
    a.md
        | ---
        | type: runbook
        | id: payments-errors
        | owner: "@team-payments"
        | escalation: payments-on-call
        | ---
    b.md
        | ---
        | type: on-call
        | id: payments-on-call
        | owner: "@team-payments"
        | escalation:
        |   - {who: "@team-payments", after: 0m}
        |   - {who: "@payments-leads", after: 15m}
        | ---
    ```

    ## Source
    Requirements: a runbook says whom to call when its steps do not help.
    """
    for mention in base.mentions:
        policy = mention.entry.document if mention.entry else None
        if mention.reference is None or mention.key not in _CALLING or not isinstance(policy, OnCall):
            continue
        if not policy.origin.intact or mention.document is policy:
            continue
        why = "has no levels" if not policy.escalation else "is deprecated" if policy.status == "deprecated" else ""
        if why:
            place = policy.at("escalation") if not policy.escalation else policy.value_at("status")
            yield fault(
                mention.location,
                f"`{mention.key}` names {policy.id}, which {why}",
                "name a policy that calls somebody",
                place,
            )


_CALLING = ("escalation", "on_call", "escalation.who", "severities.paged")


@rule("ONC201", "single-level-escalation", level=Level.WARNING, since="0.1")
def single_level_escalation(policy: OnCall) -> Iterator[Fault]:
    """An escalation has a second level for when the first does not answer.

    ## Why
    Telephones are silent, batteries are empty, people are in a tunnel. With one level, an alert that is not answered
    stays so.

    ## Example
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
    ```

    ## Use instead
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
      - {who: "@payments-leads", after: 15m}
    ```

    ## Source
    Requirements: who gets alerted if there is no response, and how long to wait before.
    """
    if len(policy.escalation) == 1:
        yield fault(
            policy.at("escalation"),
            f"{policy.id} calls {policy.escalation[0].who} and then nobody",
            "add a level for when they do not answer",
        )
