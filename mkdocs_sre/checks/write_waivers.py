"""Waivers for the findings of a run, added to the waivers file: how an old collection starts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_sre.checks.registry import find_rule
from mkdocs_sre.checks.verdict import fails
from mkdocs_sre.checks.waivers import LONGEST_MONTHS, find_target, last_day, unwaivable
from mkdocs_sre.reading.waivers import is_blank, parse_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.waiver import Waiver
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.waivers import WaiverFile

HEADER = "# Findings that may stay for a while. What each key means: mkdocs-sre explain WVR101\nwaivers:\n"
_ITEM = re.compile(r" *(?=- +$)")
_EMPTY_LIST = re.compile(r"(?m)^waivers:[ \t]*\[[ \t]*\]")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._/-][A-Za-z0-9]+)*")
_WORDS_OF_YAML = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


class WaiversNotWrittenError(Exception):
    """Why no waiver was written."""


@dataclass(frozen=True)
class Terms:
    """What every new waiver says: why, who, and the last day."""

    reason: str
    by: str
    until: date


@dataclass(frozen=True)
class NewWaiver:
    """A waiver for all findings of one rule in one document, of which there are `count`."""

    rule: str
    name: str
    document: str
    count: int


@dataclass(frozen=True)
class Addition:
    """The new text of the waivers file, what it adds, and the findings that fail a strict run all the same."""

    text: str
    waivers: tuple[NewWaiver, ...]
    left: tuple[Finding, ...]


def add_waivers(
    base: KnowledgeBase, findings: Iterable[Finding], file: WaiverFile, terms: Terms, as_of: date
) -> Addition:
    """Return what is added to the waivers file, so that findings no longer count.

    One waiver a rule and document, for errors and warnings, sorted; what stands in the file stays. A finding is left
    when it cannot be waived, or when a waiver that is no longer enough names it already. Raises WaiversNotWrittenError.
    """
    _check_terms(terms, as_of)
    if file.defects:
        fault = file.defects[0].fault
        place = replace(fault.location, path=_file_name(file))
        raise WaiversNotWrittenError(f"{place}: {fault.message}; mend the waivers file first")
    taken = {
        (rule.code, find_target(base, one.document, file.docs)) for one in file.waivers if (rule := find_rule(one.rule))
    }
    counted: Counter[tuple[str, str, str]] = Counter()
    left = []
    for finding in findings:
        if not fails((finding,), strict=True):
            continue
        document = _name(base, finding.location.path, file.docs)
        if (
            unwaivable(finding.code[:3], finding.name)
            or (finding.code, find_target(base, document, file.docs)) in taken
        ):
            left.append(finding)
        else:
            counted[finding.code, finding.name, document] += 1
    new = tuple(NewWaiver(*key, count) for key, count in sorted(counted.items()))
    return Addition(_extended(file, new, terms) if new else file.text, new, tuple(left))


def _check_terms(terms: Terms, as_of: date) -> None:
    for name, value in (("reason", terms.reason), ("by", terms.by)):
        if is_blank(value):
            raise WaiversNotWrittenError(f"--{name} says nothing")
        if not _is_text(value):
            raise WaiversNotWrittenError(f"--{name} is not UTF-8")
    if not as_of <= terms.until <= last_day(as_of):
        days = f"{as_of} to {last_day(as_of)}"
        raise WaiversNotWrittenError(f"--until must be a day within {LONGEST_MONTHS} months, {days}")


def _file_name(file: WaiverFile) -> str:
    """Return what the waivers file is called; its path is seen from the docs folder, where nobody stands."""
    return file.path.rpartition("/")[2]


def _name(base: KnowledgeBase, path: str, docs: str) -> str:
    """Return what a waiver calls a file: the id of its only document, else its path."""
    documents = base.by_path.get(path, [])
    target = find_target(base, documents[0].id, docs) if len(documents) == 1 else None
    return documents[0].id if target is not None and target.path == path and target.start is None else path


def _extended(file: WaiverFile, new: tuple[NewWaiver, ...], terms: Terms) -> str:
    """Return the text with the waivers at its end: below the list that is there, in place of an empty one, or anew."""
    text, indentation = file.text, _indentation(file)
    items = "".join(_item(one, terms, indentation) for one in new)
    ended = text if text.endswith("\n") or not text else f"{text}\n"
    wanted = [*map(_said, file.waivers), *((one.rule, one.document, *_same(terms), one.count) for one in new)]
    problem = "its list is not at its end, or not a waiver a line"
    candidates = [ended + items, _EMPTY_LIST.sub("waivers:", ended, 1) + items, ended + HEADER + items]
    for whole in candidates if "waivers:" in text else candidates[::-1]:
        made = parse_waivers(whole, file.path, file.docs)
        if not made.defects and [*map(_said, made.waivers)] == wanted:
            return whole.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else whole
        if made.defects and made.defects[0].fault.message.startswith("the waivers file of"):
            problem = made.defects[0].fault.message
    raise WaiversNotWrittenError(f"{_file_name(file)}: nothing can be added: {problem}")


def _indentation(file: WaiverFile) -> str:
    if not file.waivers:
        return "  "
    place = file.waivers[0].location
    found = _ITEM.match(re.split("\r\n|[\r\n]", file.text)[place.line - 1][: place.column - 1])
    return found[0] if found else "  "


def _item(one: NewWaiver, terms: Terms, indentation: str) -> str:
    reason, by, until = _same(terms)
    first, *others = (
        f"- rule: {one.rule}  # {one.name}",
        f"  document: {_scalar(one.document)}",
        f"  reason: {_quoted(reason)}",
        f"  by: {_quoted(by)}",
        f"  until: {until}",
        f"  count: {one.count}",
    )
    return "".join(f"{indentation}{line}\n" for line in (first, *others))


def _same(terms: Terms) -> tuple[str, str, date]:
    return terms.reason.strip(), terms.by.strip(), terms.until


def _said(waiver: Waiver) -> tuple[object, ...]:
    return waiver.rule, waiver.document, waiver.reason, waiver.by, waiver.until, waiver.count


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    """Return the text as a double-quoted scalar of YAML, all but printable characters escaped."""
    return '"' + "".join(_escapes(text)) + '"'


def _escapes(text: str) -> Iterator[str]:
    for character in text:
        if character in '"\\':
            yield f"\\{character}"
        else:
            yield character if character.isprintable() else f"\\U{ord(character):08x}"


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
