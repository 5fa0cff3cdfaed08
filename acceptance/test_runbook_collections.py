"""Two public runbook collections as docs folders, unchanged, with a ten-line configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))

MEANING = """\
site_name: Runbooks
docs_dir: {docs}
plugins:
  - sre:
      folders:
        - match: ["*/*.md", "!_index.md"]
          type: runbook
          defaults: {{owner: "@platform"}}
          keys: {{linkTitle: title}}
          sections: meaning
"""
REVIEWED = """\
site_name: Runbooks
docs_dir: {docs}
plugins:
  - sre:
      folders:
        - match: "*.md"
          type: runbook
          defaults: {{owner: "@platform"}}
          sections: none
"""


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    if not CASES.is_dir():
        pytest.fail(f"no folder of cases at {CASES}; run `make acceptance CASES=FOLDER`")
    loaded: dict[str, Any] = yaml.safe_load((CASES / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


def check(folder: Path, configuration: str, docs: str, *arguments: str) -> dict[str, Any]:
    (folder / "mkdocs.yml").write_text(configuration.format(docs=CASES / docs), encoding="utf-8")
    command = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "check", "--format", "json", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_sections_of_the_prometheus_operator_runbooks(tmp_path: Path, answers: dict[str, Any]) -> None:
    expected = answers["prometheus_operator_sections"]
    report = check(tmp_path, MEANING, "alerts/runbooks/prometheus-operator", "--as-of", "2026-08-21")
    assert report["documents"] == expected["runbooks"]
    wrong = {one["path"] for one in report["findings"] if one["name"] in ("missing-section", "section-out-of-order")}
    assert report["documents"] - len(wrong) == expected["have_meaning_impact_diagnosis_mitigation_in_order"]
    print(Counter(one["code"] for one in report["findings"]))


def test_review_dates_of_the_moj_runbooks(tmp_path: Path, answers: dict[str, Any]) -> None:
    expected = answers["moj_runbooks_staleness_as_of_2026_08_21"]
    report = check(tmp_path, REVIEWED, "reviews/moj-runbooks", "--as-of", "2026-08-21")
    counted = Counter(one["name"] for one in report["findings"])
    past = counted["review-overdue"] + counted["review-expired"]
    assert past == expected["overdue"]
    assert counted["review-expired"] == 45
    assert counted["never-reviewed"] == expected["undated"]
    assert report["documents"] - past - counted["never-reviewed"] == expected["ok"]
    print(counted)


# What the rules for runbooks find, each finding looked at by eye. Nobody wrote a secret down, and nobody marked a step.
RUNBOOKS = {
    "alerts/runbooks/prometheus-operator": {"RUN201": 28, "RUN206": 1, "RUN302": 35},
    "reviews/moj-runbooks": {"RUN101": 1, "RUN201": 1, "RUN202": 15, "RUN204": 1, "RUN301": 168, "RUN302": 14},
}


@pytest.mark.parametrize("docs", RUNBOOKS)
def test_what_runbooks_say(tmp_path: Path, answers: dict[str, Any], docs: str) -> None:
    del answers
    configuration = MEANING if "alerts/" in docs else REVIEWED
    report = check(tmp_path, configuration, docs, "--as-of", "2026-08-21", "--select", "RUN")
    assert Counter(one["code"] for one in report["findings"]) == RUNBOOKS[docs]


@pytest.mark.parametrize(
    ("configuration", "docs"),
    [
        (MEANING, "alerts/runbooks/prometheus-operator"),
        (REVIEWED, "reviews/moj-runbooks"),
        (REVIEWED, "reviews/moj-pirs"),
    ],
)
def test_the_collections_build(tmp_path: Path, answers: dict[str, Any], configuration: str, docs: str) -> None:
    del answers
    # One collection holds `X` beside `X.md`, which MkDocs cannot both write, as `X` and as `X/index.html`.
    plain = "use_directory_urls: false\ntheme: {{name: material, font: false}}\n"
    text = configuration.replace("- sre:\n", "- sre:\n      as_of: 2026-08-21\n") + plain
    (tmp_path / "mkdocs.yml").write_text(text.format(docs=CASES / docs), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert (tmp_path / "site/sre/runbooks/index.html").is_file()
