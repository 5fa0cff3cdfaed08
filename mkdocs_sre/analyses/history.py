"""What git and the seals remember of a knowledge base."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.freshness.alerts import rule_files
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.kinds.risk_assessment import RiskAssessment
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.history.recall import Asked, Ground, recall
from mkdocs_sre.history.restamps import KEY
from mkdocs_sre.knowledge.tiers import services_of
from mkdocs_sre.reading.collection import paused_collection
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.folder import Found, find
from mkdocs_sre.reading.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration


def remember(base: KnowledgeBase, ground: Ground, evidence: str | None = None) -> History:
    """Return what git and the seals remember; `evidence` (both, history or seal) counts before the option's."""
    names = _names_of_the_key(base)
    reviewed = {
        one.path: names(one.path)
        for one in base.documents
        if isinstance(one, ReviewedDocument) and one.last_reviewed_on is not None and not one.listed
    }
    asked = Asked(tuple(sorted({*_moving(base), *rule_files(base)})), reviewed)
    with paused_collection():
        return recall(ground, base.settings, base.all_of_kind(Pir), asked, evidence)


def remember_site(base: KnowledgeBase, site: Configuration, evidence: str | None = None) -> History:
    """Return the same for a site whose pages lie in its docs folder, as the command finds them."""
    hidden: tuple[Found, ...] = ()
    if site.exclude.strip():
        hidden = tuple(one for one in find(site.docs_dir) if one.path not in base.source_by_path)

    docs = os.fspath(site.docs_dir)

    def read(path: str) -> bytes | None:
        try:
            with open(f"{docs}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 of thousands of reviews
                return file.read(MAX_BYTES)
        except OSError:
            return None

    ground = Ground(site.docs_dir, site.folder, read, hidden, site.snippet_folders, site.directory_urls, site.file)
    return remember(base, ground, evidence)


def _names_of_the_key(base: KnowledgeBase) -> Callable[[str], Sequence[str]]:
    """Return what tells how else the day of the review is called in a file, by its folder."""
    if not any(KEY in pattern.keys.values() for pattern in base.settings.folders):
        return lambda _: ()
    typing = Typing(base.settings)

    def names(path: str) -> Sequence[str]:
        pattern = typing.pattern(path)
        return [foreign for foreign, native in pattern.keys.items() if native == KEY] if pattern is not None else ()

    return names


def _moving(base: KnowledgeBase) -> Iterator[str]:
    """Yield the files of services whose past tells whether a document still fits them."""
    for runbook in base.of_kind(Runbook):
        service = base.document(runbook.service, Service)
        if service is not None and runbook.verified_for is not None and service.version != runbook.verified_for:
            yield service.path
    for assessment in base.of_kind(RiskAssessment):
        if assessment.last_reviewed_on is not None:
            for name in services_of(assessment):
                service = base.document(name, Service)
                if service is not None and not service.listed:
                    yield service.path
