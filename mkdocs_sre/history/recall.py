"""Everything that git and the seals remember of a site, asked of git in four processes at most."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.pir import Pir
from mkdocs_sre.history.absence import removed_seals, unverified
from mkdocs_sre.history.attachments import AttachmentFolders, attached_to
from mkdocs_sre.history.canonical import digest
from mkdocs_sre.history.evidence import Evidence, GitEvidence, by_key
from mkdocs_sre.history.judgement import judge
from mkdocs_sre.history.lock import lock_path, read_lock
from mkdocs_sre.history.past import Past, Scope, read_past
from mkdocs_sre.history.remembered import History, Version
from mkdocs_sre.history.repository import Repository, Unreadable, repository
from mkdocs_sre.history.restamps import blobs, restamps, suspects
from mkdocs_sre.history.reviews import ReviewReader
from mkdocs_sre.history.seals import LOCK
from mkdocs_sre.history.shown import Hidden, Shown
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.folder import ENDINGS, Found, read_bytes
from mkdocs_sre.reading.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_sre.settings import Settings


@dataclass(frozen=True)
class Ground:
    """Where a site stands.

    `folder` is that of its `configuration`, which may not be a file; `read` returns the bytes of a page that it shows, by its path in the docs
    folder; `hidden` are the pages in the docs folder that it does not show.
    """

    docs_dir: Path
    folder: Path
    read: Callable[[str], bytes | None]
    hidden: tuple[Found, ...] = ()
    snippets: tuple[Path, ...] = ()
    directory_urls: bool = True
    configuration: Path | None = None


@dataclass(frozen=True)
class Asked:
    """What is to be remembered beside the reviews, by paths in the docs folder.

    `versions`: files of which every version is wanted. `reviewed`: pages that hold the day of a review, with further
    names of that key.
    """

    versions: Sequence[str] = ()
    reviewed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def recall(
    ground: Ground, settings: Settings, reviews: Iterable[Pir], asked: Asked, evidence: str | None = None
) -> History:
    """Return what git and the seals remember of a site that shows these reviews.

    `evidence` (both, history or seal) counts before the settings' own.
    """
    reader = ReviewReader(settings)
    shown = [_shown(ground, reader, pir) for pir in reviews]
    hidden = {one.id.lower(): one for one in _hidden(ground, settings, reader)}
    lock = ground.folder / LOCK
    named = lock_path(ground.folder, ground.docs_dir)
    seals = read_lock(ground.folder, ground.docs_dir)
    found = repository(ground.docs_dir)
    past = found if isinstance(found, Unreadable) else _past(ground, found, reader, settings, (shown, asked))
    mode = evidence or settings.history.evidence
    git = None
    if isinstance(past, Past):
        folders = [past.repository.path_of(one) for one in ground.snippets]
        snippets = tuple(one for one in folders if one is not None)
        git = GitEvidence(
            past,
            reader,
            settings.history,
            past.repository.path_of(lock),
            snippets,
            _configuration(ground, past.repository),
        )
    everything = Evidence(
        by_key(shown),
        hidden,
        git,
        past if isinstance(past, Unreadable) else None,
        seals,
        named,
        mode,
        frozenset(_nested(ground, found, shown)),
    )
    return _history(everything, asked)


def _history(evidence: Evidence, asked: Asked) -> History:
    git = evidence.git
    past = git.past if git is not None else None
    pages = {past.repository.docs + path: names for path, names in asked.reviewed.items()} if past else {}
    stamped = suspects(past, pages) if past is not None and past.lacks is None else {}
    judgement = judge(evidence, [*blobs(stamped)])
    defects = [*judgement.defects, *unverified(evidence), *removed_seals(evidence)]
    if evidence.mode != "history":
        defects += evidence.seals.defects
    told = History(tuple(defects), judgement.records)
    if past is None:
        return told
    told = replace(told, committed=past.commits.steps[past.commits.head].day)
    if past.lacks is not None:
        return told
    return replace(
        told,
        changed_on=_changed_on(past),
        versions={path: tuple(_versions(past, path)) for path in asked.versions},
        restamps=restamps(past, stamped, pages),
        known=True,
    )


def _shown(ground: Ground, reader: ReviewReader, pir: Pir) -> Shown:
    data = ground.read(pir.path) or b""
    final = reader.is_final(pir.origin.values)
    folders = AttachmentFolders(ground.docs_dir, ground.snippets, ground.directory_urls)
    return Shown(pir, final, data, digest(data), attached_to(pir, data, folders) if final else ())


def _hidden(ground: Ground, settings: Settings, reader: ReviewReader) -> Iterator[Hidden]:
    typing = Typing(settings)
    for found in ground.hidden:
        data = read_bytes(ground.docs_dir, found)
        if isinstance(data, Source) or (reader.word.encode() not in data):
            continue
        for document in typing.documents(read(found.path, data)):
            if isinstance(document, Pir) and reader.is_final(document.origin.values):
                yield Hidden(document.id, document.path)


def _past(
    ground: Ground, found: Repository, reader: ReviewReader, settings: Settings, told: tuple[Sequence[Shown], Asked]
) -> Past | Unreadable:
    shown, asked = told
    lock = found.path_of(ground.folder / LOCK)
    beside = {one for one in (lock, _configuration(ground, found)) if one is not None}
    versions = {found.from_top(path) for path in asked.versions}
    wanted = versions | beside
    patterns = {f":(literal){one}" for one in wanted if not one.endswith(ENDINGS)}
    for one in shown:
        for attachment in one.attachments:
            patterns.add(_pattern(attachment.reference))
    first_parent = settings.history.finality == "first-parent"
    return read_past(found, reader, ground.folder, Scope(patterns, wanted, first_parent))


def _configuration(ground: Ground, found: Repository) -> str | None:
    return found.path_of(ground.configuration) if ground.configuration is not None else None


def _pattern(reference: str) -> str:
    """Return what git looks for to find an attachment wherever it stood: by its ending, as that is quick."""
    pure = PurePosixPath(reference)
    special = "*?[\\"
    name = pure.suffix or pure.name
    escaped = "".join(f"\\{sign}" if sign in special else sign for sign in name)
    return f"*{escaped}"


def _nested(ground: Ground, found: Repository | Unreadable, shown: Iterable[Shown]) -> Iterator[str]:
    """Yield the paths of reviews that lie in a repository of their own below that of the site, such as a submodule."""
    if isinstance(found, Unreadable):
        return
    folders: dict[str, bool] = {}
    for one in shown:
        folder = os.path.dirname(one.document.path)  # noqa: PTH120 a path with `/`
        if folder not in folders:
            folders[folder] = _holds_repository(ground.docs_dir, folder)
        if folders[folder]:
            yield one.document.path


def _holds_repository(docs_dir: Path, folder: str) -> bool:
    parts = PurePosixPath(folder).parts
    return any(os.path.lexists(docs_dir.joinpath(*parts[:depth], ".git")) for depth in range(1, len(parts) + 1))


def _changed_on(past: Past) -> Mapping[str, date]:
    docs, steps = past.repository.docs, past.commits.steps
    return {
        path[len(docs) :]: steps[changes[-1][0]].day for path, changes in past.changes.items() if path.startswith(docs)
    }


def _versions(past: Past, path: str) -> Iterator[Version]:
    for commit, change in past.changes.get(past.repository.from_top(path), ()):
        yield Version(past.commits.commit(commit), past.data.get(change.now) if change.now else None)
