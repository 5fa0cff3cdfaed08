"""Steps of a runbook in its author's Markdown: each with an anchor and a badge, its expectation and undo in bold.

The words stay as they are, so that headings keep the anchors that they have without us, and other generators show the
same text. A step that its author numbers has the anchor `#s2` for `2.`; where nobody numbers, steps are counted.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.body import section_key
from mkdocs_sre.documents.commands import PROMPT, commands_of, may_be_commands
from mkdocs_sre.documents.destruction import destructions_in
from mkdocs_sre.documents.steps import MARKER, RISKS, Risk, risk_of, steps_of
from mkdocs_sre.reading.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.body import Body, CodeBlock
    from mkdocs_sre.documents.steps import Step

FORMS: Mapping[Risk, str] = MappingProxyType({"read-only": "read", "reversible": "back", "destructive": "burn"})
LOOKING = frozenset(("triage", "diagnosis", "quick diagnosis", "detection", "symptoms"))  # sections that change nothing
_OPENING = re.compile(r"( {0,3}#{1,6}[ \t]*)?(?:(\d{1,4})([.)]?)[ \t]+)?")
_ITEM = re.compile(r" {0,3}(\d{1,4})[.)][ \t]+")
_ATTRIBUTES = re.compile(r"[ \t]*(?:\{:?[ #.][^{}]*\}|#+)?[ \t]*$")
_IN_PARENTHESES = re.compile(rf"(?i)\(({'|'.join(RISKS)})\)")


def badge(risk: Risk) -> str:
    """Return the risk of something as inline HTML."""
    return f'<span class="sre-risk {FORMS[risk]}">{risk}</span>'


def with_steps(markdown: str) -> str:
    """Return the Markdown of a runbook with its steps marked; every other line stays as it is."""
    lines = markdown.split("\n")
    body = scan([*lines])
    steps = steps_of(body)
    for step, number in zip(steps, _numbers(lines, steps), strict=True):
        first = step.line - 1
        lines[first] = _marked_title(lines[first], step, number)
        for at, text in _marked_paragraphs(lines, body, step):
            lines[at] = text
    return "\n".join(lines)


def numbered_steps(body: Body) -> dict[int, Step]:
    """Return the steps of a body that have an anchor, by their numbers."""
    steps = steps_of(body)
    numbers = _numbers(body.lines, steps, body.first_line)
    return {number: step for step, number in zip(steps, numbers, strict=True) if number}


class FirstCommand(NamedTuple):
    """The lines of a command, without its prompt, and the step that it stands in, if it stands in one."""

    lines: tuple[str, ...]
    step: Step | None = None


def first_command(body: Body) -> FirstCommand | None:
    """Return the command that may be run first; None without any that is known to be safe.

    It is that of the first read-only step, else the first one in a section that looks, unless its step changes things.
    Code in which something is destroyed is passed over, whatever its step says.
    """
    steps = steps_of(body)
    for step in steps:
        if step.risk == "read-only" and (found := _first_of(step.commands)):
            return FirstCommand(found, step)
    changing = [(step.line, step.end_line) for step in steps if step.changes]
    for section in body.sections:
        first = section.heading.line
        if section_key(section.heading.text) in LOOKING:
            last = first + len(section.lines)
            inside = [one for one in body.code_blocks if first < one.line <= last]
            safe = [one for one in inside if not any(start <= one.line <= end for start, end in changing)]
            if found := _first_of(safe):
                return FirstCommand(found)
    return None


def _first_of(blocks: Sequence[CodeBlock]) -> tuple[str, ...]:
    """Return the first command of some blocks as its lines, without its prompt."""
    for block in blocks:
        safe = may_be_commands(block) and not any(True for _ in destructions_in(block))
        for command in commands_of(block) if safe else ():
            if command.text.strip():
                start = command.line - block.line - 1
                lines = block.text.split("\n")[start : start + command.text.count("\n") + 1]
                prompt = PROMPT.match(lines[0])
                return (lines[0][prompt.end() if prompt else 0 :].strip(), *(line.rstrip() for line in lines[1:]))
    return ()


def _numbers(lines: Sequence[str], steps: Sequence[Step], first_line: int = 1) -> list[int]:
    """Return the number of each step: that of its author, 0 for one without where others have one, else its place."""
    written = [_written_number(lines[step.line - first_line]) for step in steps]
    if not any(written):
        return list(range(1, len(steps) + 1))
    return [number if number not in written[:at] else 0 for at, number in enumerate(written)]


def _written_number(line: str) -> int:
    found = _ITEM.match(line)
    opening = _OPENING.match(line)
    number = found[1] if found else opening[2] if opening else None
    return int(number or 0)


def _marked_title(line: str, step: Step, number: int) -> str:
    """Return the line of a heading or an item with its anchor and its badge."""
    item = _ITEM.match(line)
    anchor = f' id="s{number}"' if number else ""
    opening = None if item else _OPENING.match(line)
    if opening is not None:
        written = f"{opening[2]}{opening[3]}" if opening[2] else ""
        mark = f'<span class="sre-at"{anchor}>{written}</span>' + (" " if written else "")
        start, rest = (opening[1] or ""), line[opening.end() :]
    else:
        mark = f'<span class="sre-at"{anchor}></span>'
        start, rest = line[: item.end() if item else 0], line[item.end() if item else 0 :]
    return start + mark + _with_badge(rest, step)


def _with_badge(text: str, step: Step) -> str:
    if step.risk is None or risk_of(text) is None:
        return text
    form = FORMS[step.risk]
    found = _IN_PARENTHESES.search(text)
    if found:
        worded = f'<span class="sre-risk {form}">{found[0]}</span>'
        return text[: found.start()] + worded + text[found.end() :]
    # The word would become part of the heading's anchor, so it stands in an attribute.
    end = _ATTRIBUTES.search(text)
    cut = end.start() if end else len(text)
    return f'{text[:cut]} <span class="sre-risk {form}" role="img" aria-label="{step.risk}"></span>{text[cut:]}'


def _marked_paragraphs(lines: Sequence[str], body: Body, step: Step) -> Iterator[tuple[int, str]]:
    """Yield the lines of a step that say what is expected, lost or undone, with their place in `lines`."""
    for at in range(step.line, min(step.end_line, len(lines))):
        text = lines[at].lstrip()
        if not body.in_code(at + 1) and not text.startswith("|") and MARKER.search(text):
            yield at, _bold(lines[at])


def _bold(text: str) -> str:
    margin = len(text) - len(text.lstrip())
    return text[:margin] + MARKER.sub(_bold_marker, text[margin:])


def _bold_marker(found: re.Match[str]) -> str:
    in_code = found.string.count("`", 0, found.start()) % 2 == 1
    if in_code or not found[1] or "*" in found[0] or "_" in found[0]:
        return found[0]
    return f"<b>{found[0]}</b>"
