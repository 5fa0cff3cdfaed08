"""The steps of a runbook: what to run, how risky it is, what is seen when it worked, and how it is undone.

A step is a heading below a section that acts (`ACTING`) when it holds code or names its risk, and a numbered item of
such a section that holds a fenced code block. A heading below the title that names its risk
is a step in every section.

    ### 2. Restart the pods (reversible)

    Only when the log shows dead connections. Before: add pods, step 3. Loses: requests that are under way.

    ```sh
    kubectl -n ${NAMESPACE} rollout restart deployment/cart
    ```

    Expect 3 minutes, and `error` back to 0.

    Undo: not needed.

The risk stands in parentheses behind the title, or as a class, `{: .reversible }`. `Expect`, `Undo`, `Before` and
`Loses` begin a paragraph, an item or a sentence; what follows, down to the next of them or to the end of the
paragraph, is theirs. `There is no undo` is an answer too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args
from weakref import WeakKeyDictionary

from mkdocs_sre.documents.body import CodeBlock, plain, section_key, section_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_sre.documents.body import Body, Heading

Risk = Literal["read-only", "reversible", "destructive"]
RISKS: tuple[Risk, ...] = get_args(Risk)  # from the least to the most
ACTING = ("Triage", "Diagnosis", "Quick Diagnosis", "Mitigation", "Resolution Steps", "Verification")

_ACTING = section_keys(ACTING)
_SECTION_LEVEL = 2  # of the headings that sections begin with
_NAMED_RISK = "|".join(RISKS)
_RISK = re.compile(rf"(?i)(?:\(({_NAMED_RISK})\)|\{{:?[^{{}}]*\.({_NAMED_RISK})(?![\w-])[^{{}}]*\}})")
_ITEM = re.compile(r" {0,3}(\d{1,9}[.)])([ \t]+)(?=\S)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*+[.)]?\s+")
_MARGIN = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)?")
MARKER = re.compile(
    r"(?:^|(?<=[.!?;:]\s))[*_]{0,3}(?:(Expect|Undo|Before|Loses)(?:[*_]{0,3}:[*_]{0,3}|,(?=[^:]{0,80}:)|(?<=Expect)(?=\s))"
    r"|(?=(There) is no undo\b))"
)

_found: WeakKeyDictionary[Body, tuple[Step, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Texts are Markdown as written, on one line, and empty where the author says nothing.

    `title` is plain text without number and risk; `section` is the key of the section that it stands in, as
    `section_key` makes it. `line` is that of the heading or item, `end_line` the last one of the step. `commands` are
    its code blocks in order, whatever their language.
    """

    title: str
    line: int
    end_line: int
    section: str
    risk: Risk | None = None
    commands: tuple[CodeBlock, ...] = ()
    expect: str = ""
    undo: str = ""
    before: str = ""
    loses: str = ""

    @property
    def changes(self) -> bool:
        """Whether it is said to change something."""
        return self.risk is not None and self.risk != "read-only"


def risk_of(text: str) -> Risk | None:
    """Return the risk that a heading or the first line of an item names; None when it names none."""
    match = _RISK.search(text)
    named = (match[1] or match[2]).lower() if match else ""
    return next((risk for risk in RISKS if risk == named), None)


def steps_of(body: Body) -> tuple[Step, ...]:
    """Return the steps of a runbook's body, in order of lines; found once for each body."""
    found = _found.get(body)
    if found is None:
        found = tuple(sorted((*_heading_steps(body), *_item_steps(body)), key=lambda step: step.line))
        _found[body] = found
    return found


def _acting_sections(body: Body) -> Iterator[tuple[Heading, int]]:
    """Yield the headings of the sections that act and stand in no other, and the last line of each."""
    end = 0
    for section in body.sections:
        heading = section.heading
        if heading.line > end and section_key(heading.text) in _ACTING:
            end = heading.line + len(section.lines)
            yield heading, end


def _heading_steps(body: Body) -> Iterator[Step]:
    found = list(_headings_of_steps(body))
    followers = [*(heading.line for heading, _, _ in found), body.first_line + len(body.lines)][1:]
    for (heading, end, section), follower in zip(found, followers, strict=True):
        yield _step(body, (heading.line, min(end, follower - 1)), heading.text, section)


def _headings_of_steps(body: Body) -> Iterator[tuple[Heading, int, str]]:
    """Yield each heading that is a step, the last line of its section, and the key of the section that it stands in."""
    acting = list(_acting_sections(body))
    starts = [heading.line for heading, _ in acting]
    parent = ""  # the key of the last heading of level 2 or above
    for section in body.sections:
        heading, end = section.heading, section.heading.line + len(section.lines)
        risk = risk_of(heading.text)
        index = bisect_left(starts, heading.line) - 1
        around = acting[index][0] if index >= 0 and heading.line <= acting[index][1] else None
        if around is not None:
            own = heading.level == around.level + 1 and _blocks(body, heading.line, end)
            if own or risk is not None:
                yield heading, end, section_key(around.text)
        elif risk is not None and heading.level > 1:
            yield heading, end, parent
        if heading.level <= _SECTION_LEVEL:
            parent = section_key(heading.text)


def _item_steps(body: Body) -> Iterator[Step]:
    """Yield the numbered items with code that stand in a section that acts, before its first subheading."""
    lines_of_headings = [heading.line for heading in body.headings]
    for heading, end in _acting_sections(body):
        following = bisect_right(lines_of_headings, heading.line)
        last = min(end, lines_of_headings[following] - 1) if following < len(lines_of_headings) else end
        for lines in _items(body, heading.line + 1, last):
            if _blocks(body, *lines):
                yield _step(body, lines, _item_text(body, lines[0]), section_key(heading.text))


def _items(body: Body, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each numbered item that is in no other."""
    start = -1
    for line in range(first, last + 1):
        text = body.lines[line - body.first_line]
        goes_on = start >= 0 and text[:1] in (" ", "\t") and not _ITEM.match(text)
        if body.in_code(line) or not text.strip() or goes_on:
            continue
        if start >= 0:
            yield start, line - 1
            start = -1
        if _ITEM.match(text):
            start = line
    if start >= 0:
        yield start, last


def _item_text(body: Body, line: int) -> str:
    text = body.lines[line - body.first_line]
    match = _ITEM.match(text)
    return text[match.end() if match else 0 :]


def _blocks(body: Body, first: int, last: int) -> tuple[CodeBlock, ...]:
    blocks = body.code_blocks
    start = bisect_left(blocks, first, key=lambda block: block.line)
    return tuple(blocks[start : bisect_right(blocks, last, lo=start, key=lambda block: block.line)])


def _step(body: Body, lines: tuple[int, int], heading: str, section: str) -> Step:
    said = _said(_paragraphs(body, *lines))
    return Step(
        title=_title(heading),
        line=lines[0],
        end_line=lines[1],
        section=section,
        risk=risk_of(heading),
        commands=_blocks(body, *lines),
        **said,
    )


def _title(text: str) -> str:
    mark = _RISK.search(text)
    title = plain(text[: mark.start()] if mark else text)
    number = _NUMBER.match(title)
    return title[number.end() if number else 0 :].rstrip(" :")


def _paragraphs(body: Body, first: int, last: int) -> Iterator[str]:
    """Yield the paragraphs and items between two lines, each on one line, without those of code."""
    open_one: list[str] = []
    for line in range(first + 1, last + 1):
        text = body.lines[line - body.first_line]
        margin = _MARGIN.match(text)
        content = text[margin.end() if margin else 0 :].strip()
        begins = not content or body.in_code(line) or (margin is not None and margin[0].strip())
        if begins and open_one:
            yield " ".join(open_one)
            open_one = []
        if content and not body.in_code(line):
            open_one.append(content)
    if open_one:
        yield " ".join(open_one)


def _said(paragraphs: Iterable[str]) -> dict[str, str]:
    """Return what the paragraphs say by marker, the first of each."""
    said: dict[str, str] = {}
    for paragraph in paragraphs:
        markers = list(MARKER.finditer(paragraph))
        ends = [*(marker.start() for marker in markers[1:]), len(paragraph)]
        for marker, end in zip(markers, ends, strict=False):
            name = marker[1].lower() if marker[1] else "undo"
            said.setdefault(name, paragraph[marker.end() : end].strip())
    return said
