"""The rule files, configurations of Alertmanager and pages that went out, as the options under `alerts` name them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.reading.alertmanager import SORT as CONFIGURATION
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.configuration import option_place
from mkdocs_sre.reading.folder import is_text
from mkdocs_sre.reading.page_results import ENDINGS, MALFORMED, read_page_results
from mkdocs_sre.reading.page_results import SORT as RESULTS
from mkdocs_sre.reading.page_results import unread as unread_results
from mkdocs_sre.reading.patterns import Patterns, Reader, read_below, read_matching
from mkdocs_sre.reading.rule_files import SORT as RULE_FILE
from mkdocs_sre.reading.rule_files import read_rules, unread
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mkdocs_sre.settings import Settings

    Read = Callable[[str, bytes, str], Monitoring]

UNMATCHED = "pattern-without-rules"  # the rule that tells


class Readers(NamedTuple):
    """What reads rule files, configurations of Alertmanager and pages: from path, bytes, what people call the file."""

    rules: Read = read_rules
    alertmanager: Read = read_alertmanager
    pages: Read = read_page_results


def rule_patterns(settings: Settings) -> Patterns:
    """Return the patterns of rule files."""
    return Patterns(settings.alerts.rules, ("alerts", "rules"), RULE_FILE, UNMATCHED)


def alertmanager_patterns(settings: Settings) -> Patterns:
    """Return the patterns of Alertmanager's configurations."""
    return Patterns(settings.alerts.alertmanager, ("alerts", "alertmanager"), CONFIGURATION, UNMATCHED)


def monitoring_files(settings: Settings, folder: Path) -> list[Path]:
    """Return the files that the options match or name; the one with pages may be missing.

    Raises SettingsError for a pattern or a path that cannot be used.
    """
    results = results_path(settings)
    return [
        file
        for patterns in (rule_patterns(settings), alertmanager_patterns(settings))
        if patterns.texts
        for file in patterns.files(folder).values()
    ] + ([folder / results] if results else [])


def results_path(settings: Settings) -> str:
    """Return the path of the file of pages below the folder of the configuration; empty where none is named.

    Raises SettingsError for one that leads out of the folder, or that is neither CSV nor JSON.
    """
    path = settings.alerts.results
    if path is None:
        return ""
    option = "alerts", "results"
    if path.startswith("/") or ".." in path.split("/") or not path.strip() or not is_text(path) or "\0" in path:
        raise SettingsError([(option, f"`{path}` must name a file below the folder of the configuration")])
    if not path.lower().endswith(ENDINGS):
        raise SettingsError([(option, f"`{path}` must end in `.csv` or `.json`")])
    return path


def load_monitoring(settings: Settings, config_file: Path, docs_dir: Path, read: Readers | None = None) -> Monitoring:
    """Return what rule files, configurations of Alertmanager and pages of a site say; nothing where none are configured.

    Raises SettingsError for a pattern or a path that cannot be used.
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
    path = results_path(settings)
    return together([*found, _results(path, config_file, docs_dir, readers.pages)] if path else found)


def _results(path: str, config_file: Path, docs_dir: Path, read: Read) -> Monitoring:
    if not os.path.lexists(config_file.parent / path):
        place = option_place(config_file, docs_dir, ("alerts", "results"))
        hint = "correct the path, or let the job that writes it begin with an empty list"
        return Monitoring(defects=(Defect(MALFORMED, Fault(place, f"`{path}` is not there", hint)),))
    return read_below(config_file.parent, path, docs_dir, Reader(RESULTS, read, unread_results))


def together(parts: Iterable[Monitoring]) -> Monitoring:
    """Return several files' rules, routes and pages as one, in their order."""
    given = list(parts)
    return Monitoring(
        tuple(rule for one in given for rule in one.rules),
        tuple(routing for one in given for routing in one.routings),
        tuple(defect for one in given for defect in one.defects),
        tuple(page for one in given for page in one.pages),
        tuple(measurement for one in given for measurement in one.measurements),
    )
