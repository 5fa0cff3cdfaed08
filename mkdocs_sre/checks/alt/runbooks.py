"""Runbooks beside the alerts that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.alerts import SEVERITY, alerts_of, is_paging
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.location import Location

_NUMBERED = re.compile(r"(?:p|sev|s)-?([1-5])", re.IGNORECASE)
_QUIET = ("warning", "info", "ticket", "none", "low", "minor", "notice")  # severities that nobody is woken for


@rule("ALT303", "orphan-runbook", level=Level.INFO, since="0.1")
def orphan_runbook(base: KnowledgeBase) -> Iterator[Fault]:
    """Some alert leads to each runbook that is for alerts: by its link, or because the runbook names it.

    A runbook with `form: procedure`, `troubleshooting` or `emergency` is for no alert unless it names one. Where an alert
    without runbook is called much alike, ALT304 tells of that instead. Without rule files nothing is looked at.

    ## Why
    Its alert was removed or renamed, or lost its link. Nobody will read the runbook when it is needed.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
    sre/runbooks/sessions-lost.md
        | ---
        | type: runbook
        | id: sessions-lost
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
    sre/runbooks/sessions-lost.md
        | ---
        | type: runbook
        | id: sessions-lost
        | owner: "@team-checkout"
        | alerts: [CartFull]
        | ---
    ```

    ## Source
    Requirements: alerts, "runbook that no alert points at".
    """
    alerts = alerts_of(base)
    for runbook in alerts.orphans:
        if runbook.path in alerts.renames:
            continue
        unknown = next((position for position, _ in enumerate(runbook.alerts)), None)
        if unknown is None:
            hint = "link it from its alert, or say `form: procedure` if it is for none"
            yield fault(_place(runbook), f"no alert leads to {runbook.id}", hint)
        else:
            message = (
                f"no rule file has {', '.join(map(quoted, runbook.alerts[:3]))}, so no alert leads to {runbook.id}"
            )
            yield fault(runbook.value_at("alerts", unknown), message, "name an alert that exists")


def _place(runbook: Runbook) -> Location:
    return runbook.value_at("id")


@rule("ALT304", "probable-rename", level=Level.INFO, since="0.1")
def probable_rename(base: KnowledgeBase) -> Iterator[Fault]:
    """A runbook that no alert leads to, and an alert without one, are not called much alike.

    ## Why
    The alert was renamed, and lost its runbook by that.

    ## Example
    ```tree
    options
        | alerts: {rules: [jobs.rules.yaml]}
    jobs.rules.yaml
        | groups:
        |   - name: jobs
        |     rules:
        |       - alert: NightlyJobNotCompleted
        |         expr: job_age > 3600
    sre/runbooks/NightlyJobCompletion.md
        | ---
        | type: runbook
        | id: NightlyJobCompletion
        | owner: "@team-data"
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [jobs.rules.yaml]}
    jobs.rules.yaml
        | groups:
        |   - name: jobs
        |     rules:
        |       - alert: NightlyJobNotCompleted
        |         expr: job_age > 3600
    sre/runbooks/NightlyJobCompletion.md
        | ---
        | type: runbook
        | id: NightlyJobCompletion
        | owner: "@team-data"
        | alerts: [NightlyJobNotCompleted]
        | ---
    ```

    ## Source
    Requirements: alerts, "a probable rename when a similar alert has none". In kube-prometheus `KubeJobCompletion` became
    `KubeJobNotCompleted`.
    """
    alerts = alerts_of(base)
    for runbook in alerts.orphans:
        name = alerts.renames.get(runbook.path)
        if name is not None:
            message = f"no alert leads to {runbook.id}, and {quoted(name)} has no runbook: it was probably renamed"
            hint = f"name {quoted(name)} under `alerts:`, and mend the link of its rule"
            yield fault(_place(runbook), message, hint, alerts.by_key[name.lower()].rules[0].place)


@rule("ALT306", "severity-disagrees", level=Level.INFO, since="0.1")
def severity_disagrees(base: KnowledgeBase) -> Iterator[Fault]:
    """The severity of a runbook fits the label `severity` of its alerts, the gravest of them.

    P1 to P5, and SEV1 to SEV5, are compared by number; other words by whether they wake somebody (`alerts.paging`). Words
    of your own that are not known to wake somebody are left alone.

    ## Why
    One of the two is wrong: somebody is woken for nothing, or sleeps through an incident.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         labels: {severity: warning}
    sre/runbooks/cart-full.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | alerts: [CartFull]
        | severity: P1
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         labels: {severity: page}
    sre/runbooks/cart-full.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | alerts: [CartFull]
        | severity: P1
        | ---
    ```

    ## Source
    Requirements: alerts, "severity of page and alert disagree".
    """
    alerts = alerts_of(base)
    for runbook in base.of_kind(Runbook):
        rules = [one for alert in alerts.of_runbook(runbook) for one in alert.rules if one.labels.get(SEVERITY)]
        own = runbook.severity or ""
        if own and rules and all(_disagree(base, own, one.labels[SEVERITY]) for one in rules):
            first = rules[0]
            theirs = ", ".join(quoted(text) for text in dict.fromkeys(one.labels[SEVERITY] for one in rules))
            message = f"{runbook.id} says {quoted(own)}, its alert {quoted(first.name)} {theirs}"
            hint = "agree on whether it wakes somebody"
            yield fault(runbook.value_at("severity"), message, hint, first.at("labels", SEVERITY))


def _disagree(base: KnowledgeBase, one: str, other: str) -> bool:
    """Whether two severities contradict each other; not when either is unknown."""
    left, right = _NUMBERED.fullmatch(one.strip()), _NUMBERED.fullmatch(other.strip())
    if left and right:
        return left[1] != right[1]
    if one.strip().lower() == other.strip().lower():
        return False
    wakes = [_wakes(base, text.strip()) for text in (one, other)]
    return None not in wakes and wakes[0] != wakes[1]


def _wakes(base: KnowledgeBase, severity: str) -> bool | None:
    if is_paging(base, severity):
        return True
    return False if severity.lower() in _QUIET or _NUMBERED.fullmatch(severity) else None
