"""kube-prometheus' alerts beside the runbooks that they link to, Thanos' beside theirs, and Alertmanager's configurations."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))
PREFIX = "https://runbooks.prometheus-operator.dev/runbooks/"

KUBERNETES = f"""\
site_name: Runbooks
docs_dir: docs
use_directory_urls: {{directory_urls}}
# The collection holds `X` beside `X.md`, which MkDocs cannot both write, as `X` and as `X/index.html`.
exclude_docs: /prometheus-operator/PrometheusOperatorSyncFailed
theme: {{{{name: material, font: false}}}}
plugins:
  - sre:
      as_of: 2026-08-21
      folders:
        - match: ["*/*.md", "!_index.md"]
          type: runbook
          id_from: stem
          defaults: {{{{owner: "@platform"}}}}
          sections: meaning
      alerts:
        rules: [rules/*.yaml]
        alertmanager: [alertmanager/*]
        url_prefix: ["{PREFIX}"]
"""
THANOS = """\
site_name: Thanos
docs_dir: docs
plugins:
  - sre:
      as_of: 2026-08-21
      folders:
        - match: runbook.md
          type: runbook
          defaults: {owner: "@thanos"}
          sections: none
      alerts:
        rules: [rules/*.yaml]
        url_prefix: ["https://github.com/thanos-io/thanos/tree/main/mixin/"]
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    if not CASES.is_dir():
        pytest.fail(f"no folder of cases at {CASES}; run `make acceptance CASES=FOLDER`")
    loaded: dict[str, Any] = yaml.safe_load((CASES / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module", params=["true", "false"], ids=["folders", "files"])
def kubernetes(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any], request: pytest.FixtureRequest
) -> Path:
    """The runbooks of prometheus-operator as a site, with kube-prometheus' rules beside `mkdocs.yml`, all unchanged."""
    del answers
    folder = tmp_path_factory.mktemp("kubernetes")
    shutil.copytree(CASES / "alerts/runbooks/prometheus-operator", folder / "docs")
    shutil.copytree(CASES / "alerts/rules/kube-prometheus", folder / "rules")
    shutil.copytree(CASES / "alerts/alertmanager", folder / "alertmanager")
    text = KUBERNETES.format(directory_urls=request.param)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(kubernetes: Path) -> Path:
    """The same, built."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    done = subprocess.run(command, cwd=kubernetes, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return kubernetes / "site"


def command(folder: Path, *arguments: str) -> dict[str, Any]:
    line = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", *arguments, "--format", "json"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def rules(report: dict[str, Any]) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every rule with its alert's name, and its link."""
    found = [(alert["name"], rule) for alert in report["alerts"] for rule in alert["rules"]]
    assert all(len(rule["links"]) == 1 for _, rule in found)
    return [(name, rule, rule["links"][0]) for name, rule in found]


def test_exactly_the_known_links_lead_to_no_runbook(kubernetes: Path, answers: dict[str, Any]) -> None:
    expected = answers["kube_prometheus_vs_runbooks"]
    report = command(kubernetes, "alerts")
    every = rules(report)
    assert len(every) == expected["alert_rules"] == expected["with_runbook_url"]
    assert len({name for name, _, _ in every}) == expected["distinct_alerts"]
    broken = [name for name, _, link in every if link["outcome"] != "runbook"]
    assert len(broken) == expected["rules_broken"]
    assert sorted(set(broken)) == sorted(expected["broken"])
    assert len(set(broken)) == expected["distinct_broken"]
    resolved = [link for _, _, link in every if link["outcome"] == "runbook"]
    assert len(resolved) == expected["rules_resolving_case_insensitive"]
    assert sum(not link["slip"] for link in resolved) == expected["rules_resolving_case_sensitive"]
    assert {link["slip"] for link in resolved} == {"case"}
    assert all(PurePosixPath(link["target"]).stem.lower() == link["text"].rpartition("/")[2] for link in resolved)
    print(report["totals"])


def test_exactly_the_known_runbooks_are_orphans_and_one_was_renamed(kubernetes: Path, answers: dict[str, Any]) -> None:
    expected = answers["kube_prometheus_vs_runbooks"]
    report = command(kubernetes, "alerts")
    orphans = {one["id"].lower(): one["probable_alert"] for one in report["orphans"]}
    assert sorted(orphans) == sorted(expected["orphan_runbooks"])
    assert {name: alert for name, alert in orphans.items() if alert} == {"kubejobcompletion": "KubeJobNotCompleted"}


def test_findings_agree_with_the_command(kubernetes: Path, answers: dict[str, Any]) -> None:
    expected = answers["kube_prometheus_vs_runbooks"]
    report = command(kubernetes, "check", "--select", "ALT")
    counted = Counter(one["name"] for one in report["findings"])
    assert counted["alert-link-to-nothing"] == expected["rules_broken"]
    assert counted["alert-link-slip"] == expected["rules_resolving_case_insensitive"]
    assert counted["orphan-runbook"] + counted["probable-rename"] == len(expected["orphan_runbooks"])
    assert counted["probable-rename"] == 1
    print(counted)


def test_every_link_opens_a_page(kubernetes: Path, site: Path, answers: dict[str, Any]) -> None:
    every = rules(command(kubernetes, "alerts"))
    assert len(every) == answers["kube_prometheus_vs_runbooks"]["alert_rules"]
    for name, _, link in every:
        text = followed(site, link["text"].removeprefix(PREFIX))
        assert name in text, f"{link['text']} opens a page that does not name {name}"


def test_every_alert_has_a_page(kubernetes: Path, site: Path, answers: dict[str, Any]) -> None:
    report = command(kubernetes, "alerts")
    alerts = [alert for alert in report["alerts"] if alert["rules"]]
    assert len(alerts) == answers["kube_prometheus_vs_runbooks"]["distinct_alerts"]
    for alert in alerts:
        name = alert["name"]
        assert name in followed(site, alert["page"].removeprefix("/"))
        assert name in followed(site, f"alerts/{name.lower()}/")


def followed(site: Path, address: str) -> str:
    """Return the page at an address of the built site, as a static host serves it that tells upper from lower case.

    A folder stands for its `index.html`, and what leads on by itself is followed.
    """
    for _ in range(3):
        path = site / unquote(address)
        file = path / "index.html" if path.is_dir() else path
        assert file.is_file(), f"nothing stands at {address}"
        text = file.read_text(encoding="utf-8")
        onward = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)"', text)
        if onward is None:
            return text
        here = file.relative_to(site).as_posix()
        address = urlsplit(urljoin(f"https://host/{here}", onward[1])).path.lstrip("/")
    pytest.fail(f"{address} leads on for ever")


def test_every_configuration_of_alertmanager_is_read(kubernetes: Path) -> None:
    report = command(kubernetes, "check", "--select", "ALT104,ALT105,ALT207")
    assert report["findings"] == []
    called = {
        one["receiver"]
        for alert in command(kubernetes, "alerts")["alerts"]
        for rule in alert["rules"]
        for one in rule["calls"]
    }
    files = sorted((kubernetes / "alertmanager").iterdir())
    assert len(files) == 11
    assert called
    print(sorted(called))


def test_no_link_of_thanos_names_a_heading(tmp_path: Path, answers: dict[str, Any]) -> None:
    expected = answers["thanos"]
    (tmp_path / "docs").mkdir()
    (tmp_path / "rules").mkdir()
    shutil.copy(CASES / "alerts/rules/thanos/runbook.md", tmp_path / "docs")
    for name in ("alerts.yaml", "rules.yaml"):
        shutil.copy(CASES / "alerts/rules/thanos" / name, tmp_path / "rules")
    (tmp_path / "mkdocs.yml").write_text(THANOS, encoding="utf-8")
    every = rules(command(tmp_path, "alerts"))
    assert len(every) == expected["alert_rules"] == expected["with_runbook_url"]
    assert sum(link["target"] == "runbook.md" for _, _, link in every) == expected["file_exists"]
    assert sum(link["outcome"] == "runbook" for _, _, link in every) == expected["anchor_exists"]
    assert {link["outcome"] for _, _, link in every} == {"no-anchor"}
    found = command(tmp_path, "check", "--select", "ALT102")["findings"]
    assert len({(one["path"], one["line"]) for one in found}) == len(found) == expected["alert_rules"]
