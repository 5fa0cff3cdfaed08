"""The error budgets of a site on a day, with measured values of its own or of a file that is given."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from errno import EINVAL
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.standing import budgets_on, unread_objectives, unread_reviews
from mkdocs_sre.checks.rule import Context
from mkdocs_sre.checks.slo.results import malformed_slo_results
from mkdocs_sre.history.as_of import resolve_as_of
from mkdocs_sre.reading.slo_results import MALFORMED, read_slo_results
from mkdocs_sre.reading.yaml_documents import MAX_BYTES
from mkdocs_sre.reports.slo import Survey
from mkdocs_sre.reports.text import plural
from mkdocs_sre.sites.read import read_site
from mkdocs_sre.slo.gate import gate_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration


@dataclass(frozen=True)
class Status:
    """The budgets, a line for each fault of the measured values, and what else people are told."""

    survey: Survey
    faults: tuple[str, ...]
    notices: tuple[str, ...]


def status_of(
    site: Configuration, as_of: date | str | None, measured: Path | None = None, services: Sequence[str] = ()
) -> Status:
    """Return the budgets of a site; `measured` is a file that stands in for that of the option `slos.results`.

    Raises SettingsError for options that cannot be used, UnknownServicesError, and OSError for a file that cannot be read.
    """
    base, history, day = read_site(site, as_of)
    if measured is not None:
        base = _with_results(base, site, measured)
    states = budgets_on(base, day.day, services)
    unread, reviews = unread_objectives(base, services), unread_reviews(base, services)
    expected = measured is not None or site.settings.slos.results is not None
    gate = gate_of(states, unread, reviews.costly, measured=expected)
    survey = Survey(states, gate, day.day, site.docs_dir, site.folder, reviews.harmless)
    # A report on a day that is past is none the worse for what was measured since.
    own = resolve_as_of(site.settings.as_of, site.folder, history.committed).day
    context = Context(base, base.settings, max(day.day, own))
    faults = sorted(malformed_slo_results(base, context), key=lambda one: one.location)
    lines = tuple(f"{survey.place(one.location)} {one.message}{f'; {one.hint}' if one.hint else ''}" for one in faults)
    return Status(survey, lines, (*([day.notice] if day.notice else []), *_damaged(survey)))


def _with_results(base: KnowledgeBase, site: Configuration, file: Path) -> KnowledgeBase:
    if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
        raise OSError(EINVAL, "is no regular file", os.fspath(file))
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    path = os.path.relpath(file, site.docs_dir).replace(os.sep, "/")
    found = read_slo_results(path, data, file.as_posix())
    rest = tuple(one for one in base.monitoring.defects if one.name != MALFORMED)
    monitoring = replace(base.monitoring, measurements=found.measurements, defects=(*rest, *found.defects))
    return replace(base, monitoring=monitoring)


def _damaged(survey: Survey) -> list[str]:
    objectives = len(survey.gate.unread)
    reviews = len(survey.gate.unread_reviews) + len(survey.unread_reviews)
    return [
        f"{plural(number, noun)} left out that cannot be read; `mkdocs-sre check` shows why"
        for number, noun in ((objectives, "objective"), (reviews, "post-incident review"))
        if number
    ]
