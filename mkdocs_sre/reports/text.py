"""Findings as lines for people: `path:line:column code name level message; hint`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.documents.finding import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_sre.documents.finding import Finding

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}


def printable(text: str) -> str:
    r"""Return the text with control, direction and surrogate characters written as escapes, so that it cannot steer a terminal.

    >>> printable("a\nb")
    'a\\nb'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def line(finding: Finding, *, colour: bool = False) -> str:
    """Return one finding as one line; further places follow on lines of their own, indented."""
    location = finding.location
    place = printable(str(location))
    level = str(finding.level)
    head = f"{place} {finding.code} {finding.name} {level}"
    if colour:
        head = f"\x1b[1m{place}\x1b[0m {finding.code} {finding.name} \x1b[{_COLOURS.get(finding.level, '0')}m{level}\x1b[0m"
    text = printable(finding.message) + (f"; {printable(finding.hint)}" if finding.hint else "")
    return "\n".join([f"{head} {text}", *(f"    see {printable(str(other))}" for other in finding.related)])


def text_report(findings: Iterable[Finding], *, documents: int, colour: bool = False) -> str:
    """Return all findings, a line each, and a last line with their number."""
    found = list(findings)
    return "\n".join([*(line(one, colour=colour) for one in found), summary(found, documents), ""])


def summary(findings: Iterable[Finding], documents: int) -> str:
    """Return how many findings of which level there are, in one sentence."""
    found = list(findings)
    counts = [
        (sum(one.level is level for one in found), str(level)) for level in (Level.ERROR, Level.WARNING, Level.INFO)
    ]
    said = [plural(number, "information" if name == "info" else name) for number, name in counts if number]
    return f"{plural(documents, 'document')}: {', '.join(said) if said else 'no findings'}"


def plural(number: int, noun: str) -> str:
    """Return number and noun, the noun in its plural unless the number is one.

    >>> plural(1, "document"), plural(2, "document"), plural(0, "information")
    ('1 document', '2 documents', '0 information')
    """
    return f"{number:,} {noun}" if number == 1 or noun == "information" else f"{number:,} {noun}s"
