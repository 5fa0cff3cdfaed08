"""The final reviews of a site as they are now, and what the rules of immutability find."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.checks.run import examine
from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.documents.standing import FINAL, status_of
from mkdocs_sre.history.attachments import NOT_FETCHED, Attachment, AttachmentFolders, attached, attached_to
from mkdocs_sre.history.canonical import digest
from mkdocs_sre.history.lock import read_lock
from mkdocs_sre.history.seals import SealedState
from mkdocs_sre.reading.folder import Found, read_bytes
from mkdocs_sre.sites.read import read_site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.history.remembered import History
    from mkdocs_sre.history.seals import Seals
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration


FAMILY = "IMM"


@dataclass(frozen=True)
class FinalReview:
    """A final review as it is now. `problem` says why it cannot be sealed as it is; empty when it can."""

    pir: Pir
    data: bytes
    attachments: tuple[Attachment, ...]
    problem: str = ""

    @property
    def key(self) -> str:
        """The id in lower case."""
        return self.pir.id.lower()

    @cached_property
    def state(self) -> SealedState:
        """What a seal says of it: the digest of its text, and the files that belong to it."""
        return SealedState(digest(self.data), attached(self.attachments))


@dataclass(frozen=True)
class Finals:
    """A site with all that is known of its final reviews.

    `reviews` are those that are there, by id; `findings` those of the rules of immutability, which nothing waives.
    """

    site: Configuration
    base: KnowledgeBase
    history: History
    seals: Seals
    reviews: Sequence[FinalReview]
    findings: Sequence[Finding]
    as_of: date


def finals_of(site: Configuration) -> Finals:
    """Return what is known of the final reviews of a site. Raises SettingsError for options that cannot be used."""
    base, history, (as_of, _) = read_site(site)
    findings = examine(base, as_of, history=history, only=[FAMILY]).findings
    seals = read_lock(site.folder, site.docs_dir)
    return Finals(site, base, history, seals, final_reviews(base, site), findings, as_of)


def final_reviews(base: KnowledgeBase, site: Configuration) -> list[FinalReview]:
    """Return the final reviews of the docs folder, by id."""
    pirs = [pir for pir in base.all_of_kind(Pir) if is_final(base, pir)]
    times = Counter(pir.id.lower() for pir in pirs)
    folders = AttachmentFolders(site.docs_dir, site.snippet_folders, site.directory_urls)
    found = [_as_it_is(site, pir, folders, times[pir.id.lower()]) for pir in pirs]
    return sorted(found, key=lambda one: (one.key, one.pir.path))


def is_final(base: KnowledgeBase, pir: Pir) -> bool:
    """Whether a review is final, also one whose other keys cannot be read."""
    status = pir.status if pir.origin.intact else pir.origin.values.get("status")
    return isinstance(status, str) and status_of(status, base.settings) == FINAL


def _as_it_is(site: Configuration, pir: Pir, folders: AttachmentFolders, times: int) -> FinalReview:
    data = read_bytes(site.docs_dir, Found(pir.path, site.docs_dir / pir.path))
    if not isinstance(data, bytes):
        return FinalReview(pir, b"", (), data.defects[0].fault.message)
    problem = ""
    if not pir.origin.intact:
        problem = "some of its keys cannot be read; `mkdocs-sre check` names them"
    elif times > 1:
        problem = f"{times} final reviews have this id; give each its own"
    attachments = attached_to(pir, data, folders)
    not_fetched = next((one for one in attachments if one.problem == NOT_FETCHED), None)
    if not problem and not_fetched is not None:
        problem = f"`{not_fetched.reference}`: {NOT_FETCHED}; fetch it: `git lfs pull`"
    return FinalReview(pir, data, attachments, problem)
