"""SARIF, GitHub and JUnit: valid by their schemas, and read back they say what was found, whatever that is."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings

from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reports import FORMS, Run, report
from mkdocs_sre.reports.places import moved_path
from mkdocs_sre.reports.text import printable
from tests.reports.conftest import run_of, runs

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
COMMAND = re.compile(r"::(error|warning|notice) file=(.*?),line=(\d+),col=(\d+),title=(.*?)::(.*)")


def said(finding: Finding) -> str:
    return printable(finding.message) + (f"; {printable(finding.hint)}" if finding.hint else "")


def shown(path: str) -> str:
    return printable(moved_path(path, "docs"))


@settings(max_examples=40, deadline=None)
@given(runs)
def test_sarif_is_valid_and_says_everything(run: Run) -> None:
    log = json.loads(report("sarif", run))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    pairs: list[tuple[Finding, Any]] = [(one, None) for one in run.findings]
    pairs = sorted([*pairs, *run.waived], key=lambda pair: pair[0])
    for (finding, waiver), result in zip(pairs, results, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"], errors="surrogateescape") == _unquotable(finding)
        assert place["region"] == {"startLine": finding.location.line, "startColumn": finding.location.column}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert (result["level"], result["message"]["text"]) == (LEVELS[finding.level], said(finding))
        assert [one["justification"] for one in result["suppressions"]] == (
            [printable(waiver.reason)] if waiver else []
        )
        assert len(result.get("relatedLocations", [])) == len(finding.related)
    assert len({tuple(one["partialFingerprints"].items()) for one in results}) == len(results)


def _unquotable(finding: Finding) -> str:
    return moved_path(finding.location.path, "docs")


@settings(max_examples=40, deadline=None)
@given(runs)
def test_github_commands_read_back(run: Run) -> None:
    *commands, last = report("github", run).removesuffix("\n").split("\n")
    assert re.match(r"\d+ documents?: ", last)
    for finding, command in zip(run.findings, commands, strict=True):
        match = COMMAND.fullmatch(command)
        assert match
        level, path, line, column, title, text = match.groups()
        assert level == {Level.INFO: "notice"}.get(finding.level, str(finding.level))
        assert (_read(path, property_too=True), int(line), int(column)) == (
            shown(finding.location.path),
            finding.location.line,
            finding.location.column,
        )
        assert _read(title, property_too=True) == f"{finding.code} {finding.name}"
        others = "".join(f"\nsee {shown(one.path)}:{one.line}:{one.column}" for one in finding.related)
        assert _read(text, property_too=False) == said(finding) + others


def _read(text: str, *, property_too: bool) -> str:
    """What GitHub's runner makes of an escaped value: `%25` last, so that what it stood for is not read again."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if property_too else ())):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


@settings(max_examples=40, deadline=None)
@given(runs)
def test_junit_is_valid_and_says_everything(run: Run) -> None:
    text = report("junit", run)
    root = ET.fromstring(text)  # noqa: S314 our own
    JUNIT.validate(root)
    assert text.encode() == text.encode("utf-8", "replace")
    suites = {suite.get("name"): suite for suite in root}
    expected = {moved_path(one, "docs") for one in run.documents} | {
        moved_path(one.finding.location.path, "docs") for one in run.waived
    }
    assert len(suites) == len(root) == len({_xml(path) for path in expected})
    least = Level.WARNING if run.strict else Level.ERROR
    failing = [one for one in run.findings if one.level >= least]
    assert len(root.findall("*/*/failure")) == len(failing) == int(root.get("failures", ""))
    assert len(root.findall("*/*/skipped")) == len(run.waived)
    for finding in failing:
        suite = suites[_xml(moved_path(finding.location.path, "docs"))]
        texts = [(one.get("message"), one.get("type")) for one in suite.iter("failure")]
        assert (_xml(finding.message + (f"; {finding.hint}" if finding.hint else "")), str(finding.level)) in texts
    assert [case.get("name") for case in suites["docs/sre/clean.md"]][:1]


def _xml(text: str) -> str:
    return printable(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


@settings(max_examples=40, deadline=None)
@given(runs)
def test_no_form_prints_what_steers_a_terminal(run: Run) -> None:
    for form in FORMS:
        text = report(form, run)
        assert text.endswith("\n")
        assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800-\udfff]", text) is None


def test_the_escapes_of_github() -> None:
    finding = Finding(Location("a,b:c%d.md", 3, 5), "DOC202", "missing-key", Level.INFO, "50% of it: a, b", "mend it")
    assert report("github", run_of([finding])) == (
        "::notice file=docs/a%2Cb%3Ac%25d.md,line=3,col=5,title=DOC202 missing-key::50%25 of it: a, b; mend it\n"
        "2 documents: 1 information\n"
    )


def test_fingerprints_survive_moved_lines_and_passing_days() -> None:
    def marks(*findings: Finding) -> list[str]:
        results = json.loads(report("sarif", run_of([*findings])))["runs"][0]["results"]
        return [next(iter(one["partialFingerprints"].values())) for one in results]

    def late(line: int, days: int, document: str = "AI-031") -> Finding:
        message = f"{document} was due {days} days ago"
        return Finding(Location("a.md", line), "ACT105", "overdue-action", Level.WARNING, message)

    assert marks(late(3, 17)) == marks(late(12, 18))
    assert marks(late(3, 17)) != marks(late(3, 17, "AI-032"))
    assert len(set(marks(late(3, 17), late(4, 17)))) == 2
    assert marks(late(3, 17))[0] == marks(late(5, 17), late(9, 17))[0]


@pytest.mark.parametrize(("strict", "failures"), [(False, 1), (True, 2)])
def test_warnings_fail_test_cases_of_strict_runs_only(failures: int, *, strict: bool) -> None:
    levels = (Level.ERROR, Level.WARNING, Level.INFO)
    found = [
        Finding(Location("a.md", number), "DOC202", "missing-key", level, "x") for number, level in enumerate(levels, 1)
    ]
    root = ET.fromstring(report("junit", run_of(found, strict=strict)))  # noqa: S314 our own
    assert [(one.get("name"), one.get("tests"), one.get("failures")) for one in root] == [
        ("docs/a.md", "3", str(failures)),
        ("docs/sre/clean.md", "1", "0"),
    ]
    assert [one.get("name") for one in root[0]] == [
        "DOC202 missing-key: x",
        "DOC202 missing-key: x (2)",
        "DOC202 missing-key: x (3)",
    ]
    assert len(root.findall("*/*/system-out")) == 3 - failures
