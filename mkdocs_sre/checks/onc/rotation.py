"""Turns that are fair, and pages that can be borne."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.analyses.noise import noise_of
from mkdocs_sre.analyses.page_load import page_load
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import counted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.reading.validation import is_blank


@rule("ONC104", "member-twice", level=Level.WARNING, since="0.1")
def member_twice(policy: OnCall) -> Iterator[Fault]:
    """A rotation names each member once.

    ## Why
    Whoever stands in it twice has twice the nights, and may be primary and secondary in one week: then a page that they
    do not hear goes to nobody else.

    ## Example
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    rotation: {members: ["@ana", "@ben", "@ana"], positions: [primary, secondary]}
    escalation:
      - {who: primary, after: 0m}
      - {who: secondary, after: 10m}
    ```

    ## Use instead
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    rotation: {members: ["@ana", "@ben", "@cleo"], positions: [primary, secondary]}
    escalation:
      - {who: primary, after: 0m}
      - {who: secondary, after: 10m}
    ```

    ## Source
    Requirements: sustainable rotations, with a primary and a secondary.
    """
    first: dict[str, int] = {}
    for index, who in enumerate(policy.rotation.members if policy.rotation else ()):
        name = who.strip().casefold()
        if is_blank(who):
            continue
        if name in first:
            yield fault(
                policy.value_at("rotation", "members", index),
                f"{who} takes turns twice in {policy.id}",
                "name each member once",
                policy.value_at("rotation", "members", first[name]),
            )
        first.setdefault(name, index)


@rule("ONC105", "too-few-members", level=Level.WARNING, since="0.1")
def too_few_members(policy: OnCall) -> Iterator[Fault]:
    """A rotation has more members than positions, so that somebody is off.

    ## Why
    With as many positions as members everybody is on call always. With fewer members one person holds two positions,
    and an escalation from one to the other calls the same telephone again.

    ## Example
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    rotation: {members: ["@ana", "@ben"], positions: [primary, secondary]}
    escalation:
      - {who: primary, after: 0m}
      - {who: secondary, after: 10m}
    ```

    ## Use instead
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    rotation: {members: ["@ana", "@ben", "@cleo", "@dan"], positions: [primary, secondary]}
    escalation:
      - {who: primary, after: 0m}
      - {who: secondary, after: 10m}
    ```

    ## Source
    Requirements: on-call health, sustainable rotations.
    """
    rotation = policy.rotation
    if rotation is None or not rotation.members:
        return
    members, positions = len(set(map(str.casefold, rotation.members))), max(1, len(rotation.positions))
    if members <= positions:
        yield fault(
            policy.at("rotation", "members"),
            f"{policy.id} has {counted(members, 'member')} for {counted(positions, 'position')}, so nobody is ever off",
            "add members, or share positions with another rotation",
        )


@rule("ONC202", "pages-above-target", level=Level.WARNING, since="0.1")
def pages_above_target(policy: OnCall, context: Context) -> Iterator[Fault]:
    """A rotation is paged no more often than it can bear.

    ## Why
    People who are woken every other night answer slower, make worse decisions, and leave. The median of the newest eight
    weeks is compared with `page_target`, so one bad week alone does not count. Where the file of `alerts.results` knows
    the rotation, that is looked at instead (ALT308).

    ## Example
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
      - {who: "@payments-leads", after: 15m}
    page_target: 2
    weeks:
      - {begins: 2026-02-16, pages: 5, acted_on: 1}
      - {begins: 2026-02-23, pages: 4, acted_on: 2}
    ```

    ## Use instead
    ```yaml
    type: on-call
    id: payments-on-call
    owner: "@team-payments"
    escalation:
      - {who: "@team-payments", after: 0m}
      - {who: "@payments-leads", after: 15m}
    page_target: 2
    weeks:
      - {begins: 2026-02-16, pages: 1, acted_on: 1}
      - {begins: 2026-02-23, pages: 2, acted_on: 2}
    ```

    ## Source
    Requirements: alert volume targets, pages per shift; every alert asks for something to be done.
    """
    load = page_load(policy)
    if load.above_target and noise_of(context.base, context.as_of).of_rotation(policy) is None:
        yield fault(
            policy.value_at("page_target"),
            f"{policy.id} is paged {load.a_week} times a week (median of {load.weeks}), and can bear {policy.page_target}",
            "mend or delete the alerts that led to nothing, or share the load",
            policy.at("weeks"),
        )
