"""A public collection of incident reports as a docs folder, unchanged, with a ten-line configuration.

The findings about times are held one by one: those that were known beforehand (`review_defects_checked_by_eye` of the
answers), and those beyond them, each with its reason. There is no other.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(os.environ.get("MKDOCS_SRE_CASES", "nowhere"))
FOLDER = "reviews/moj-pirs"

CONFIGURATION = """\
site_name: Reviews
docs_dir: {docs}
theme: {{name: material, font: false}}
plugins:
  - sre:
      as_of: 2026-08-21
      timezone: Europe/London
      folders:
        - match: "*.md"
          type: pir
          date_from: stem
          defaults: {{status: final, severity: SEV2, service: cloud-platform}}
          sections: none
"""

# The rules about times: zones, order, dates, durations, unknown times, disagreement, several incidents.
ABOUT_TIMES = frozenset(f"PIR{number}" for number in (103, 104, 105, 106, 108, 109, 119, 120, 121, 122))

KNOWN = {
    ("2021-06-09-unable-to-create-new-ingress-rules.md", 11, "PIR104"): "declared before it was detected",
    ("2021-06-09-unable-to-create-new-ingress-rules.md", 11, "PIR105"): "declared in 2020",
    ("2023-01-05-circleci-security-incident.md", 9, "PIR119"): "first detected at a time to be confirmed",
    ("2023-01-05-circleci-security-incident.md", 10, "PIR105"): "declared in 2022",
    ("2023-01-05-circleci-security-incident.md", 12, "PIR104"): "resolved before it was repaired",
    ("2023-01-05-circleci-security-incident.md", 12, "PIR106"): "resolved in 2022",
    ("2023-01-11-cluster-image-pull.md", 34, "PIR104"): "a line of 2022 between lines of 2023",
    ("2023-01-11-cluster-image-pull.md", 34, "PIR105"): "a line of 2022",
    ("2023-07-25-prometheus-on-live-cluster-down.md", 11, "PIR120"): "repaired 15:55, or 16:18",
    ("2023-07-25-prometheus-on-live-cluster-down.md", 12, "PIR106"): "resolved in September",
    ("2023-07-25-prometheus-on-live-cluster-down.md", 35, "PIR104"): "resolved on the 5th of July",
    ("2023-09-18-lack-of-diskspace.md", 16, "PIR108"): "35h 36m stated, 53h 36m by its times",
    ("2023-11-01-prometheus-restarted.md", 14, "PIR108"): "35h 36m stated, 52h 23m by its times: repair",
    ("2023-11-01-prometheus-restarted.md", 16, "PIR108"): "35h 36m stated, 52h 23m by its times: resolution",
    ("2023-11-01-prometheus-restarted.md", 16, "PIR109"): "35h 36m, as in the report before it",
    ("2024-09-20-eks-subnet-route-table.md", 14, "PIR108"): "11 minutes stated, 9 by its times",
    ("2024-09-20-eks-subnet-route-table.md", 16, "PIR108"): "20 minutes stated, 16 by its times",
}
BEYOND = {
    ("2021-09-30-ssl-certificate-issue-browsers.md", 14, "PIR108"): (
        "5h 3m stated; 10:29 of the next day is 17h 3m after the declaration, so twelve hours were lost"
    ),
    ("2021-09-30-ssl-certificate-issue-browsers.md", 16, "PIR108"): (
        "7h 43m stated; 13:09 of the next day is 19h 43m after the declaration, the same twelve hours"
    ),
    ("2023-07-25-prometheus-on-live-cluster-down.md", 12, "PIR120"): (
        "resolved 15:55 in the header, 16:18 in the list, whichever of the two mistyped dates is mended"
    ),
    ("2023-11-01-prometheus-restarted.md", 11, "PIR120"): "repaired 14:38 in the header, 16:01 in the list",
    ("2023-11-01-prometheus-restarted.md", 12, "PIR120"): "resolved 14:38 in the header, 16:01 in the list",
}


@pytest.fixture(scope="session")
def answers() -> dict[str, str]:
    if not CASES.is_dir():
        pytest.fail(f"no folder of cases at {CASES}; run `make acceptance CASES=FOLDER`")
    loaded = yaml.safe_load((CASES / "expected.yaml").read_text(encoding="utf-8"))
    defects: dict[str, str] = loaded["review_defects_checked_by_eye"]
    return defects


def check(folder: Path) -> dict[str, Any]:
    (folder / "mkdocs.yml").write_text(CONFIGURATION.format(docs=CASES / FOLDER), encoding="utf-8")
    command = [sys.executable, "-c", "from mkdocs_sre.cli import main; main()", "check", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_the_known_defects_are_found_at_their_lines_and_no_other_but_those_explained(
    tmp_path: Path, answers: dict[str, str]
) -> None:
    report = check(tmp_path)
    found = {
        (one["path"], one["line"], one["code"]): one["message"]
        for one in report["findings"]
        if one["code"] in ABOUT_TIMES
    }
    for place, reason in BEYOND.items():
        print("beyond the list:", *place, found.get(place), f"({reason})", sep=" | ")
    assert set(found) == set(KNOWN) | set(BEYOND)
    assert report["documents"] == len(list((CASES / FOLDER).glob("*.md")))
    named = {name for text in answers for name in re.findall(r"\d{4}-\d\d-\d\d[\w-]*\.md", text)}
    assert {path for path, _, _ in KNOWN} == named


def test_what_is_computed_is_right_where_the_author_was_wrong(tmp_path: Path) -> None:
    messages = {
        (one["path"][:10], one["line"]): one["message"]
        for one in check(tmp_path)["findings"]
        if one["code"] == "PIR108"
    }
    assert "53h 36m" in messages["2023-09-18", 16]
    assert "52h 23m" in messages["2023-11-01", 16]
    assert "9m" in messages["2024-09-20", 14]
    assert "16m" in messages["2024-09-20", 16]
    assert "19h 43m from the declaration" in messages["2021-09-30", 16]


def test_everything_else_that_is_told_holds_for_every_report(tmp_path: Path) -> None:
    """None of them knows a start of impact and an acknowledgement, and none was written for the rules of this house."""
    counted = Counter(one["name"] for one in check(tmp_path)["findings"] if one["code"] not in ABOUT_TIMES)
    print(counted)
    assert counted["missing-event-time"] == 12
    assert counted["missing-key"] == counted["missing-section"] == counted["section-out-of-order"] == 0


@pytest.mark.parametrize("strict", [False, True])
def test_the_collection_builds(tmp_path: Path, *, strict: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION.format(docs=CASES / FOLDER), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", *(["--strict"] if strict else [])]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr + done.stdout, done.stderr[-2000:]
    assert done.returncode == int(strict), done.stderr[-2000:]
    if not strict:
        page = (tmp_path / "site/2023-09-18-lack-of-diskspace/index.html").read_text(encoding="utf-8")
        head = page[: page.index("Key events")]
        assert "<dd>4 h 12 min" in head.replace("\n", "")
        assert "after its detection; resolved after 53 h 36 min" in head
        assert page.count("Old default node group uncordoned") == 1
