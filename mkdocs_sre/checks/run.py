"""One run of the rules over a knowledge base."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mkdocs_sre.checks.registry import nearest, rules, select
from mkdocs_sre.checks.rule import Context, Rule
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.source import Source
from mkdocs_sre.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_sre.knowledge import KnowledgeBase


def check(
    base: KnowledgeBase, settings: Settings, as_of: date, *, only: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Finding]:
    """Return the findings of all rules that are on, sorted.

    `only` and `ignore` hold codes, names or families. Rules for one kind run on intact documents; rules for every
    `Document` on all of them. Raises SettingsError for a name that no rule has.
    """
    active = _active(levels(settings), only, ignore)
    context = Context(base, settings, as_of)
    findings: list[Finding] = []
    with paused_collection():
        for rule, level in active:
            for subject in _subjects(rule, base):
                findings += [rule.finding(fault, level) for fault in rule.run(subject, context)]
    return sorted(set(findings))


def levels(settings: Settings) -> dict[str, Level]:
    """Return the level of every rule by code. Raises SettingsError for a configured rule that does not exist."""
    found = {rule.code: rule.level for rule in rules().values()}
    for text, level in settings.levels.items():
        for code in _codes(text, ("levels", text)):
            found[code] = Level[level.upper()]
    return found


def _active(by_code: dict[str, Level], only: Sequence[str], ignore: Sequence[str]) -> list[tuple[Rule, Level]]:
    wanted = {code for text in only for code in _codes(text, ())}
    dropped = {code for text in ignore for code in _codes(text, ())}
    return [
        (rule, by_code[code])
        for code, rule in rules().items()
        if by_code[code] is not Level.OFF and code not in dropped and (not only or code in wanted)
    ]


def _codes(text: str, path: tuple[str, ...]) -> frozenset[str]:
    codes = select(text)
    if not codes:
        near = nearest(text)
        raise SettingsError([(path, f"`{text}` is no rule" + (f"; did you mean `{near}`?" if near else ""))])
    return codes


def _subjects(rule: Rule, base: KnowledgeBase) -> Iterable[Any]:
    if rule.subject is Source:
        return base.sources
    if rule.subject is Document:
        return base.documents
    if issubclass(rule.subject, Document):
        if rule.subject.kind:
            return base.of_kind(rule.subject)
        return [one for one in base.documents if isinstance(one, rule.subject) and one.origin.intact]
    return (base,)


def count(findings: Iterable[Finding]) -> dict[Level, int]:
    """Return how many findings there are of each level."""
    counted: dict[Level, int] = defaultdict(int)
    for finding in findings:
        counted[finding.level] += 1
    return dict(counted)
