"""Rule files and configurations of Alertmanager: they can be read, and say what an alert needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.documents.monitoring import AlertRule


def _defects(base: KnowledgeBase, name: str) -> Iterator[Fault]:
    return (defect.fault for defect in base.monitoring.defects if defect.name == name)


@rule("ALT103", "alerts-differ-in-case-only", level=Level.ERROR, since="0.1")
def alerts_differ_in_case_only(base: KnowledgeBase) -> Iterator[Fault]:
    """The names of two alerts differ in more than upper and lower case.

    ## Why
    Their pages have one address. The page shows the rules of both under the name that comes first.

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
        |       - alert: Cartfull
        |         expr: cart_bytes > 1e9
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
        |       - alert: CartTooLarge
        |         expr: cart_bytes > 1e9
    ```

    ## Source
    Requirements: alerts, "two files that differ only in case are an error"; an alert's address is its name in lower case.
    """
    alerts = alerts_of(base)
    for clash in alerts.clashes:
        first = alerts.by_key[clash.key]
        message = f"{quoted(clash.name)} differs from {quoted(first.name)} in upper and lower case only"
        yield fault(clash.place, message, "give one of them another name", first.rules[0].place)


@rule("ALT104", "unreadable-rule-file", level=Level.ERROR, since="0.1")
def unreadable_rule_file(base: KnowledgeBase) -> Iterator[Fault]:
    """A rule file, and a configuration of Alertmanager, is UTF-8, valid YAML, and holds what it is for.

    ## Why
    Alerts that cannot be read have no page, and nobody checks where their links lead.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |        expr: cart_entries > 1e6
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
    ```

    ## Source
    Requirements: alerts, "unreadable rule file".
    """
    yield from _defects(base, "unreadable-rule-file")


@rule("ALT105", "pattern-without-rules", level=Level.WARNING, since="0.1")
def pattern_without_rules(base: KnowledgeBase) -> Iterator[Fault]:
    """Each pattern of `alerts.rules` and `alerts.alertmanager` matches at least one file.

    ## Why
    A file that was moved takes its alerts along, and nobody is told. Patterns start in the folder of the configuration;
    `**` stands for any folders between.

    ## Example
    ```tree
    options
        | alerts: {rules: [carts.rules.yaml]}
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
    ```

    ## Source
    Requirements: rule files are found by patterns, and nothing is lost without a word.
    """
    yield from _defects(base, "pattern-without-rules")


@rule("ALT207", "malformed-rule", level=Level.WARNING, since="0.1")
def malformed_rule(base: KnowledgeBase) -> Iterator[Fault]:
    """A rule group has a name, and a rule has `expr` and either `alert` or `record`; labels are keys with values.

    ## Why
    Prometheus refuses the whole file for one such rule, so that none of its alerts fires.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expression: cart_entries > 1e6
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
    ```

    ## Source
    Prometheus, "Alerting rules" and "Recording rules": the syntax of rules. Requirements: bad input of rule files.
    """
    yield from _defects(base, "malformed-rule")


@rule("ALT307", "duplicate-alert", level=Level.INFO, since="0.1")
def duplicate_alert(base: KnowledgeBase) -> Iterator[Fault]:
    """A rule group holds a rule once; two of one name differ in their expression or their labels.

    ## Why
    Both fire at once and are one alert to Alertmanager. Whoever changes the one expects the other to have gone.

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
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         for: 5m
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
    Prometheus, `promtool check rules`: duplicate rules share name and labels. Requirements: bad input, duplicate alerts.
    """
    first: dict[tuple[object, ...], AlertRule] = {}
    for one in base.monitoring.rules:
        same = one.file, one.group, one.name, " ".join(one.expression.split()), tuple(sorted(one.labels.items()))
        before = first.setdefault(same, one)
        if before is not one:
            message = f"{quoted(one.name)} stands in group {quoted(one.group)} already, with this expression and labels"
            yield fault(one.place, message, "remove one of them", before.place)
