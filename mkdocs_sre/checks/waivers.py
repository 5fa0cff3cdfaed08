"""Which findings the waivers cover, and what each waiver does."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.checks.registry import find_rule
from mkdocs_sre.documents.catalogue import CatalogueDocument
from mkdocs_sre.documents.location import Location
from mkdocs_sre.documents.values import Duration
from mkdocs_sre.documents.waiver import Waived, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mkdocs_sre.checks.rule import Rule
    from mkdocs_sre.documents.base import Entry
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.documents.marks import Mark, Marks
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.waivers import WaiverFile

LONGEST_MONTHS = 12  # that a waiver may last
IMMUTABILITY, OWN = "IMM", "WVR"  # families that nobody can waive
# What keeps a file from being read, or from being read as what it is: a waiver would hide all that nobody looked for.
UNREAD = frozenset(
    (
        "malformed-front-matter",
        "unclosed-front-matter",
        "front-matter-without-keys",
        "late-front-matter",
        "not-utf-8",
        "control-character",
        "oversized-front-matter",
        "too-many-aliases",
        "link-out-of-docs",
        "unreadable-file",
        "oversized-file",
        "malformed-catalogue",
        "unreadable-rule-file",
    )
)


def last_day(as_of: date) -> date:
    """Return the latest day on which a waiver may end."""
    return Duration("", months=LONGEST_MONTHS).after(as_of)


def unwaivable(family: str, name: str) -> str:
    """Return why no waiver covers the findings of a rule; empty when one may."""
    if family == IMMUTABILITY:
        return "a final review must stay as it is"
    if family == OWN:
        return "a fault of the waivers themselves is mended"
    return (
        "a file that cannot be read is not checked, so any other fault in it would be hidden" if name in UNREAD else ""
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What a waiver's `document` names: a file, or with `start` and `end` the part of it that one item of a list takes."""

    path: str
    start: Location | None = None
    end: Location | None = None

    def holds(self, place: Location) -> bool:
        """Whether a place lies within."""
        return self.start is None or (self.start <= place and (self.end is None or place < self.end))


@dataclass(eq=False)
class Effect:
    """One waiver beside its rule and its target, where those exist, and the findings that it covers.

    `earlier` is a waiver above it for the same. `too_many` says that more findings are there than it covers.
    """

    waiver: Waiver
    rule: Rule | None
    target: Target | None
    expired: bool
    earlier: Waiver | None = None
    covered: list[Finding] = field(default_factory=list)
    too_many: bool = False

    @property
    def waivable(self) -> bool:
        """Whether the rule is one whose findings may be waived."""
        return self.rule is not None and not unwaivable(self.rule.family, self.rule.name)

    @property
    def matches(self) -> bool:
        """Whether it says of which findings it tells."""
        return self.waivable and self.target is not None and self.earlier is None


@dataclass(eq=False)
class Waiving:
    """The waivers beside the findings of the rules in `ran`; a rule about waivers takes this."""

    file: WaiverFile
    base: KnowledgeBase
    as_of: date
    ran: frozenset[str]
    found: list[Finding]

    @cached_property
    def effects(self) -> list[Effect]:
        """What each waiver does, in the order of the file. A finding is covered by the first that matches it."""
        groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.found:
            groups[finding.code, finding.location.path].append(finding)
        seen: dict[tuple[str, Target], Waiver] = {}
        effects = []
        for waiver in self.file.waivers:
            target = find_target(self.base, waiver.document, self.file.docs)
            effect = Effect(waiver, find_rule(waiver.rule), target, self.as_of > waiver.until)
            effects.append(effect)
            if effect.rule is None or target is None or not effect.waivable:
                continue
            effect.earlier = seen.setdefault((effect.rule.code, target), waiver)
            effect.earlier = None if effect.earlier is waiver else effect.earlier
            if effect.earlier is None:
                _cover(effect, groups[effect.rule.code, target.path], target)
        return effects

    @cached_property
    def waived(self) -> list[Waived]:
        """The findings that do not count, sorted, each with its waiver."""
        pairs = [Waived(finding, one.waiver) for one in self.effects if _holds(one) for finding in one.covered]
        return sorted(pairs, key=lambda pair: pair.finding)

    @cached_property
    def left(self) -> list[Finding]:
        """The findings that count; one whose waiver does not hold says why, and leads to it."""
        notes = {
            finding: (_note(one), one.waiver.location)
            for one in self.effects
            for finding in one.covered
            if not _holds(one)
        }
        gone = {pair.finding for pair in self.waived}
        return [_noted(one, *notes[one]) if one in notes else one for one in self.found if one not in gone]


def _cover(effect: Effect, group: list[Finding], target: Target) -> None:
    effect.covered = [finding for finding in group if target.holds(finding.location)]
    group[:] = [finding for finding in group if not target.holds(finding.location)]
    effect.too_many = effect.waiver.count is not None and len(effect.covered) > effect.waiver.count


def _holds(effect: Effect) -> bool:
    return not effect.expired and not effect.too_many


def _note(effect: Effect) -> str:
    if effect.expired:
        return f"its waiver ended on {effect.waiver.until}"
    findings = "1 finding" if effect.waiver.count == 1 else f"{effect.waiver.count} findings"
    return f"its waiver covers {findings} and {len(effect.covered)} are there, so all are shown"


def _noted(finding: Finding, note: str, place: Location) -> Finding:
    hint = f"{finding.hint}; {note}" if finding.hint else note
    return replace(finding, hint=hint, related=(*finding.related, place))


def find_target(base: KnowledgeBase, text: str, docs: str) -> Target | None:
    """Return what a waiver's `document` names: a path below the docs folder (`docs` may stand before it), or an id.

    A catalogue file, a rule file, a configuration of Alertmanager, and one whose patterns match none, is named by its
    path from the docs folder or from the waivers file. None when it names nothing.
    """
    for path in (text, text.removeprefix(f"{docs}/")):
        if path in base.source_by_path:
            return Target(path)
    beside = (*base.catalogue.files, *(one.fault.location.path for one in base.catalogue.defects))
    for path, file in {**{path: path for path in beside}, **base.monitoring.files}.items():
        if text in (path, file, posixpath.normpath(f"{docs}/{path}")):
            return Target(path)
    entry = base.find(text)
    return _extent(base, entry) if entry else None


def _extent(base: KnowledgeBase, entry: Entry) -> Target:
    """Return the part of its file that an entry takes: an item of a list in the front matter, else the whole file."""
    if isinstance(entry.document, CatalogueDocument):
        entity = entry.document.element.entity
        return Target(entity.place.path, entity.start, entity.end)
    path = entry.document.path
    end = Location(path, base.source_by_path[path].body.first_line, 0)
    found = _item(entry.document.origin.marks, entry.location, end)
    return Target(path, *found) if found else Target(path)


def _item(marks: Marks, place: Location, end: Location) -> tuple[Location, Location] | None:
    """Return where the innermost item of a list that holds a place begins and ends; None when no list does."""
    ordered: Iterable[Mark] = marks.values() if isinstance(marks, dict) else marks or ()
    starts = sorted(((Location(place.path, mark.line, mark.column), mark) for mark in ordered), key=lambda one: one[0])
    for index in range(len(starts) - 1, -1, -1):
        start, mark = starts[index]
        if start <= place:
            after = starts[index + 1][0] if index + 1 < len(starts) else end
            inner = _item(mark.children, place, after)
            return inner or ((start, after) if isinstance(marks, list) else None)
    return None
