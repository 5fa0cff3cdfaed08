"""Links of alerts: they lead somewhere, and are written as the site's addresses are."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.anchors import anchors
from mkdocs_sre.alerts.links import addresses_of
from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.checks.wording import quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from mkdocs_sre.alerts.alert import Alert, Link
    from mkdocs_sre.documents.monitoring import AlertRule

MAX_COMPARED = 30_000  # pairs of a wrong anchor and one that is there, of all searches for a near one


@rule("ALT101", "alert-link-to-nothing", level=Level.ERROR, since="0.1")
def alert_link_to_nothing(base: KnowledgeBase) -> Iterator[Fault]:
    """The link of an alert, where it leads to this site, leads to a page.

    A link whose path holds labels is looked at with each of their values in `alerts.label_values`, and left alone when a
    label has none there.

    ## Why
    Whoever follows it was asleep a minute ago. The alert's own page may stand at that address, but it is no runbook.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/cart-ful/
    sre/runbooks/cart-full.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/cart-full/
    sre/runbooks/cart-full.md
        | ---
        | type: runbook
        | id: cart-full
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: alerts, "link to no page". In kube-prometheus 27 of 139 rules link to a runbook that does not exist.
    """
    for alert in alerts_of(base):
        for link in alert.links:
            if link.outcome == "nothing":
                message = f"the link of {quoted(alert.name)} leads to no page at {quoted('/' + link.address)}"
                yield fault(link.place, message, _instead(base, alert, link))


def _instead(base: KnowledgeBase, alert: Alert, link: Link) -> str:
    if alert.runbook is not None:
        return f"link its runbook, {quoted(_address(base, alert.runbook.path))}"
    last = link.address.rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".md")
    near = base.nearest(last[:80], ("runbook",))
    return f"did you mean the runbook {near}?" if near else "correct the link, or write the runbook"


def _address(base: KnowledgeBase, path: str) -> str:
    return "/" + next(addresses_of(path, directory_urls=base.directory_urls))


@rule("ALT102", "alert-link-to-no-heading", level=Level.ERROR, since="0.1")
def alert_link_to_no_heading(base: KnowledgeBase) -> Iterator[Fault]:
    """The part of an alert's link behind `#` is the anchor of a heading, or an id that the page sets itself.

    Anchors are those that Python-Markdown gives by default: `## Disk is full` has `disk-is-full`.

    ## Why
    Browsers say nothing: they show the page from its top, which is about some other alert.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/cart/#cartfull
    sre/runbooks/cart.md
        | ---
        | type: runbook
        | id: cart
        | owner: "@team-checkout"
        | ---
        |
        | ## Cart full
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/cart/#cart-full
    sre/runbooks/cart.md
        | ---
        | type: runbook
        | id: cart
        | owner: "@team-checkout"
        | ---
        |
        | ## Cart full
    ```

    ## Source
    Requirements: alerts, "anchor to no heading". All 48 links of Thanos' alerts name a heading that does not exist.
    """
    known: dict[str, list[str]] = {}
    compared = 0
    for alert in alerts_of(base):
        for link in alert.links:
            if link.outcome == "no-anchor":
                if link.target not in known:
                    known[link.target] = sorted(anchors(base.source_by_path[link.target].body))
                compared += len(known[link.target])
                near = (
                    get_close_matches(link.anchor[:80], known[link.target], 1, 0.7) if compared <= MAX_COMPARED else []
                )
                hint = f"did you mean {quoted('#' + near[0])}?" if near else "name a heading, or give one this id"
                yield fault(
                    link.place, f"no heading of `{link.target}` has the anchor {quoted('#' + link.anchor)}", hint
                )


@rule("ALT204", "alert-link-slip", level=Level.WARNING, since="0.1")
def alert_link_slip(base: KnowledgeBase) -> Iterator[Fault]:
    """The link of an alert is written as the site's address is: with its scheme, its upper and lower case, and its slash.

    ## Why
    Servers that know upper and lower case answer “not found” to the wrong one; a missing slash costs a redirect, which
    some hosts do not make; a link without `https://` is no link in most pagers.

    ## Example
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/cartfull/
    sre/runbooks/CartFull.md
        | ---
        | type: runbook
        | id: CartFull
        | owner: "@team-checkout"
        | ---
    ```

    ## Use instead
    ```tree
    options
        | alerts: {rules: [cart.rules.yaml], url_prefix: ["https://sre.example.com/"]}
    cart.rules.yaml
        | groups:
        |   - name: cart
        |     rules:
        |       - alert: CartFull
        |         expr: cart_entries > 1e6
        |         annotations:
        |           runbook_url: https://sre.example.com/sre/runbooks/CartFull/
    sre/runbooks/CartFull.md
        | ---
        | type: runbook
        | id: CartFull
        | owner: "@team-checkout"
        | ---
    ```

    ## Source
    Requirements: alerts, "wrong case or missing slash; no scheme".
    """
    slips = {
        "case": "differs from its page's address in upper and lower case",
        "slash": "ends in another way than its page's address",
        "scheme": "has no scheme",
    }
    for alert in alerts_of(base):
        for link in alert.links:
            if link.slip and link.target:
                message = f"the link {quoted(link.text)} {slips[link.slip]}"
                named = link.address.lower().endswith((".md", ".markdown"))  # the file, as code hosts show it
                right = link.target if named else _address(base, link.target)
                hint = "begin it with `https://`" if link.slip == "scheme" else f"write {quoted(right)}"
                yield fault(link.place, message, hint)


@rule("ALT206", "alert-with-different-links", level=Level.WARNING, since="0.1")
def alert_with_different_links(base: KnowledgeBase) -> Iterator[Fault]:
    """All rules of one alert that have a link have the same one.

    ## Why
    A message names the alert, not the rule. Whoever knows the one runbook does not expect another.

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
        |         annotations:
        |           runbook_url: https://sre.example.com/cart-full/
        |       - alert: CartFull
        |         expr: cart_entries > 1e5
        |         labels: {severity: ticket}
        |         annotations:
        |           runbook_url: https://wiki.example.com/cart/
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
        |           runbook_url: https://sre.example.com/cart-full/
        |       - alert: CartFull
        |         expr: cart_entries > 1e5
        |         labels: {severity: ticket}
        |         annotations:
        |           runbook_url: https://sre.example.com/cart-full/
    ```

    ## Source
    Requirements: alerts, "one name with different links".
    """
    keys = base.settings.alerts.link_keys
    for alert in alerts_of(base):
        first: tuple[str, str, AlertRule] | None = None
        for one in alert.rules:
            key = next((key for key in keys if one.annotations.get(key, "").strip()), None)
            if key is None:
                continue
            text = one.annotations[key].strip()
            if first is None:
                first = text, key, one
            elif text != first[0]:
                message = f"{quoted(alert.name)} leads to {quoted(text)} here, elsewhere to {quoted(first[0])}"
                there = first[2].at("annotations", first[1])
                yield fault(one.at("annotations", key), message, "give both the same link, or two names", there)
