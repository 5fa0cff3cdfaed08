"""A synthetic knowledge base: 2 KB bodies, 15 lines of front matter, a link by id on every third page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SERVICES = 20  # one service for this many runbooks
FOLDER = 100  # files in one folder, when they are spread

_SENTENCE = "The session cache holds what a customer has put into the basket and forgets it after ninety minutes. "
_SECTION = "## {name}\n\n{text}\n"
_CODE = "```bash\nkubectl --namespace service-prod rollout status deployment/service\n```\n"


def write(docs: Path, number: int, *, spread: bool = False) -> None:
    """Write that many documents below the folder, one service for every `SERVICES` documents, the rest runbooks.

    They stand where `mkdocs-sre new` puts them, in the folder of their kind, or `spread` over folders of `FOLDER`.
    """
    for index in range(number):
        service = index % SERVICES == 0
        home = f"part-{index // FOLDER:03d}" if spread else "sre/services" if service else "sre/runbooks"
        folder = docs / home
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"doc-{index:05d}.md").write_text(_service(index) if service else _runbook(index), encoding="utf-8")


def _service(index: int) -> str:
    return f"""---
type: service
id: service-{index:05d}
title: Service {index}
owner: "@team-{index % 7}"
tier: 2
kind: service
version: "4.{index % 10}"
status: draft
on_call: "@team-{index % 7}"
description: One of many services.
availability: 99.9
links:
  - title: Dashboard
    url: https://dashboards.example/{index}
---

# Service {index}

{_body("Overview", index)}"""


def _runbook(index: int) -> str:
    return f"""---
type: runbook
id: runbook-{index:05d}
title: Runbook {index}
owner: "@team-{index % 7}"
service: service-{index - index % SERVICES:05d}
alerts: [Alert{index}]
severity: P2
impact: Customers wait.
escalation: "@leads"
last_reviewed_on: 2026-02-01
review_in: 6 months
verified_for: "4.2"
form: alert-response
status: active
aliases: [former-{index:05d}]
---

# Runbook {index}

{_body("Meaning", index)}"""


def _body(first: str, index: int) -> str:
    link = f"See [the service](sre:service-{index - index % SERVICES:05d}).\n\n" if index % 3 == 0 else ""
    names = (first, "Impact", "Diagnosis", "Mitigation")
    sections = [_SECTION.format(name=name, text=_SENTENCE * 4) for name in names]
    return "\n".join([sections[0], link + sections[1], sections[2], _CODE, sections[3]])
