"""A runbook with everything that its page can do, built and served for the tests of values, copying and ticks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.conftest import NOW

CONFIGURATION = """\
site_name: Test
site_url: https://shop.example/
use_directory_urls: {directories}
theme:
  name: {theme}
{options}
plugins:
  - search
  - sre: {{as_of: 2026-03-09}}
markdown_extensions: [tables, pymdownx.superfences, pymdownx.highlight]
"""
MATERIAL = "  font: false\n  features: [navigation.instant, content.code.copy]"
RUNBOOK = """\
---
type: runbook
id: shop-errors
title: Nobody can buy
owner: "@team"
severity: P1
impact: Nobody can buy.
escalation: "@leads"
dashboards:
  - {title: Sales, url: "https://grafana.example/d/shop?var-namespace=${NAMESPACE}&var-pod=${POD}"}
  - {title: Anywhere, url: "https://${POD}.example/d"}
placeholders:
  - {name: NAMESPACE, pattern: "[a-z0-9-]{1,63}", example: shop-prod, description: The namespace.}
  - {name: POD, pattern: "[a-z0-9-]{1,253}"}
  - {name: REGION, default: eu-1}
  - {name: NOTE, pattern: "[^~]*", description: Any words.}
decide:
  - {see: Errors are `tls`, is: a certificate, do: "Step 2, restart"}
  - {see: All is slow, is: the store, do: step 3}
---

# Nobody can buy

## Detection

| When | Words |
|---|---|
| At once | Since today the shop in ${REGION} fails: ${NOTE}. |

## Triage

```console
$ kubectl -n ${NAMESPACE} get pods \\
    --selector app=shop
NAME   READY
shop   1/1
$ kubectl -n ${NAMESPACE} get events
```

## Mitigation

### 1. Look at the log (read-only)

```sh
kubectl -n ${NAMESPACE} logs ${POD}
```

Expect: no `error`.

### 2. Restart the pod (reversible)

```sh
kubectl -n ${NAMESPACE} delete pod ${POD} --wait=false
```

Undo: `kubectl -n ${NAMESPACE} rollout undo deployment/shop`.

### 3. Empty the queue "all" (destructive)

```sh
echo ${NOTE} "${NOTE}" "$(echo ${REGION})"
```

```sh
echo ${NOTE} # ${NOTE}
```

Before: somebody says yes. Loses: orders.

## Verification

All is well again. See [the other](sre:other).

## Communication

Tell support.

## Escalation

Call the leads.
"""
OTHER = """\
---
type: runbook
id: other
owner: "@team"
---

# Other

## Mitigation

### Look (read-only)

```sh
uptime
```

Back to [the shop](sre:shop-errors).
"""
FILES = {"shop.md": RUNBOOK, "other.md": OTHER}


def configuration(theme: str = "material", options: str = MATERIAL, *, directories: bool = True) -> str:
    """The options of a site with `FILES`."""
    return CONFIGURATION.format(theme=theme, options=options, directories=str(directories).lower())


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a page in a context of its own, which may use the clipboard; an error of the script fails the test."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    yield page
    context.close()
    assert errors == []


def clipboard(page: Page) -> str:
    """What was copied last."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def said(page: Page, text: str) -> None:
    """Wait until the page says this about a copy, and nothing more."""
    page.wait_for_function("text => document.querySelector('.sre-said').textContent === text", arg=text, timeout=5_000)


def commands(page: Page) -> list[str]:
    """The commands of the page as they are shown, prompts and output with them."""
    return [text.strip() for text in page.locator("article pre > code").all_text_contents()]
