"""Pages that went out: they can be counted, can be borne, and led to something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.analyses.noise import noise_of
from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import counted, quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.on_call import OnCall
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location

FEWEST = 5  # pages of an alert before it counts that none led to action


@rule("ALT106", "malformed-page-results", level=Level.WARNING, since="0.1")
def malformed_page_results(base: KnowledgeBase) -> Iterator[Fault]:
    """Each line of the file of pages says which alert went out, when, and whether it led to action; all can be counted.

    `alert`, `at` and `led_to_action` are there; `rotation` names a rotation, or the alert is one that rule files, runbooks
    or the option `retired` know.

    ## Why
    A page that is left out makes a loud rotation look like a quiet one.

    ## Example
    ```tree
    options
        | alerts: {results: pages.csv}
    pages.csv
        | alert,at,led_to_action
        | CartFull,yesterday,yes
    ```

    ## Use instead
    ```tree
    options
        | alerts: {results: pages.csv, rules: [cart.rules.yaml]}
    pages.csv
        | alert,at,led_to_action
        | CartFull,2026-03-04T02:10:00+01:00,yes
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
    ```

    ## Source
    Requirements: alerts, "pages a week and the share that led to action, from a results file".
    """
    yield from (defect.fault for defect in base.monitoring.defects if defect.name == "malformed-page-results")
    alerts = alerts_of(base)
    rotations: dict[str, list[Location]] = defaultdict(list)
    unknown: dict[str, list[Location]] = defaultdict(list)
    for page in base.monitoring.pages:
        if page.rotation:
            rotations[page.rotation].append(page.rotation_place or page.place)
        elif alerts.find(page.alert) is None:
            unknown[page.alert].append(page.place)
    for name, places in rotations.items():
        found = base.find(name)
        if found is None or found.kind != OnCall.kind:
            near = base.nearest(name, (OnCall.kind,))
            hint = f"did you mean {quoted(near)}?" if near else "write the id of a rotation, or leave it out"
            yield fault(places[0], f"{quoted(name)} is no rotation{_lines(places)}", hint, *places[1:2])
    for name, places in unknown.items():
        message = f"{quoted(name)} is no alert that is known, so its pages count for no rotation{_lines(places)}"
        yield fault(places[0], message, "correct its name, or name the rotation that was called", *places[1:2])


@rule("ALT308", "noisy-rotation", level=Level.INFO, since="0.1")
def noisy_rotation(policy: OnCall, context: Context) -> Iterator[Fault]:
    """A rotation gets no more pages a week than its `page_target`.

    Counted are the last four whole weeks in the file that the option `alerts.results` names, and their mean is compared.
    What a rotation writes under `weeks` is looked at by ONC202.

    ## Why
    People who are woken too often answer slower, make worse decisions, and leave.

    ## Example
    ```tree
    options
        | alerts: {results: pages.csv}
    pages.csv
        | alert,at,led_to_action,rotation
        | CartFull,2026-03-03T02:10:00+01:00,no,cart-on-call
        | CartFull,2026-03-05T03:40:00+01:00,yes,cart-on-call
    sre/on-call/cart.md
        | ---
        | type: on-call
        | id: cart-on-call
        | owner: "@team-checkout"
        | escalation: [{who: "@team-checkout", after: 0m}, {who: "@duty-lead", after: 15m}]
        | page_target: 1
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {results: pages.csv}
    pages.csv
        | alert,at,led_to_action,rotation
        | CartFull,2026-03-05T03:40:00+01:00,yes,cart-on-call
    sre/on-call/cart.md
        | ---
        | type: on-call
        | id: cart-on-call
        | owner: "@team-checkout"
        | escalation: [{who: "@team-checkout", after: 0m}, {who: "@duty-lead", after: 15m}]
        | page_target: 1
        | ---
    ```

    ## Source
    Requirements: alerts, "pages a week … against the rotation's target".
    """
    volume = noise_of(context.base, context.as_of).of_rotation(policy)
    if volume is not None and volume.exceeds(policy.page_target):
        got = f"{counted(volume.pages, 'page')} in {counted(volume.weeks, 'week')}"
        message = f"{policy.id} got {got}, more than {policy.page_target} a week"
        hint = "mend or delete the alerts that led to nothing, or share the load"
        yield fault(policy.value_at("page_target"), message, hint)


@rule("ALT309", "alert-without-action", level=Level.INFO, since="0.1")
def alert_without_action(base: KnowledgeBase, context: Context) -> Iterator[Fault]:
    """An alert that went out five times or more within four weeks led to something that was done, at least once.

    Counted are the last four whole weeks in the file that the option `alerts.results` names.

    ## Why
    Whoever was woken five times for nothing will not hurry the sixth time. Such an alert is a ticket, or none.

    ## Example
    ```tree
    options
        | alerts: {results: pages.csv, rules: [cart.rules.yaml]}
    pages.csv
        | alert,at,led_to_action
        | CartFull,2026-02-17T02:10:00+01:00,no
        | CartFull,2026-02-19T03:40:00+01:00,no
        | CartFull,2026-02-26T02:15:00+01:00,no
        | CartFull,2026-03-03T02:05:00+01:00,no
        | CartFull,2026-03-05T03:20:00+01:00,no
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
    ```

    ## Use instead
    ```tree
    options
        | alerts: {results: pages.csv, rules: [cart.rules.yaml]}
    pages.csv
        | alert,at,led_to_action
        | CartFull,2026-03-05T03:20:00+01:00,yes
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 2e6
    ```

    ## Source
    Requirements: alerts, "the share that led to action"; every page asks for something to be done.
    """
    alerts = alerts_of(base)
    noise = noise_of(base, context.as_of)
    first = {page.alert.lower(): page for page in reversed(noise.pages)}
    for key, volume in noise.alerts.items():
        if volume.pages < FEWEST or volume.led_to_action:
            continue
        alert, page = alerts.find(key), first[key]
        place, *others = [*(one.place for one in (alert.rules[:1] if alert else ())), page.place]
        weeks = counted(volume.weeks, "week")
        message = f"{quoted(page.alert)} went out {volume.pages} times in {weeks} and never led to action"
        yield fault(place, message, "make it a ticket, or delete it", *others)


def _lines(places: list[Location]) -> str:
    return f", in {len(places)} lines" if len(places) > 1 else ""
