"""A rule file whose alerts link to their pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_sre.alerts.resolve import is_template
from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.annotations import Annotation, AnnotationError, with_annotations
from mkdocs_sre.reading.monitoring_files import rule_patterns
from mkdocs_sre.reading.yaml_documents import MAX_BYTES
from mkdocs_sre.sites.alerts import surveyed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.reports.alerts import Row


class Annotated(NamedTuple):
    """A rule file with links: its bytes, how many links were changed, and what is to be told beside it."""

    data: bytes
    changed: int
    notices: list[str]


def annotated(site: Configuration, file: Path) -> Annotated:
    """Return a rule file in which each alert links to its page under the first `url_prefix`.

    A link that leads to a runbook, or to the alert's page, stays as it is. So does one with labels whose values are not
    declared, which is told. Raises AnnotationError where something else would change, and where the site gives alerts no
    addresses; SettingsError for options that cannot be used; OSError for a file that cannot be read.
    """
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    survey, notices = surveyed(site, [file])
    prefix = next(iter(site.settings.alerts.url_prefix), "").rstrip("/")
    problems = [*_missing(site)]
    if problems:
        raise AnnotationError(problems)
    seen = os.path.relpath(file, site.docs_dir).replace(os.sep, "/")
    wanted: dict[Location, Annotation] = {}
    for row in survey.rows:
        if row.rule.place.path != seen or _is_right(row):
            continue
        place = Location(file.as_posix(), row.rule.place.line, row.rule.place.column)
        if any(is_template(link) for link in row.links):
            notices.append(
                f"{place} the link of {row.rule.name[:80]} stays, as `label_values` declares not all its labels"
            )
            continue
        wanted[place] = Annotation(_key(row, site), prefix + survey.pages[row.alert.key])
    return Annotated(with_annotations(file.as_posix(), data, wanted), len(wanted), [*notices, *_unlisted(site, file)])


def _missing(site: Configuration) -> Iterator[str]:
    """Yield what the site's options lack, so that alerts have no address."""
    alerts = site.settings.alerts
    if not alerts.url_prefix:
        yield f"{site.file.name}: set `alerts.url_prefix` to the address of the site, which links begin with"
    if not alerts.rules or not site.settings.pages:
        yield f"{site.file.name}: set `alerts.rules`, and do not set `pages: false`; without that alerts have no pages"


def _is_right(row: Row) -> bool:
    return all(
        not link.slip and (link.outcome == "runbook" or (link.outcome == "page" and link.target == row.alert.path))
        for link in row.links
    )


def _key(row: Row, site: Configuration) -> str:
    """Return the annotation that holds the link, or is to hold it."""
    keys = site.settings.alerts.link_keys
    return next((key for key in keys if key in row.rule.annotations), next(iter(keys), "runbook_url"))


def _unlisted(site: Configuration, file: Path) -> Iterator[str]:
    known = (one.resolve() for one in rule_patterns(site.settings).files(site.folder).values())
    if file.resolve() not in known:
        yield f"{file.as_posix()} is not among the files of `alerts.rules`, so what only it names has no page yet"
