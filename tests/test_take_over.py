"""The guide's page "Move an existing runbook folder here", followed step by step on a small folder of the same shape."""

from __future__ import annotations

import html
import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_sre.cli import main
from tests.guide import GUIDE, blocks

Write = Callable[[Mapping[str, str | bytes]], Path]
PAGE = GUIDE / "take-over.md"
CONFIGURATIONS = [block.text for block in blocks(PAGE) if block.text.startswith("# mkdocs.yml\n")]
SERVICES = next(block.text for block in blocks(PAGE) if block.language == "markdown")
FRONT = "---\ntitle: {title}\nbookFlatSection: true\nweight: 10\n---\n"
RUNBOOK = """---
title: {title}
weight: {weight}
---

# {title}

## Meaning

More of the members are gone than may be gone for this to work.

## Impact

Nothing new can be started. What runs already goes on running as it is.

## Diagnosis

```shell
kubectl get pods --all-namespaces
```

## Mitigation

{mitigation}
"""


def _runbook(
    title: str, weight: int, mitigation: str = "Start the missing members again: `systemctl start member`"
) -> str:
    return RUNBOOK.format(title=title, weight=weight, mitigation=mitigation)


FOLDER = {
    "docs/_index.md": "---\nbookHidden: true\n---\n",
    "docs/etcd/_index.md": FRONT.format(title="etcd"),
    "docs/etcd/etcdNoLeader.md": _runbook("No leader", 20),
    "docs/etcd/etcdMembersDown.md": _runbook("Members down", 10),
    "docs/kubernetes/_index.md": FRONT.format(title="kubernetes"),
    "docs/kubernetes/KubePodNotReady.md": _runbook("Pod not ready", 10, "TODO"),
    "docs/node/NodeRAIDDegraded.md": "---\ntitle: Degraded\nweight: 10\n---\n\nReplace the disk, then rebuild the array.\n",
    "docs/prometheus-operator/PrometheusOperatorSyncFailed.md": _runbook("Sync failed", 10),
    "docs/prometheus-operator/PrometheusOperatorSyncFailed": "# the same once more\n",
}


def check(folder: Path, configuration: str) -> tuple[int, Counter[str]]:
    """The number of documents, and of findings by rule, as `check` gives them."""
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    arguments = ["check", "-f", str(folder / "mkdocs.yml"), "--format", "json", "--as-of", "2026-03-09"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 1), result.output
    report = json.loads(result.stdout)
    return report["documents"], Counter(one["name"] for one in report["findings"])


def test_each_step_of_the_page(write: Write) -> None:
    folder = write(FOLDER)
    first, second, third = CONFIGURATIONS
    documents, found = check(folder, first)
    assert (documents, found["missing-key"]) == (5, 5)
    documents, found = check(folder, second)
    assert (documents, found["missing-key"], found["isolated-document"]) == (5, 0, 5)
    assert found["missing-section"] == 4
    (folder / "docs/services.md").write_text(SERVICES, encoding="utf-8")
    documents, found = check(folder, third)
    assert documents == 8
    unwritten = {"missing-section", "empty-section", "stub-runbook"}
    assert set(found) == {*unwritten, "service-without-slo", "service-without-on-call"}


def test_waivers_make_the_gate_green_and_new_findings_still_fail(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({**FOLDER, "docs/services.md": SERVICES, "mkdocs.yml": CONFIGURATIONS[-1]})
    monkeypatch.chdir(folder)
    lines = [line for block in blocks(PAGE) for line in block.text.splitlines() if "--write-waivers" in line]
    strict = ["check", "--strict", "--as-of", "2026-03-09"]
    assert CliRunner().invoke(main, strict).exit_code == 1
    for line in lines:
        written = CliRunner().invoke(main, [*shlex.split(line)[1:], "--as-of", "2026-03-09"])
        assert written.exit_code == 0, written.output
    assert CliRunner().invoke(main, strict).exit_code == 0
    file = folder / "docs/etcd/etcdNoLeader.md"
    file.write_text(file.read_text(encoding="utf-8").replace("## Impact", "## Effect"), encoding="utf-8")
    assert CliRunner().invoke(main, strict).exit_code == 1


def test_the_site_of_the_last_step(write: Write) -> None:
    folder = write({**FOLDER, "docs/services.md": SERVICES, "mkdocs.yml": CONFIGURATIONS[-1]})
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (folder / "site/etcd/etcdNoLeader/index.html").read_text(encoding="utf-8")
    assert "@team-platform" in html.unescape(page)
    assert re.findall(r'rel="prev" href="([^"]+)"', page) == [
        "../etcdMembersDown/"
    ]  # by weight; by name it would be next
