"""Findings as JUnit XML, for the test reports and dashboards of build servers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import least_failing
from mkdocs_sre.reports.text import line, printable

if TYPE_CHECKING:
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.waiver import Waiver
    from mkdocs_sre.reports.run import Run

_NO_XML = re.compile("[\ufffe\uffff]")  # of what `printable` leaves


def junit_report(run: Run) -> str:
    """Return a test suite for each file, and in it a test case for each finding, or one that passed when it has none.

    A finding that fails the run is a failure, a waived one is skipped, any other passes and tells its text. Paths are
    relative to the root of the repository.
    """
    placed = run.for_machines()
    files: dict[str, list[tuple[Finding, Waiver | None]]] = defaultdict(list)
    for path in placed.documents:
        files[path] = []
    for finding in placed.findings:
        files[finding.location.path].append((finding, None))
    for one in placed.waived:
        files[one.finding.location.path].append((one.finding, one.waiver))
    suites = [_suite(path, sorted(files[path], key=lambda pair: pair[0]), strict=run.strict) for path in sorted(files)]
    root = ET.Element("testsuites", name="mkdocs-sre")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, pairs: list[tuple[Finding, Waiver | None]], *, strict: bool) -> ET.Element:
    names: Counter[str] = Counter()
    file = _text(path)
    cases = [_case(file, "no findings")] if not pairs else []
    for finding, waiver in pairs:
        name = _text(f"{finding.code} {finding.name}: {finding.message}")
        names[name] += 1
        case = _case(file, name if names[name] == 1 else f"{name} ({names[name]})")
        cases.append(case)
        said = _text(finding.message + (f"; {finding.hint}" if finding.hint else ""))
        whole = _NO_XML.sub(_escape, line(finding))
        if waiver:
            ET.SubElement(
                case, "skipped", message=_text(f"waived until {waiver.until} by {waiver.by}: {waiver.reason}")
            )
        elif finding.level >= least_failing(strict=strict):
            ET.SubElement(case, "failure", type=str(finding.level), message=said).text = whole
        else:
            ET.SubElement(case, "system-out").text = whole
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in cases),
        "time": 0,
    }
    suite = ET.Element("testsuite", name=file, file=file)
    for count, number in counts.items():
        suite.set(count, str(number))
    suite.extend(cases)
    return suite


def _case(file: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=file, name=name, time="0")


def _text(text: str) -> str:
    return _NO_XML.sub(_escape, printable(text))


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
