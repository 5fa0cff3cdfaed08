"""The error budgets of a site as they stand on a day, and whether changes may go out."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.budgets import budget_of
from mkdocs_sre.analyses.spending import targets_in
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.slo.state import BudgetState

_FOLDER = PurePosixPath(ServiceLevelObjective.folder)


class UnknownServicesError(Exception):
    """Names of services that nothing has. `problems` holds a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def budgets_on(base: KnowledgeBase, as_of: date, services: Sequence[str] = ()) -> list[BudgetState]:
    """Return the budgets of all objectives that are not deprecated, of these services alone if any, the worst first.

    Raises UnknownServicesError for a service that neither a document nor an objective names.
    """
    wanted = _wanted(base, services)
    targets = [one for one in targets_in(base).values() if one.slo.status != "deprecated"]
    states = [
        budget_of(base, one, as_of) for one in targets if not services or id_key(base, one.service).lower() in wanted
    ]
    return sorted(states, key=lambda one: (-one.share, one.target.id.lower()))


def unread_objectives(base: KnowledgeBase, services: Sequence[str] = ()) -> list[str]:
    """Return the paths of objectives that cannot be read, of these services or of one that cannot be told.

    Those are documents that are not intact, and files beside objectives of which nobody can tell what they are: their
    front matter is no YAML, they are not UTF-8, their type is none.
    """
    wanted = {id_key(base, one) for one in services}
    documents = base.all_of_kind(ServiceLevelObjective)
    damaged = ((one.path, one.origin.values.get("service")) for one in documents if not one.origin.intact)
    beside = {PurePosixPath(one.path).parent for one in documents}
    found = {path for path, name in damaged if not wanted or not isinstance(name, str) or id_key(base, name) in wanted}
    for source in base.sources:
        above = PurePosixPath(source.path).parents
        if source.defects and source.path not in base.by_path and (above[0] in beside or _FOLDER in above):
            found.add(source.path)
    return sorted(found)


def _wanted(base: KnowledgeBase, services: Iterable[str]) -> set[str]:
    known = {one.id.lower(): one.id for one in base.all_of_kind(Service)}
    known |= {id_key(base, one.service): one.service for one in targets_in(base).values()}
    known |= {one.id.lower(): one.id for one in base.landscape.elements}
    problems = []
    for name in services:
        if id_key(base, name) not in known:
            near = get_close_matches(name.lower(), known, 1, 0.7)
            problems.append(f"no service is called {name}" + (f"; did you mean {known[near[0]]}?" if near else ""))
    if problems:
        raise UnknownServicesError(problems)
    return {id_key(base, name) for name in services}
