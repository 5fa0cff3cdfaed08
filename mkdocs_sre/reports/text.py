"""Findings as lines for people: `path:line:column code name level message; hint`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.waiver import Waived
    from mkdocs_sre.reports.run import Run

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS = {"error": "31", "warning": "33", "info": "36", "off": "0", "waived": "32"}


def printable(text: str) -> str:
    r"""Return the text with control, direction and surrogate characters written as escapes, so that it cannot steer a terminal.

    >>> printable("a\nb")
    'a\\nb'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


@dataclass(frozen=True)
class Look:
    """How the text looks: in colour, with the waived findings, with a count of each rule."""

    colour: bool = False
    waived: bool = False
    statistics: bool = False


def line(finding: Finding, *, colour: bool = False) -> str:
    """Return one finding as one line; further places follow on lines of their own, indented."""
    return _line(finding, str(finding.level), finding.hint, colour=colour)


def _line(finding: Finding, level: str, hint: str, *, colour: bool) -> str:
    def painted(style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text

    place = painted("1", printable(str(finding.location)))
    head = f"{place} {finding.code} {painted('2', finding.name)} {painted(_COLOURS[level], level)}"
    text = printable(finding.message) + painted("32", f"; {printable(hint)}" if hint else "")
    return "\n".join([f"{head} {text}", *(f"    see {printable(str(other))}" for other in finding.related)])


def _waived_line(one: Waived, *, colour: bool) -> str:
    waiver = one.waiver
    return _line(one.finding, "waived", f"until {waiver.until} by {waiver.by}: {waiver.reason}", colour=colour)


def text_report(run: Run, look: Look) -> str:
    """Return all findings, a line each, and a last line with their number; in colour, a blank line between files.

    Paths are as seen from the working directory.
    """
    placed = run.for_people()
    lines = [(one, line(one, colour=look.colour)) for one in placed.findings]
    if look.waived:
        lines += [(one.finding, _waived_line(one, colour=look.colour)) for one in placed.waived]
    lines.sort(key=itemgetter(0))
    said = []
    for index, (finding, text) in enumerate(lines):
        if look.colour and index and finding.location.path != lines[index - 1][0].location.path:
            said.append("")
        said.append(text)
    if look.colour and lines:
        said.append("")
    said += statistics(run.findings) if look.statistics else []
    return "\n".join([*said, summary(run.findings, len(run.documents), len(run.waived)), ""])


def statistics(findings: Iterable[Finding]) -> list[str]:
    """Return a line for each rule with the number of its findings, the most frequent first."""
    counted = Counter((one.code, one.name) for one in findings)
    return [
        f"{number:>7,} {code} {name}"
        for (code, name), number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def summary(findings: Iterable[Finding], documents: int, waived: int = 0) -> str:
    """Return how many findings of which level there are, in one sentence."""
    found = list(findings)
    counts = [
        (sum(one.level is level for one in found), str(level)) for level in (Level.ERROR, Level.WARNING, Level.INFO)
    ]
    said = [plural(number, "information" if name == "info" else name) for number, name in counts if number]
    said = [*(said or ["no findings"]), *([f"{waived:,} waived"] if waived else [])]
    if not documents and not found and not waived:
        said.append("as nothing has a `type`; see `mkdocs-sre explain folders`")
    return f"{plural(documents, 'document')}: {', '.join(said)}"


def plural(number: int, noun: str) -> str:
    """Return number and noun, the noun in its plural unless the number is one.

    >>> plural(1, "document"), plural(2, "document"), plural(0, "information")
    ('1 document', '2 documents', '0 information')
    """
    return f"{number:,} {noun}" if number == 1 or noun == "information" else f"{number:,} {noun}s"
