"""Alerts that wake somebody: what they must bring along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.expression import is_on_resources
from mkdocs_sre.alerts.resolve import is_template
from mkdocs_sre.alerts.routing import receivers
from mkdocs_sre.analyses.alerts import SEVERITY, alerts_of, is_paging
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.documents.monitoring import AlertRule


def _paging(base: KnowledgeBase) -> Iterator[tuple[Alert, AlertRule]]:
    """Yield each alert that wakes somebody, with the first of its rules that does."""
    for alert in alerts_of(base):
        if alert.paging:
            yield alert, next(one for one in alert.rules if is_paging(base, one.labels.get(SEVERITY, "")))


@rule("ALT201", "paging-alert-without-runbook", level=Level.WARNING, since="0.1")
def paging_alert_without_runbook(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert that wakes somebody has a runbook: its link leads to one, one names it under `alerts`, or bears its name.

    Which alerts wake somebody is said by `alerts.paging`, values of the label `severity`. What ALT101 tells of is not
    told twice. A link to a page that is no runbook, or to another site, is no runbook.

    ## Why
    Without a runbook the first minutes go into finding out what the alert means and what may be touched.

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
        |         labels: {severity: page}
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
        | ---
    ```

    ## Source
    Requirements: alerts, "paging alert without runbook". In one public collection 15 of 88 paging alerts have none.
    """
    for alert, one in _paging(base):
        outcomes = {link.outcome for link in alert.links}
        if alert.runbook is not None or "nothing" in outcomes or any(is_template(link) for link in alert.links):
            continue
        where = {"page": ": its link leads to a page that is none", "elsewhere": " here: its link leads elsewhere"}
        why = next((text for outcome, text in where.items() if outcome in outcomes), "")
        message = f"{quoted(alert.name)} wakes somebody and has no runbook{why}"
        yield fault(one.place, message, f"begin one with `mkdocs-sre new runbook --for-alert {_argument(alert.name)}`")


def _argument(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else "NAME"


@rule("ALT202", "paging-alert-without-owner", level=Level.WARNING, since="0.1")
def paging_alert_without_owner(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert that wakes somebody has an owner: by a label of `alerts.owner_labels`, its runbook, or its service.

    The label `service` names the service, by its document's id.

    ## Why
    Whom to ask, and who may change it, is what stands first on its page.

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
        |         labels: {severity: page}
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
        |         labels: {severity: page, team: team-checkout}
    ```

    ## Source
    Requirements: alerts, "paging alert without runbook, owner or receiver".
    """
    labels = " or ".join(f"`{name}`" for name in base.settings.alerts.owner_labels)
    for alert, one in _paging(base):
        if not alert.owner:
            hint = f"add the label {labels}" if labels else "give it a runbook with an owner"
            yield fault(one.place, f"{quoted(alert.name)} wakes somebody and has no owner", hint)


@rule("ALT203", "paging-alert-without-receiver", level=Level.WARNING, since="0.1")
def paging_alert_without_receiver(base: KnowledgeBase) -> Iterator[Fault]:
    """Alertmanager sends an alert that wakes somebody to a receiver that reaches a person, and to that of its owner.

    An owner's receiver is told in `owners`. Only labels that the rule sets are known: where a route hangs on another,
    it may be taken, and there is nothing to tell. Without a configuration of Alertmanager nothing is looked at.

    ## Why
    The alert fires, and nobody hears of it; or a team is woken that can do nothing.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], alertmanager: [alertmanager.yml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         labels: {severity: page}
    alertmanager.yml
        | route:
        |   receiver: nobody
        |   routes:
        |     - receiver: checkout
        |       matchers: [severity = "pager"]
        | receivers:
        |   - name: nobody
        |   - name: checkout
        |     pagerduty_configs: [{routing_key_file: /etc/key}]
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], alertmanager: [alertmanager.yml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         labels: {severity: page}
    alertmanager.yml
        | route:
        |   receiver: nobody
        |   routes:
        |     - receiver: checkout
        |       matchers: [severity = "page"]
        | receivers:
        |   - name: nobody
        |   - name: checkout
        |     pagerduty_configs: [{routing_key_file: /etc/key}]
    ```

    ## Source
    Prometheus, "Alertmanager: routing-related settings". Requirements: alerts, "route that reaches no receiver for the
    owner".
    """
    if not any(routing.route for routing in base.monitoring.routings):
        return
    alerts = alerts_of(base)
    wanted = {owner.id.lower(): owner.receiver for owner in base.settings.owners if owner.receiver}
    for alert, one in _paging(base):
        called = [*alerts.called_by(one)]
        own = wanted.get(alert.owner.lower())
        if not any(who.means for who in called):
            message = f"{quoted(alert.name)} wakes somebody, but Alertmanager calls nobody: {receivers(called)}"
        elif own and own not in (who.receiver for who in called):
            message = (
                f"Alertmanager sends {quoted(alert.name)} to {receivers(called)}, not to its owner's {quoted(own)}"
            )
        else:
            continue
        yield fault(one.place, message, "add a route that its labels match", *(who.place for who in called))


@rule("ALT305", "alert-on-cause", level=Level.INFO, since="0.1")
def alert_on_cause(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert that wakes somebody tells of what users feel, not of CPU, memory or disk alone.

    Told when every metric of the expression is one of CPU, load, memory, swap, disk or file systems.

    ## Why
    A busy machine harms nobody by itself, and is the usual reason why people stop to trust the pager. Alert on errors
    and latency, and send the machine's state to a ticket.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartBusy
        |         expr: avg(rate(node_cpu_seconds_total{mode!="idle"}[5m])) > 0.9
        |         labels: {severity: page}
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartBusy
        |         expr: avg(rate(node_cpu_seconds_total{mode!="idle"}[5m])) > 0.9
        |         labels: {severity: ticket}
    ```

    ## Source
    Google, "Site Reliability Engineering", chapter 6: symptoms versus causes. Requirements: alerts, "alert on symptoms".
    """
    for alert in alerts_of(base):
        for one in alert.rules:
            if is_paging(base, one.labels.get(SEVERITY, "")) and is_on_resources(one.expression):
                message = f"{quoted(alert.name)} wakes somebody for CPU, memory or disk alone"
                yield fault(one.at("expr"), message, "alert on what users feel, and send this to a ticket")


@rule("ALT401", "paging-alert-without-dashboard", level=Level.OFF, since="0.1")
def paging_alert_without_dashboard(base: KnowledgeBase) -> Iterator[Fault]:
    """An alert that wakes somebody has a dashboard: by an annotation such as `dashboard`, or on its runbook.

    ## Why
    A graph tells within seconds since when it is so, and whether it gets worse. Off by default, because most existing
    rules have none.

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
        |         labels: {severity: page}
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
        |         annotations:
        |           dashboard_url: https://grafana.example.com/d/cart
    ```

    ## Source
    Requirements: alerts, "paging alert without dashboard".
    """
    for alert, one in _paging(base):
        told = any(
            "dashboard" in key.lower() and text for rule in alert.rules for key, text in rule.annotations.items()
        )
        if not told and not (alert.runbook is not None and alert.runbook.dashboards):
            message = f"{quoted(alert.name)} wakes somebody and has no dashboard"
            yield fault(one.place, message, "add the annotation `dashboard`, or `dashboards:` to its runbook")
