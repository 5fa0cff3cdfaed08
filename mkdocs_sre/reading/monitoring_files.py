"""The rule files, configurations of Alertmanager, pages that went out and measured values, as the options name them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.documents.finding import Defect, Fault
from mkdocs_sre.documents.monitoring import Monitoring
from mkdocs_sre.reading.alertmanager import SORT as CONFIGURATION
from mkdocs_sre.reading.alertmanager import read_alertmanager
from mkdocs_sre.reading.configuration import option_place
from mkdocs_sre.reading.folder import is_text
from mkdocs_sre.reading.page_results import SORT as PAGES
from mkdocs_sre.reading.page_results import read_page_results
from mkdocs_sre.reading.page_results import unread as unread_pages
from mkdocs_sre.reading.patterns import Patterns, Reader, read_below, read_matching
from mkdocs_sre.reading.rows import ENDINGS
from mkdocs_sre.reading.rule_files import SORT as RULE_FILE
from mkdocs_sre.reading.rule_files import read_rules, unread
from mkdocs_sre.reading.slo_results import SORT as MEASURED
from mkdocs_sre.reading.slo_results import read_slo_results
from mkdocs_sre.reading.slo_results import unread as unread_measured
from mkdocs_sre.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mkdocs_sre.settings import Settings

    Read = Callable[[str, bytes, str], Monitoring]

_PAGES = ("alerts", "results")
_MEASURED = ("slos", "results")
UNMATCHED = "pattern-without-rules"  # the rule that tells


class Readers(NamedTuple):
    """What reads each sort of file: from path, bytes, what people call the file."""

    rules: Read = read_rules
    alertmanager: Read = read_alertmanager
    pages: Read = read_page_results
    measured: Read = read_slo_results


def rule_patterns(settings: Settings) -> Patterns:
    """Return the patterns of rule files."""
    return Patterns(settings.alerts.rules, ("alerts", "rules"), RULE_FILE, UNMATCHED)


def alertmanager_patterns(settings: Settings) -> Patterns:
    """Return the patterns of Alertmanager's configurations."""
    return Patterns(settings.alerts.alertmanager, ("alerts", "alertmanager"), CONFIGURATION, UNMATCHED)


def monitoring_files(settings: Settings, folder: Path) -> list[Path]:
    """Return the files that the options match or name; those with pages and with measured values may be missing.

    Raises SettingsError for a pattern or a path that cannot be used.
    """
    matched = [
        file
        for patterns in (rule_patterns(settings), alertmanager_patterns(settings))
        if patterns.texts
        for file in patterns.files(folder).values()
    ]
    return matched + [folder / path for path in (results_path(settings), slo_results_path(settings)) if path]


def results_path(settings: Settings) -> str:
    """Return the path of the file of pages below the folder of the configuration; empty where none is named.

    Raises SettingsError for one that leads out of the folder, or that is neither CSV nor JSON.
    """
    return _path_below(settings.alerts.results, _PAGES)


def slo_results_path(settings: Settings) -> str:
    """Return the path of the file of measured values as `results_path` does that of the pages."""
    return _path_below(settings.slos.results, _MEASURED)


def _path_below(path: str | None, option: tuple[str, str]) -> str:
    if path is None:
        return ""
    if path.startswith("/") or ".." in path.split("/") or not path.strip() or not is_text(path) or "\0" in path:
        raise SettingsError([(option, f"`{path}` must name a file below the folder of the configuration")])
    if not path.lower().endswith(ENDINGS):
        raise SettingsError([(option, f"`{path}` must end in `.csv` or `.json`")])
    return path


def load_monitoring(settings: Settings, config_file: Path, docs_dir: Path, read: Readers | None = None) -> Monitoring:
    """Return what rule files, configurations of Alertmanager, pages and measured values of a site say, as far as configured.

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
    for path, option, reader in (
        (results_path(settings), _PAGES, Reader(PAGES, readers.pages, unread_pages)),
        (slo_results_path(settings), _MEASURED, Reader(MEASURED, readers.measured, unread_measured)),
    ):
        if path:
            found.append(_results(path, option, config_file, docs_dir, reader))
    return together(found)


def _results(
    path: str, option: tuple[str, str], config_file: Path, docs_dir: Path, reader: Reader[Monitoring]
) -> Monitoring:
    if not os.path.lexists(config_file.parent / path):
        place = option_place(config_file, docs_dir, option)
        hint = "correct the path, or let the job that writes it begin with an empty list"
        return Monitoring(defects=(Defect(reader.sort.unread, Fault(place, f"`{path}` is not there", hint)),))
    return read_below(config_file.parent, path, docs_dir, reader)


def together(parts: Iterable[Monitoring]) -> Monitoring:
    """Return what several files say as one, in their order."""
    given = list(parts)
    return Monitoring(
        tuple(rule for one in given for rule in one.rules),
        tuple(routing for one in given for routing in one.routings),
        tuple(defect for one in given for defect in one.defects),
        tuple(page for one in given for page in one.pages),
        tuple(measurement for one in given for measurement in one.measurements),
    )
