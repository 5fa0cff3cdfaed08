"""The rule files and configurations of Alertmanager that the options under `alerts` match."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.reading.alertmanager import SORT as CONFIGURATION
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.patterns import Patterns, Reader, read_matching
from mkdocs_sre.reading.rule_files import SORT as RULE_FILE
from mkdocs_sre.reading.rule_files import read_rules, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mkdocs_sre.settings import Settings

    Read = Callable[[str, bytes, str], Monitoring]

UNMATCHED = "pattern-without-rules"  # the rule that tells


class Readers(NamedTuple):
    """What reads rule files, and what reads configurations of Alertmanager: path, bytes, what people call the file."""

    rules: Read = read_rules
    alertmanager: Read = read_alertmanager


def rule_patterns(settings: Settings) -> Patterns:
    """Return the patterns of rule files."""
    return Patterns(settings.alerts.rules, ("alerts", "rules"), RULE_FILE, UNMATCHED)


def alertmanager_patterns(settings: Settings) -> Patterns:
    """Return the patterns of Alertmanager's configurations."""
    return Patterns(settings.alerts.alertmanager, ("alerts", "alertmanager"), CONFIGURATION, UNMATCHED)


def monitoring_files(settings: Settings, folder: Path) -> list[Path]:
    """Return the files that either option matches. Raises SettingsError for a pattern that cannot be used."""
    return [
        file
        for patterns in (rule_patterns(settings), alertmanager_patterns(settings))
        if patterns.texts
        for file in patterns.files(folder).values()
    ]


def load_monitoring(settings: Settings, config_file: Path, docs_dir: Path, read: Readers | None = None) -> Monitoring:
    """Return what rule files and configurations of Alertmanager of a site say; nothing where none are configured.

    Raises SettingsError for a pattern that cannot be used.
    """
    readers = read or Readers()
    found: list[Monitoring] = []
    for patterns, one in (
        (rule_patterns(settings), readers.rules),
        (alertmanager_patterns(settings), readers.alertmanager),
    ):
        if patterns.texts:
            reader = Reader(patterns.sort, one, unread)
            made, defects = read_matching(patterns, config_file, docs_dir, reader)
            found += [*made.values(), Monitoring(defects=(*defects,))]
    return together(found)


def together(parts: Iterable[Monitoring]) -> Monitoring:
    """Return several files' rules and routes as one, in their order."""
    given = list(parts)
    return Monitoring(
        tuple(rule for one in given for rule in one.rules),
        tuple(routing for one in given for routing in one.routings),
        tuple(defect for one in given for defect in one.defects),
    )
