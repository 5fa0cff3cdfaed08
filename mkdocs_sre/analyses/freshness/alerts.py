"""When alerts last changed what they fire on, as the commits of their rule files tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.history.freshness import reviewed_on
from mkdocs_sre.history.staleness import AlertChange
from mkdocs_sre.reading.rule_files import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_sre.documents.monitoring import AlertRule
    from mkdocs_sre.history.remembered import History, Version
    from mkdocs_sre.knowledge import KnowledgeBase

Meaning = frozenset[tuple[str, str]]  # what the rules of one name say: expression and `for` of each


def alert_changes(base: KnowledgeBase, history: History) -> tuple[AlertChange, ...]:
    """Return the last change of each alert of the rule files, where it came after the first review of a runbook.

    A change is one of the expression or of `for`; words around it do not count. An alert that is new is no change.
    """
    files = rule_files(base)
    since = earliest_review(base) if files else None
    if since is None:
        return ()
    found: list[AlertChange] = []
    for path in files:
        found += _changes(path, history.versions.get(path, ()), since)
    return tuple(found)


def alert_keys(base: KnowledgeBase, runbook: Runbook) -> frozenset[str]:
    """Return the alerts that a runbook is for, by its own word or by their links: their names in lower case."""
    return frozenset(alert.key for alert in alerts_of(base).of_runbook(runbook))


def rule_files(base: KnowledgeBase) -> Sequence[str]:
    """Return the rule files whose past tells of a runbook, as paths from the docs folder, sorted."""
    if not base.monitoring.rules:
        return ()
    reviewed = [runbook for runbook in base.of_kind(Runbook) if reviewed_on(runbook) is not None]
    keys = {key for runbook in reviewed for key in alert_keys(base, runbook)}
    return sorted({rule.place.path for rule in base.monitoring.rules if rule.key in keys})


def earliest_review(base: KnowledgeBase) -> date | None:
    """Return the earliest day on which a runbook with alerts was last reviewed; None when none was."""
    days = (reviewed_on(runbook) for runbook in base.of_kind(Runbook) if alert_keys(base, runbook))
    return min((day for day in days if day is not None), default=None)


def _changes(path: str, versions: Sequence[Version], since: date) -> Iterator[AlertChange]:
    """Yield the last change of each alert of a file; versions of the day `since` and before are asked for no change."""
    if not versions:
        return
    now = _meanings(path, versions[-1])
    for newer, older in zip(reversed(versions), reversed(versions[:-1]), strict=False):
        if newer.commit.day <= since or not now:
            return
        before = _meanings(path, older) if older.data != newer.data else now
        for name in [name for name, meaning in now.items() if before.get(name) != meaning]:
            if name in before:
                yield AlertChange(name, newer.commit.day)
            now = {other: meaning for other, meaning in now.items() if other != name}


def _meanings(path: str, version: Version) -> Mapping[str, Meaning]:
    found: dict[str, set[tuple[str, str]]] = {}
    for rule in read_rules(path, version.data).rules if version.data is not None else ():
        found.setdefault(rule.name, set()).add(_meaning(rule))
    return {name: frozenset(meaning) for name, meaning in found.items()}


def _meaning(rule: AlertRule) -> tuple[str, str]:
    return " ".join(rule.expression.split()), rule.duration
