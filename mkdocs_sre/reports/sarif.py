"""Findings as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mkdocs_sre import __version__
from mkdocs_sre.documents.finding import Level
from mkdocs_sre.reports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.location import Location
    from mkdocs_sre.documents.waiver import Waiver
    from mkdocs_sre.reports.run import RuleText, Run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # the name that code scanning knows for the root of the repository
FINGERPRINT = "mkdocsSreFinding/v1"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note", Level.OFF: "none"}
_NUMBER = re.compile(r"(?<![\w.-])\d[\d.,]*(?![\w-])")  # "17 days ago", "line 12": another one tomorrow


def sarif_report(run: Run) -> str:
    """Return a log with one run: every rule, every finding, the waived ones with their suppression.

    Paths are relative to the root of the repository. Fingerprints hold neither lines nor numbers that grow with time.
    """
    placed = run.for_machines()
    rules = {rule.code: index for index, rule in enumerate(run.rules)}
    pairs: list[tuple[Finding, Waiver | None]] = [(one, None) for one in placed.findings]
    pairs = sorted([*pairs, *placed.waived], key=lambda pair: pair[0])
    marks = _fingerprints((finding for finding, _ in pairs), run.as_of.isoformat())
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mkdocs-sre",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in run.rules],
                    }
                },
                "automationDetails": {"id": "mkdocs-sre/"},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
                "results": [
                    _result(finding, waiver, rules, mark) for (finding, waiver), mark in zip(pairs, marks, strict=True)
                ],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _rule(rule: RuleText) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"enabled": rule.level is not Level.OFF, "level": _LEVELS[rule.level or Level.INFO]},
        "properties": {"tags": ["reliability", rule.family]},
    }


def _result(finding: Finding, waiver: Waiver | None, rules: dict[str, int], fingerprint: str) -> dict[str, Any]:
    text = finding.message + (f"; {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": printable(text)},
        "locations": [_place(finding.location)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "suppressions": [_suppression(waiver)] if waiver else [],
    }
    if finding.code in rules:
        result["ruleIndex"] = rules[finding.code]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_place(one), "message": {"text": "the other place"}}
            for number, one in enumerate(finding.related, 1)
        ]
    return result


def _suppression(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": printable(waiver.reason),
        "location": _place(waiver.location),
        "properties": {"by": printable(waiver.by), "until": waiver.until.isoformat()},
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(location.path), "uriBaseId": ROOT},
            "region": {"startLine": location.line, "startColumn": location.column},
        }
    }


def _uri(path: str) -> str:
    """Return a path as a relative URI; bytes of a file name that are not UTF-8 stay what they are."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, errors="replace")


def _fingerprints(findings: Iterable[Finding], as_of: str) -> list[str]:
    """Return for each finding what it keeps when lines move and days pass; equal ones of a file are counted."""
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for finding in findings:
        message = _NUMBER.sub("#", finding.message.replace(as_of, "#"))
        key = (finding.code, finding.location.path, message)
        text = "\n".join((*key, str(seen[key])))
        made.append(hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest())
        seen[key] += 1
    return made
