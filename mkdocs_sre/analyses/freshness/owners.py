"""Who has to look at what."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.freshness.places import place_of
from mkdocs_sre.analyses.freshness.watch import freshness_of
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.history.waiting import Waiting
from mkdocs_sre.knowledge.tiers import services_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_sre.documents.base import Document
    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.knowledge import KnowledgeBase


class UnknownOwnersError(Exception):
    """Names that own no document. `problems` holds a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def waiting(base: KnowledgeBase, as_of: date, history: History) -> list[Waiting]:
    """Return the intact documents that are due soon, overdue, expired or snoozed, in order of paths."""
    found = []
    for document in reviewed_documents(base):
        freshness = freshness_of(document, base, as_of, history)
        if freshness.reasons:
            place = place_of(document, freshness.reasons[0])
            found.append(Waiting(document, owner_of(document, base), freshness, place))
    return found


def owned_by(found: Iterable[Waiting], base: KnowledgeBase, names: Sequence[str]) -> list[Waiting]:
    """Return what waits for the owners with these names, for all of them without any.

    Neither case nor a leading `@` counts. Raises UnknownOwnersError for names that no document and no option knows.
    """
    wanted = {_key(name) for name in names}
    if wanted:
        known = {_key(one): one for one in _owners(base)}
        problems = [_problem(name, known) for name in names if _key(name) not in known]
        if problems:
            raise UnknownOwnersError(problems)
    return [one for one in found if not wanted or _key(one.owner) in wanted]


def owner_of(document: Document, base: KnowledgeBase) -> str:
    """Return who keeps a document: its own owner, else that of the first of its services; empty when nobody does."""
    own = getattr(document, "owner", None)
    if own:
        return str(own)
    services = (base.document(name, Service) for name in services_of(document))
    return next((service.owner for service in services if service is not None), "")


def reviewed_documents(base: KnowledgeBase) -> list[ReviewedDocument]:
    """Return the intact documents of all kinds that are reviewed, in order of paths."""
    return [one for one in base.documents if isinstance(one, ReviewedDocument) and one.origin.intact]


def damaged_documents(base: KnowledgeBase) -> int:
    """Return how many documents of such kinds cannot be judged, since their front matter is damaged."""
    return sum(isinstance(one, ReviewedDocument) and not one.origin.intact for one in base.documents)


def _owners(base: KnowledgeBase) -> list[str]:
    configured = [one.id for one in base.settings.owners]
    return [*configured, *(owner for one in reviewed_documents(base) if (owner := owner_of(one, base)))]


def _key(name: str) -> str:
    return name.strip().removeprefix("@").casefold()


def _problem(name: str, known: dict[str, str]) -> str:
    near = get_close_matches(_key(name), known, 1)
    hint = f"did you mean `{known[near[0]]}`?" if near else "it must stand as `owner` in a document or in the options"
    return f"`{name}` owns nothing; {hint}"
