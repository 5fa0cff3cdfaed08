"""The words of a review: systems and processes fail, nobody is blamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mkdocs_sre.checks.rule import Context, fault, rule
from mkdocs_sre.checks.wording import phrase_pattern, quoted
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.location import Location

if TYPE_CHECKING:
    from mkdocs_sre.documents.marks import KeyPath

BLAME_PHRASES = (
    "human error",
    "human mistake",
    "operator error",
    "operator mistake",
    "user error",
    "pilot error",
    "should have",
    "should've",
    "was careless",
    "were careless",
    "carelessness",
    "negligence",
    "incompetence",
    "failed to follow",
    "did not bother",
    "didn't bother",
    "is to blame",
    "are to blame",
    "was to blame",
    "were to blame",
)
# A handle that failed or forgot; a team or service that failed over did its work.
_HANDLE = re.compile(r"(?<![\w@])@[\w./-]+[*_`]*\s+(?:failed(?!\s+(?:over|back)\b)|forgot)\b", re.IGNORECASE)


@rule("PIR115", "blame", level=Level.WARNING, since="0.1")
def blame(pir: Pir, context: Context) -> Iterator[Fault]:
    """A review speaks of systems and processes, not of what somebody did wrong.

    Looked for are listed phrases, such as "human error" and "should have", those of the option `blame_phrases`, and a
    handle that failed or forgot.

    ## Why
    Where people are blamed the next review tells less. And "human error" ends the questions just where they begin: why
    was the wrong step so easy to take?

    ## Example
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ---
    ## Contributing Factors

    The deletion was human error: @jo forgot to select the workspace.
    ```

    ## Use instead
    ```markdown
    ---
    type: pir
    id: PIR-2026-007
    status: final
    severity: SEV1
    service: payments
    incident_date: 2026-02-24
    ---
    ## Contributing Factors

    The command ran in whatever workspace was last selected, and its prompt did not name it.
    ```

    ## Source
    Requirements: post-incident review, "the review is blameless".
    """
    listed = phrase_pattern((*BLAME_PHRASES, *context.settings.blame_phrases))
    for place, phrase in [*_in_values(pir, (), pir.origin.values, listed), *_in_body(pir, listed)]:
        yield fault(place, f"{quoted(phrase)} blames people", "say what made the step easy to take or to miss")


def _phrases(text: str, listed: re.Pattern[str]) -> Iterator[re.Match[str]]:
    yield from listed.finditer(text)
    yield from _HANDLE.finditer(text)


def _in_values(pir: Pir, path: KeyPath, value: Any, listed: re.Pattern[str]) -> Iterator[tuple[Location, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _in_values(pir, (*path, key), item, listed)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _in_values(pir, (*path, index), item, listed)
    elif isinstance(value, str):
        for match in _phrases(value, listed):
            yield pir.value_at(*path), match[0]


def _in_body(pir: Pir, listed: re.Pattern[str]) -> Iterator[tuple[Location, str]]:
    """Yield the phrases of the text outside code blocks; one that runs over a line's end stands where it begins."""
    body = pir.body
    lines = ["" if body.in_code(body.first_line + index) else line for index, line in enumerate(body.lines)]
    text = "\n".join(lines)
    for match in _phrases(text, listed):
        before = text.count("\n", 0, match.start())
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        yield Location(pir.path, body.first_line + before, column), match[0]
