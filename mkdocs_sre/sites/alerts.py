"""The alerts of a site, or of rule files that are given instead of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_sre.alerts.links import addresses_of
from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.reading.monitoring_files import together
from mkdocs_sre.reading.rule_files import UNREAD, read_rules
from mkdocs_sre.reading.yaml_documents import MAX_BYTES
from mkdocs_sre.reports.alerts import Orphan, Row, Survey
from mkdocs_sre.sites.read import load_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.analyses.alerts import AlertCatalogue
    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration


def surveyed(site: Configuration, files: Sequence[Path]) -> tuple[Survey, list[str]]:
    """Return where the alerts of a site lead, and a line for each fault of its rule files; `files` stand in for its own.

    Raises SettingsError for options that cannot be used, and OSError for a file that cannot be read.
    """
    base = load_site(site)
    if files:
        base = _with_rules(base, site, files)
    alerts = alerts_of(base)
    defects = base.monitoring.defects
    survey = Survey(
        [*alerts],
        [*_rows(alerts)],
        [Orphan(one.id, one.value_at("id"), alerts.renames.get(one.path, "")) for one in alerts.orphans],
        {one.key: _address(one.path, site) for one in alerts} if alerts.has_pages else {},
        site.docs_dir,
        site.folder,
        sum(defect.name == UNREAD for defect in defects),
        any(routing.route is not None for routing in base.monitoring.routings),
    )
    notices = [_line(defect.fault, survey) for defect in defects]
    if not files and not site.settings.alerts.rules:
        notices.append(
            f"{site.file.name}: set `alerts.rules` to the patterns of your rule files, or name files behind the command"
        )
    return survey, notices


def _line(fault: Fault, survey: Survey) -> str:
    return f"{survey.place(fault.location)} {fault.message}{f'; {fault.hint}' if fault.hint else ''}"


def _with_rules(base: KnowledgeBase, site: Configuration, files: Sequence[Path]) -> KnowledgeBase:
    found = []
    for file in files:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        path = os.path.relpath(file, site.docs_dir).replace(os.sep, "/")
        found.append(read_rules(path, data, file.as_posix()))
    known = base.monitoring
    own = {rule.place.path for rule in known.rules}  # what is wrong with files that do not count any more is left out
    rest = replace(known, rules=(), defects=tuple(one for one in known.defects if one.fault.location.path not in own))
    return replace(base, monitoring=together([*found, rest]))


def _rows(alerts: AlertCatalogue) -> Iterator[Row]:
    for alert in alerts:
        for rule in alert.rules:
            yield Row(alert, rule, alerts.links_of(rule), tuple(alerts.called_by(rule)))


def _address(path: str, site: Configuration) -> str:
    return "/" + next(addresses_of(path, directory_urls=site.directory_urls))
