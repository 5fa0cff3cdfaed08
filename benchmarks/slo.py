"""The export of 1,000 objectives as rules of Prometheus against writing the same text with libyaml, as JSON: `python -m benchmarks.slo`.

Documents are read before; what is measured is objectives to text. Twice against libyaml: its emitter alone, given events
that are made before, and PyYAML's `dump` with it, which makes them from values.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from benchmarks.graph import least_seconds
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge import assemble
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from mkdocs_sre.slo.exports import Context
from mkdocs_sre.slo.exports.prometheus import prometheus
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from mkdocs_sre.slo.targets import Target

OBJECTIVES = 1_000
ROUNDS = 5
WIDE = 1_000_000  # columns: no line is folded, as in the text that is compared with

_DOCUMENT = """\
---
type: slo
id: service-{number:04d}-answers
title: Service {number} answers
service: service-{number:04d}
owner: "@team-{team}"
behaviour: A customer who asks gets the right answer within a second.
sli:
  bad: sum(rate(http_requests_total{{job="service-{number:04d}",code=~"5.."}}[{{{{.window}}}}]))
  total: sum(rate(http_requests_total{{job="service-{number:04d}"}}[{{{{.window}}}}]))
objective: {objective}
window: 30d
alerting: {{runbook: service-{number:04d}-errors, labels: {{channel: "#team-{team}"}}}}
labels: {{tier: "2"}}
---

# Service {number} answers
"""


def targets() -> list[Target]:
    """Return the objectives of as many documents."""
    texts = (
        _DOCUMENT.format(number=number, team=number % 20, objective=("99", "99.5", "99.9", "99.95")[number % 4])
        for number in range(OBJECTIVES)
    )
    sources = [read(f"sre/slos/{number:04d}.md", text.encode()) for number, text in enumerate(texts)]
    base = assemble(Settings(), sources)
    return [target for slo in base.of_kind(ServiceLevelObjective) for target in targets_of(slo)]


def measured(found: list[Target], *, sloth_form: bool) -> dict[str, float]:
    """Return the seconds of an export and of libyaml with the same text, and how many rules there are."""
    context = Context(
        page_url=lambda target: f"https://sre.example.com/sre/slos/{target.slo.id}/",
        runbook_url=lambda target, _: f"https://sre.example.com/sre/runbooks/{target.slo.id}/",
        owner=lambda target: target.slo.owner or "",
        sloth_form=sloth_form,
    )
    files = prometheus(found, context).files
    values = [yaml.load(file.text, yaml.CSafeLoader) for file in files]
    rules = sum(len(group["rules"]) for one in values for group in one["groups"])
    if len(files) != OBJECTIVES:
        raise SystemExit("a file is missing")
    events = [[*yaml.parse(file.text, yaml.CSafeLoader)] for file in files]
    export, bare, dump = [], [], []
    for _ in range(ROUNDS):  # in turns, since the machine is shared
        export.append(least_seconds(lambda: prometheus(found, context), 1))
        bare.append(
            least_seconds(
                lambda: [yaml.emit(one, Dumper=yaml.CSafeDumper, width=WIDE, allow_unicode=True) for one in events], 1
            )
        )
        dump.append(
            least_seconds(
                lambda: [yaml.dump(one, Dumper=yaml.CSafeDumper, width=WIDE, sort_keys=False) for one in values], 1
            )
        )
    return {"rules": rules, "export_seconds": min(export), "bare_seconds": min(bare), "dump_seconds": min(dump)}


if __name__ == "__main__":
    objectives = targets()
    print(json.dumps({"sloth": measured(objectives, sloth_form=True), "own": measured(objectives, sloth_form=False)}))
