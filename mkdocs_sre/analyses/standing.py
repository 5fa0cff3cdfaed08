"""The error budgets of a site as they stand on a day, and whether changes may go out."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.budgets import budget_of
from mkdocs_sre.analyses.spending import targets_in
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.knowledge.actions import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.slo.state import BudgetState


@dataclass(frozen=True, slots=True)
class UnreadReviews:
    """The paths of reviews that cannot be read: those that may have spent something, and the others."""

    costly: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


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
    found = {path for path, name in damaged if not wanted or not isinstance(name, str) or id_key(base, name) in wanted}
    return sorted(found | _untold(base, ServiceLevelObjective))


def unread_reviews(base: KnowledgeBase, services: Sequence[str] = ()) -> UnreadReviews:
    """Return the reviews that cannot be read, but for those that another one replaces.

    Those are documents that are not intact, and files beside reviews of which nobody can tell what they are. One that is
    told by its `slo_impact` to have cost nothing, or only objectives that those of these services are not made of, is
    harmless; one whose `slo_impact` cannot be told may have cost any.
    """
    replaced = {id_key(base, pir.supersedes) for pir in base.of_kind(Pir) if pir.supersedes}
    counted = _counted(base, services)
    damaged = [one for one in base.all_of_kind(Pir) if not one.origin.intact and one.id.lower() not in replaced]
    costly = {one.path for one in damaged if _may_cost(base, one.origin.values.get("slo_impact", []), counted)}
    costly |= _untold(base, Pir)
    harmless = {one.path for one in damaged} - costly
    return UnreadReviews(tuple(sorted(costly)), tuple(sorted(harmless)))


def _untold(base: KnowledgeBase, kind: type[Document]) -> set[str]:
    """Return the files beside documents of a kind, or in its folder, of which nobody can tell what they are."""
    folder = PurePosixPath(kind.folder)
    beside = {PurePosixPath(one.path).parent for one in base.all_of_kind(kind)}
    found = set()
    for source in base.sources:
        above = PurePosixPath(source.path).parents
        if source.defects and source.path not in base.by_path and (above[0] in beside or folder in above):
            found.add(source.path)
    return found


def _counted(base: KnowledgeBase, services: Sequence[str]) -> set[str] | None:
    """Return the ids of objectives of these services and of what they are made of; None for all."""
    if not services:
        return None
    wanted = {id_key(base, one) for one in services}
    targets = targets_in(base)
    found: set[str] = set()
    ahead = [key for key, one in targets.items() if id_key(base, one.service) in wanted]
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            composite = targets[key].sli.composite if key in targets else None
            ahead += [id_key(base, one.slo) for one in composite.of] if composite is not None else []
    return found


def _may_cost(base: KnowledgeBase, impact: object, counted: set[str] | None) -> bool:
    """Whether what a review says under `slo_impact`, as it is written, may be of an objective that is counted."""
    if not isinstance(impact, list):
        return True
    known = targets_in(base)
    for one in impact:
        name = one.get("slo") if isinstance(one, dict) else None
        key = id_key(base, name) if isinstance(name, str) else ""
        if counted is None or key in counted or key not in known:
            return True
    return False


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
