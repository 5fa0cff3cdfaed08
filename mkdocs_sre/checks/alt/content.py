"""What a rule says of its alert: for how long, in which words, and under which annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mkdocs_sre.alerts.spelling import nearest_known
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.monitoring import KEY
from mkdocs_sre.knowledge import KnowledgeBase

KNOWN = ("summary", "description", "message", "runbook_url", "runbook", "dashboard", "dashboard_url", "title")


@rule("ALT205", "mistyped-annotation", level=Level.WARNING, since="0.1")
def mistyped_annotation(base: KnowledgeBase) -> Iterator[Fault]:
    """The key of an annotation is not one or two letters off a known one.

    Known are `summary`, `description`, `message`, `title`, `runbook_url`, `runbook`, `dashboard`, `dashboard_url` and
    the keys of `alerts.link_keys`. Your own keys are left alone.

    ## Why
    Prometheus takes any key, and the message of the pager stays empty where the right one was looked for.

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
        |         annotations:
        |           descrition: The store of the carts is nearly full.
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
        |         annotations:
        |           description: The store of the carts is nearly full.
    ```

    ## Source
    Requirements: alerts, "annotation key one or two letters off a known one".
    """
    known: Sequence[str] = list(dict.fromkeys((*KNOWN, *base.settings.alerts.link_keys)))
    nearest: dict[str, str] = {}
    for one in base.monitoring.rules:
        for key in one.annotations:
            if key not in nearest:
                nearest[key] = nearest_known(key, known)
            near = nearest[key]
            if near and near not in one.annotations:
                message = f"the annotation {quoted(key)} is none that is known"
                yield fault(one.at("annotations", key, KEY), message, f"did you mean {quoted(near)}?")


@rule("ALT301", "alert-without-for", level=Level.INFO, since="0.1")
def alert_without_for(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert says for how long its condition must hold: with `for`, if only `0s`.

    ## Why
    Without it one odd sample wakes somebody, and the alert is over before they are at the keyboard.

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
        |         for: 5m
    ```

    ## Source
    Prometheus, "Alerting rules": the optional `for` clause. Requirements: alerts, "no `for`".
    """
    for one in base.monitoring.rules:
        if not one.duration:
            yield fault(one.place, f"{quoted(one.name)} has no `for`", "say how long its condition must hold")


@rule("ALT302", "alert-without-summary", level=Level.INFO, since="0.1")
def alert_without_summary(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert has the annotations `summary` and `description`; `message` stands for the second.

    ## Why
    They are all that a pager shows. A name alone says neither what is broken nor for whom.

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
        |         annotations:
        |           summary: The store of the carts is nearly full.
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
        |         annotations:
        |           summary: The store of the carts is nearly full.
        |           description: "{{ $value | humanize }} entries; carts are lost from a million on."
    ```

    ## Source
    Requirements: alerts, "no `for`, `summary` or `description`".
    """
    for one in base.monitoring.rules:
        said = {key for key, text in one.annotations.items() if text.strip()}
        said |= {"description"} if "message" in said else set()
        lacking = [key for key in ("summary", "description") if key not in said]
        if lacking:
            message = f"{quoted(one.name)} has no {' and no '.join(f'`{key}`' for key in lacking)}"
            yield fault(one.place, message, "say in the annotation what users feel, and what was measured")
