"""One run of the rules over a knowledge base."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_sre.checks.registry import find_rule, nearest, rules, select
from mkdocs_sre.checks.rule import Context, Rule
from mkdocs_sre.checks.waivers import Waiving
from mkdocs_sre.documents.base import Document
from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.history.remembered import History
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.source import Source
from mkdocs_sre.reading.waivers import WaiverFile
from mkdocs_sre.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from mkdocs_sre.documents.waiver import Waived
    from mkdocs_sre.knowledge import KnowledgeBase


class Outcome(NamedTuple):
    """What a run found: the findings that count, and those that are waived; both sorted."""

    findings: list[Finding]
    waived: list[Waived]


def examine(  # noqa: PLR0913 what a run depends on, and nothing else
    base: KnowledgeBase,
    as_of: date,
    waivers: WaiverFile | None = None,
    *,
    history: History | None = None,
    only: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Outcome:
    """Return the findings of all rules that are on, with those that the waivers cover apart.

    `history` is what git and the seals remember, nothing when it is left out. `only` and `ignore` hold codes, names or
    families. Rules for one kind run on intact documents; rules for every `Document` on all of them; rules about waivers at
    last. Raises SettingsError for a name that no rule has.
    """
    active = _active(levels(base.settings), only, ignore)
    context = Context(base, base.settings, as_of, history or History())
    with paused_collection():
        found = _run(active, context, lambda rule: _subjects(rule, base))
        waiving = Waiving(waivers or WaiverFile(), base, as_of, frozenset(rule.code for rule, _ in active), found)
        own = _run(active, context, lambda rule: (waiving,) if rule.subject is Waiving else ())
    return Outcome(sorted([*waiving.left, *own]), waiving.waived)


def check(base: KnowledgeBase, as_of: date, *, only: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Finding]:
    """Return what `examine` finds where nothing is waived."""
    return examine(base, as_of, only=only, ignore=ignore).findings


def _run(
    active: Iterable[tuple[Rule, Level]], context: Context, subjects: Callable[[Rule], Iterable[Any]]
) -> list[Finding]:
    return sorted(
        {
            rule.finding(fault, level)
            for rule, level in active
            for subject in subjects(rule)
            for fault in rule.run(subject, context)
        }
    )


def levels(settings: Settings) -> dict[str, Level]:
    """Return the level of every rule by code: its own entry, else that of its family, else the rule's.

    Raises SettingsError for a configured rule that does not exist.
    """
    found = {rule.code: rule.level for rule in rules().values()}
    for text, level in sorted(settings.levels.items(), key=lambda one: find_rule(one[0]) is not None):
        found |= dict.fromkeys(_codes(text, ("levels", text)), Level[level.upper()])
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
    if rule.subject is Waiving:
        return ()
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
