"""The small site that the repositories of these tests hold: its files as text."""

from __future__ import annotations

REVIEWS = "docs/reliability/pirs"
REVIEW = f"{REVIEWS}/PIR-2026-001.md"  # final and sealed, with an image and a snippet: the one that cases tamper with
OTHER = f"{REVIEWS}/PIR-2026-002.md"  # final and sealed: the one that is left alone
DRAFT = f"{REVIEWS}/PIR-2026-003.md"
IMAGE = f"{REVIEWS}/img/queue.png"
SNIPPET = "snippets/contacts.md"
LEDGER = "docs/reliability/actions/ledger.md"
INDEX = "docs/index.md"
LOCK = "pir-seals.lock"
CONFIGURATION = "mkdocs.yml"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

MKDOCS = """\
site_name: Shop
theme:
  name: mkdocs
markdown_extensions:
  - pymdownx.snippets:
      base_path: [snippets]
plugins:
  - sre:
      as_of: 2026-03-01
"""
EXCLUDED = MKDOCS + "exclude_docs: |\n  PIR-2026-001.md\n"
DRAFTED = MKDOCS + "draft_docs: |\n  PIR-2026-001.md\n"

SERVICE = """\
---
type: service
id: shop
title: Shop
description: Sells.
owner: "@team-shop"
tier: 3
kind: service
on_call: "@team-shop"
---

# Shop

## Overview

The shop sells to customers.
"""

ACTIONS = """\
---
type: action-items
id: ledger
title: Actions
actions:
  - id: AI-001
    title: Alert when the queue holds more than 1,000 orders
    owner: "@team-shop"
    due: 2026-04-01
    state: open
    from: PIR-2026-001
    opened: 2026-02-27
---

# Actions
"""

HEAD = """\
---
type: pir
id: {id}
title: Orders waited
status: {status}
severity: SEV3
service: shop
incident_date: 2026-02-24
timezone: UTC
events:
  - {{kind: impact_started, time: 2026-02-24 14:02, text: The queue stopped.}}
  - {{kind: detected, time: 2026-02-24 14:09, text: The alert fired.}}
  - {{kind: acknowledged, time: 2026-02-24 14:10, text: On call looked.}}
  - {{kind: mitigated, time: 2026-02-24 14:41, text: The queue was moved.}}
  - {{kind: resolved, time: 2026-02-24 15:20, text: The disk was replaced.}}
impact:
  - {{label: Orders delayed, value: "590", note: of 2360}}
contributing_factors:
  - factor: disk-full
    text: The disk was full, and nothing told.
no_slo_impact: Orders are counted when they are made, not when they arrive.
no_runbook: There was none.
authors: ["@team-shop"]
---

# Orders waited

## Summary

The queue stopped for 39 minutes.\x20\x20
Then it was moved to another disk.

## Impact

590 orders were delayed, by the log of the shop.

"""
REST = """\
## Contributing Factors

The disk was full. Its alert covered the root disk only.

## Lessons

The move took one command. We were lucky that it was no Saturday.
"""
ATTACHED = """\
![The queue](img/queue.png)

--8<-- "contacts.md"

"""


def review(identifier: str, status: str = "final", *, attached: bool = False) -> str:
    """Return a whole review; `attached` with an image and a snippet."""
    return HEAD.format(id=identifier, status=status) + (ATTACHED if attached else "") + REST


def addendum(identifier: str, amends: str) -> str:
    """Return an addendum to a review."""
    return f"""\
---
type: addendum
id: {identifier}
title: 612 orders, not 590
amends: {amends}
date: 2026-03-05
corrects: "Orders delayed: 612 instead of 590."
authors: ["@team-shop"]
---

# 612 orders, not 590

The log had lost 22 lines.
"""


BEFORE: dict[str, str | bytes] = {  # the site while all its reviews are drafts
    CONFIGURATION: MKDOCS,
    "docs/sre/services/shop.md": SERVICE,
    INDEX: "# Shop\n\nHow we run it.\n",
    LEDGER: ACTIONS,
    SNIPPET: "The shop's desk is #shop.\n",
    IMAGE: PNG,
    REVIEW: review("PIR-2026-001", "draft", attached=True),
    OTHER: review("PIR-2026-002", "draft"),
    DRAFT: review("PIR-2026-003", "draft"),
}
FINALISED = {REVIEW: review("PIR-2026-001", attached=True), OTHER: review("PIR-2026-002")}
